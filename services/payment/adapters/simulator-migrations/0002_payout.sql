create table payout (
  key text primary key,
  bank text not null,
  number text not null,
  holder text not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null,
  created_at timestamptz not null
);
create index payout_created on payout (created_at, key);
