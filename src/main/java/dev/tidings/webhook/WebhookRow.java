package dev.tidings.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
                AuthenticationColumn.read(row.authentication, open.secret()),
                read(open.headers(), new TypeReference<List<HeaderParameter>>() {}),
                version(row.payloadVersion),
                SigningColumn.read(open.signingKeys()),
                TlsColumn.read(columns.openTls(row.id, row.tlsKeyId, row.tls)),
                row.sendTraceparent);
    }

    /** What is in no sealed column. */
    static WebhookCache.Target target(Webhook row) {
        return new WebhookCache.Target(row.id, channels(row.channels), version(row.payloadVersion));
    }

    /** Writes a whole configuration into the entity, whose id is known. */
    void write(Settings settings, Webhook row) {
        row.name = settings.name();
        row.channels = settings.channels().stream().map(Channel::value).collect(Collectors.joining(","));
        row.url = settings.url().toString();
        row.payloadVersion = settings.payloadVersion().value();
        row.authentication = AuthenticationColumn.write(settings.authentication());
        String secret = AuthenticationColumn.secret(settings.authentication());
        Secrets closed = columns.seal(
                row.id, new Secrets(secret, SigningColumn.write(settings.signing()), write(settings.headers())));
        row.keyId = columns.currentKeyId();
        row.secret = closed.secret();
        row.signingKeys = closed.signingKeys();
        row.headers = closed.headers();
        row.tls = columns.sealTls(row.id, TlsColumn.write(settings.tls()));
        row.tlsKeyId = row.tls == null ? null : columns.currentKeyId();
        row.sendTraceparent = settings.sendTraceparent();
    }

    static Set<Channel> channels(String text) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        for (String word : text.split(",", -1)) {
            channels.add(Channel.of(word).orElseThrow());
        }
        return channels;
    }

    private static PayloadVersion version(String text) {
        return PayloadVersion.of(text).orElseThrow();
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
