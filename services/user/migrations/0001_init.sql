-- Commands of a user lock the profile's row first: it is what makes limits and the one default address hold.
create table profile (
  user_id uuid primary key,
  email text not null,
  name text not null,
  phone text not null default '',
  avatar_url text not null default '',
  -- Null until chosen: at registration or later.
  locale text,
  marketing_email boolean not null default false,
  order_email boolean not null default true,
  order_push boolean not null default true,
  price_drop_notice boolean not null default true,
  created_at timestamptz not null,
  -- Closed by staff; the data stays.
  deactivated_at timestamptz,
  -- Deleted by the person; the row stays empty, so that a token that still lives does not bring it back.
  deleted_at timestamptz
);

create table address (
  id uuid primary key,
  user_id uuid not null references profile,
  recipient text not null check (recipient <> ''),
  phone text not null check (phone <> ''),
  line1 text not null check (line1 <> ''),
  line2 text not null,
  city text not null check (city <> ''),
  province text not null check (province <> ''),
  postal_code text not null check (postal_code <> ''),
  country text not null check (country ~ '^[A-Z]{2}$'),
  label text not null,
  is_default boolean not null
);
create index address_user on address (user_id, id);
create unique index address_default on address (user_id) where is_default;

create table wishlist (
  id uuid primary key,
  user_id uuid not null references profile,
  name text not null,
  created_at timestamptz not null
);
create index wishlist_user on wishlist (user_id, id);

create table wishlist_item (
  wishlist_id uuid not null references wishlist on delete cascade,
  variant_id uuid not null,
  product_id uuid not null,
  title text not null,
  -- Minor units, when it was put on the list.
  added_amount bigint not null,
  -- The last one that was heard of.
  last_amount bigint not null,
  currency text not null,
  added_at timestamptz not null,
  -- While it is on its way to the cart.
  moving_until timestamptz,
  primary key (wishlist_id, variant_id)
);
create index wishlist_item_variant on wishlist_item (variant_id);
