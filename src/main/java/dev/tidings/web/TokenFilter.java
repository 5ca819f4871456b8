package dev.tidings.web;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the API asks who may do what: in front of every method of a resource, once it is known which one
 * it is, so that no spelling of an address leads past it. A token's signature, issuer, audience and times are checked by
 * SmallRye JWT ({@code mp.jwt.verify.*}); here it is decided what follows from its claims. First whether there is a token
 * (401), then whether it has the permission that the method {@link Needs}, then whether it covers the organization (403).
 */
class TokenFilter {
    private static final Logger LOG = Logger.getLogger(TokenFilter.class);

    private final SecurityConfig config;
    private final CurrentIdentityAssociation identities;
    private final TenantContext context;
    private final Event<Refused> refusals;

    TokenFilter(
            SecurityConfig config,
            CurrentIdentityAssociation identities,
            TenantContext context,
            Event<Refused> refusals) {
        this.config = config;
        this.identities = identities;
        this.context = context;
        this.refusals = refusals;
    }

    /** Without security a token that is sent anyway is not even looked at. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Void> authenticate(ResourceInfo route) {
        Method method = route.getResourceMethod();
        if (method.isAnnotationPresent(PermitAll.class)) {
            return Uni.createFrom().voidItem();
        }
        if (!config.enabled()) {
            context.calledBy(new Caller.Anybody());
            return Uni.createFrom().voidItem();
        }
        return identities
                .getDeferredIdentity()
                .onFailure(AuthenticationFailedException.class)
                .transform(refused -> invalidToken())
                .map(this::bearer)
                .invoke(caller -> authorize(caller, method))
                .replaceWithVoid();
    }

    static ProblemException invalidToken() {
        return ProblemException.unauthorized(
                "The bearer token is not valid: it is malformed, expired, from another issuer, for another audience, or"
                        + " signed with another key",
                "Bearer error=\"invalid_token\"");
    }

    private void authorize(Caller caller, Method method) {
        Needs needs = method.getAnnotation(Needs.class);
        if (needs == null) {
            LOG.errorf("%s says neither @Needs nor @PermitAll: nobody may call it", method);
            throw ProblemException.forbidden("No token opens this route: the operator's log says why");
        }
        if (!caller.may(needs.value())) {
            refusals.fire(new Refused(caller.user(), method.getName(), Refused.Why.PERMISSION));
            throw ProblemException.lacking(needs.value());
        }
        context.calledBy(caller);
        if (needs.organization() == Needs.Source.HEADER) {
            requireOrganization(caller, method);
        }
    }

    private void requireOrganization(Caller caller, Method method) {
        try {
            context.organization();
        } catch (ProblemException e) {
            if (e.problem().status() == 403) {
                refusals.fire(new Refused(caller.user(), method.getName(), Refused.Why.ORGANIZATION));
            }
            throw e;
        }
    }

    private Caller bearer(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw ProblemException.unauthorized("A bearer token is required: send it in Authorization", "Bearer");
        }
        return new Caller.Bearer(
                name(token),
                ClaimWords.of(token, config.organizationsClaim()),
                Permission.among(ClaimWords.spaced(token, config.permissionsClaims())));
    }

    private static String name(JsonWebToken token) {
        @Nullable String name = token.getName() == null ? token.getSubject() : token.getName();
        return name == null ? "unnamed" : name;
    }
}
