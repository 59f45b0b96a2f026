-- What is sold in the own store.
alter table profile add column sales_email boolean not null default true;
