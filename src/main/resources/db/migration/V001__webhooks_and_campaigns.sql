-- What admins configure: the one webhook of an organization + sandbox, and which campaigns have webhooks enabled.
-- Every change is told to all nodes by a notification when it is committed.

CREATE TABLE webhook (
  id              uuid        NOT NULL PRIMARY KEY,
  version         integer     NOT NULL, -- counts changes: the entity tag
  ims_org         text        NOT NULL,
  sandbox_name    text        NOT NULL,
  sandbox_id      text        NULL,
  name            text        NOT NULL CHECK (name <> ''),
  channels        text        NOT NULL CHECK (channels IN ('email', 'sms', 'email,sms')),
  url             text        NOT NULL CHECK (url ~ '^https?://'),
  authentication  text        NOT NULL CHECK (authentication::jsonb ? 'type'), -- JSON, without what is secret
  secret          text        NULL, -- the token's key: a shared secret, or a PEM private key
  headers         text        NOT NULL CHECK (jsonb_typeof(headers::jsonb) = 'array'), -- JSON
  payload_version text        NOT NULL CHECK (payload_version IN ('1', '2')),
  signing_secret  text        NULL, -- NULL: requests are not signed
  state           text        NOT NULL CHECK (state IN ('active', 'paused')),
  state_reason    text        NULL, -- why it is paused, when it was not a person
  created_at      timestamptz NOT NULL,
  created_by      text        NOT NULL,
  modified_at     timestamptz NOT NULL,
  modified_by     text        NOT NULL,
  CONSTRAINT webhook_one_per_sandbox UNIQUE (ims_org, sandbox_name),
  CHECK ((secret IS NULL) = (authentication::jsonb ->> 'type' = 'none')),
  CHECK (state = 'paused' OR state_reason IS NULL)
);

CREATE TABLE campaign (
  ims_org         text        NOT NULL,
  sandbox_name    text        NOT NULL,
  campaign_id     text        NOT NULL,
  name            text        NOT NULL CHECK (name <> ''),
  category        text        NOT NULL CHECK (category IN ('Transactional', 'Marketing')),
  campaign_type   text        NOT NULL CHECK (campaign_type IN ('ApiTriggered', 'Scheduled', 'IpWarmup')),
  enable_webhooks boolean     NOT NULL,
  created_at      timestamptz NOT NULL,
  created_by      text        NOT NULL,
  modified_at     timestamptz NOT NULL,
  modified_by     text        NOT NULL,
  PRIMARY KEY (ims_org, sandbox_name, campaign_id),
  CHECK (NOT enable_webhooks OR (category = 'Transactional' AND campaign_type = 'ApiTriggered'))
);

CREATE FUNCTION tell_webhook() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM pg_notify('webhook_changed', coalesce(NEW.id, OLD.id)::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER webhook_tells AFTER INSERT OR UPDATE OR DELETE ON webhook FOR EACH ROW EXECUTE FUNCTION tell_webhook();

CREATE FUNCTION tell_campaign() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM pg_notify('campaign_changed',
                    json_build_array(NEW.ims_org, NEW.sandbox_name, NEW.campaign_id, NEW.enable_webhooks)::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER campaign_tells AFTER INSERT OR UPDATE ON campaign FOR EACH ROW EXECUTE FUNCTION tell_campaign();
