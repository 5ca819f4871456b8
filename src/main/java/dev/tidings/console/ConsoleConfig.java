package dev.tidings.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** How people sign in to the console. */
@ConfigMapping(prefix = "tidings.console")
public interface ConsoleConfig {

    /** The issuer's URL of the OpenID Connect provider where people sign in; without it the console asks for a token. */
    Optional<URI> signInIssuer();

    /** The console's name at that provider: a public client (authorization code with PKCE), redirected to the console's `/`. */
    @WithDefault("tidings-console")
    String signInClientId();

    /** The scopes that are asked for, with spaces between. */
    @WithDefault("openid")
    String signInScope();
}
