package dev.tidings.dispatch;

import dev.tidings.feedback.TraceParent;
import dev.tidings.queue.Delivery;
import org.jspecify.annotations.Nullable;

/** Follows attempts in traces; whether anything is recorded is its affair. Called on the dispatch loop: be quick. */
public interface AttemptTracer {

    /** The next attempt of that delivery begins. */
    Step begin(Delivery delivery);

    /** One attempt, which hears of its end as all listeners do. */
    interface Step extends AttemptListener {

        /** The attempt's place in a trace, which its receiver may be told; {@code null}: it is in none. */
        @Nullable
        TraceParent trace();
    }
}
