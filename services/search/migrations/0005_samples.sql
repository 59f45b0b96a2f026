-- How many products one stands for, by chance: 1 for one in sixteen, 2 for one in 64, 3 for one in 256 (`sampleOf`). The
-- more products match, the smaller is the sample that is counted.
alter table entry add column sample smallint not null default 0;
update entry set sample = case right(product_id::text, 2) when '00' then 3 when '40' then 2 when '80' then 2 when 'c0' then 2
  else 1 end where is_sampled;
-- With the indexes of the one sample there was.
alter table entry drop column is_sampled;

create or replace procedure index_entries(name text) language plpgsql as $$
begin
  -- A short pending list: every search reads all of it.
  execute format('create index on %I using gin (match) with (gin_pending_list_limit = 512)', name);
  for sample in 1..3 loop
    execute format('create index on %I using gin (match) with (gin_pending_list_limit = 128) where sample >= %s', name, sample);
  end loop;
  execute format('create index on %I (sample, category_no) where sample >= 1', name);
  execute format('create index on %I (city_no) where sample >= 1', name);
  execute format('create index on %I (quality, product_id)', name);
  execute format('create index on %I (published_at, product_id)', name);
  execute format('create index on %I (price, product_id)', name);
  execute format('create index on %I (rating, product_id)', name);
  execute format('create index on %I (category_no)', name);
  execute format('create index on %I (brand_no)', name);
  execute format('create index on %I (city_no)', name);
  execute format('create index on %I (seller_no)', name);
end $$;
create index on entry using gin (match) with (gin_pending_list_limit = 128) where sample >= 1;
create index on entry using gin (match) with (gin_pending_list_limit = 128) where sample >= 2;
create index on entry using gin (match) with (gin_pending_list_limit = 128) where sample >= 3;
create index on entry (sample, category_no) where sample >= 1;
create index on entry (city_no) where sample >= 1;
