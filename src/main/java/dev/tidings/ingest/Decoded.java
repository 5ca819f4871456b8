package dev.tidings.ingest;

import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.web.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one member of a request when it was read. */
sealed interface Decoded {

    /** A feedback event. */
    record Event(FeedbackEvent event) implements Decoded {}

    /**
     * Not a feedback event.
     *
     * @param eventId the caller's, when that much could be read
     * @param violations at least one
     */
    record Bad(@Nullable String eventId, List<Violation> violations) implements Decoded {

        /** All violations in one sentence each, for a batch's answer. */
        String reason() {
            return String.join(
                    "; ",
                    violations.stream()
                            .map(v -> v.field().isEmpty() ? v.message() : v.field() + ": " + v.message())
                            .toList());
        }
    }
}
