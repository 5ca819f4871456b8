package dev.tidings.queue;

import dev.tidings.queue.DeliveryState.Kind;

/**
 * The queries of the delivery log: one for each table or index that can lead to the wanted rows with the least to pass
 * over. All take the same eleven arguments, lock nothing, and never leave the tenant.
 */
enum LogStatement {
    /** Along event_newest. For all states together. */
    NEWEST("""
            SELECT d.*
              FROM delivery d
             WHERE d.ims_org = $1
               AND d.sandbox_name = $2
               AND d.id >= $3
               AND d.id < $4
               AND ($6::text IS NULL OR d.state = $6)
               AND ($7::text IS NULL OR d.channel = $7)
               AND ($8::text IS NULL OR d.feedback_status = $8)
               AND ($9::text IS NULL OR d.campaign_id = $9)
               AND ($10::text IS NULL OR d.request_id = $10)
               AND ($11::text IS NULL OR d.message_execution_id = $11)
             ORDER BY d.id DESC
             LIMIT $5
            """),

    /**
     * Along event_newest, for what is neither skipped, nor failed, nor in the queue. Which of the rows these are is found
     * by keys alone, within the range that is looked at and no further, so that a backlog above them is passed over fast;
     * the view is asked for the page only.
     */
    DELIVERED("""
            SELECT d.*
              FROM (
                SELECT e.id
                  FROM event e
                 WHERE e.ims_org = $1
                   AND e.sandbox_name = $2
                   AND e.id >= $3
                   AND e.id < $4
                   AND $6 = 'delivered'
                   AND e.skip_reason IS NULL
                   AND ($7::text IS NULL OR e.channel = $7)
                   AND ($8::text IS NULL OR e.feedback_status = $8)
                   AND ($9::text IS NULL OR e.campaign_id = $9)
                   AND ($10::text IS NULL OR e.request_id = $10)
                   AND ($11::text IS NULL OR e.message_execution_id = $11)
                   AND NOT EXISTS (
                     SELECT
                       FROM queue q
                      WHERE q.delivery_id = e.id
                        AND q.delivery_id >= $3
                        AND q.delivery_id < $4
                   )
                   AND NOT EXISTS (
                     SELECT
                       FROM failed_delivery f
                      WHERE f.delivery_id = e.id
                        AND f.delivery_id >= $3
                        AND f.delivery_id < $4
                   )
                 ORDER BY e.id DESC
                 LIMIT $5
              ) AS l
              JOIN delivery d ON d.id = l.id
             WHERE d.id >= $3
               AND d.id < $4
             ORDER BY d.id DESC
            """),

    /** Along the partial index event_skipped. What was skipped is in no other table. */
    SKIPPED("""
            SELECT d.*
              FROM delivery d
             WHERE d.ims_org = $1
               AND d.sandbox_name = $2
               AND d.id >= $3
               AND d.id < $4
               AND d.skip_reason IS NOT NULL
               AND $6 = 'skipped'
               AND ($7::text IS NULL OR d.channel = $7)
               AND ($8::text IS NULL OR d.feedback_status = $8)
               AND ($9::text IS NULL OR d.campaign_id = $9)
               AND ($10::text IS NULL OR d.request_id = $10)
               AND ($11::text IS NULL OR d.message_execution_id = $11)
             ORDER BY d.id DESC
             LIMIT $5
            """),

    /** Along failed_delivery_newest: the failed are few among many. What has failed is not in the queue. */
    FAILED("""
            SELECT d.*
              FROM failed_delivery l
              JOIN delivery d ON d.id = l.delivery_id
             WHERE l.ims_org = $1
               AND l.sandbox_name = $2
               AND l.delivery_id >= $3
               AND l.delivery_id < $4
               AND d.ims_org = $1
               AND d.sandbox_name = $2
               AND $6 = 'failed'
               AND ($7::text IS NULL OR d.channel = $7)
               AND ($8::text IS NULL OR d.feedback_status = $8)
               AND ($9::text IS NULL OR d.campaign_id = $9)
               AND ($10::text IS NULL OR d.request_id = $10)
               AND ($11::text IS NULL OR d.message_execution_id = $11)
             ORDER BY l.delivery_id DESC
             LIMIT $5
            """),

    /**
     * From the queue, which holds the unfinished of all tenants, or along event_newest, whichever the planner finds
     * shorter: another tenant's backlog is not read where the own events are fewer. The state is asked of the queue's
     * columns, for which the planner has statistics and indexes, and not of the view's word.
     */
    QUEUED("""
            SELECT d.*
              FROM queue l
              JOIN delivery d ON d.id = l.delivery_id
             WHERE l.delivery_id >= $3
               AND l.delivery_id < $4
               AND d.ims_org = $1
               AND d.sandbox_name = $2
               AND d.id >= $3
               AND d.id < $4
               AND (l.holder IS NOT NULL) = ($6 = 'delivering')
               AND (l.holder IS NOT NULL OR (l.retries > 0) = ($6 = 'retrying'))
               AND ($7::text IS NULL OR d.channel = $7)
               AND ($8::text IS NULL OR d.feedback_status = $8)
               AND ($9::text IS NULL OR d.campaign_id = $9)
               AND ($10::text IS NULL OR d.request_id = $10)
               AND ($11::text IS NULL OR d.message_execution_id = $11)
             ORDER BY d.id DESC
             LIMIT $5
            """),

    /** Along event_request: the events of one API request. Its own query, so that every plan of it has the index. */
    REQUEST("""
            SELECT d.*
              FROM delivery d
             WHERE d.request_id = $10
               AND d.ims_org = $1
               AND d.sandbox_name = $2
               AND d.id >= $3
               AND d.id < $4
               AND ($6::text IS NULL OR d.state = $6)
               AND ($7::text IS NULL OR d.channel = $7)
               AND ($8::text IS NULL OR d.feedback_status = $8)
               AND ($9::text IS NULL OR d.campaign_id = $9)
               AND ($11::text IS NULL OR d.message_execution_id = $11)
             ORDER BY d.id DESC
             LIMIT $5
            """),

    /** Along event_execution: the events of one execution; as {@link #REQUEST}. */
    EXECUTION("""
            SELECT d.*
              FROM delivery d
             WHERE d.message_execution_id = $11
               AND d.ims_org = $1
               AND d.sandbox_name = $2
               AND d.id >= $3
               AND d.id < $4
               AND ($6::text IS NULL OR d.state = $6)
               AND ($7::text IS NULL OR d.channel = $7)
               AND ($8::text IS NULL OR d.feedback_status = $8)
               AND ($9::text IS NULL OR d.campaign_id = $9)
               AND ($10::text IS NULL OR d.request_id = $10)
             ORDER BY d.id DESC
             LIMIT $5
            """);

    private final String sql;
    private final String countingSql;

    /** A count is the query's own rows, counted: as two texts, one would be forgotten when the other changes. */
    LogStatement(String sql) {
        this.sql = sql;
        this.countingSql = "SELECT count(*) FROM (" + sql + ") AS matching";
    }

    String sql() {
        return sql;
    }

    /** How many rows the query has, up to its limit. */
    String countingSql() {
        return countingSql;
    }

    /**
     * Whether the query may pass over many rows for a few that match: then only so many are looked at for one page. The
     * others follow an index that has what matches, or an id that few share.
     */
    boolean mayPassOverMany(DeliveryFilter filter) {
        return this == DELIVERED || (this == NEWEST && !filter.equals(DeliveryFilter.ALL));
    }

    /** The query that passes over the least for that filter: an id narrows more than any state does. */
    static LogStatement of(DeliveryFilter filter) {
        if (filter.correlation().requestId() != null) {
            return REQUEST;
        }
        if (filter.correlation().messageExecutionId() != null) {
            return EXECUTION;
        }
        return filter.state() == null ? NEWEST : of(filter.state());
    }

    private static LogStatement of(Kind state) {
        return switch (state) {
            case DELIVERED -> DELIVERED;
            case SKIPPED -> SKIPPED;
            case FAILED -> FAILED;
            case PENDING, DELIVERING, RETRYING -> QUEUED;
        };
    }
}
