create table category (
  id uuid primary key,
  slug text not null unique,
  -- Indonesian.
  name text not null,
  name_en text not null default '',
  -- A category that has children cannot go.
  parent_id uuid references category,
  position integer not null default 0,
  image_url text not null default '',
  -- Its own definitions; those of its ancestors hold for it too.
  attributes jsonb not null default '[]',
  check (parent_id <> id)
);
create index category_parent on category (parent_id);
create index category_name on category (lower(name));
create index category_name_en on category (lower(name_en));

create table brand (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  description text not null default ''
);
create index brand_name on brand (lower(name), id);
