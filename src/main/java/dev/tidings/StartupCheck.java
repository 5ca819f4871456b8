package dev.tidings;

import dev.tidings.embedded.EmbeddedDatabase;
import dev.tidings.secrets.BadKeyException;
import dev.tidings.secrets.KeyFile;
import dev.tidings.secrets.KeyRing;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Looks at the configuration before anything starts: an API without its guard must not come up by accident. */
final class StartupCheck {
    private static final Logger LOG = Logger.getLogger(StartupCheck.class);

    private static final String DATASOURCE = "quarkus.datasource.reactive.url";
    private static final String KEYS = "tidings.secrets.keys";
    private static final String KEYS_FILE = "tidings.secrets.keys-file";
    /** Read where {@code quarkus.otel.sdk.disabled} is set. */
    private static final String NO_COLLECTOR = "dev.tidings.no-collector";

    private static final String COLLECTOR = "quarkus.otel.exporter.otlp.endpoint";
    private static final String COLLECTOR_OF_TRACES = "quarkus.otel.exporter.otlp.traces.endpoint";

    private StartupCheck() {}

    /** The start is refused; the message says what to configure. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Tokens are asked for, and there is something to verify them with; or they are switched off, loudly.
     *
     * @param keyComesLater whether Quarkus brings a key along, as it does under {@code quarkus:dev}
     */
    static void requireTokenVerification(Config config, boolean keyComesLater) {
        if (!config.getOptionalValue("tidings.security.enabled", Boolean.class).orElse(true)) {
            LOG.warn("NO TOKEN IS ASKED FOR: whoever reaches this port may do everything. This is for development only;"
                    + " the prod profile asks for tokens.");
            return;
        }
        requireExpiry(config);
        if (keyComesLater) {
            return;
        }
        boolean key = isSet(config, "mp.jwt.verify.publickey") || isSet(config, "mp.jwt.verify.publickey.location");
        if (!key || !isSet(config, "mp.jwt.verify.issuer")) {
            throw new Refused("The API asks for bearer tokens and has nothing to verify them with."
                    + " Set mp.jwt.verify.publickey.location (for example the JWKS URL of your OpenID Connect provider;"
                    + " as environment variable MP_JWT_VERIFY_PUBLICKEY_LOCATION) and mp.jwt.verify.issuer"
                    + " (MP_JWT_VERIFY_ISSUER). To try Tidings without tokens, start it with -Dquarkus.profile=dev.");
        }
    }

    /** SmallRye JWT takes no allowance to mean that tokens don't expire at all. */
    private static void requireExpiry(Config config) {
        for (String allowance : List.of("mp.jwt.verify.clock.skew", "smallrye.jwt.expiration.grace")) {
            if (config.getOptionalValue(allowance, Integer.class).orElse(1) < 1) {
                throw new Refused(
                        allowance + " must be at least 1 (second): with less, expired tokens would be taken for"
                                + " ever. Leave it out for 60 seconds.");
            }
        }
    }

    /** There is a database, or one comes along. */
    static void requireDatasource(Config config) {
        if (!EmbeddedDatabase.isIncluded() && !isSet(config, DATASOURCE)) {
            throw new Refused("No datasource is configured, and the native executable has no PostgreSQL of its own. Set"
                    + " quarkus.datasource.reactive.url (QUARKUS_DATASOURCE_REACTIVE_URL, for example"
                    + " postgresql://host:5432/tidings), QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.");
        }
    }

    /**
     * There is a key to encrypt secrets with, or one is made beside the data: where Tidings keeps the data itself, and in
     * development. A key that a replica makes for itself would be unknown to the others.
     */
    static void requireSecretsKey(Config config) {
        boolean configured = isSet(config, KEYS) || isSet(config, KEYS_FILE);
        boolean ownData = !isSet(config, DATASOURCE);
        boolean development = !config.getOptionalValue("tidings.security.enabled", Boolean.class)
                .orElse(true);
        if (!configured && !ownData && !development) {
            throw new Refused("Customers' secrets are encrypted in the database, and there is no key to do it with."
                    + " Set tidings.secrets.keys-file (TIDINGS_SECRETS_KEYS_FILE) to a file with a line id:key, or"
                    + " tidings.secrets.keys (TIDINGS_SECRETS_KEYS) to that line, the same for all replicas. Make one"
                    + " with: echo \"$(date +%F):$(openssl rand -base64 32)\". Keep a copy: without it they are lost.");
        }
        try {
            if (!configured) {
                String data = config.getOptionalValue("tidings.embedded.data-directory", String.class)
                        .orElse("data");
                Path file = KeyFile.in(Path.of(data).toAbsolutePath().normalize());
                System.setProperty(KEYS_FILE, file.toString());
                LOG.infof("Secrets are encrypted with the key in %s: keep a copy", file);
            }
            KeyRing.of(config.getOptionalValues(KEYS, String.class), config.getOptionalValue(KEYS_FILE, String.class));
        } catch (BadKeyException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    /** A collector that is named gets traces, unless somebody says that it does not. */
    static void recordTraces(Config config) {
        if (isSet(config, COLLECTOR) || isSet(config, COLLECTOR_OF_TRACES)) {
            System.setProperty(NO_COLLECTOR, "false");
        }
    }

    private static boolean isSet(Config config, String name) {
        return config.getOptionalValue(name, String.class)
                .filter(value -> !value.isBlank() && !value.equals("NONE"))
                .isPresent();
    }
}
