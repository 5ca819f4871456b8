package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.webhook.Authentication.Jwt;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.TokenKeys.TokenKey;
import dev.tidings.webhook.WebhookChanged;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.build.JwtSignatureBuilder;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mints the tokens that requests carry, and keeps each until shortly before its end: an RSA signature per request would
 * cost more than the request.
 *
 * <p>Concurrency: any thread asks; signing happens on a worker, one signature at a time for a webhook: whoever asks
 * meanwhile gets that one. That is right after a 401 too, since the token under way can't be the one that was refused. A
 * token belongs to a version of its webhook, so a change of the configuration never meets an old one; what failed is not
 * kept.
 */
@Singleton
class TokenMinter {
    private static final int MOST_WEBHOOKS = 10_000;
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

    private record Kept(int version, Instant freshUntil, Shared<String> token) {
        boolean isGood(Endpoint endpoint, Instant now, boolean anew) {
            return version == endpoint.version()
                    && (token.isUnderWay() || (!anew && !token.hasFailed() && now.isBefore(freshUntil)));
        }
    }

    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();
    /** As long as a webhook has them: no longer than its configuration is in memory. */
    private final Map<TokenKey, PrivateKey> privateKeys = Collections.synchronizedMap(new WeakHashMap<>());

    private final InstantSource clock;

    TokenMinter(InstantSource clock) {
        this.clock = clock;
    }

    /** The token for that request; fails with a {@link BrokenException} when its key does not sign. */
    Uni<String> token(Outgoing outgoing, Jwt jwt) {
        return jwt.bodyHashClaim() == null
                ? token(outgoing.endpoint(), jwt, outgoing.mode() == Mode.MINT_ANEW)
                : ofItsOwn(jwt, jwt.bodyHashClaim(), outgoing.body());
    }

    /** A token that holds for one body is of no use to another. */
    private Uni<String> ofItsOwn(Jwt jwt, String hashed, byte[] body) {
        return Uni.createFrom()
                .item(() -> sign(jwt, clock.instant(), Map.of(hashed, BodyHash.of(body))))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** A token for any body. */
    Uni<String> token(Endpoint endpoint, Jwt jwt, boolean anew) {
        Instant now = clock.instant();
        Kept known = kept.get(endpoint.id());
        if (known == null || !known.isGood(endpoint, now, anew)) {
            makeRoom(endpoint.id(), now);
            known = kept.compute(
                    endpoint.id(),
                    (id, old) -> old != null && old.isGood(endpoint, now, anew) ? old : mint(endpoint, jwt, now));
        }
        return known.token.uni();
    }

    /** What was minted for an older state of that webhook is of no use any more, and for a deleted one never again. */
    void forget(@Observes WebhookChanged changed) {
        kept.remove(changed.webhookId());
    }

    /** How many webhooks' tokens are remembered now. */
    int kept() {
        return kept.size();
    }

    /** No token of an old key stays when a new one takes over: receivers may forget the old one then. */
    private Kept mint(Endpoint endpoint, Jwt jwt, Instant now) {
        Duration fifth = jwt.lifetime().dividedBy(5);
        Duration margin = fifth.compareTo(LONGEST_MARGIN) < 0 ? fifth : LONGEST_MARGIN;
        Instant stale = now.plus(jwt.lifetime()).minus(margin);
        Instant change = jwt.keys().changesAfter(now);
        Instant freshUntil = change != null && change.isBefore(stale) ? change : stale;
        return new Kept(
                endpoint.version(),
                freshUntil,
                Shared.begin(() -> sign(jwt, now, Map.of()), Infrastructure.getDefaultWorkerPool()));
    }

    /** Bounded whatever customers configure: what is stale goes first, then whatever comes, one for one. */
    private void makeRoom(UUID newcomer, Instant now) {
        if (kept.size() >= MOST_WEBHOOKS && !kept.containsKey(newcomer)) {
            kept.values().removeIf(old -> !old.token.isUnderWay() && !now.isBefore(old.freshUntil));
            var any = kept.keySet().iterator();
            if (kept.size() >= MOST_WEBHOOKS && any.hasNext()) {
                kept.remove(any.next());
            }
        }
    }

    private String sign(Jwt jwt, Instant now, Map<String, Object> more) {
        TokenKey key = jwt.keys().at(now);
        try {
            JwtClaimsBuilder claims = io.smallrye.jwt.build.Jwt.claims(jwt.claims());
            more.forEach(claims::claim);
            JwtSignatureBuilder header = claims.issuedAt(now)
                    .expiresAt(now.plus(jwt.lifetime()))
                    .claim("jti", UUID.randomUUID().toString())
                    .jws()
                    .algorithm(SignatureAlgorithm.fromAlgorithm(key.algorithm().value()));
            if (key.id() != null) {
                header.keyId(key.id());
            }
            return key.algorithm().isSymmetric()
                    ? header.sign(new SecretKeySpec(key.secret().getBytes(StandardCharsets.UTF_8), "HMAC"))
                    : header.sign(privateKey(key));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new BrokenException(
                    Fault.REQUEST, "The token could not be signed: check the webhook's key and algorithm");
        }
    }

    /** Read once: a token for each body would read it each time. */
    private PrivateKey privateKey(TokenKey key) throws GeneralSecurityException {
        PrivateKey known = privateKeys.get(key);
        if (known == null) {
            known = KeyUtils.decodePrivateKey(
                    key.secret(),
                    SignatureAlgorithm.fromAlgorithm(key.algorithm().value()));
            privateKeys.put(key, known);
        }
        return known;
    }
}
