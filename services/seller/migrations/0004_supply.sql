create table supplier (
  id uuid primary key,
  seller_id uuid not null references seller,
  name text not null,
  contact text not null,
  note text not null,
  created_at timestamptz not null
);
create index supplier_store on supplier (seller_id, id desc);

create table purchase_order (
  id uuid primary key,
  seller_id uuid not null references seller,
  supplier_id uuid not null references supplier,
  -- Null for the store's first one.
  warehouse_id uuid,
  status text not null check (status in ('ORDERED', 'PARTIALLY_RECEIVED', 'RECEIVED', 'CANCELLED')),
  note text not null,
  currency text not null,
  total bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index purchase_order_store on purchase_order (seller_id, id desc);
create index purchase_order_status on purchase_order (seller_id, status, id desc);

create table purchase_line (
  purchase_order_id uuid not null references purchase_order,
  variant_id uuid not null,
  position integer not null,
  sku text not null,
  title text not null,
  quantity bigint not null check (quantity > 0),
  received bigint not null default 0,
  unit_cost bigint not null check (unit_cost >= 0),
  primary key (purchase_order_id, variant_id),
  constraint purchase_line_not_over_received check (received <= quantity)
);

-- Append-only: one delivery.
create table purchase_receipt (
  id uuid primary key,
  purchase_order_id uuid not null references purchase_order,
  -- Of the delivery note.
  reference text not null,
  received_at timestamptz not null,
  unique (purchase_order_id, reference)
);

-- What was received of a variant at all, and what that cost.
create table sku_cost (
  seller_id uuid not null,
  variant_id uuid not null,
  currency text not null,
  units bigint not null,
  total bigint not null,
  last bigint not null,
  updated_at timestamptz not null,
  primary key (seller_id, variant_id, currency)
);
