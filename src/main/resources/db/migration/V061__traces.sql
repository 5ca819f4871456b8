-- Attempts go on with the trace of their event, in whatever process they are made, and tell the receiver where its
-- webhook says so.

-- Empty for an event that came without a trace, and for one that a node of the version before took. No CHECK: it would read
-- a month of events while nobody can add one; what is no traceparent counts as none.
ALTER TABLE event ADD COLUMN traceparent text NULL;
COMMENT ON COLUMN event.traceparent IS 'W3C Trace Context, version 00: the parent of the spans of its attempts';

ALTER TABLE webhook ADD COLUMN send_traceparent boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN webhook.send_traceparent IS 'whether its attempts carry the header traceparent';
