package dev.tidings.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * What is held of endpoints, from counts that the statistics' fold keeps: attempts are not read.
 *
 * <p>Concurrency: any node looks, one at a time by a lock that lasts as long as its transaction.
 */
@ApplicationScoped
public class HealthStore {
    /** Begins the reason of a pause that this made: how it is told from a person's and from a receiver's. */
    public static final String DISABLED = "disabled by health";

    /** An endpoint that came to another state, with the reason; of one that is due to be disabled the state is still unstable. */
    public record Finding(UUID webhookId, String state, String reason, boolean due) {}

    /*
     * All webhooks that have counts or were found unwell, each along the primary key of webhook_attempts: 145 rows at
     * most. The most frequent reason is looked up for the unwell only. Rows that say the same as before are not written.
     * A webhook that health paused stays disabled, with the numbers that led to it, until a person arms it.
     */
    private static final String LOOK = """
            WITH counted AS (
              SELECT w.id, w.ims_org, w.sandbox_name, w.armed_at, w.modified_at,
                     coalesce(c.attempts, 0) AS attempts, coalesce(c.failing, 0) AS failing,
                     w.state = 'paused' AND starts_with(coalesce(w.state_reason, ''), $5) AS disabled,
                     w.state_reason, w.state = 'active' AS sent_to
                FROM webhook w
               CROSS JOIN LATERAL (
                 SELECT sum(a.attempts)::bigint AS attempts, sum(a.failing)::bigint AS failing
                   FROM webhook_attempts a
                  WHERE a.webhook_id = w.id
                    AND a.armed_at = w.armed_at
                    AND a.begins > $1::timestamptz - interval '24 hours'
               ) AS c
               WHERE c.attempts IS NOT NULL
                  OR EXISTS (SELECT FROM webhook_health h WHERE h.webhook_id = w.id)
            ), judged AS (
              SELECT *,
                     CASE
                       WHEN disabled THEN 'disabled'
                       WHEN attempts >= $2 AND failing * 100 >= attempts * $3 THEN 'unstable'
                       ELSE 'active'
                     END AS state
                FROM counted
            ), explained AS (
              SELECT j.*,
                     CASE j.state
                       WHEN 'disabled' THEN j.state_reason
                       WHEN 'unstable' THEN j.failing || ' of ' || j.attempts || ' attempts within 24 hours failed'
                                            || coalesce(', most often: ' || r.reason, '')
                     END AS reason
                FROM judged j
                LEFT JOIN LATERAL (
                  SELECT t.reason
                    FROM tally_reason t
                   WHERE j.state = 'unstable'
                     AND t.ims_org = j.ims_org
                     AND t.sandbox_name = j.sandbox_name
                     AND t.span = 'hour'
                     AND t.begins > greatest($1::timestamptz - interval '24 hours', j.armed_at - interval '1 hour')
                   GROUP BY t.reason
                   ORDER BY sum(t.attempts) DESC, t.reason
                   LIMIT 1
                ) AS r ON true
            ), before AS (
              SELECT h.*
                FROM webhook_health h
            ), written AS (
              INSERT INTO webhook_health AS h (webhook_id, armed_at, state, since, reason, attempts, failing)
              SELECT id, armed_at, state, $1, reason, attempts, failing
                FROM explained
              ON CONFLICT (webhook_id) DO UPDATE
                 SET armed_at = excluded.armed_at,
                     state = excluded.state,
                     since = CASE
                               WHEN h.armed_at = excluded.armed_at AND h.state = excluded.state THEN h.since
                               ELSE excluded.since
                             END,
                     reason = excluded.reason,
                     attempts = CASE WHEN excluded.state = 'disabled' THEN h.attempts ELSE excluded.attempts END,
                     failing = CASE WHEN excluded.state = 'disabled' THEN h.failing ELSE excluded.failing END
               WHERE (h.armed_at, h.state, h.reason, h.attempts, h.failing)
                     IS DISTINCT FROM
                     (excluded.armed_at, excluded.state, excluded.reason, excluded.attempts, excluded.failing)
              RETURNING webhook_id, since
            )
            SELECT e.id, e.state, coalesce(e.reason, 'Its attempts succeed again') AS reason,
                   coalesce(b.state, 'active') <> e.state AS changed,
                   coalesce(e.state = 'unstable' AND b.state = 'unstable' AND b.armed_at = e.armed_at AND e.sent_to
                              AND b.since <= $4::timestamptz, false) AS due
              FROM explained e
              LEFT JOIN before b ON b.webhook_id = e.id
             WHERE coalesce(b.state, 'active') <> e.state
                OR e.state = 'unstable'
            """;

    private static final String LOCK = """
            SELECT pg_try_advisory_xact_lock(hashtext('tidings.health')) AS mine
            """;

    private static final String FORGET = """
            DELETE FROM webhook_attempts
             WHERE begins < $1::timestamptz - interval '25 hours'
            """;

    /** Along the primary keys. */
    private static final String OF = """
            SELECT h.*
              FROM webhook_health h
              JOIN webhook w ON w.id = h.webhook_id AND w.armed_at = h.armed_at
             WHERE h.webhook_id = ANY ($1::uuid[])
            """;

    private static final String COUNT = """
            SELECT coalesce(h.state, 'active') AS state, count(*) AS number
              FROM webhook w
              LEFT JOIN webhook_health h ON h.webhook_id = w.id AND h.armed_at = w.armed_at
             GROUP BY 1
            """;

    private final Pool pool;
    private final InstantSource clock;
    private final HealthConfig config;

    HealthStore(Pool pool, InstantSource clock, HealthConfig config) {
        this.pool = pool;
        this.clock = clock;
        this.config = config;
    }

    /** Looks at all endpoints; answers those that came to another state, or are due to be disabled. */
    public Uni<List<Finding>> look() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        var arguments = Tuple.from(Arrays.asList(
                now,
                config.leastAttempts(),
                config.failingPercent(),
                config.disabling() ? now.minus(config.disableAfter()) : Instant.EPOCH.atOffset(ZoneOffset.UTC),
                DISABLED));
        return pool.withTransaction(connection -> connection
                .query(LOCK)
                .execute()
                .chain(locked -> locked.iterator().next().getBoolean("mine")
                        ? connection.preparedQuery(LOOK).execute(arguments).map(HealthStore::findings)
                        : Uni.createFrom().item(List.of())));
    }

    /** Drops counts that are too old to matter. */
    public Uni<Void> forget() {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** How many webhooks there are of each state of health. */
    public Uni<Map<String, Long>> count() {
        return pool.query(COUNT).execute().map(rows -> {
            Map<String, Long> counts = new HashMap<>();
            rows.forEach(row -> counts.put(row.getString("state"), row.getLong("number")));
            return counts;
        });
    }

    /** What is held of those webhooks' endpoints; of one that is not among them nothing was found yet. */
    Uni<Map<UUID, Health>> of(Collection<UUID> ids) {
        return pool.preparedQuery(OF)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Health> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("webhook_id"), health(row)));
                    return found;
                });
    }

    private static Health health(Row row) {
        Instant since = row.get(OffsetDateTime.class, "since").toInstant();
        return new Health(
                row.getString("state"),
                since,
                row.getString("reason"),
                row.getLong("attempts"),
                row.getLong("failing"));
    }

    private static List<Finding> findings(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getBoolean("changed") || row.getBoolean("due"))
                .map(row -> new Finding(
                        row.getUUID("id"), row.getString("state"), row.getString("reason"), row.getBoolean("due")))
                .toList();
    }
}
