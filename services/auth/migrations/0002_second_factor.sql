-- The second factor of an account. It asks for a code once it is confirmed.
create table totp (
  account_id uuid primary key references account,
  -- Sealed under PASAR_SECRET_KEY.
  secret bytea not null,
  confirmed_at timestamptz,
  -- The time step of the last code that was taken: no code is taken twice, nor an older one after it.
  last_step bigint not null default 0
);

create table recovery_code (
  -- SHA-256 of the code, which is 80 random bits.
  hash bytea primary key,
  account_id uuid not null references totp on delete cascade
);
create index recovery_code_account on recovery_code (account_id);

-- Who has given the password and is yet to give a code.
create table sign_in_challenge (
  -- SHA-256 of the token.
  hash bytea primary key,
  account_id uuid not null references account,
  -- What the password was checked against: a changed password ends the sign-in. Null when another provider vouched.
  password_hash text,
  expires_at timestamptz not null
);
create index sign_in_challenge_account on sign_in_challenge (account_id);
create index sign_in_challenge_expiry on sign_in_challenge (expires_at);
