package dev.tidings.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.webhook.Authentication.Algorithm;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Between the entity's columns and the engine's {@link Endpoint}: what was validated going in comes out whole. Keys and
 * header values are sealed on this way, and nowhere else.
 */
@ApplicationScoped
class WebhookRow {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SealedColumns columns;

    WebhookRow(SealedColumns columns) {
        this.columns = columns;
    }

    /** The stored webhook as the engine sees it. */
    Endpoint endpoint(Webhook row) {
        Secrets open = columns.open(row.id, row.keyId, new Secrets(row.secret, row.signingKeys, row.headers));
        return new Endpoint(
                row.id,
                row.tenant(),
                row.version,
                row.isActive(),
                channels(row.channels),
                URI.create(row.url),
                authentication(row.authentication, open.secret()),
                read(open.headers(), new TypeReference<List<HeaderParameter>>() {}),
                PayloadVersion.of(row.payloadVersion).orElseThrow(),
                SigningColumn.read(open.signingKeys()));
    }

    /** Writes a whole configuration into the entity, whose id is known. */
    void write(Settings settings, Webhook row) {
        row.name = settings.name();
        row.channels = settings.channels().stream().map(Channel::value).collect(Collectors.joining(","));
        row.url = settings.url().toString();
        row.payloadVersion = settings.payloadVersion().value();
        row.authentication = switch (settings.authentication()) {
            case Authentication.None none -> write(Map.of("type", "none"));
            case Authentication.Jwt jwt -> write(open(jwt));
        };
        String secret = settings.authentication() instanceof Authentication.Jwt jwt ? jwt.key() : null;
        Secrets closed = columns.seal(
                row.id, new Secrets(secret, SigningColumn.write(settings.signing()), write(settings.headers())));
        row.keyId = columns.currentKeyId();
        row.secret = closed.secret();
        row.signingKeys = closed.signingKeys();
        row.headers = closed.headers();
    }

    /** What of a JWT configuration is not secret. */
    private static Map<String, @Nullable Object> open(Authentication.Jwt jwt) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "jwt");
        map.put("algorithm", jwt.algorithm().name());
        map.put("claims", jwt.claims());
        map.put("ttlSeconds", jwt.lifetime().toSeconds());
        map.put("keyId", jwt.keyId());
        map.put("headerName", jwt.headerName());
        map.put("prefix", jwt.prefix());
        return map;
    }

    @SuppressWarnings("unchecked") // It is a JSON object, and was written by open().
    private static Authentication authentication(String text, @Nullable String secret) {
        Map<String, Object> map = read(text, new TypeReference<>() {});
        if (secret == null) {
            return new Authentication.None();
        }
        return new Authentication.Jwt(
                Algorithm.valueOf(string(map, "algorithm")),
                secret,
                (Map<String, Object>) Objects.requireNonNull(map.get("claims")),
                Duration.ofSeconds(((Number) Objects.requireNonNull(map.get("ttlSeconds"))).longValue()),
                (String) map.get("keyId"),
                string(map, "headerName"),
                string(map, "prefix"));
    }

    private static String string(Map<String, Object> map, String key) {
        return (String) Objects.requireNonNull(map.get(key), key);
    }

    static Set<Channel> channels(String text) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        for (String word : text.split(",", -1)) {
            channels.add(Channel.of(word).orElseThrow());
        }
        return channels;
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a webhook's column holds what was not written here", e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("validated settings always can be written", e);
        }
    }
}
