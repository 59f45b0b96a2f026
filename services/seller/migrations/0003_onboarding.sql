alter table seller drop constraint seller_status_check;
alter table seller add constraint seller_status_check check (status in ('APPLIED', 'APPROVED', 'REJECTED', 'SUSPENDED'));
alter table seller
  -- Of {weekday, opens, closes}.
  add column opening_hours jsonb not null default '[]',
  add column holiday_starts_at timestamptz,
  add column holiday_ends_at timestamptz check (holiday_ends_at > holiday_starts_at),
  add column holiday_note text not null default '';
-- Lists of staff of the platform: of a status, of all, and by the beginning of a name.
create index seller_status on seller (status, id desc);
create index seller_name on seller (lower(name) collate "C", id);

-- One application. A store whose application was turned down may apply again: another case.
create table kyc_case (
  id uuid primary key,
  seller_id uuid not null references seller,
  status text not null check (status in ('OPEN', 'IN_REVIEW', 'NEEDS_MORE', 'APPROVED', 'REJECTED')),
  reviewer_id uuid,
  legal_name text not null,
  tax_id text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index kyc_case_undecided on kyc_case (seller_id) where status not in ('APPROVED', 'REJECTED');
create index kyc_case_seller on kyc_case (seller_id, id desc);
create index kyc_case_queue on kyc_case (status, id);
create index kyc_case_reviewer on kyc_case (reviewer_id, status, id) where reviewer_id is not null;

create table kyc_document (
  case_id uuid not null references kyc_case,
  media_id uuid not null,
  kind text not null,
  position integer not null,
  primary key (case_id, media_id)
);

-- Append-only.
create table kyc_step (
  id uuid primary key,
  case_id uuid not null references kyc_case,
  kind text not null,
  by_user_id uuid not null,
  note text not null,
  at timestamptz not null
);
create index kyc_step_case on kyc_step (case_id, id);

-- Who acts for a store beside its owner. An account belongs to one store: whoever adds it as staff or as an owner takes
-- the account's advisory lock first and looks at the other of the two.
create table staff (
  user_id uuid primary key,
  id uuid not null,
  seller_id uuid not null references seller,
  email text not null,
  name text not null,
  permissions text[] not null,
  joined_at timestamptz not null
);
create index staff_store on staff (seller_id, id);

create table invitation (
  id uuid primary key,
  seller_id uuid not null references seller,
  email text not null,
  permissions text[] not null,
  -- SHA-256 of the token in the letter.
  token_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  unique (seller_id, email)
);
create index invitation_store on invitation (seller_id, id desc);
