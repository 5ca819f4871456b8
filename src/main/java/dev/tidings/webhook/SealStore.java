package dev.tidings.webhook;

import dev.tidings.secrets.BadKeyException;
import dev.tidings.secrets.Vault;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which keys the stored secrets are sealed with: a start is refused where one is unknown, and rows of older keys are
 * sealed anew. A row keeps its version meanwhile, since nothing of the webhook changes.
 */
@ApplicationScoped
public class SealStore {
    private static final Logger LOG = Logger.getLogger(SealStore.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String KEYS_IN_USE = """
            SELECT key_id
              FROM webhook
             WHERE key_id IS NOT NULL
             UNION
            SELECT tls_key_id
              FROM webhook
             WHERE tls_key_id IS NOT NULL
            """;

    /** Its row is locked for this statement, which changes nothing of a key that is known. */
    private static final String USE = """
            INSERT INTO sealing_key (id)
            VALUES ($1)
                ON CONFLICT (id) DO UPDATE
               SET id = excluded.id
            RETURNING first_used_at
            """;

    /** No lock: whoever changes a row meanwhile seals it with the current key himself. */
    private static final String OLDER = """
            SELECT id, version, key_id, secret, signing_keys, headers, tls_key_id, tls
              FROM webhook
             WHERE key_id IS DISTINCT FROM $1
                OR (tls_key_id IS NOT NULL AND tls_key_id <> $1)
             ORDER BY id
            """;

    /** Only while the row is as it was read; the row lock is held for this statement. */
    private static final String SEAL = """
            UPDATE webhook
               SET key_id = $4, secret = $5, signing_keys = $6, headers = $7, tls_key_id = $8, tls = $9
             WHERE id = $1
               AND version = $2
               AND key_id IS NOT DISTINCT FROM $3
            """;

    private final Pool pool;
    private final Vault vault;
    private final SealedColumns columns;
    private volatile Instant sealingSince = Instant.EPOCH;

    SealStore(Pool pool, Vault vault, SealedColumns columns) {
        this.pool = pool;
        this.vault = vault;
        this.columns = columns;
    }

    /** Better not to start than to meet webhooks that can't be sent to, one by one. */
    void refuseUnknownKeys(@Observes @Priority(1) StartupEvent start) {
        Set<String> missing = pool.query(KEYS_IN_USE)
                .execute()
                .map(rows -> ids(rows, vault.keyIds()))
                .await()
                .atMost(PATIENCE);
        if (!missing.isEmpty()) {
            throw new BadKeyException("Secrets in the database are encrypted with the key "
                    + String.join(", ", missing) + ", which is not among tidings.secrets.keys. Add it there, after the"
                    + " first one, until they are encrypted anew.");
        }
    }

    /** Notes that the current key is in use. */
    void use(@Observes @Priority(2) StartupEvent start) {
        sealingSince = pool.preparedQuery(USE)
                .execute(Tuple.of(vault.currentKeyId()))
                .map(rows -> rows.iterator().next().getOffsetDateTime("first_used_at"))
                .await()
                .atMost(PATIENCE)
                .toInstant();
    }

    /** When a node first started with the current key, as far as the database remembers. */
    public Instant sealingSince() {
        return sealingSince;
    }

    private static Set<String> ids(RowSet<Row> rows, Set<String> known) {
        Set<String> missing = new TreeSet<>();
        rows.forEach(row -> missing.add(row.getString("key_id")));
        missing.removeAll(known);
        return missing;
    }

    /** Seals with the current key what is not; answers how many webhooks that were. */
    public Uni<Integer> sealAnew() {
        return pool.preparedQuery(OLDER)
                .execute(Tuple.of(vault.currentKeyId()))
                .map(SealStore::list)
                .flatMap(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(this::sealAnew)
                        .collect()
                        .with(Collectors.summingInt(Integer::intValue)));
    }

    private Uni<Integer> sealAnew(Row row) {
        UUID id = row.getUUID("id");
        try {
            Secrets open = columns.open(
                    id,
                    row.getString("key_id"),
                    new Secrets(row.getString("secret"), row.getString("signing_keys"), row.getString("headers")));
            Secrets anew = columns.seal(id, open);
            String tls = columns.sealTls(id, columns.openTls(id, row.getString("tls_key_id"), row.getString("tls")));
            return pool.preparedQuery(SEAL)
                    .execute(Tuple.from(Arrays.asList(
                            id,
                            row.getInteger("version"),
                            row.getString("key_id"),
                            vault.currentKeyId(),
                            anew.secret(),
                            anew.signingKeys(),
                            anew.headers(),
                            tls == null ? null : vault.currentKeyId(),
                            tls)))
                    .map(RowSet::rowCount);
        } catch (BadKeyException | IllegalStateException e) {
            LOG.errorf("The secrets of webhook %s can't be encrypted anew: %s", id, e.getMessage());
            return Uni.createFrom().item(0);
        }
    }

    private static List<Row> list(RowSet<Row> rows) {
        List<Row> list = new ArrayList<>();
        rows.forEach(list::add);
        return list;
    }
}
