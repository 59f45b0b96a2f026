-- Published by a job when its time has come.
alter table product add column publish_at timestamptz;
create index product_scheduled on product (publish_at) where status = 'draft' and publish_at is not null;

-- Listings of several stores that are one catalogue product: the id of the first of them. Null while it is the only one.
alter table product add column catalogue_id uuid;
create unique index product_offer on product (catalogue_id, seller_id)
  where catalogue_id is not null and status <> 'archived';
