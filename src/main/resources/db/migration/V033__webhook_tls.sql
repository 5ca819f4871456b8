-- A webhook may have authorities and a client certificate of its own. Sealed as a whole, since the key is in it; with its
-- own key id, so that a node of the version before, which seals the other columns anew and does not know this one, leaves
-- it readable.
ALTER TABLE webhook ADD COLUMN tls text NULL;
ALTER TABLE webhook ADD COLUMN tls_key_id text NULL;
ALTER TABLE webhook ADD CONSTRAINT webhook_tls_is_sealed CHECK ((tls IS NULL) = (tls_key_id IS NULL));
COMMENT ON COLUMN webhook.tls IS 'NULL: connections as everybody''s';
COMMENT ON COLUMN webhook.tls_key_id IS 'of the key that seals tls';
