package dev.tidings.queue;

import dev.tidings.attempt.Wire;
import dev.tidings.attempt.Wire.Certificate;
import dev.tidings.attempt.Wire.Tls;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes wires that a node meets for the first time in a day. Rare: a webhook has a handful of them. */
final class WireStatement implements Wires.Writer {

    /*
     * Along the primary key. Two nodes may write the same one at once, in any order: a batch is one statement a row, so that
     * neither waits for the other with a row of its own locked.
     */
    private static final String WRITE = """
            INSERT INTO wire (id, webhook_id, used_on, url, custom_headers, own_headers, address, protocol, tls_protocol,
                              tls_cipher, certificate_subject, certificate_issuer, certificate_expires_at, answer_headers)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (id) DO UPDATE
               SET used_on = EXCLUDED.used_on
             WHERE wire.used_on < EXCLUDED.used_on
            """;

    private final Pool pool;

    WireStatement(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Void> write(Map<Long, KeptWire> fresh, LocalDate usedOn) {
        List<Uni<Void>> all = fresh.entrySet().stream()
                .map(one -> pool.preparedQuery(WRITE)
                        .execute(arguments(one.getKey(), one.getValue(), usedOn))
                        .replaceWithVoid())
                .toList();
        return Uni.join().all(all).usingConcurrencyOf(2).andCollectFailures().replaceWithVoid();
    }

    private static Tuple arguments(long id, KeptWire kept, LocalDate usedOn) {
        Wire wire = kept.wire();
        Tls tls = wire.tls();
        Certificate certificate = tls == null ? null : tls.certificate();
        @Nullable
        Object[] values = {
            id,
            kept.webhookId(),
            usedOn,
            wire.request().url(),
            HeaderLines.text(wire.request().custom()),
            HeaderLines.text(wire.request().own()),
            wire.address(),
            wire.protocol(),
            tls == null ? null : tls.protocol(),
            tls == null ? null : tls.cipher(),
            certificate == null ? null : certificate.subject(),
            certificate == null ? null : certificate.issuer(),
            certificate == null ? null : certificate.expiresAt().atOffset(ZoneOffset.UTC),
            HeaderLines.text(kept.answer())
        };
        return Tuple.from(Arrays.asList(values));
    }
}
