package dev.tidings.embedded;

/** The embedded PostgreSQL can't be had; the message says why and what to do. */
public final class EmbeddedDatabaseException extends RuntimeException {
    EmbeddedDatabaseException(String message) {
        super(
                message
                        + " Or set quarkus.datasource.reactive.url (QUARKUS_DATASOURCE_REACTIVE_URL) to a PostgreSQL of yours.");
    }
}
