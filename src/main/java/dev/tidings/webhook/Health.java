package dev.tidings.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is held of a webhook's endpoint, by its last 24 hours.
 *
 * @param since when it came to this state
 * @param reason why it is not active
 * @param attempts how many were made, at most so long ago as a person last changed or resumed the webhook
 * @param failing how many of them did not succeed
 */
@Schema(
        name = "Health",
        description =
                "What the last 24 hours' attempts say of the endpoint; counted anew after a resume and after an edit"
                        + " of where or how it is sent to",
        readOnly = true)
record Health(
        @Schema(
                enumeration = {"active", "unstable", "disabled"},
                description =
                        "unstable: of at least ten attempts, 80 % failed. disabled: that went on for too long, and the"
                                + " webhook is paused; its deliveries wait until a person resumes it")
        String state,

        Instant since,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Why it is not active") @Nullable
        String reason,

        long attempts,
        long failing) {

    /** Nothing is known against it. */
    static Health fresh(Instant armedAt) {
        return new Health("active", armedAt, null, 0, 0);
    }
}
