-- The lowest price that flash sales make of a variant now, as promotion tells it; lists are sorted and filtered by what
-- is charged.
alter table product add column flash_price bigint;
alter table product add column current_price bigint generated always as (least(price, flash_price)) stored;

drop index product_price;
drop index product_category_price;
drop index product_seller_price;
drop index product_brand_price;
create index product_price on product (current_price, id) where status = 'published';
create index product_category_price on product (category_id, current_price, id) where status = 'published';
create index product_seller_price on product (seller_id, current_price, id) where status = 'published';
create index product_brand_price on product (brand_id, current_price, id)
  where status = 'published' and brand_id is not null;

-- Products whose flash price is to be asked for anew.
create sequence flash_mark_turn;
create table flash_mark (
  product_id uuid primary key,
  number bigint not null
);
create index flash_mark_oldest on flash_mark (number);
