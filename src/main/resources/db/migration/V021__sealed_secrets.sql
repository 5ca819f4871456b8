-- What is secret is encrypted with a key of the operator's, and its id stands beside it. NULL: from before there was
-- encryption; such a row is encrypted within a minute of the next start.
ALTER TABLE webhook ADD COLUMN key_id text NULL;
COMMENT ON COLUMN webhook.key_id IS 'of the key that seals secret, signing_keys and headers';

-- Headers are JSON only until they are sealed.
ALTER TABLE webhook DROP CONSTRAINT webhook_headers_check;
ALTER TABLE webhook ADD CONSTRAINT webhook_headers_check
  CHECK (key_id IS NOT NULL OR jsonb_typeof(headers::jsonb) = 'array');
