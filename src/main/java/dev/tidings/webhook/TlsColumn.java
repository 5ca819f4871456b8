package dev.tidings.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** Between a webhook's TLS and the text that is stored of it: a JSON object. */
final class TlsColumn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TlsColumn() {}

    @RegisterForReflection // Read and written by a mapper of its own.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Parts(
            String authorities,
            @Nullable String chain,
            @Nullable String key) {

        /** Never shows the key. */
        @Override
        public String toString() {
            return "Parts[***]";
        }
    }

    /** {@code null}: there is nothing to store. */
    static @Nullable String write(Tls tls) {
        if (tls.isUsual()) {
            return null;
        }
        Tls.Client client = tls.client();
        try {
            return JSON.writeValueAsString(new Parts(
                    tls.authorities(), client == null ? null : client.chain(), client == null ? null : client.key()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings always can be written", e);
        }
    }

    static Tls read(@Nullable String text) {
        if (text == null) {
            return Tls.USUAL;
        }
        try {
            Parts parts = JSON.readValue(text, Parts.class);
            return Tls.of(
                    parts.authorities,
                    parts.chain == null || parts.key == null ? null : new Tls.Client(parts.chain, parts.key));
        } catch (JsonProcessingException e) {
            // Without its cause, which would quote the text: it holds a key.
            throw new IllegalStateException("the TLS settings of a webhook can't be read");
        }
    }
}
