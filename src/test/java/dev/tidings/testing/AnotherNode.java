package dev.tidings.testing;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** What another node does to the tables: plain JDBC, unknown to this application's caches. */
public record AnotherNode(DataSource database) {

    /** Stores a webhook of that sandbox, active, without authentication. */
    public UUID createsWebhook(String imsOrg, String sandboxName) {
        UUID id = UUID.randomUUID();
        run("""
                INSERT INTO webhook (id, version, ims_org, sandbox_name, name, channels, url, headers, payload_version,
                                     state, created_at, created_by, modified_at, modified_by)
                VALUES (?, 0, ?, ?, 'By another node', ARRAY['email'], 'https://hooks.example.com/', '[]', '1',
                        'active', now(), 'another', now(), 'another')
                """, id, imsOrg, sandboxName);
        return id;
    }

    /** Stores a campaign of that sandbox. */
    public UUID registersCampaign(String imsOrg, String sandboxName, String campaignId, boolean enabled) {
        UUID id = UUID.randomUUID();
        run("""
                INSERT INTO campaign (id, version, ims_org, sandbox_name, campaign_id, name, category, campaign_type,
                                      enable_webhooks, created_at, created_by, modified_at, modified_by)
                VALUES (?, 0, ?, ?, ?, 'By another node', 'Transactional', 'ApiTriggered', ?,
                        now(), 'another', now(), 'another')
                """, id, imsOrg, sandboxName, campaignId, enabled);
        return id;
    }

    /** Ends the connections on which this database's nodes listen; answers how many there were. */
    public int endsListeners() {
        return run("""
                WITH ended AS (
                  SELECT pg_terminate_backend(pid)
                  FROM pg_stat_activity
                  WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query LIKE '%listener%alive%')
                    AND pid <> pg_backend_pid()
                )
                INSERT INTO event_key SELECT gen_random_uuid(), gen_random_uuid() FROM ended
                """);
    }

    /** Runs one statement; answers how many rows it changed. */
    public int run(String sql, Object... parameters) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
