package dev.tidings.webhook;

import dev.tidings.web.JsonFields;
import dev.tidings.webhook.Authentication.Client;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the authentication that an admin submits; a secret that is left out stays as it is stored. */
final class AuthenticationReader {
    private static final int LONGEST_SECRET = 1_024;
    private static final URI NOWHERE = URI.create("https://invalid");

    private final JsonFields fields;
    private final Authentication stored;

    private AuthenticationReader(JsonFields fields, Authentication stored) {
        this.fields = fields;
        this.stored = stored;
    }

    /**
     * @param urls what a token endpoint's URL must be
     * @param now when keys that are made or retired are so
     * @param maker makes such keys
     */
    record Means(UrlRules urls, Instant now, TokenKeyMaker maker) {}

    /** @param submitted {@code null}: none was, which is no authentication */
    static Authentication read(@Nullable JsonFields submitted, Authentication stored, Means means) {
        String type = submitted == null ? "none" : submitted.line("type", 64);
        if (submitted == null || type == null) {
            return new Authentication.None();
        }
        var reader = new AuthenticationReader(submitted, stored);
        return switch (type) {
            case "none" -> new Authentication.None();
            case "basic" -> reader.basic();
            case "oauth2" -> reader.oauth2(means.urls);
            case "jwt" -> JwtReader.read(submitted, stored, means);
            default -> {
                submitted.violate("type", "must be none, basic, oauth2 or jwt");
                yield new Authentication.None();
            }
        };
    }

    private Authentication basic() {
        String username = fields.line("username", 255);
        if (username != null && username.contains(":")) {
            fields.violate("username", "must not contain a colon: it ends the user name (RFC 7617)");
        }
        String kept = stored instanceof Authentication.Basic old ? old.password() : null;
        return new Authentication.Basic(Objects.requireNonNullElse(username, ""), secret("password", kept));
    }

    /** Whoever is sent to for a token sees the secret: it does not follow to a server that it was not meant for. */
    private Authentication oauth2(UrlRules urls) {
        URI tokenUrl = tokenUrl(urls);
        String id = Objects.requireNonNullElse(fields.line("clientId", 255), "");
        boolean same = stored instanceof Authentication.OAuth2 old
                && old.tokenUrl().equals(tokenUrl)
                && old.client().id().equals(id);
        if (stored instanceof Authentication.OAuth2 && !same && !fields.has("clientSecret")) {
            fields.violate("clientSecret", "must be sent again with another tokenUrl or clientId");
        }
        String kept = stored instanceof Authentication.OAuth2 old ? old.client().secret() : null;
        return new Authentication.OAuth2(
                tokenUrl,
                new Client(id, secret("clientSecret", kept), inBody()),
                words("scope", 1_024),
                words("audience", 1_024));
    }

    private URI tokenUrl(UrlRules urls) {
        String text = fields.line("tokenUrl", 4_096);
        String violation = text == null ? null : urls.violation(text);
        if (violation != null) {
            fields.violate("tokenUrl", violation);
        }
        return text == null || violation != null ? NOWHERE : URI.create(text);
    }

    private boolean inBody() {
        String word = Objects.requireNonNullElse(fields.optionalLine("clientAuthentication", 16), "basic");
        if (!word.equals("basic") && !word.equals("body")) {
            fields.violate("clientAuthentication", "must be basic or body");
        }
        return word.equals("body");
    }

    private @Nullable String words(String name, int longest) {
        String text = fields.optionalLine(name, longest);
        return text == null || text.isBlank() ? null : text;
    }

    private String secret(String name, @Nullable String kept) {
        if (!fields.has(name) && kept != null) {
            return kept;
        }
        return Objects.requireNonNullElse(fields.line(name, LONGEST_SECRET), "");
    }
}
