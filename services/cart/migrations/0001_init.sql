create table cart (
  id uuid primary key,
  -- Either a customer's or, by the hash of its token, a guest's.
  user_id uuid unique,
  token_hash bytea unique,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  -- When it was told to be abandoned; told again only after it was touched again.
  abandoned_at timestamptz,
  check ((user_id is null) <> (token_hash is null))
);
create index cart_expiry on cart (expires_at);
create index cart_quiet on cart (updated_at) where abandoned_at is null and user_id is not null;

create table cart_line (
  cart_id uuid not null references cart on delete cascade,
  variant_id uuid not null,
  quantity int not null check (quantity between 1 and 999),
  selected boolean not null default true,
  -- What the customer was last shown.
  seen_amount bigint,
  seen_currency text,
  seen_available boolean not null default true,
  added_at timestamptz not null,
  primary key (cart_id, variant_id)
);
