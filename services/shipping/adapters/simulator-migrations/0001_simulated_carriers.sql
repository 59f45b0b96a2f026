-- The simulated carriers' own books: the outside world. Nothing of the shipping service reads them.
create table simulated_parcel (
  tracking_number text primary key,
  service text not null,
  shipment_id uuid not null,
  packing int not null,
  number int not null,
  -- What its way depends on: where from, where to, how long.
  trip jsonb not null,
  state text not null check (state in ('booked', 'moving', 'ended', 'cancelled')),
  -- On its way back.
  recalled boolean not null default false,
  happened text[] not null default '{}',
  fetched_at timestamptz,
  next_at timestamptz,
  unique (shipment_id, packing, number)
);
create index simulated_parcel_next on simulated_parcel (next_at) where state = 'moving';

-- Shipments that are not to be brought, also those that were never booked.
create table simulated_cancellation (
  shipment_id uuid primary key
);

create table simulated_webhook (
  id bigint generated always as identity primary key,
  service text not null,
  -- The same for every delivery of one event.
  event_id uuid not null,
  body text not null,
  due_at timestamptz not null,
  tries int not null default 0
);
create index simulated_webhook_due on simulated_webhook (due_at, id);
