-- Signing keys rotate: the column holds all that sign, the current one first, as a JSON array of {type, secret, until}.
UPDATE webhook
   SET signing_secret = json_build_array(json_build_object('type', 'hmac-sha256', 'secret', signing_secret))::text
 WHERE signing_secret IS NOT NULL;

ALTER TABLE webhook RENAME COLUMN signing_secret TO signing_keys;
COMMENT ON COLUMN webhook.signing_keys IS 'NULL: requests are not signed';
