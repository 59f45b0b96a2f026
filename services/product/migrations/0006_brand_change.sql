-- Brands that have another slug, or are gone, and how far their products have followed, by their ids.
create table brand_change (
  brand_id uuid primary key,
  deleted boolean not null,
  done_to uuid not null default '00000000-0000-0000-0000-000000000000'
);
create index product_brand on product (brand_id, id) where brand_id is not null;
