-- How attempts went. What the attempts of a webhook have in common (the headers that are sent, the address, the
-- connection's security) is kept once, as a wire; an attempt names it, and has besides only what is its own.

CREATE TABLE wire (
  id                     bigint      NOT NULL PRIMARY KEY, -- a hash of all below, so that nodes agree without asking
  webhook_id             uuid        NOT NULL,
  used_on                date        NOT NULL, -- the last day on which a node used it, by the node's clock
  url                    text        NOT NULL,
  custom_headers         text        NOT NULL, -- a line each: names; values are encrypted where they are kept
  own_headers            text        NOT NULL, -- a line each: name, or name: value; secrets are masked
  address                text        NULL,
  protocol               text        NULL,
  tls_protocol           text        NULL,
  tls_cipher             text        NULL,
  certificate_subject    text        NULL,
  certificate_issuer     text        NULL,
  certificate_expires_at timestamptz NULL,
  answer_headers         text        NOT NULL -- of answers that were a success: a line each, values where they stay the same
);

-- For the retention: what no kept attempt can name.
CREATE INDEX wire_used_on ON wire (used_on);

-- No foreign key: an attempt is worth as much without its wire.
ALTER TABLE attempt
  ADD COLUMN wire             bigint   NULL,
  ADD COLUMN reused           boolean  NULL, -- an earlier request had used the connection
  ADD COLUMN resolved_millis  smallint NULL, -- from the attempt's start: the address was known,
  ADD COLUMN connected_millis smallint NULL, -- there was a connection,
  ADD COLUMN answered_millis  smallint NULL, -- the answer's headers were there
  ADD COLUMN answer_headers   text     NULL; -- of an answer that was no success, at most 4 kB
