package dev.tidings.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Whether the API asks for bearer tokens, and where a token names its organizations and permissions. */
@ConfigMapping(prefix = "tidings.security")
interface SecurityConfig {

    /** Whether every request to the API needs a bearer token; off in the dev profile only. */
    @WithDefault("true")
    boolean enabled();

    /** The token's claim with the organizations that it covers: an array of strings, or one string. */
    @WithDefault("organizations")
    String organizationsClaim();

    /** The token's claims with permissions, all that are there: arrays of strings, or strings with spaces between words. */
    @WithDefault("scope,permissions")
    List<String> permissionsClaims();

    /** Whether identities in the delivery log's payloads are masked for tokens without `deliveries.read.payload`. */
    @WithDefault("false")
    boolean maskPayloads();
}
