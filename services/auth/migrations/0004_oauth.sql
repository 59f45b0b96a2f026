-- Third-party apps: the clients of OAuth 2.
create table oauth_app (
  -- The client_id.
  id uuid primary key,
  owner_id uuid not null references account,
  name text not null,
  redirect_uris text[] not null,
  scopes text[] not null,
  -- SHA-256 of 256 random bits; null for an app that can keep no secret.
  secret_hash bytea,
  created_at timestamptz not null
);
create index oauth_app_owner on oauth_app (owner_id, id desc);

-- What the authorization server remembers: interactions, browsers' sessions, codes, refresh tokens, grants.
create table oauth_artifact (
  model text not null,
  -- SHA-256 of its id, which for a token is the token itself.
  hash bytea not null,
  -- Sealed under PASAR_SECRET_KEY.
  payload bytea not null,
  -- Of a session.
  uid text,
  -- Of a grant and of what was issued by it.
  grant_id text,
  account_id uuid references account,
  app_id uuid references oauth_app on delete cascade,
  consumed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (model, hash)
);
create index oauth_artifact_uid on oauth_artifact (uid) where uid is not null;
create index oauth_artifact_grant on oauth_artifact (grant_id) where grant_id is not null;
create index oauth_artifact_account on oauth_artifact (account_id, model, created_at desc, grant_id desc);
create index oauth_artifact_app on oauth_artifact (app_id);
create index oauth_artifact_expiry on oauth_artifact (expires_at);
