package dev.tidings;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Looks at the configuration before anything starts: an API without its guard must not come up by accident. */
final class StartupCheck {
    private static final Logger LOG = Logger.getLogger(StartupCheck.class);

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
    static void requireTokenVerification(boolean keyComesLater) {
        Config config = ConfigProvider.getConfig();
        if (!config.getOptionalValue("tidings.security.enabled", Boolean.class).orElse(true)) {
            LOG.warn("NO TOKEN IS ASKED FOR: whoever reaches this port may do everything. This is for development only;"
                    + " the prod profile asks for tokens.");
            return;
        }
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

    private static boolean isSet(Config config, String name) {
        return config.getOptionalValue(name, String.class)
                .filter(value -> !value.isBlank() && !value.equals("NONE"))
                .isPresent();
    }
}
