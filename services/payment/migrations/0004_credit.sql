alter table payment drop constraint payment_method_check;
alter table payment add constraint payment_method_check
  check (method in ('CARD', 'EWALLET', 'BANK_TRANSFER', 'QR', 'COD', 'STORE_CREDIT'));

create table gift_card (
  id uuid primary key,
  -- SHA-256: 80 random bits cannot be guessed back, and who reads this table cannot spend it.
  code_hash bytea not null unique,
  code_ending text not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null,
  note text not null,
  status text not null default 'ISSUED' check (status in ('ISSUED', 'REDEEMED', 'VOIDED', 'EXPIRED')),
  redeemed_by uuid,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index gift_card_expiry on gift_card (expires_at) where status = 'ISSUED';

create table credit_grant (
  id uuid primary key,
  customer_id uuid not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null,
  reason text not null,
  idempotency_key text unique,
  created_at timestamptz not null
);

-- Store credit as a payment provider has charges: what was held of it, taken, and given back.
create table credit_charge (
  payment_id uuid primary key,
  customer_id uuid not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null,
  status text not null check (status in ('authorized', 'captured', 'voided', 'declined')),
  captured bigint not null default 0 check (captured between 0 and amount),
  refunded bigint not null default 0 check (refunded between 0 and captured)
);

create table credit_refund (
  key text primary key,
  payment_id uuid not null references credit_charge,
  amount bigint not null check (amount > 0)
);
