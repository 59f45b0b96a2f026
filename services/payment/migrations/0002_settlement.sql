-- Every order that was sold: what its seller is charged for it, and when its money may leave escrow.
create table sale (
  order_id uuid primary key,
  payment_id uuid not null,
  seller_id uuid not null,
  -- Part of its price; no commission is taken of it.
  shipping bigint not null check (shipping >= 0),
  -- In millionths of the goods' price, as it was when the order was sold.
  commission int not null check (commission between 0 and 1000000),
  sold_at timestamptz not null,
  completed_at timestamptz,
  -- When its release is tried next: its money may not have come yet.
  due_at timestamptz,
  -- Released, or cancelled.
  ended_at timestamptz
);
create index sale_due on sale (due_at) where completed_at is not null and ended_at is null;
create index sale_open on sale (seller_id) where ended_at is null;

-- Not everything that is booked is about a payment.
alter table ledger_transaction alter payment_id drop not null;
alter table ledger_entry alter payment_id drop not null;
