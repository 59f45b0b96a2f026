-- Web Push subscriptions. A browser has one, whoever uses it.
create table device (
  id uuid primary key,
  user_id uuid not null,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  name text not null,
  registered_at timestamptz not null
);
create index device_user on device (user_id, id desc);
