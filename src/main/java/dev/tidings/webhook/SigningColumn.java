package dev.tidings.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between signing keys and the text that is stored of them: a JSON array, the current key first. */
final class SigningColumn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SigningColumn() {}

    /** @param until ISO 8601; {@code null}: it is the current key */
    @RegisterForReflection // Read and written by a mapper of its own.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Member(
            String type, String secret, @Nullable String until) {
        SigningKey key() {
            return switch (type) {
                case SigningKey.HmacSha256.TYPE -> new SigningKey.HmacSha256(secret);
                case SigningKey.Ed25519.TYPE -> new SigningKey.Ed25519(secret);
                default -> throw new IllegalStateException("a signing key of a type that is not known: " + type);
            };
        }

        /** Never shows the secret. */
        @Override
        public String toString() {
            return type;
        }
    }

    static @Nullable String write(Signing signing) {
        if (!(signing instanceof Signing.Keys keys)) {
            return null;
        }
        List<Member> members = new ArrayList<>();
        members.add(new Member(keys.current().type(), keys.current().secret(), null));
        keys.retired()
                .forEach(old -> members.add(new Member(
                        old.key().type(), old.key().secret(), old.until().toString())));
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings always can be written", e);
        }
    }

    static Signing read(@Nullable String text) {
        if (text == null) {
            return new Signing.None();
        }
        try {
            List<Member> members = JSON.readValue(text, new TypeReference<>() {});
            List<Signing.Retired> retired = new ArrayList<>();
            for (Member member : members) {
                if (member.until() != null) {
                    retired.add(new Signing.Retired(member.key(), Instant.parse(member.until())));
                }
            }
            return new Signing.Keys(members.getFirst().key(), retired);
        } catch (JsonProcessingException e) {
            // Without its cause, which would quote the text: it is secret.
            throw new IllegalStateException("the signing keys of a webhook can't be read");
        }
    }
}
