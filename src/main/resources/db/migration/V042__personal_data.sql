-- Personal data: payloads that go before the rest of the log does, and erasures of one identity's payloads. A payload that
-- is gone is empty: no payload ever is.

COMMENT ON COLUMN event.payload IS 'the bytes of every attempt''s body; empty: erased, or past its retention';

-- Deliveries that were unfinished when the payloads of their day were dropped: they keep theirs until they end.
CREATE TABLE payload_kept (
  delivery_id uuid NOT NULL PRIMARY KEY
);

-- Drops the payloads of the oldest day before that one which has them: the day's partition is written anew without them,
-- once, and takes the place of the old one, whose file goes. Nothing is updated row by row, and space is free at once.
-- Answers how many partitions that were, 0 or 1; the events' table is locked for the exchange only, and not waited for
-- longer than the caller allows by lock_timeout: every insert would wait behind it.
CREATE FUNCTION drop_payloads(first_kept date) RETURNS integer
  LANGUAGE plpgsql AS
$$
DECLARE
  name      text;
  bare      text;
  first     uuid;
  next      uuid;
  columns   text;
  values_of text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tidings.partitions'));
  SELECT child.relname INTO name
    FROM pg_inherits i
    JOIN pg_class child ON child.oid = i.inhrelid
   WHERE i.inhparent = 'event'::regclass
     AND child.relname ~ '_[0-9]{8}$'
     AND right(child.relname, 8) < to_char(first_kept, 'YYYYMMDD')
     AND obj_description(child.oid, 'pg_class') IS DISTINCT FROM 'without payloads'
   ORDER BY child.relname
   LIMIT 1;
  IF name IS NULL THEN
    RETURN 0;
  END IF;
  first := first_id_of(to_date(right(name, 8), 'YYYYMMDD'));
  next := first_id_of(to_date(right(name, 8), 'YYYYMMDD') + 1);
  bare := name || '_bare';
  EXECUTE format('LOCK TABLE %I IN SHARE MODE', name);
  INSERT INTO payload_kept
  SELECT delivery_id FROM queue WHERE delivery_id >= first AND delivery_id < next
  ON CONFLICT DO NOTHING;
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', bare, name);
  EXECUTE format('ALTER TABLE %I ADD CONSTRAINT one_day CHECK (id >= %L AND id < %L)', bare, first, next);
  -- Whatever columns the events have by now.
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
         string_agg(CASE attname
                      WHEN 'payload' THEN 'CASE WHEN EXISTS (SELECT FROM payload_kept k WHERE k.delivery_id = e.id)'
                                          ' THEN payload ELSE '''' END'
                      ELSE quote_ident(attname)
                    END, ', ' ORDER BY attnum)
    INTO columns, values_of
    FROM pg_attribute
   WHERE attrelid = name::regclass
     AND attnum > 0
     AND NOT attisdropped;
  EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM %I e', bare, columns, values_of, name);
  EXECUTE format('ALTER TABLE event DETACH PARTITION %I', name);
  EXECUTE format('DROP TABLE %I', name);
  EXECUTE format('ALTER TABLE %I RENAME TO %I', bare, name);
  EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, first, next);
  EXECUTE format('ALTER TABLE %I DROP CONSTRAINT one_day', name);
  EXECUTE format('COMMENT ON TABLE %I IS ''without payloads''', name);
  RETURN 1;
END
$$;

-- Erasures: the payloads of one identity in a tenant's log, found by reading them, a bite at a time.
CREATE TABLE erasure (
  id           uuid        NOT NULL PRIMARY KEY,
  ims_org      text        NOT NULL,
  sandbox_name text        NOT NULL,
  address      text        NULL, -- known as long as it is looked for
  masked       text        NOT NULL, -- what is told of it
  before       uuid        NOT NULL, -- events up to its creation
  cursor       uuid        NULL, -- the last event that was looked at
  looked_at    bigint      NOT NULL DEFAULT 0,
  erased       bigint      NOT NULL DEFAULT 0,
  ended        bigint      NOT NULL DEFAULT 0, -- deliveries that waited, and end as failed for it
  created_at   timestamptz NOT NULL,
  created_by   text        NOT NULL,
  ended_at     timestamptz NULL,
  CHECK ((address IS NULL) = (ended_at IS NOT NULL))
);
-- Who asks for the same once more while it is under way gets the one that is.
CREATE UNIQUE INDEX erasure_unended ON erasure (ims_org, sandbox_name, address) WHERE ended_at IS NULL;
CREATE INDEX erasure_newest ON erasure (ims_org, sandbox_name, id);
CREATE INDEX erasure_next ON erasure (id) WHERE ended_at IS NULL;
