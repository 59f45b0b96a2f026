-- Building the whole index anew, beside the one that is in use. There is one row: what is asked for, and how far it is.
create table rebuild (
  is_only boolean primary key default true check (is_only),
  state text not null check (state in ('requested', 'filling', 'indexing', 'done')),
  products bigint not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  -- Whose it is, until when: whoever dies meanwhile leaves it to others, who begin again.
  holder text not null default '',
  leased_until timestamptz
);
-- An index that is new takes up what there is.
insert into rebuild (state) values ('requested');

-- Products whose entries were written while another index is being built: they are taken over before it is used.
create table rebuild_change (
  product_id uuid primary key
);

-- Distinct words of the title: a title that is nothing but what was asked for comes first.
alter table entry add column title_words smallint not null default 0;
