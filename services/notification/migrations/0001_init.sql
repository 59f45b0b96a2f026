-- What is to be told to whom. One event makes a message of a template on a channel once.
create table delivery (
  id uuid primary key,
  event_id uuid not null,
  template text not null,
  channel text not null check (channel in ('EMAIL', 'SMS', 'PUSH', 'IN_APP')),
  -- Empty for people who have no account; then the recipient is given.
  user_id uuid,
  recipient text,
  locale text,
  params jsonb not null,
  created_at timestamptz not null,
  -- Given up: after so many attempts, for this reason.
  dead_at timestamptz,
  attempts int not null default 0,
  last_error text,
  unique (event_id, template, channel)
);
create index delivery_dead on delivery (id desc) where dead_at is not null;

-- What is still to be sent. A row is narrow and goes when its message has gone, so that in the usual case a delivery is
-- written once and never again.
create table delivery_due (
  delivery_id uuid primary key,
  attempts int not null,
  -- Whoever sends moves this on, as a lease.
  next_at timestamptz not null,
  last_error text
);
create index delivery_due_next on delivery_due (next_at);
alter table delivery_due set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);

-- In-app messages.
create table notification (
  id uuid primary key,
  user_id uuid not null,
  kind text not null,
  title text not null,
  body text not null,
  link text not null,
  read boolean not null default false,
  created_at timestamptz not null
);
create index notification_user on notification (user_id, id desc);

-- Where the local providers deliver to.
create table mail (
  id uuid primary key,
  channel text not null,
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null,
  locale text not null,
  template text not null,
  created_at timestamptz not null
);
create index mail_recipient on mail (recipient, id desc);
