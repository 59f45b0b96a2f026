-- Trigrams find words that are spelt alike.
create extension if not exists pg_trgm;

-- Small numbers for what products are counted and filtered by, so that rows stay narrow.
create table category (
  no integer primary key generated always as identity,
  id uuid not null unique,
  slug text not null,
  name text not null,
  name_en text not null,
  parent_id uuid
);

create table brand (
  no integer primary key generated always as identity,
  id uuid not null unique,
  slug text not null,
  name text not null
);
create index brand_slug on brand (slug);
create index brand_name on brand (lower(name));

create table city (
  no integer primary key generated always as identity,
  slug text not null unique,
  name text not null
);

create table seller (
  no integer primary key generated always as identity,
  id uuid not null unique,
  slug text not null,
  name text not null,
  city_no integer not null references city,
  -- Nothing of a store that is closed is found.
  is_open boolean not null
);
create index seller_closed on seller (no) where not is_open;

create table attribute_value (
  no integer primary key generated always as identity,
  name text not null,
  value text not null,
  unique (name, value)
);

-- The index: a row for each published product. Rows are narrow because counting reads many of them: what only hits
-- need (`card`), and what only the inverted index needs (`match`), is kept out of line.
create table entry (
  product_id uuid primary key,
  seller_no integer not null,
  category_no integer,
  brand_no integer,
  city_no integer not null,
  price bigint not null,
  price_band smallint not null,
  -- Hundredths of stars.
  rating smallint not null default 0,
  rating_count integer not null default 0,
  -- What speaks for a product whatever is searched for.
  quality smallint not null default 0,
  in_stock boolean not null,
  -- One in sixteen, by chance: stands for all when there are very many.
  is_sampled boolean not null,
  published_at timestamptz not null,
  attributes integer[] not null,
  -- Words of the title in their places, to rank by.
  title tsvector not null,
  -- All words, and their roots with a `~` before them.
  match tsvector not null,
  variants uuid[] not null,
  card jsonb not null
);

-- Also for a table that is to take the place of `entry`.
create procedure prepare_entries(name text) language plpgsql as $$
begin
  execute format('alter table %I set (toast_tuple_target = 400, fillfactor = 90,
    autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)', name);
  execute format('alter table %I alter match set storage external, alter card set storage external,
    alter variants set storage external, alter title set storage main, alter attributes set storage main', name);
  execute format('alter table %I alter match set statistics 500', name);
end $$;

create procedure index_entries(name text) language plpgsql as $$
begin
  -- A short pending list: every search reads all of it.
  execute format('create index on %I using gin (match) with (gin_pending_list_limit = 512)', name);
  execute format('create index on %I using gin (match) with (gin_pending_list_limit = 128) where is_sampled', name);
  execute format('create index on %I (category_no) where is_sampled', name);
  execute format('create index on %I (quality, product_id)', name);
  execute format('create index on %I (published_at, product_id)', name);
  execute format('create index on %I (price, product_id)', name);
  execute format('create index on %I (rating, product_id)', name);
  execute format('create index on %I (category_no)', name);
  execute format('create index on %I (brand_no)', name);
  execute format('create index on %I (city_no)', name);
  execute format('create index on %I (seller_no)', name);
end $$;
call prepare_entries('entry');
call index_entries('entry');

-- Which product a variant is of, for news of its stock.
create table variant (
  id uuid primary key,
  product_id uuid not null
);

-- What buyers think of products, also of those that are not in the index now.
create table rating (
  product_id uuid primary key,
  average smallint not null,
  count integer not null,
  quality smallint not null
);

-- Words and roots of the index, in how many products they are, and what slips of the finger leave of them.
create table word (
  word text primary key,
  products integer not null,
  slips text[] not null
) with (fillfactor = 80);
create index word_slips on word using gin (slips);
create index word_trigrams on word using gin (word gin_trgm_ops) where slips <> '{}';

-- Products that are to be looked at: they, or what they name, changed. A mark is taken away by whoever has written the
-- product as it was after the mark's number was given.
create table mark (
  product_id uuid primary key,
  number bigint not null,
  -- Only their stock changed.
  is_stock boolean not null,
  -- Taken until then, or put off after a failure.
  due_at timestamptz not null,
  attempts integer not null default 0
);
create index mark_due on mark (due_at, number);
create sequence mark_number;
-- Every row is deleted a moment after it was written.
alter table mark set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);

-- Sellers, and parts of the catalogue, that are to be asked for again.
create table stale_name (
  kind text not null check (kind in ('seller', 'category', 'brand')),
  id uuid not null,
  -- Of a brand, which is asked for by it.
  slug text not null default '',
  number bigint not null,
  due_at timestamptz not null,
  primary key (kind, id)
);
