-- Who else is told what concerns a store, and in what they act for it, as `seller.staff-changed` says it.
create table store_staff (
  seller_id uuid not null,
  user_id uuid not null,
  permissions text[] not null,
  primary key (seller_id, user_id)
);
create index store_staff_user on store_staff (user_id);
-- What an owner has to know, the staff may not want to be told.
alter table delivery add column for_staff boolean not null default false;
