package dev.tidings.audit;

import dev.tidings.web.ProblemException;
import dev.tidings.web.Timestamps;
import dev.tidings.web.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the filters of the audit trail; what makes no sense is told, not passed over. */
final class AuditQuery {
    private static final int LONGEST = 255;

    private final List<Violation> violations = new ArrayList<>();

    private AuditQuery() {}

    /** 422 with all violations when there are any. */
    static AuditFilter read(
            @Nullable String action,
            @Nullable String who,
            @Nullable String subject,
            @Nullable String from,
            @Nullable String to) {
        var query = new AuditQuery();
        var filter = new AuditFilter(
                query.action(action),
                query.text("who", who),
                query.text("subject", subject),
                query.moment("from", from),
                query.moment("to", to));
        if (!query.violations.isEmpty()) {
            throw ProblemException.invalid(query.violations);
        }
        return filter;
    }

    private @Nullable String action(@Nullable String word) {
        if (word == null || word.isEmpty()) {
            return null;
        }
        if (Action.of(word).isEmpty()) {
            String known = Arrays.stream(Action.values()).map(Action::value).collect(Collectors.joining(", "));
            violations.add(new Violation("action", "must be one of " + known));
        }
        return word;
    }

    private @Nullable String text(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            violations.add(new Violation(
                    name, "must have at most " + LONGEST + " characters, and no control characters among them"));
        }
        return text;
    }

    private @Nullable Instant moment(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Instant moment = Timestamps.of(text).filter(Timestamps::isInReach).orElse(null);
        if (moment == null) {
            violations.add(new Violation(name, "must be a time such as 2026-03-01T12:00:00Z"));
        }
        return moment;
    }
}
