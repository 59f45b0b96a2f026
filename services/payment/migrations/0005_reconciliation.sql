-- A statement may have the same twice, under two ids of the provider's.
alter table statement_line add line text not null default '';
update statement_line set line = id;
alter table statement_line drop constraint statement_line_pkey;
alter table statement_line add primary key (provider, line);
create index statement_line_id on statement_line (provider, id);

-- Entries about no payment are found by their transaction: there are few.
create index ledger_entry_other on ledger_entry (transaction_id) where payment_id is null;

create table difference (
  number bigint generated always as identity unique,
  provider text not null,
  -- Of the ledger transaction, as it is or would be.
  id text not null,
  day date not null,
  kind text not null check (kind in ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT', 'DOUBLE')),
  payment_id uuid,
  currency char(3) not null,
  -- As they were when it was found.
  ours bigint,
  theirs bigint,
  -- What was booked to suspense for it in all.
  corrected bigint not null default 0,
  corrections int not null default 0,
  state text not null check (state in ('OPEN', 'MENDED')),
  remedy text check (remedy in ('ASKED', 'BOOKED')),
  found_at timestamptz not null,
  mended_at timestamptz,
  primary key (provider, id)
);
create index difference_open on difference (provider, day) where state = 'OPEN';
