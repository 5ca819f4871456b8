package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.webhook.Authentication.Jwt;
import dev.tidings.webhook.Endpoint;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.build.JwtSignatureBuilder;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Mints the tokens that requests carry, and keeps each until shortly before its end: an RSA signature per request would
 * cost more than the request.
 *
 * <p>Concurrency: any thread asks; signing happens on a worker. While a token is being minted, all who want it share that
 * one {@link Uni}. A token belongs to a version of its webhook, so a change of the configuration never meets an old one.
 */
@ApplicationScoped
class TokenMinter {
    private static final int MOST_WEBHOOKS = 10_000;
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

    private record Kept(int version, Instant freshUntil, Uni<String> token) {}

    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();
    private final InstantSource clock;

    TokenMinter(InstantSource clock) {
        this.clock = clock;
    }

    /** The token for that endpoint; fails with a {@link BrokenException} when its key does not sign. */
    Uni<String> token(Endpoint endpoint, Jwt jwt, boolean anew) {
        Instant now = clock.instant();
        if (kept.size() >= MOST_WEBHOOKS) {
            kept.clear();
        }
        return kept.compute(
                        endpoint.id(),
                        (id, old) -> isGood(old, endpoint, now) && !anew ? old : mint(endpoint, jwt, now))
                .token();
    }

    private static boolean isGood(@Nullable Kept old, Endpoint endpoint, Instant now) {
        return old != null && old.version == endpoint.version() && now.isBefore(old.freshUntil);
    }

    private static Kept mint(Endpoint endpoint, Jwt jwt, Instant now) {
        Duration fifth = jwt.lifetime().dividedBy(5);
        Duration margin = fifth.compareTo(LONGEST_MARGIN) < 0 ? fifth : LONGEST_MARGIN;
        Uni<String> token = Uni.createFrom()
                .item(() -> sign(jwt, now))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .memoize()
                .indefinitely();
        return new Kept(endpoint.version(), now.plus(jwt.lifetime()).minus(margin), token);
    }

    private static String sign(Jwt jwt, Instant now) {
        try {
            JwtClaimsBuilder claims = io.smallrye.jwt.build.Jwt.claims(jwt.claims());
            JwtSignatureBuilder header = claims.issuedAt(now)
                    .expiresAt(now.plus(jwt.lifetime()))
                    .claim("jti", UUID.randomUUID().toString())
                    .jws()
                    .algorithm(SignatureAlgorithm.valueOf(jwt.algorithm().name()));
            if (jwt.keyId() != null) {
                header.keyId(jwt.keyId());
            }
            return jwt.algorithm().isSymmetric()
                    ? header.sign(new SecretKeySpec(jwt.key().getBytes(StandardCharsets.UTF_8), "HMAC"))
                    : header.sign(privateKey(jwt));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new BrokenException(
                    Fault.REQUEST, "The token could not be signed: check the webhook's key and algorithm");
        }
    }

    private static PrivateKey privateKey(Jwt jwt) throws GeneralSecurityException {
        return KeyUtils.decodePrivateKey(
                jwt.key(), SignatureAlgorithm.valueOf(jwt.algorithm().name()));
    }
}
