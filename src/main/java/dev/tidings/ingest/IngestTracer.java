package dev.tidings.ingest;

import dev.tidings.feedback.TraceParent;
import dev.tidings.ingest.IngestListener.Counts;
import org.jspecify.annotations.Nullable;

/** Follows requests with events in traces; whether anything is recorded is its affair. Called on an event loop: be quick. */
public interface IngestTracer {

    /**
     * A request's events are being taken from now on.
     *
     * @param caller the place in a trace that the request names; {@code null}: none
     */
    Step begin(@Nullable TraceParent caller);

    /** A request between its decoding and its answer. */
    interface Step {

        /** What its events keep, so that their attempts go on with this trace; {@code null}: there is none. */
        @Nullable
        TraceParent trace();

        /** It was answered, after the commit. */
        void answered(Counts counts);

        /** There was no commit. */
        void failed();
    }
}
