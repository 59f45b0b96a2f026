-- Customers who have left: where their goods went is forgotten once these are there.
create table departed_customer (
  id uuid primary key,
  left_at timestamptz not null
);
