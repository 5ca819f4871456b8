package dev.tidings.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.webhook.Authentication.Algorithm;
import dev.tidings.webhook.TokenKeys.Generated;
import dev.tidings.webhook.TokenKeys.Kept;
import dev.tidings.webhook.TokenKeys.Retired;
import dev.tidings.webhook.TokenKeys.TokenKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Between the pairs that Tidings keeps and the text that is stored of them: a JSON array, the current one first. */
final class TokenKeysColumn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenKeysColumn() {}

    /**
     * @param signsFrom ISO 8601
     * @param until ISO 8601; {@code null}: it is the current one
     */
    @RegisterForReflection // Read and written by a mapper of its own.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Member(
            String algorithm,
            String id,
            String privateKey,
            String publicKey,
            String signsFrom,
            @Nullable String until) {

        static Member of(Kept kept, @Nullable Instant until) {
            TokenKey key = kept.key();
            return new Member(
                    key.algorithm().value(),
                    Objects.requireNonNull(key.id()),
                    key.secret(),
                    kept.publicKey(),
                    kept.signsFrom().toString(),
                    until == null ? null : until.toString());
        }

        Kept kept() {
            var key = new TokenKey(Algorithm.of(algorithm).orElseThrow(), privateKey, id);
            return new Kept(key, publicKey, Instant.parse(signsFrom));
        }

        /** Never shows the private key. */
        @Override
        public String toString() {
            return id;
        }
    }

    static String write(Generated keys) {
        List<Member> members = new ArrayList<>();
        members.add(Member.of(keys.current(), null));
        keys.retired().forEach(old -> members.add(Member.of(old.kept(), old.until())));
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings always can be written", e);
        }
    }

    static Generated read(String text) {
        try {
            List<Member> members = JSON.readValue(text, new TypeReference<>() {});
            List<Retired> retired = new ArrayList<>();
            for (Member member : members) {
                if (member.until() != null) {
                    retired.add(new Retired(member.kept(), Instant.parse(member.until())));
                }
            }
            return new Generated(members.getFirst().kept(), retired);
        } catch (JsonProcessingException e) {
            // Without its cause, which would quote the text: it is secret.
            throw new IllegalStateException("the token keys of a webhook can't be read");
        }
    }
}
