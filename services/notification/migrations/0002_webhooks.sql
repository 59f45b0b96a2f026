-- Addresses that want to hear what happens in a store.
create table webhook_endpoint (
  id uuid primary key,
  seller_id uuid not null,
  -- Who made it, to be told when it fails for good.
  user_id uuid not null,
  url text not null,
  description text not null,
  event_types text[] not null,
  -- Encrypted. The old one signs too until then.
  secret bytea not null,
  old_secret bytea,
  old_secret_until timestamptz,
  enabled boolean not null default true,
  disabled_reason text not null default '',
  created_at timestamptz not null
);
create index webhook_endpoint_seller on webhook_endpoint (seller_id, id desc);
-- To forget a person.
create index webhook_endpoint_user on webhook_endpoint (user_id);

create table webhook_delivery (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint on delete cascade,
  event_id uuid not null,
  event_type text not null,
  body text not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'DELIVERED', 'FAILED')),
  -- Since it was made or last replayed.
  attempts int not null default 0,
  -- Whoever sends moves this on, as a lease.
  next_at timestamptz not null,
  created_at timestamptz not null,
  unique (endpoint_id, event_id)
);
create index webhook_delivery_log on webhook_delivery (endpoint_id, id desc);
create index webhook_delivery_failed on webhook_delivery (endpoint_id, id desc) where status = 'FAILED';
create index webhook_delivery_due on webhook_delivery (endpoint_id, next_at) where status = 'PENDING';
create index webhook_delivery_old on webhook_delivery (created_at);

create table webhook_attempt (
  id bigint generated always as identity primary key,
  delivery_id uuid not null references webhook_delivery on delete cascade,
  at timestamptz not null,
  -- Null when there was no answer.
  status int,
  error text not null,
  duration_ms int not null,
  response text not null
);
create index webhook_attempt_delivery on webhook_attempt (delivery_id, id desc);
