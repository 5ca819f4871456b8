package dev.tidings.web;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param after the id after which it begins; {@code null}: the list's begin
 * @param limit the most items on it, 1 to 200
 */
public record PageQuery(@Nullable UUID after, int limit) {
    static final int USUAL_LIMIT = 50;
    static final int LARGEST_LIMIT = 200;

    /** The page of those query parameters: 422 when they make no sense. Absent and empty ones are the usual. */
    public static PageQuery of(@Nullable String limit, @Nullable String cursor) {
        List<Violation> violations = new ArrayList<>();
        PageQuery page = read(limit, cursor, violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return page;
    }

    /** The same, for a query that has more to tell: what makes no sense is noted. */
    public static PageQuery read(@Nullable String limit, @Nullable String cursor, List<Violation> violations) {
        int most = USUAL_LIMIT;
        if (limit != null && !limit.isEmpty()) {
            most = number(limit);
            if (most < 1 || most > LARGEST_LIMIT) {
                violations.add(new Violation("limit", "must be a number from 1 to " + LARGEST_LIMIT));
            }
        }
        UUID after = null;
        if (cursor != null && !cursor.isEmpty()) {
            after = Cursor.of(cursor).map(Cursor::last).orElse(null);
            if (after == null) {
                violations.add(new Violation("cursor", "must be the nextCursor of an earlier page, unchanged"));
            }
        }
        return new PageQuery(after, most);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
