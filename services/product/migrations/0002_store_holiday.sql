-- What these stores sell is shown and cannot be bought meanwhile.
create table store_holiday (
  seller_id uuid primary key,
  starts_at timestamptz not null,
  ends_at timestamptz not null
);
