package dev.tidings.webhook;

import dev.tidings.web.Problem;
import dev.tidings.web.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of tokens and signatures whose private keys Tidings keeps, for whoever wants to verify. Whose they are
 * is not said.
 *
 * <p>Concurrency: any thread. Anybody may ask, as often as he likes: the set of all is put together once a second.
 */
@Path("/.well-known")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Public keys", description = "What receivers verify with, as JWK sets (RFC 7517). Open to anybody.")
class KeySetResource {
    private static final String CACHE = "public, max-age=" + PublicKeys.FRESH.toSeconds();
    private static final String NONE = "There is no webhook of that id";

    private final WebhookCache webhooks;
    private final InstantSource clock;
    private volatile @Nullable Copy copy;

    KeySetResource(WebhookCache webhooks, InstantSource clock) {
        this.webhooks = webhooks;
        this.clock = clock;
    }

    private record Copy(Set set, Instant freshUntil) {}

    /** Where a webhook's own set is. */
    static String path(UUID webhookId) {
        return "/.well-known/feedback-webhooks/" + webhookId + "/jwks.json";
    }

    @GET
    @Path("jwks.json")
    @PermitAll
    @Operation(
            operationId = "getKeys",
            summary = "The public keys of all webhooks",
            description = "For receivers of several webhooks, which know the key ids that they expect. Whoever receives"
                    + " for one webhook had better take that one's own set: a token that verifies with a key of the"
                    + " others was meant for somebody else.")
    @APIResponse(
            responseCode = "200",
            description = "A JWK set",
            content =
                    @Content(
                            schema = @Schema(implementation = Set.class),
                            examples = @ExampleObject(name = "keys", value = Set.EXAMPLE)))
    public RestResponse<Set> all() {
        Instant now = clock.instant();
        Copy known = copy;
        if (known == null || !now.isBefore(known.freshUntil)) {
            known = new Copy(set(webhooks.all(), now), now.plusSeconds(1));
            copy = known;
        }
        return answer(known.set);
    }

    @GET
    @Path("feedback-webhooks/{id}/jwks.json")
    @PermitAll
    @Operation(
            operationId = "getWebhookKeys",
            summary = "The public keys of a webhook",
            description = "Of its tokens, where Tidings makes their keys, and of its Ed25519 signatures. A new key is"
                    + " here before it signs, and one that was replaced as long as its overlap lasts.")
    @APIResponse(
            responseCode = "200",
            description = "A JWK set, which may have no keys",
            content =
                    @Content(
                            schema = @Schema(implementation = Set.class),
                            examples = @ExampleObject(name = "keys", value = Set.EXAMPLE)))
    @APIResponse(
            responseCode = "404",
            description = NONE,
            content = @Content(mediaType = WebhookResource.PROBLEM, schema = @Schema(implementation = Problem.class)))
    public RestResponse<Set> ofOne(String id) {
        Endpoint endpoint = find(id);
        if (endpoint == null) {
            throw ProblemException.notFound(NONE);
        }
        return answer(set(List.of(endpoint), clock.instant()));
    }

    private @Nullable Endpoint find(String id) {
        try {
            return webhooks.byId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Set set(Collection<Endpoint> endpoints, Instant now) {
        return new Set(endpoints.stream()
                .flatMap(endpoint -> PublicKeys.of(endpoint, now))
                .toList());
    }

    private static RestResponse<Set> answer(Set set) {
        return ResponseBuilder.ok(set).header(HttpHeaders.CACHE_CONTROL, CACHE).build();
    }

    /** A JWK set. */
    @Schema(name = "KeySet")
    record Set(List<Map<String, Object>> keys) {
        static final String EXAMPLE = """
                {"keys": [{"kty": "EC", "kid": "V1tQ3vBqGq0yJZ1nJjS9bYw9wUyR4m8D3c5oXb2yqhQ", "use": "sig", "alg": "ES256",
                  "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
                  "crv": "P-256"}]}
                """;
    }
}
