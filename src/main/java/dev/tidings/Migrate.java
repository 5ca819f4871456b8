package dev.tidings;

import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import org.jboss.logging.Logger;

/** {@code tidings migrate}: the schema is up to date once the application has started, so nothing is left to do. */
@Dependent
class Migrate implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Migrate.class);

    @Override
    public int run(String... args) {
        LOG.info("The schema is up to date");
        return 0;
    }
}
