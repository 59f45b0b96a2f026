-- What counts towards an account's quota: its files, and uploads under way with the size that they said.
create table account_usage (
  owner_id uuid primary key,
  bytes bigint not null check (bytes >= 0),
  files integer not null check (files >= 0)
);

create table upload (
  id uuid primary key,
  owner_id uuid not null,
  purpose text not null,
  name text not null,
  size bigint not null check (size > 0),
  received bigint not null default 0 check (received between 0 and size),
  -- Keys of the pieces in the storage, in their order.
  pieces text[] not null default '{}',
  status text not null default 'OPEN' check (status in ('OPEN', 'READY', 'REFUSED')),
  refusal text not null default '',
  -- While somebody looks at the whole file.
  lease_until timestamptz,
  attempts integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index upload_whole on upload (lease_until) where status = 'OPEN' and received = size;
create index upload_expiry on upload (expires_at);
create index upload_owner on upload (owner_id);

create table media (
  -- Of the upload that brought it.
  id uuid primary key,
  owner_id uuid not null,
  purpose text not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  width integer not null,
  height integer not null,
  -- [{file, contentType, width, height, size}]
  renditions jsonb not null,
  created_at timestamptz not null,
  -- When it goes, unless something shows it by then; null while something does.
  keep_until timestamptz
);
create index media_owner on media (owner_id, id);
create index media_owner_purpose on media (owner_id, purpose, id);
create index media_orphan on media (keep_until) where keep_until is not null;

-- What shows a file, e.g. `review/0190…`.
create table media_use (
  media_id uuid not null references media on delete cascade,
  resource text not null,
  primary key (media_id, resource)
);
create index media_use_resource on media_use (resource);

-- Images whose AVIF renditions are still to be made.
create table avif_task (
  media_id uuid primary key references media on delete cascade,
  due_at timestamptz not null,
  attempts integer not null default 0
);
create index avif_task_due on avif_task (due_at);
