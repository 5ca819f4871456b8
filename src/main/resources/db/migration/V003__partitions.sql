-- One partition a day of event, attempt and failed_delivery: dropped when its day is past, never deleted row by row.

-- The smallest UUIDv7 of a day (UTC): the bound between its partition and the one before.
CREATE FUNCTION first_id_of(day date) RETURNS uuid
  LANGUAGE sql IMMUTABLE STRICT
  RETURN (lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;

-- Makes the partitions from one day to another, both included. A day whose rows are in the default partition already
-- (a clock was far off) keeps them there.
CREATE FUNCTION make_partitions(first_day date, last_day date) RETURNS integer
  LANGUAGE plpgsql AS
$$
DECLARE
  parent text;
  day    date;
  name   text;
  made   integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tidings.partitions'));
  FOREACH parent IN ARRAY ARRAY ['event', 'attempt', 'failed_delivery'] LOOP
    FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
      name := parent || '_' || to_char(day, 'YYYYMMDD');
      CONTINUE WHEN to_regclass(name) IS NOT NULL;
      BEGIN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                       name, parent, first_id_of(day), first_id_of(day + 1));
        made := made + 1;
      EXCEPTION WHEN check_violation THEN
        RAISE WARNING 'the default partition of % holds rows of %: no partition for that day', parent, day;
      END;
    END LOOP;
  END LOOP;
  RETURN made;
END
$$;

-- Drops the partitions of all days before that one, and what else is left of those days.
CREATE FUNCTION drop_partitions(first_kept date) RETURNS integer
  LANGUAGE plpgsql AS
$$
DECLARE
  old     record;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tidings.partitions'));
  FOR old IN
    SELECT child.relname AS name
      FROM pg_inherits i
      JOIN pg_class child ON child.oid = i.inhrelid
     WHERE i.inhparent IN ('event'::regclass, 'attempt'::regclass, 'failed_delivery'::regclass)
       AND child.relname ~ '_[0-9]{8}$'
       AND right(child.relname, 8) < to_char(first_kept, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE %I', old.name);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM event WHERE id < first_id_of(first_kept);
  DELETE FROM attempt WHERE delivery_id < first_id_of(first_kept);
  DELETE FROM failed_delivery WHERE delivery_id < first_id_of(first_kept);
  DELETE FROM queue WHERE delivery_id < first_id_of(first_kept);
  DELETE FROM event_key WHERE delivery_id < first_id_of(first_kept);
  RETURN dropped;
END
$$;
