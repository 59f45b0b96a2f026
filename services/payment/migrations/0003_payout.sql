-- What a seller is charged for a sale is asked after it, and as of its moment.
alter table sale alter commission drop not null;
-- What was sold for how much, as long as that is not known.
alter table sale add lines jsonb;
create index sale_unpriced on sale (sold_at) where commission is null;

-- Where a seller is paid out to.
create table payout_account (
  seller_id uuid primary key,
  bank text not null,
  number text not null,
  holder text not null,
  updated_at timestamptz not null
);

-- Money on its way to a seller, or there. The row is the question to the provider too: its id is the idempotency key, and
-- it is asked until it is answered.
create table payout (
  id uuid primary key,
  batch text not null,
  seller_id uuid not null,
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  -- The account as it was when the payout was made: the same question is asked again with the same words.
  bank text not null,
  number text not null,
  holder text not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'PAID', 'FAILED')),
  reference text not null default '',
  failure_code text not null default '',
  tries int not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  unique (batch, seller_id, currency)
);
create index payout_seller on payout (seller_id, id desc);
create index payout_status on payout (status, id desc);
create index payout_due on payout (due_at) where status = 'PENDING';

-- A payout stands on the provider's statement too.
alter table statement_line alter payment_id drop not null;
