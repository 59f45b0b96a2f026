-- What the world was told last of a flash sale: that it is to come, runs, or is over, and what of it is sold out.
alter table flash_sale add column phase text not null default 'AHEAD' check (phase in ('AHEAD', 'RUNNING', 'ENDED'));
create index flash_sale_turn on flash_sale (phase) where phase <> 'ENDED';
alter table flash_item add column sold_out boolean not null default false;
