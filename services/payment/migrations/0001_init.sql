-- One row per payment. It is only ever written by a statement that names the version it was decided on.
create table payment (
  id uuid primary key,
  version int not null,
  status text not null check (status in
    ('PENDING', 'AWAITING_PAYMENT', 'AUTHORIZED', 'CAPTURING', 'CAPTURED', 'DECLINED', 'CANCELLED')),
  voiding boolean not null default false,
  -- Null, as the checkout and the customer, where it was given up before it began.
  method text check (method in ('CARD', 'EWALLET', 'BANK_TRANSFER', 'QR', 'COD')),
  checkout_id uuid,
  customer_id uuid,
  currency char(3) not null,
  amount bigint not null check (amount >= 0),
  captured bigint not null default 0 check (captured between 0 and amount),
  refunding bigint not null default 0 check (refunding >= 0),
  refunded bigint not null default 0 check (refunded >= 0),
  -- What each order gets of it: part of the payment, never read or written without it.
  shares jsonb not null default '[]',
  provider text not null default '',
  reference text not null default '',
  decline_code text not null default '',
  instructions jsonb,
  expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint refunds_within_capture check (refunding + refunded <= captured)
  -- A payment is written four times in its first second; with room in its page, no index is touched.
) with (fillfactor = 50);
create index payment_created on payment using brin (created_at);

-- What the provider is asked, each under one idempotency key: written before it is asked, and asked again until it is
-- answered.
create table attempt (
  key text primary key,
  payment_id uuid not null references payment,
  operation text not null check (operation in ('authorize', 'capture', 'void', 'refund')),
  amount bigint not null,
  tries int not null default 0,
  -- Whoever asks moves this on, as a lease.
  due_at timestamptz not null,
  -- When a call of it may have left last.
  asked_at timestamptz not null,
  ended_at timestamptz,
  -- The answer; while it is open, what went wrong last.
  outcome text not null default ''
);
create index attempt_open on attempt (due_at) where ended_at is null;

create table refund (
  id uuid primary key,
  payment_id uuid not null references payment,
  status text not null check (status in ('PENDING', 'SUCCEEDED', 'FAILED')),
  amount bigint not null check (amount > 0),
  -- Empty when it was asked for in proportion; `parts` says which order gives how much.
  order_id text not null,
  parts jsonb not null,
  reason text not null,
  idempotency_key text,
  created_at timestamptz not null,
  unique (payment_id, idempotency_key)
);

-- What the provider told of its own accord: each event once. Not applied: its payment is not known (yet), or it says
-- what cannot be.
create table provider_event (
  provider text not null,
  id text not null,
  payment_id uuid not null,
  answer jsonb not null,
  received_at timestamptz not null,
  applied_at timestamptz,
  primary key (provider, id)
);
create index provider_event_kept on provider_event (received_at) where applied_at is null;

create table ledger_transaction (
  -- Names its cause: nothing is booked twice.
  id text primary key,
  kind text not null,
  payment_id uuid not null,
  created_at timestamptz not null
);
create index ledger_transaction_created on ledger_transaction using brin (created_at);

create table ledger_entry (
  id bigint generated always as identity primary key,
  transaction_id text not null references ledger_transaction,
  account text not null,
  -- Positive is a debit, negative a credit.
  amount bigint not null check (amount <> 0),
  currency char(3) not null,
  payment_id uuid not null,
  order_id uuid,
  seller_id uuid
);
create index ledger_entry_account on ledger_entry (account, id);
create index ledger_entry_payment on ledger_entry (payment_id, id);

-- The sum of the entries of an account, kept by the trigger below.
create table ledger_account (
  account text not null,
  currency char(3) not null,
  balance bigint not null,
  primary key (account, currency)
);

-- Debits equal credits, whoever writes: every statement must bring whole transactions. The balances follow in the
-- order of the accounts, so that two statements never wait for each other.
create function post_entries() returns trigger language plpgsql as $$
begin
  if exists (select from added group by transaction_id, currency having sum(amount) <> 0) then
    raise exception 'ledger transactions must balance' using errcode = 'check_violation';
  end if;
  insert into ledger_account as a (account, currency, balance)
    select account, currency, sum(amount) from added group by account, currency order by account, currency
    on conflict (account, currency) do update set balance = a.balance + excluded.balance;
  return null;
end $$;
create trigger post_entries after insert on ledger_entry
  referencing new table as added for each statement execute function post_entries();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation';
end $$;
create trigger append_only before update or delete or truncate on ledger_entry
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on ledger_transaction
  for each statement execute function refuse_change();

-- The provider's statement as it was fetched, to compare with the ledger.
create table statement_line (
  provider text not null,
  -- As of the ledger transaction that it should have.
  id text not null,
  day date not null,
  payment_id uuid not null,
  -- What it changed at the provider: charges are positive, refunds negative.
  amount bigint not null,
  currency char(3) not null,
  primary key (provider, id)
);
create index statement_line_day on statement_line (provider, day);
