-- Of very many matches those are ranked first that have most to say for themselves. They are found in the inverted index,
-- as those of a price are: before, all matches were read and sorted, or an index of quality was gone along.

-- Where an entry stands among all: by its quality, by how little else its title says than what it is found by, and among the
-- many that are alike by chance.
create function standing(quality smallint, title_words smallint, product_id uuid) returns integer
language sql immutable parallel safe
return (least(greatest(quality + 1500 / (1 + greatest(title_words, 1)), -256), 1023) + 256) * 256
  + get_byte(uuid_send(product_id), 12);

-- What a standing is found by: itself, and the sixteen, the 256 and the 4096 that it is one of.
create function standing_keys(standing integer) returns integer[] language sql immutable parallel safe
return array[standing, (1 << 24) + (standing >> 4), (2 << 24) + (standing >> 8), (3 << 24) + (standing >> 12)];

-- The keys of a range: of each width those that are wholly in it, but for what wider ones have.
create function standing_range(low integer, high integer) returns integer[] language sql immutable parallel safe
return array(
  with ends as materialized (
    select width, (low + (1 << 4 * width) - 1) >> 4 * width as first, ((high + 1) >> 4 * width) - 1 as last
    from generate_series(0, 3) width
  ), inner_ends as materialized (
    select ends.*, wider.first * 16 as covered, wider.last * 16 + 15 as covered_last
    from ends left join ends wider on wider.width = ends.width + 1 and wider.first <= wider.last
  )
  select (width << 24) + n from inner_ends, generate_series(first, least(last, coalesce(covered - 1, last))) n
  union select (width << 24) + n from inner_ends, generate_series(greatest(first, covered_last + 1), last) n
);

create or replace procedure index_entries(name text) language plpgsql as $$
declare
  matched constant text := 'match, category_no, brand_no, city_no, attributes, price_keys(price)';
begin
  -- A short pending list: every search reads all of it.
  execute format('create index on %I using gin (%s, standing_keys(standing(quality, title_words, product_id)))
    with (gin_pending_list_limit = 512)', name, matched);
  for sample in 1..3 loop
    execute format('create index on %I using gin (%s) with (gin_pending_list_limit = 128) where sample >= %s', name, matched,
      sample);
  end loop;
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
  for old in
    select indexrelid from pg_index
    where indrelid = 'entry'::regclass and indpred is null
      and (pg_get_indexdef(indexrelid) like '% USING gin %' or pg_get_indexdef(indexrelid) like '%(quality, product_id)')
  loop
    execute format('drop index %s', old);
  end loop;
end $$;
create index on entry using gin (match, category_no, brand_no, city_no, attributes, price_keys(price),
  standing_keys(standing(quality, title_words, product_id))) with (gin_pending_list_limit = 512);
