-- Since when secrets are sealed with a key: keys are files of the operator's, and tell nothing of their age.
CREATE TABLE sealing_key (
  id            text        PRIMARY KEY,
  first_used_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE sealing_key IS 'a row for each key that was current when a node started; rows stay when the key goes';
COMMENT ON COLUMN sealing_key.first_used_at IS 'for keys from before this table: the first start with it';
