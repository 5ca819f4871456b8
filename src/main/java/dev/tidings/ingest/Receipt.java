package dev.tidings.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to an ingest request: the counts, and what became of each event, in the order sent. */
@Schema(description = "What became of each event, in the order sent. `accepted` means durable: it is committed.")
record Receipt(int accepted, int duplicates, int skipped, int rejected, List<Result> results) {

    static Receipt of(List<Result> results) {
        return new Receipt(
                count(results, Status.accepted),
                count(results, Status.duplicate),
                count(results, Status.skipped),
                count(results, Status.rejected),
                results);
    }

    IngestListener.Counts counts() {
        return new IngestListener.Counts(accepted, duplicates, skipped, rejected);
    }

    private static int count(List<Result> results, Status status) {
        return (int) results.stream().filter(r -> r.status == status).count();
    }

    /** Spelled as in the API. */
    enum Status {
        accepted,
        duplicate,
        skipped,
        rejected
    }

    /**
     * What became of one event.
     *
     * @param index its place in the request, from 0
     * @param eventId the caller's, else the one that it got; absent when a rejected event named none
     * @param reason why it is not accepted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            int index,
            @Nullable String eventId,
            Status status,
            @Nullable String reason) {}
}
