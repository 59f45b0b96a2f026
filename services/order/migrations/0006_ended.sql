-- How an order ended; null while it goes on. Stores have few orders that go on and ever more that have ended, so each has
-- its index: what is rare among very many is found without going through them. It is written when an order is placed and
-- when it ends, so that what happens in between touches no index.
alter table order_projection add ended text generated always as (
  case when status in ('COMPLETED', 'CANCELLED', 'RETURNED', 'REJECTED') then status end) stored;
drop index order_seller;
create index order_seller_open on order_projection (seller_id, id desc) where ended is null;
create index order_seller_ended on order_projection (seller_id, ended, id desc) where ended is not null;
