package dev.tidings.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;

class ClaimWordsTest {
    private final JsonWebToken token = token("""
            {"sub": "ada", "one": "a b", "many": ["a", "b c", 3, null, ["d"]], "number": 3, "nothing": null,
             "realm_access": {"roles": ["r1", "r2"], "deep": {"er": "r3"}},
             "https://example.com/roles": ["u"]}""");

    @Test
    void readsAStringOrAnArrayOfStrings() {
        assertThat(ClaimWords.of(token, "one")).containsExactly("a b");
        assertThat(ClaimWords.of(token, "many")).containsExactlyInAnyOrder("a", "b c");
    }

    @Test
    void anythingElseHasNoWords() {
        for (String path :
                List.of("number", "nothing", "absent", "realm_access", "one/two", "realm_access/", "/", "")) {
            assertThat(ClaimWords.of(token, path)).as(path).isEmpty();
        }
    }

    @Test
    void findsAClaimWithinOthers() {
        assertThat(ClaimWords.of(token, "realm_access/roles")).containsExactlyInAnyOrder("r1", "r2");
        assertThat(ClaimWords.of(token, "realm_access/deep/er")).containsExactly("r3");
    }

    @Test
    void aClaimWhoseNameIsAUrlIsFound() {
        assertThat(ClaimWords.of(token, "https://example.com/roles")).containsExactly("u");
    }

    @Test
    void splitsAtSpacesAndAddsUp() {
        assertThat(ClaimWords.spaced(token, List.of("one", "realm_access/roles", "absent")))
                .containsExactlyInAnyOrder("a", "b", "r1", "r2");
    }

    private static JsonWebToken token(String json) {
        try {
            return new DefaultJWTCallerPrincipal("raw", "JWT", JwtClaims.parse(json));
        } catch (InvalidJwtException e) {
            throw new IllegalStateException(e);
        }
    }
}
