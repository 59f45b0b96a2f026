-- Customers who have left: who they were, and where they lived, is taken out of their orders once these are over.
create table departed_customer (
  id uuid primary key,
  left_at timestamptz not null
);
