-- The audit trail: who changed what, who read payloads, who had what sent again. Rows are added, in the transaction of
-- what they tell of, and never changed; months are dropped when their time is over, later than deliveries.

-- A UUIDv7 of this moment, random within its millisecond.
CREATE FUNCTION new_id() RETURNS uuid
  LANGUAGE sql VOLATILE
  RETURN (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
          || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid;

CREATE TABLE audit (
  id           uuid        NOT NULL PRIMARY KEY DEFAULT new_id(),
  happened_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  ims_org      text        NOT NULL,
  sandbox_name text        NOT NULL,
  who          text        NOT NULL, -- the token's subject; tidings: nobody asked for it
  action       text        NOT NULL CHECK (action ~ '^[a-z]+\.[a-z]+$'),
  subject      text        NOT NULL, -- the id of what it was done to
  before       json        NULL, -- as the API shows it: without secrets
  after        json        NULL
) PARTITION BY RANGE (id);
CREATE INDEX audit_newest ON audit (ims_org, sandbox_name, id);
CREATE INDEX audit_subject ON audit (subject, id);
-- What falls between the months that the keeper made (a clock far off) lands here and is not lost.
CREATE TABLE audit_default PARTITION OF audit DEFAULT;

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  RAISE EXCEPTION 'the audit trail is only added to: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
-- On each row, so that it holds in every partition, also for who names one.
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_stays_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_stays_whole BEFORE TRUNCATE ON audit_default
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Makes the partitions of the months from one day's to another's, and drops those that ended before the day that is kept.
CREATE FUNCTION keep_audit(first_day date, last_day date, first_kept date) RETURNS integer
  LANGUAGE plpgsql AS
$$
DECLARE
  month   date;
  name    text;
  old     record;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tidings.audit'));
  FOR month IN SELECT generate_series(date_trunc('month', first_day), last_day, interval '1 month')::date LOOP
    name := 'audit_' || to_char(month, 'YYYYMM');
    CONTINUE WHEN to_regclass(name) IS NOT NULL;
    BEGIN
      EXECUTE format('CREATE TABLE %I PARTITION OF audit FOR VALUES FROM (%L) TO (%L)',
                     name, first_id_of(month), first_id_of((month + interval '1 month')::date));
      EXECUTE format('CREATE TRIGGER audit_stays_whole BEFORE TRUNCATE ON %I'
                     ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()', name);
    EXCEPTION WHEN check_violation THEN
      RAISE WARNING 'the default partition of the audit trail holds rows of %: no partition for that month', month;
    END;
  END LOOP;
  FOR old IN
    SELECT child.relname AS name
      FROM pg_inherits i
      JOIN pg_class child ON child.oid = i.inhrelid
     WHERE i.inhparent = 'audit'::regclass
       AND child.relname ~ '_[0-9]{6}$'
       AND right(child.relname, 6) < to_char(first_kept, 'YYYYMM')
  LOOP
    EXECUTE format('DROP TABLE %I', old.name);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;
