create table account (
  id uuid primary key,
  -- Normalised: trimmed, lower case, NFKC. Collated by bytes, so that a prefix is a range of the index.
  email text collate "C" not null unique,
  name text not null,
  -- argon2id in PHC form; null once the person is forgotten.
  password_hash text,
  roles text[] not null check (roles <@ array['CUSTOMER', 'SELLER', 'ADMIN', 'SUPER_ADMIN']),
  seller_id uuid,
  email_verified_at timestamptz,
  deactivated_at timestamptz,
  created_at timestamptz not null
);
create index account_newest on account (created_at desc, id desc);
create index account_super_admin on account (id) where 'SUPER_ADMIN' = any (roles);

-- One family of refresh tokens: one device. Whoever changes a session or its tokens locks account, session and token in
-- that order.
create table session (
  id uuid primary key,
  account_id uuid not null references account,
  user_agent text not null,
  ip_address text not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  -- Moves on with every use.
  expires_at timestamptz not null
);
create index session_account on session (account_id, id desc);
create index session_expiry on session (expires_at);

create table refresh_token (
  -- SHA-256 of the token.
  hash bytea primary key,
  session_id uuid not null references session on delete cascade,
  spent_at timestamptz,
  -- With the spent token itself it gives the token that followed.
  salt bytea
);
create index refresh_token_session on refresh_token (session_id);
create index refresh_token_spent on refresh_token (spent_at) where spent_at is not null;

-- Failures in a row by e-mail address, whether it has an account or not: a lock says nothing about that.
create table sign_in_failure (
  email text collate "C" primary key,
  failures int not null,
  failed_at timestamptz not null,
  locked_until timestamptz
);
create index sign_in_failure_age on sign_in_failure (failed_at);

-- Tokens of links in mails.
create table link_token (
  -- SHA-256 of the token.
  hash bytea primary key,
  -- Null for a decoy: a link for an unknown address costs the same as one for a known.
  account_id uuid references account,
  purpose text not null check (purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index link_token_account on link_token (account_id, purpose, created_at);
create index link_token_expiry on link_token (expires_at);

-- Append-only.
create table role_change (
  id uuid primary key,
  account_id uuid not null references account,
  role text not null,
  granted boolean not null,
  changed_by text not null,
  reason text not null,
  changed_at timestamptz not null
);
create index role_change_account on role_change (account_id, id desc);

create table signing_key (
  -- Processes that make a key at the same time make the same generation, and one of them wins.
  generation int primary key,
  kid text not null unique,
  -- JWK (RFC 7517).
  public_key jsonb not null,
  -- PKCS #8, sealed under PASAR_SECRET_KEY.
  private_key bytea not null,
  signs_from timestamptz not null,
  created_at timestamptz not null
);
