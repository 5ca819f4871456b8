package dev.tidings;

import dev.tidings.dispatch.DrainOnce;
import dev.tidings.dispatch.DrainOnce.Outcome;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;

/** {@code tidings drain}. */
@Dependent
class Drain implements QuarkusApplication {
    /** Something due was left when the time was up. Not 1, a failed start, nor 2, a refused one. */
    private static final int TIME_WAS_UP = 3;

    private final DrainOnce drain;

    Drain(DrainOnce drain) {
        this.drain = drain;
    }

    @Override
    public int run(String... args) {
        return drain.run() == Outcome.TIME_IS_UP ? TIME_WAS_UP : 0;
    }
}
