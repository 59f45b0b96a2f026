-- The simulated provider's own books: the outside world. Nothing of the payment service reads them.
create table charge (
  -- The merchant's id of the payment, which is the idempotency key of its authorisation.
  payment_id uuid primary key,
  method text not null,
  token text not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null,
  status text not null check (status in ('awaiting', 'authorized', 'captured', 'voided', 'declined')),
  decline_code text not null default '',
  -- Until then it is said to be processing.
  silent_until timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  capture_key text,
  captured bigint not null default 0 check (captured between 0 and amount),
  captured_at timestamptz,
  refunded bigint not null default 0 check (refunded between 0 and captured)
) with (fillfactor = 70);
create index charge_captured on charge (captured_at, payment_id) where captured_at is not null;

create table refund (
  key text primary key,
  payment_id uuid not null references charge,
  amount bigint not null check (amount > 0),
  created_at timestamptz not null
);
create index refund_created on refund (created_at, key);

create table webhook (
  id bigint generated always as identity primary key,
  -- The same for every delivery of one event.
  event_id uuid not null,
  body text not null,
  due_at timestamptz not null,
  tries int not null default 0,
  delivered_at timestamptz
);
create index webhook_due on webhook (due_at, id) where delivered_at is null;
