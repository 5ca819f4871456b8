package dev.tidings.queue;

import dev.tidings.attempt.Trace;
import dev.tidings.attempt.Trace.Timing;
import dev.tidings.attempt.Wire;
import dev.tidings.attempt.Wire.Certificate;
import dev.tidings.attempt.Wire.Tls;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An attempt joined with its wire, read as how it went. */
record TraceRow(Row row) {

    /** {@code null} where the attempt has no wire: it is older than wires are, or there were too many. */
    @Nullable
    Trace trace() {
        String url = row.getString("url");
        if (url == null) {
            return null;
        }
        var request = new Wire.Request(
                url,
                HeaderLines.parse(row.getString("custom_headers")),
                HeaderLines.parse(row.getString("own_headers")));
        return new Trace(
                new Wire(request, row.getString("address"), row.getString("protocol"), tls()),
                new Timing(
                        row.getInteger("resolved_millis"),
                        row.getInteger("connected_millis"),
                        row.getInteger("answered_millis")),
                Boolean.TRUE.equals(row.getBoolean("reused")),
                HeaderLines.parse(row.getString("answer_headers")));
    }

    private @Nullable Tls tls() {
        String protocol = row.getString("tls_protocol");
        return protocol == null ? null : new Tls(protocol, row.getString("tls_cipher"), certificate());
    }

    private @Nullable Certificate certificate() {
        OffsetDateTime expires = row.get(OffsetDateTime.class, "certificate_expires_at");
        return expires == null
                ? null
                : new Certificate(
                        row.getString("certificate_subject"), row.getString("certificate_issuer"), expires.toInstant());
    }
}
