-- What products are filtered by stands in the inverted index beside their words: of a word that very many have, in a
-- city, none but those are read that are in both lists. Before, all of the city's were gathered from an index of its own.
create extension if not exists btree_gin;

-- Sixteen for each tenfold.
create function price_level(price bigint) returns integer language sql immutable parallel safe
return floor(16 * log(greatest(price, 1)::double precision))::integer;

-- What a price is found by in the inverted index: its level, the four that it is one of (from 1000 on), and the sixteen
-- (from 2000 on). So that a range is a few of these, and not as many lists as it has prices.
create function price_keys(price bigint) returns integer[] language sql immutable parallel safe
return array[price_level(price), 1000 + price_level(price) / 4, 2000 + price_level(price) / 16];

-- The keys of a range: what is wholly in it by sixteens, the rest by fours, and the rest of that by levels.
create function price_range(low bigint, high bigint) returns integer[] language sql immutable parallel safe
return array(
  with ends as materialized (
    select (low + 3) / 4 as four, (high + 1) / 4 - 1 as last_four, (low + 15) / 16 as sixteen, (high + 1) / 16 - 1 as last_sixteen,
      low, high
    from (values (price_level(low), price_level(high))) levels (low, high)
  )
  select 2000 + n from ends, generate_series(sixteen, last_sixteen) n
  union all select 1000 + n from ends, generate_series(four, last_four) n where n / 4 not between sixteen and last_sixteen
  union all select n from ends, generate_series(ends.low, ends.high) n where n / 4 not between four and last_four
);

create or replace procedure index_entries(name text) language plpgsql as $$
declare
  matched constant text := 'gin (match, category_no, brand_no, city_no, attributes, price_keys(price))';
begin
  -- A short pending list: every search reads all of it.
  execute format('create index on %I using %s with (gin_pending_list_limit = 512)', name, matched);
  for sample in 1..3 loop
    execute format('create index on %I using %s with (gin_pending_list_limit = 128) where sample >= %s', name, matched, sample);
  end loop;
  execute format('create index on %I (quality, product_id)', name);
  execute format('create index on %I (published_at, product_id)', name);
  execute format('create index on %I (price, product_id)', name);
  execute format('create index on %I (rating, product_id)', name);
  execute format('create index on %I (category_no)', name);
  execute format('create index on %I (brand_no)', name);
  execute format('create index on %I (seller_no)', name);
end $$;

do $$
declare
  old regclass;
begin
  for old in select indexrelid from pg_index where indrelid = 'entry'::regclass and not indisprimary loop
    execute format('drop index %s', old);
  end loop;
end $$;
call index_entries('entry');
