-- Who is told what concerns a store, as `seller.approved` says it.
create table store_owner (
  seller_id uuid primary key,
  user_id uuid not null
);
create index store_owner_user on store_owner (user_id);
