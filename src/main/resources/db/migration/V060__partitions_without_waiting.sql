-- Partitions come and go without making anyone wait: both need a lock on the parent table that excludes all others, and
-- while such a lock waits behind one long transaction, every insert waits behind the lock. So it is given up soon, and asked
-- for again at the next time.
ALTER FUNCTION make_partitions(date, date) SET lock_timeout = '500ms';
ALTER FUNCTION drop_partitions(date) SET lock_timeout = '500ms';

-- Drops one table's partitions of all days before that one, and what lies of those days in its default partition. Answers
-- how many partitions went.
CREATE FUNCTION drop_partitions_of(parent text, first_kept date) RETURNS integer
  LANGUAGE plpgsql
  SET lock_timeout = '500ms' AS
$$
DECLARE
  old     record;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tidings.partitions'));
  EXECUTE format('DELETE FROM %I WHERE %I < %L', parent || '_default',
                 CASE parent WHEN 'event' THEN 'id' ELSE 'delivery_id' END, first_id_of(first_kept));
  FOR old IN
    SELECT child.relname AS name
      FROM pg_inherits i
      JOIN pg_class child ON child.oid = i.inhrelid
     WHERE i.inhparent = parent::regclass
       AND child.relname ~ '_[0-9]{8}$'
       AND right(child.relname, 8) < to_char(first_kept, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE %I', old.name);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;

-- What refers to events of days before that one, a bite at a time: queue rows and keys of idempotence. Answers how many
-- rows went; 0: none is left.
CREATE FUNCTION drop_leftovers(first_kept date, most integer) RETURNS integer
  LANGUAGE plpgsql AS
$$
DECLARE
  keys integer;
  rows integer;
BEGIN
  DELETE FROM event_key
   WHERE ctid = ANY (ARRAY(SELECT ctid FROM event_key WHERE delivery_id < first_id_of(first_kept) LIMIT most));
  GET DIAGNOSTICS keys = ROW_COUNT;
  DELETE FROM queue
   WHERE delivery_id = ANY (ARRAY(SELECT delivery_id FROM queue WHERE delivery_id < first_id_of(first_kept) LIMIT most));
  GET DIAGNOSTICS rows = ROW_COUNT;
  RETURN keys + rows;
END
$$;

-- Keys lie on disk in the order of their events, near enough: a few bytes for each 256 kB say where a day's are, and an
-- insert costs nothing more. Several ranges each, because room that became free is used again.
CREATE INDEX event_key_age ON event_key USING brin (delivery_id uuid_minmax_multi_ops)
  WITH (pages_per_range = 32, autosummarize = on);

-- A month's keys: vacuumed by what was deleted of them, not by a fifth of all.
ALTER TABLE event_key SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
