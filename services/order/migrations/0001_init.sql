create table checkout (
  id uuid primary key,
  customer_id uuid not null,
  status text not null check (status in ('PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'CANCELLED')),
  payment_id uuid not null,
  amount bigint not null check (amount >= 0),
  currency text not null,
  idempotency_key text,
  -- Of the request: the same key with another request is a mistake of the client.
  fingerprint bytea not null,
  -- What the buyer was told, word for word, for whoever asks again with the same key.
  answer bytea,
  failure jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index checkout_key on checkout (customer_id, idempotency_key) where idempotency_key is not null;

-- The present state of every order: a projection of its events that can be made anew.
create table order_projection (
  id uuid primary key,
  checkout_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  status text not null,
  version int not null,
  state jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
) with (fillfactor = 80);
create index order_checkout on order_projection (checkout_id);
create index order_customer on order_projection (customer_id, id desc);
create index order_seller on order_projection (seller_id, id desc);
create index order_delivered on order_projection (updated_at) where status = 'DELIVERED';
