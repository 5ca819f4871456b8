package dev.tidings.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The application's time in tests: it goes by as usual, and a test may put it forward. */
@Alternative
@Priority(1)
@ApplicationScoped
public class ManualClock implements InstantSource {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(ahead.get());
    }

    /** Takes the time back to everybody's: for tests after which foreign libraries look at their own clock. */
    public void reset() {
        ahead.set(Duration.ZERO);
    }

    /** Puts the time forward. */
    public void advance(Duration by) {
        ahead.updateAndGet(by::plus);
    }
}
