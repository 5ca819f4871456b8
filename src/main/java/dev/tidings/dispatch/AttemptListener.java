package dev.tidings.dispatch;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.feedback.TraceParent;
import dev.tidings.queue.Delivery;
import dev.tidings.queue.Settlement;
import dev.tidings.webhook.Endpoint;
import org.jspecify.annotations.Nullable;

/** Hears of every attempt once its answer is judged, before it is settled. Called on the dispatch loop: be quick. */
public interface AttemptListener {

    /** An attempt ended. */
    void attempted(Report report);

    /** There was no attempt: what the operator sends through could not be used. */
    void unsent(Endpoint endpoint, Delivery delivery, Broken broken);

    /**
     * All there is to say of an attempt.
     *
     * @param trace its place in a trace; {@code null}: it is in none
     */
    record Report(
            Endpoint endpoint,
            Delivery delivery,
            SendResult result,
            Settlement settlement,
            @Nullable TraceParent trace) {}
}
