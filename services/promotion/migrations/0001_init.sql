-- A voucher, which has a code, or a campaign, which has none. `seller_id` is null for the platform's own.
create table promotion (
  id uuid primary key,
  seller_id uuid,
  code text,
  name text not null,
  description text not null,
  benefit jsonb not null,
  -- Null where no amount is named: good in every currency.
  currency text,
  min_spend bigint not null check (min_spend >= 0),
  category_ids uuid[] not null,
  product_ids uuid[] not null,
  segment text not null check (segment in ('EVERYONE', 'FIRST_ORDER', 'RETURNING', 'LOYAL')),
  stackable boolean not null,
  listed boolean not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  ended_at timestamptz,
  created_at timestamptz not null
);
create unique index promotion_code on promotion (code);
create index promotion_seller on promotion (seller_id, id desc);
create index promotion_listed on promotion (seller_id, ends_at, id)
  where code is not null and listed and ended_at is null;
create index promotion_campaign on promotion (ends_at) where code is null and ended_at is null;

create table flash_sale (
  id uuid primary key,
  seller_id uuid,
  name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  ended_at timestamptz,
  created_at timestamptz not null
);
create index flash_sale_seller on flash_sale (seller_id, id desc);
create index flash_sale_end on flash_sale (ends_at, id) where ended_at is null;

create table flash_item (
  id uuid primary key,
  flash_sale_id uuid not null references flash_sale,
  variant_id uuid not null,
  price bigint not null check (price >= 0),
  currency text not null,
  -- Of the product, as it was when the sale was made.
  product_id uuid not null,
  seller_id uuid not null,
  title text not null,
  slug text not null,
  image_url text not null,
  regular_price bigint not null
);
create unique index flash_item_variant on flash_item (flash_sale_id, variant_id);

-- How much there is of a promotion or of an item of a flash sale, by its id, and how much of it is used. The checks are
-- the last line of defence: whatever a statement does, a quota is never exceeded.
create table allotment (
  id uuid primary key,
  quota int,
  used int not null default 0 check (used >= 0),
  per_customer int,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  constraint allotment_quota check (used <= quota)
) with (fillfactor = 70);

create table allotment_customer (
  allotment_id uuid not null references allotment,
  customer_id uuid not null,
  used int not null check (used >= 0),
  -- The limit when it was last used.
  allowed int,
  primary key (allotment_id, customer_id),
  constraint allotment_customer_limit check (used <= allowed)
) with (fillfactor = 80);

create table redemption (
  checkout_id uuid primary key,
  customer_id uuid,
  status text not null check (status in ('REDEEMED', 'RELEASED')),
  created_at timestamptz not null
);

create table redemption_use (
  checkout_id uuid not null,
  allotment_id uuid not null,
  promotion_id uuid not null,
  customer_id uuid not null,
  code text not null,
  units int not null check (units > 0),
  amount bigint not null,
  currency text not null,
  -- Orders that it is for and that stand. When the last of them is cancelled, it is given back.
  order_ids uuid[] not null,
  created_at timestamptz not null,
  released_at timestamptz,
  primary key (checkout_id, allotment_id)
);
create index redemption_use_promotion on redemption_use (promotion_id, checkout_id desc, allotment_id desc);

create table voucher_claim (
  id uuid primary key,
  customer_id uuid not null,
  promotion_id uuid not null references promotion,
  created_at timestamptz not null
);
create unique index voucher_claim_once on voucher_claim (customer_id, promotion_id);
create index voucher_claim_customer on voucher_claim (customer_id, id desc);
