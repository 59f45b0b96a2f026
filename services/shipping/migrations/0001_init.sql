create table shipment (
  id uuid primary key,
  -- An order is one shipment: this is what makes booking it twice impossible.
  order_id uuid not null unique,
  order_number text not null,
  customer_id uuid not null,
  seller_id uuid not null,
  service text not null,
  carrier text not null,
  amount bigint not null check (amount >= 0),
  currency text not null,
  -- What the courier collects at the door.
  collect bigint not null check (collect >= 0),
  charged_grams bigint not null,
  min_days int not null,
  max_days int not null,
  destination jsonb not null,
  contents jsonb not null,
  sender jsonb,
  status text not null check (status in ('PENDING', 'BOOKED', 'HANDED_OVER', 'PICKED_UP', 'IN_TRANSIT',
    'OUT_FOR_DELIVERY', 'DELIVERED', 'LOST', 'RETURNED', 'CANCELLED')),
  packing int not null,
  own_courier boolean not null,
  -- What the carrier has yet to be told, when it is tried next, and how often it was.
  owed text check (owed in ('book', 'pickup', 'cancel')),
  due_at timestamptz not null,
  tries int not null default 0,
  handed_over_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
) with (fillfactor = 80);
create index shipment_customer on shipment (customer_id, id desc);
create index shipment_seller on shipment (seller_id, id desc);
create index shipment_seller_status on shipment (seller_id, status, id desc);
create index shipment_status on shipment (status, id desc);
create index shipment_due on shipment (due_at) where owed is not null;

create table parcel (
  shipment_id uuid not null references shipment,
  number int not null,
  tracking_number text not null,
  weight_grams bigint not null,
  status text not null,
  heard_at timestamptz,
  received_by text not null,
  delivered_at timestamptz,
  primary key (shipment_id, number)
) with (fillfactor = 80);
-- Not unique: a seller may write down any number of his own courier's.
create index parcel_tracking on parcel (tracking_number) where tracking_number <> '';
create index parcel_silent on parcel (heard_at) where status in ('PICKED_UP', 'IN_TRANSIT', 'OUT_FOR_DELIVERY');

-- The inbox of what carriers tell, and the time line of a shipment.
create table tracking_event (
  carrier text not null,
  event_id text not null,
  shipment_id uuid not null references shipment,
  parcel int not null,
  kind text not null,
  place text not null,
  note text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  primary key (carrier, event_id)
);
create index tracking_event_shipment on tracking_event (shipment_id, at);
