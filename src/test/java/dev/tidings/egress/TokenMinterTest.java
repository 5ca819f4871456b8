package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.webhook.Authentication.Algorithm;
import dev.tidings.webhook.Authentication.Carrier;
import dev.tidings.webhook.Authentication.Jwt;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.TokenKeys.Generated;
import dev.tidings.webhook.TokenKeys.Given;
import dev.tidings.webhook.TokenKeys.Kept;
import dev.tidings.webhook.TokenKeys.Retired;
import dev.tidings.webhook.TokenKeys.TokenKey;
import dev.tidings.webhook.WebhookChanged;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenMinterTest {
    private static final String SECRET = "a shared secret of 64 characters, long enough for the longest one";

    private Instant now = TestSender.NOW;
    private final TokenMinter minter = new TokenMinter(() -> now);

    private static Jwt jwt(Algorithm algorithm, String key, Map<String, Object> claims, @Nullable String keyId) {
        return new Jwt(given(algorithm, key, keyId), claims, Duration.ofMinutes(5), Carrier.BEARER, null);
    }

    private static Given given(Algorithm algorithm, String key, @Nullable String keyId) {
        return new Given(new TokenKey(algorithm, key, keyId));
    }

    private static Jwt hs256() {
        return jwt(Algorithm.HS256, SECRET, Map.of(), null);
    }

    private static Endpoint endpoint(Jwt jwt) {
        return Endpoints.with("https://hooks.example.com/", jwt);
    }

    private String mint(Endpoint endpoint, boolean anew) {
        return begin(endpoint, anew).join();
    }

    private CompletableFuture<String> begin(Endpoint endpoint, boolean anew) {
        return minter.token(endpoint, (Jwt) endpoint.authentication(), anew)
                .subscribeAsCompletionStage()
                .orTimeout(20, TimeUnit.SECONDS);
    }

    /** Verified by a library that had no part in signing. */
    private static JsonWebSignature verified(String token, Algorithm algorithm, Key key) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.value()));
        signature.setCompactSerialization(token);
        signature.setKey(key);
        assertThat(signature.verifySignature()).isTrue();
        return signature;
    }

    private JwtClaims claims(Map<String, Object> configured) throws JoseException, InvalidJwtException {
        String token = mint(endpoint(jwt(Algorithm.HS256, SECRET, configured, null)), false);
        return JwtClaims.parse(verified(token, Algorithm.HS256, secretKey()).getPayload());
    }

    private static Key secretKey() {
        return new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HMAC");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void everyAlgorithmSignsSoThatOthersCanVerify(Algorithm algorithm)
            throws JoseException, InvalidJwtException, MalformedClaimException {
        boolean shared = algorithm.isSymmetric();
        var pair = shared ? null : TestKeys.pair(algorithm);
        String key = pair == null ? SECRET : TestKeys.pem(pair.getPrivate());
        Key verifier = pair == null ? secretKey() : pair.getPublic();

        String token = mint(endpoint(jwt(algorithm, key, Map.of("iss", "us"), "key-7")), false);

        JsonWebSignature signature = verified(token, algorithm, verifier);
        assertThat(signature.getHeader("typ")).isEqualTo("JWT");
        assertThat(signature.getHeader("alg")).isEqualTo(algorithm.value());
        assertThat(signature.getKeyIdHeaderValue()).isEqualTo("key-7");
        assertThat(JwtClaims.parse(signature.getPayload()).getIssuer()).isEqualTo("us");
    }

    @Test
    void itBearsItsTimesAndAnIdOfItsOwn() throws Exception {
        JwtClaims claims = claims(Map.of());

        assertThat(claims.getIssuedAt().getValue()).isEqualTo(now.getEpochSecond());
        assertThat(claims.getExpirationTime().getValue())
                .isEqualTo(now.plusSeconds(300).getEpochSecond());
        assertThat(claims.getJwtId()).isNotBlank().isNotEqualTo(claims(Map.of()).getJwtId());
        assertThat(claims.getClaimNames()).containsExactlyInAnyOrder("iat", "exp", "jti");
    }

    @Test
    void configuredClaimsAreWrittenAsTheyAre() throws Exception {
        Map<String, Object> configured = new HashMap<>(Map.of(
                "iss",
                "myImsOrg",
                "aud",
                List.of("a.example.com", "b.example.com"),
                "sub",
                "tidings",
                "admin",
                true,
                "level",
                7,
                "share",
                0.25,
                "nested",
                Map.of("list", List.of(1, Map.of("deep", "yes")), "text", "x"),
                "iat",
                1,
                "exp",
                2,
                "jti",
                "mine"));

        JwtClaims claims = claims(configured);

        assertThat(claims.getIssuer()).isEqualTo("myImsOrg");
        assertThat(claims.getAudience()).containsExactly("a.example.com", "b.example.com");
        assertThat(claims.getSubject()).isEqualTo("tidings");
        assertThat(claims.getClaimValue("admin")).isEqualTo(true);
        assertThat(claims.getClaimValue("level")).isEqualTo(7L);
        assertThat(claims.getClaimValue("share")).isEqualTo(0.25);
        assertThat(claims.getClaimValue("nested"))
                .isEqualTo(Map.of("list", List.of(1L, Map.of("deep", "yes")), "text", "x"));
        assertThat(claims.getExpirationTime().getValue())
                .as("what is added wins")
                .isEqualTo(now.plusSeconds(300).getEpochSecond());
        assertThat(claims.getIssuedAt().getValue()).isEqualTo(now.getEpochSecond());
        assertThat(claims.getJwtId()).isNotEqualTo("mine");
    }

    @Test
    void aTokenIsKeptUntilShortlyBeforeItsEnd() {
        var endpoint = endpoint(hs256());
        String first = mint(endpoint, false);

        now = now.plusSeconds(269);
        assertThat(mint(endpoint, false)).isEqualTo(first);
        now = now.plusSeconds(1);
        assertThat(mint(endpoint, false)).isNotEqualTo(first);
    }

    @Test
    void ofAShortLifeAFifthIsLeft() {
        var endpoint = endpoint(
                new Jwt(given(Algorithm.HS256, SECRET, null), Map.of(), Duration.ofSeconds(10), Carrier.BEARER, null));
        String first = mint(endpoint, false);

        now = now.plusMillis(7_999);
        assertThat(mint(endpoint, false)).isEqualTo(first);
        now = now.plusMillis(1);
        assertThat(mint(endpoint, false)).isNotEqualTo(first);
    }

    @Test
    void noTokenOfAnOldKeyIsSentWhenTheNewOneHasTakenOver() throws JoseException {
        Instant turn = now.plusSeconds(60);
        var keys = new Generated(kept("new", turn), List.of(new Retired(kept("old", now), now.plusSeconds(3_600))));
        var endpoint = endpoint(new Jwt(keys, Map.of(), Duration.ofHours(1), Carrier.BEARER, null));
        String first = mint(endpoint, false);
        assertThat(kid(first)).isEqualTo("old");

        now = turn.minusMillis(1);
        assertThat(mint(endpoint, false)).isEqualTo(first);
        now = turn;
        assertThat(kid(mint(endpoint, false))).isEqualTo("new");
    }

    private static Kept kept(String id, Instant signsFrom) {
        String pem = TestKeys.pem(TestKeys.pair(Algorithm.ES256).getPrivate());
        return new Kept(new TokenKey(Algorithm.ES256, pem, id), "", signsFrom);
    }

    private static String kid(String token) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        return signature.getKeyIdHeaderValue();
    }

    @Test
    void aTokenWithABodysHashIsForThatBodyAndIsNotKept() throws Exception {
        var jwt =
                new Jwt(given(Algorithm.HS256, SECRET, null), Map.of(), Duration.ofMinutes(5), Carrier.BEARER, "hash");
        Endpoint endpoint = endpoint(jwt);

        for (String body : List.of("abc", "")) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String token = minter.token(new Outgoing(endpoint, "msg_1", 1, bytes, Outgoing.Mode.USUAL), jwt)
                    .subscribeAsCompletionStage()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            // The digests of FIPS 180-2's first example, and of nothing.
            assertThat(JwtClaims.parse(verified(token, Algorithm.HS256, secretKey())
                                    .getPayload())
                            .getStringClaimValue("hash"))
                    .isEqualTo(
                            body.isEmpty()
                                    ? "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
                                    : "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
        }
        assertThat(minter.kept()).isZero();
    }

    @Test
    void aChangedWebhookGetsATokenOfItsNewConfiguration() {
        var endpoint = endpoint(hs256());
        String first = mint(endpoint, false);

        assertThat(mint(Endpoints.changed(endpoint), false)).isNotEqualTo(first);
    }

    @Test
    void whatIsMintedAnewTakesTheOthersPlace() {
        var endpoint = endpoint(hs256());
        String first = mint(endpoint, false);

        String second = mint(endpoint, true);

        assertThat(second).isNotEqualTo(first);
        assertThat(mint(endpoint, false)).isEqualTo(second);
    }

    @Test
    void whoeverAsksWhileATokenIsMintedGetsThatOne() throws Exception {
        var endpoint = endpoint(
                jwt(Algorithm.RS512, TestKeys.pem(TestKeys.pair(Algorithm.RS512).getPrivate()), Map.of(), null));

        Set<String> tokens = new HashSet<>();
        for (boolean anew : List.of(false, true)) {
            var minted =
                    IntStream.range(0, 500).mapToObj(i -> begin(endpoint, anew)).toList();
            Set<String> round = new HashSet<>();
            minted.forEach(token -> round.add(token.join()));
            // Minted anew, a few more than one: each that was asked for after the one before was ready.
            assertThat(round).hasSizeLessThanOrEqualTo(anew ? 250 : 1);
            tokens.addAll(round);
        }
        assertThat(tokens).hasSizeGreaterThan(1);
    }

    @Test
    void aFailureIsNotKeptAndShowsNoKey() {
        var bad = endpoint(jwt(
                Algorithm.RS256, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----", Map.of(), null));

        assertThatThrownBy(() -> mint(bad, false))
                .hasRootCauseInstanceOf(BrokenException.class)
                .hasRootCauseMessage("The token could not be signed: check the webhook's key and algorithm");
        assertThat(minter.kept()).isEqualTo(1);

        var mended = new Endpoint(
                bad.id(),
                bad.tenant(),
                bad.version(),
                true,
                bad.channels(),
                bad.url(),
                hs256(),
                bad.headers(),
                bad.payloadVersion(),
                bad.signing(),
                bad.tls());
        assertThat(mint(mended, false)).isNotBlank();
    }

    @Test
    void aChangeForgetsTheToken() {
        var endpoint = endpoint(hs256());
        mint(endpoint, false);

        minter.forget(new WebhookChanged(endpoint.id()));

        assertThat(minter.kept()).isZero();
    }

    @Test
    void howManyTokensAreKeptIsBoundedAndAFullCacheStillKeeps() {
        for (int i = 0; i < 10_050; i++) {
            mint(endpoint(hs256()), false);
        }
        assertThat(minter.kept()).isEqualTo(10_000);

        var endpoint = endpoint(hs256());
        String first = mint(endpoint, false);
        assertThat(mint(endpoint, false)).isEqualTo(first);
        assertThat(minter.kept()).isEqualTo(10_000);
    }
}
