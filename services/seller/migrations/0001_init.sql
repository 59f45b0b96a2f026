create table seller (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  description text not null default '',
  city text not null default '',
  province text not null default '',
  status text not null check (status in ('APPLIED', 'APPROVED', 'SUSPENDED')),
  -- Null for stores that an import made. One store per account.
  owner_user_id uuid unique,
  logo_url text not null default '',
  banner_url text not null default '',
  -- Why it has its status, as staff put it.
  review_reason text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index seller_open on seller (id desc) where status = 'APPROVED';
