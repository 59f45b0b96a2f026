-- What this service knows of the catalogue: enough to find products of a category with all that is below it, and to
-- show slugs. Kept by the catalogue's events, so that a move or a new slug touches no product.
create table category (
  id uuid primary key,
  slug text not null,
  parent_id uuid
);
create index category_slug on category (slug);
create index category_parent on category (parent_id);

create table brand (
  id uuid primary key,
  slug text not null
);
create index brand_slug on brand (slug);

-- Nothing of these stores is shown or sold.
create table suspended_store (
  seller_id uuid primary key
);

-- Full text of a product: the title weighs most. Punctuation parts words, so that `usb-c` is found by `usb c`.
create function product_words(title text, brand text, description text) returns tsvector
language sql immutable parallel safe
return setweight(to_tsvector('simple', translate(title, '-_./+&''"()', '          ')), 'A')
  || setweight(to_tsvector('simple', translate(brand, '-', ' ')), 'B')
  || setweight(to_tsvector('simple', translate(description, '-_./+&''"()', '          ')), 'D');

create table product (
  id uuid primary key,
  seller_id uuid not null,
  -- Tells the products of a store apart in files; the id, unless an import made the product.
  key text not null,
  slug text not null constraint product_slug unique,
  title text not null,
  description text not null,
  category_id uuid,
  brand_id uuid,
  status text not null check (status in ('draft', 'published', 'archived')),
  options jsonb not null,
  attributes jsonb not null,
  media jsonb not null,
  -- Of the cheapest variant.
  price bigint,
  currency text,
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  sort_title text not null generated always as (lower(left(title, 60))) stored,
  words tsvector not null
);
create unique index product_key on product (seller_id, key) where status <> 'archived';
create index product_own on product (seller_id, status, id);
create index product_words on product using gin (words);
-- One index for each filter and order, so that a page is read from the index and nothing is sorted.
create index product_newest on product (published_at, id) where status = 'published';
create index product_price on product (price, id) where status = 'published';
create index product_title on product (sort_title, id) where status = 'published';
create index product_category_newest on product (category_id, published_at, id) where status = 'published';
create index product_category_price on product (category_id, price, id) where status = 'published';
create index product_category_title on product (category_id, sort_title, id) where status = 'published';
create index product_seller_newest on product (seller_id, published_at, id) where status = 'published';
create index product_seller_price on product (seller_id, price, id) where status = 'published';
create index product_brand_newest on product (brand_id, published_at, id)
  where status = 'published' and brand_id is not null;
create index product_brand_price on product (brand_id, price, id)
  where status = 'published' and brand_id is not null;

create table variant (
  id uuid primary key,
  product_id uuid not null references product,
  seller_id uuid not null,
  position integer not null,
  sku text not null,
  title text not null,
  option_values text[] not null,
  price bigint not null check (price > 0),
  compare_at_price bigint check (compare_at_price > price),
  weight_grams integer not null,
  length_mm integer not null,
  width_mm integer not null,
  height_mm integer not null,
  -- Removed variants stay, because orders and carts name them; `archived` ones went with their product.
  state text not null default 'live' check (state in ('live', 'archived', 'removed')),
  -- The row that named it in each of the last imports that did, by import id: what repeats or contradicts it.
  import_rows jsonb not null default '{}'
) with (fillfactor = 90);
create index variant_product on variant (product_id);
create unique index variant_sku on variant (seller_id, sku) where state = 'live';

-- A few are enough for imports that run at the same time; ids are UUIDv7, the newest is the greatest.
create function newest_import_rows(rows jsonb) returns jsonb
language sql immutable parallel safe
return (select coalesce(jsonb_object_agg(key, value), '{}')
  from (select * from jsonb_each(rows) order by key desc limit 4) newest);

-- Words of titles, to guess what a misspelt query means.
create extension if not exists pg_trgm;
create table title_word (
  word text primary key
);
create index title_word_trigram on title_word using gin (word gin_trgm_ops);

create table import (
  id uuid primary key,
  owner_id uuid not null,
  key text not null,
  name text not null,
  -- Rows up to this one are done.
  last_row bigint not null default 0,
  created bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  duplicates bigint not null default 0,
  failed bigint not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (owner_id, key)
);

create table import_error (
  import_id uuid not null references import,
  row bigint not null,
  code text not null,
  field text not null,
  detail text not null,
  first_row bigint not null default 0,
  primary key (import_id, row)
);
