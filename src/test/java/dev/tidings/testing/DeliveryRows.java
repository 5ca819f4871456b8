package dev.tidings.testing;

import dev.tidings.feedback.SkipReason;
import dev.tidings.feedback.Tenant;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Puts deliveries into the tables by hand, in any state, past the code under test. */
public final class DeliveryRows {
    /** Yesterday's, for the whole test run: within what is kept, and on a day whose partition no test waits for. */
    @SuppressWarnings("TimeInStaticInitializer") // One day for all tests of a run is what is wanted.
    public static final Instant NOON =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final DataSource database;

    public DeliveryRows(DataSource database) {
        this.database = database;
    }

    /** What an event's row says; {@code plain} gives one that a test changes where it matters. */
    public record Event(
            UUID id,
            Tenant tenant,
            @Nullable String eventId,
            String channel,
            String status,
            String campaignId,
            String requestId,
            String executionId) {

        public static Event plain(Tenant tenant, Instant acceptedAt) {
            return new Event(idAt(acceptedAt), tenant, null, "email", "bounce", "campaign-1", "request-1", "HUMA-1");
        }

        public Event withEventId(String value) {
            return new Event(id, tenant, value, channel, status, campaignId, requestId, executionId);
        }

        public Event about(String newChannel, String newStatus) {
            return new Event(id, tenant, eventId, newChannel, newStatus, campaignId, requestId, executionId);
        }

        public Event from(String campaign, String request, String execution) {
            return new Event(id, tenant, eventId, channel, status, campaign, request, execution);
        }

        Instant acceptedAt() {
            return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        }
    }

    /** A UUIDv7 of that moment; later calls give greater ids within a millisecond, for 4,096 calls. */
    public static UUID idAt(Instant moment) {
        int count = COUNT.getAndIncrement() & 0xFFF;
        return new UUID(
                moment.toEpochMilli() << 16 | 0x7000 | count, UUID.randomUUID().getLeastSignificantBits());
    }

    /** Tenants are cheap: a fresh one for each test keeps tests apart. */
    public static Tenant newTenant() {
        return new Tenant("org-" + UUID.randomUUID(), "prod");
    }

    public UUID delivered(Event event) {
        return insert(event, null);
    }

    public UUID skipped(Event event, SkipReason reason) {
        return insert(event, reason);
    }

    public UUID failed(Event event, String reason) {
        insert(event, null);
        execute(
                "INSERT INTO failed_delivery VALUES (?, ?, ?, now(), ?)",
                event.id(),
                event.tenant().imsOrg(),
                event.tenant().sandboxName(),
                reason);
        return event.id();
    }

    public UUID pending(Event event, Instant dueAt) {
        return queued(event, dueAt, 0, null);
    }

    /** Very many that wait for a webhook of their own, each a millisecond after noon's first minute; ends with ANALYZE. */
    public void backlog(Tenant tenant, int count) {
        execute(
                """
                WITH made AS (
                  INSERT INTO event (id, ims_org, sandbox_name, webhook_id, channel, feedback_status, campaign_id,
                                     request_id, message_execution_id, accepted_at, payload)
                  SELECT (lpad(to_hex(? + n), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid, ?, ?,
                         ?::uuid, 'email', 'bounce', 'campaign-1', 'request-1', 'HUMA-1', now(), ''
                    FROM generate_series(1, ?) AS n
                  RETURNING id, webhook_id
                )
                INSERT INTO queue (delivery_id, webhook_id, due_at, begun_at)
                SELECT id, webhook_id, now() + interval '1 day', now()
                  FROM made
                """,
                NOON.plusSeconds(60).toEpochMilli(),
                tenant.imsOrg(),
                tenant.sandboxName(),
                UUID.randomUUID(),
                count);
        execute("ANALYZE event, queue");
    }

    /** Takes a tenant's events and its backlog away again: other tests would have to pass over them. */
    public void forget(Tenant tenant) {
        execute("DELETE FROM queue q USING event e WHERE e.id = q.delivery_id AND e.ims_org = ?", tenant.imsOrg());
        execute("DELETE FROM event WHERE ims_org = ?", tenant.imsOrg());
    }

    public UUID retrying(Event event, Instant dueAt, int retries) {
        return queued(event, dueAt, retries, null);
    }

    public UUID delivering(Event event, long holder) {
        return queued(event, event.acceptedAt(), 0, holder);
    }

    /** An incarnation whose heart beats for a day to come: nobody frees its leases. */
    public long node() {
        return only(
                "INSERT INTO node (name, heartbeat_at) VALUES ('by hand', now() + interval '1 day')"
                        + " RETURNING incarnation",
                Long.class);
    }

    public void attempt(UUID id, int number, String outcome, @Nullable Integer statusCode, @Nullable String error) {
        execute(
                "INSERT INTO attempt VALUES (?, ?, now(), 12, ?, ?, ?, 'the answer')",
                id,
                number,
                outcome,
                statusCode,
                error);
    }

    /** The one number that a query answers. */
    public long count(String sql, Object... arguments) {
        return only(sql, Long.class, arguments);
    }

    /** The one value that a query answers. */
    public <T> T only(String sql, Class<T> type, Object... arguments) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, type);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void execute(String sql, @Nullable Object... arguments) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private UUID queued(Event event, Instant dueAt, int retries, @Nullable Long holder) {
        insert(event, null);
        execute(
                "INSERT INTO queue VALUES (?, ?, ?, ?, ?, ?, ?)",
                event.id(),
                pausedWebhook(event.tenant()),
                dueAt.atOffset(ZoneOffset.UTC),
                event.acceptedAt().atOffset(ZoneOffset.UTC),
                retries,
                retries,
                holder);
        return event.id();
    }

    /**
     * What waits belongs to a webhook; one that is paused, so that no node takes its deliveries while a test looks at
     * them.
     */
    public UUID pausedWebhook(Tenant tenant) {
        return webhook(tenant, "paused", "http://localhost:1/", "email,sms");
    }

    /** The tenant's webhook; the first call decides how it is. Caches hear of it when they are notified. */
    public UUID webhook(Tenant tenant, String state, String url, String channels) {
        return webhook(tenant, state, url, channels, "{\"type\": \"none\"}");
    }

    /** With an authentication of one's own, as it is stored. */
    public UUID webhook(Tenant tenant, String state, String url, String channels, String authentication) {
        execute("""
                INSERT INTO webhook (id, version, ims_org, sandbox_name, name, state, url, channels, authentication, secret,
                                     headers, payload_version, created_at, created_by, modified_at, modified_by)
                SELECT gen_random_uuid(), 1, ?, ?, 'by hand', ?, ?, ?, a,
                       CASE a::jsonb ->> 'type' WHEN 'none' THEN NULL ELSE 'by hand' END,
                       '[]', '1', now(), 'a test', now(), 'a test'
                  FROM (VALUES (?)) AS given (a)
                ON CONFLICT DO NOTHING
                """, tenant.imsOrg(), tenant.sandboxName(), state, url, channels, authentication);
        return only(
                "SELECT id FROM webhook WHERE ims_org = ? AND sandbox_name = ?",
                UUID.class,
                tenant.imsOrg(),
                tenant.sandboxName());
    }

    private UUID insert(Event event, @Nullable SkipReason skip) {
        execute(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)",
                event.id(),
                event.eventId(),
                event.tenant().imsOrg(),
                event.tenant().sandboxName(),
                skip == null ? UUID.randomUUID() : null,
                event.channel(),
                event.status(),
                event.campaignId(),
                event.requestId(),
                event.executionId(),
                event.acceptedAt().atOffset(ZoneOffset.UTC),
                skip == null ? null : skip.name(),
                "{\"z\":1.50,\"a\":null}".getBytes(StandardCharsets.UTF_8));
        return event.id();
    }
}
