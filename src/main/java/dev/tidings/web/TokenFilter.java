package dev.tidings.web;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.json.JsonString;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the API asks for tokens: in front of every resource but those that are open by name. A token's
 * signature, issuer and times are checked by SmallRye JWT ({@code mp.jwt.verify.*}); here it is decided what follows.
 *
 * <p>Permissions within an organization belong here too: whoever adds them maps the matched method to the permission
 * that it needs, and asks {@link Caller}.
 */
class TokenFilter {
    /** Public keys, and what exists in the dev profile only. A path with dots or empty segments is never open. */
    private static final Pattern OPEN = Pattern.compile("/(\\.well-known|dev)(/(?!\\.{1,2}(/|$))[^/]+)+/?");

    private final SecurityConfig config;
    private final CurrentIdentityAssociation identities;
    private final TenantContext context;

    TokenFilter(SecurityConfig config, CurrentIdentityAssociation identities, TenantContext context) {
        this.config = config;
        this.identities = identities;
        this.context = context;
    }

    /** Without security a token that is sent anyway is not even looked at. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Void> authenticate(ContainerRequestContext request) {
        if (!config.enabled()) {
            context.calledBy(new Caller.Anybody());
            return Uni.createFrom().voidItem();
        }
        if (OPEN.matcher(request.getUriInfo().getPath()).matches()) {
            return Uni.createFrom().voidItem();
        }
        return identities
                .getDeferredIdentity()
                .onFailure(AuthenticationFailedException.class)
                .transform(refused -> invalidToken())
                .invoke(identity -> context.calledBy(bearer(identity)))
                .replaceWithVoid();
    }

    static ProblemException invalidToken() {
        return ProblemException.unauthorized(
                "The bearer token is not valid: it is malformed, expired, from another issuer, or signed with another key",
                "Bearer error=\"invalid_token\"");
    }

    private Caller bearer(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw ProblemException.unauthorized("A bearer token is required: send it in Authorization", "Bearer");
        }
        String name = token.getName() == null ? token.getSubject() : token.getName();
        return new Caller.Bearer(
                name == null ? "unnamed" : name, organizations(token.getClaim(config.organizationsClaim())));
    }

    /** What is neither a string nor an array of strings covers nothing. */
    private static Set<String> organizations(@Nullable Object claim) {
        return switch (claim) {
            case String one -> Set.of(one);
            case JsonString one -> Set.of(one.getString());
            case Collection<?> many ->
                many.stream()
                        .map(one -> one instanceof JsonString text ? text.getString() : one)
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toUnmodifiableSet());
            case null, default -> Set.of();
        };
    }
}
