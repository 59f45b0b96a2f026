-- Counters live in `stock`, one row per variant and warehouse. Their check constraints are the last line of defence:
-- whatever a statement does, nobody holds more than there is.
create table warehouse (
  id uuid primary key,
  seller_id uuid not null,
  name text not null,
  city text not null default '',
  is_default boolean not null default false,
  created_at timestamptz not null
);
create unique index warehouse_default on warehouse (seller_id) where is_default;
create index warehouse_seller on warehouse (seller_id, created_at);

create table sku (
  variant_id uuid primary key,
  seller_id uuid not null,
  low_threshold bigint not null default 0 check (low_threshold >= 0),
  -- Whether the alert for the present shortage is out; it is raised once per shortage.
  low_alerted boolean not null default false
);
create index sku_seller on sku (seller_id, variant_id);
create index sku_watched on sku (variant_id) where low_threshold > 0;

create table stock (
  variant_id uuid not null references sku,
  warehouse_id uuid not null references warehouse,
  on_hand bigint not null default 0 check (on_hand >= 0),
  reserved bigint not null default 0 check (reserved >= 0),
  version bigint not null default 1,
  primary key (variant_id, warehouse_id),
  constraint stock_not_oversold check (reserved <= on_hand)
) with (fillfactor = 70);

-- Append-only. The counters of `stock` are the sums of these.
create table movement (
  id bigint generated always as identity primary key,
  variant_id uuid not null,
  warehouse_id uuid not null,
  kind text not null,
  on_hand_delta bigint not null default 0,
  reserved_delta bigint not null default 0,
  reference text not null,
  at timestamptz not null
);
create index movement_variant on movement (variant_id, id desc);
-- Goods that come in twice under one delivery note, or back twice for one order, count once.
create unique index movement_once on movement (variant_id, warehouse_id, kind, reference)
  where kind in ('RECEIVED', 'RESTOCKED');

create table reservation (
  id uuid primary key,
  status text not null check (status in ('HELD', 'RELEASED', 'COMMITTED')),
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index reservation_held on reservation (expires_at) where status = 'HELD';

create table reservation_line (
  reservation_id uuid not null,
  variant_id uuid not null,
  warehouse_id uuid not null,
  quantity bigint not null check (quantity > 0),
  primary key (reservation_id, variant_id, warehouse_id)
);

-- Customers who wait for a sold-out variant.
create table waiting_customer (
  variant_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null,
  primary key (variant_id, user_id)
);
