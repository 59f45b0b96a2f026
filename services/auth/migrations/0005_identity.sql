-- Accounts of an outside OpenID provider by which people sign in to theirs here.
create table identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null references account,
  -- As the provider told it when it was linked; only shown.
  email text not null,
  linked_at timestamptz not null,
  primary key (issuer, subject),
  -- One account of a provider for each account here.
  unique (account_id, issuer)
);

-- Sign-ins that somebody has begun and that are at the provider now.
create table outside_sign_in (
  -- SHA-256 of what the client keeps to itself.
  hash bytea primary key,
  -- Sealed under PASAR_SECRET_KEY: state, nonce, PKCE verifier.
  secrets bytea not null,
  redirect_uri text not null,
  -- Whose account is to be linked; nobody's for a sign-in.
  account_id uuid references account,
  expires_at timestamptz not null
);
create index outside_sign_in_expiry on outside_sign_in (expires_at);
create index outside_sign_in_account on outside_sign_in (account_id) where account_id is not null;
