-- Orders of a store and what became of them, from events.
create table fulfilment (
  order_id uuid primary key,
  seller_id uuid not null,
  confirmed_at timestamptz not null,
  -- To be sent by then.
  due_at timestamptz not null,
  shipped_at timestamptz,
  -- `customer`, `seller`, `staff` or `system`.
  cancelled_by text
);
create index fulfilment_store on fulfilment (seller_id, confirmed_at) include (due_at, shipped_at, cancelled_by);
create index fulfilment_age on fulfilment (confirmed_at);

-- As the review service has it.
create table store_rating (
  seller_id uuid primary key,
  stars double precision not null,
  ratings bigint not null
);
