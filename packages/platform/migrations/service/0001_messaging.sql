-- Events of this service that are not published yet. Only the relay reads and deletes them.
create table outbox (
  position bigint generated always as identity primary key,
  id uuid not null,
  type text not null,
  subject text not null,
  occurred_at timestamptz not null,
  traceparent text not null,
  data bytea not null
);
-- Every row is deleted a moment after it was written.
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);

-- Events that took effect, or that were parked. Ids are UUIDv7, so the index grows at its right end.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  received_at timestamptz not null default now(),
  primary key (consumer, event_id)
);

-- Events whose handler failed, and those of the same subject that wait behind them.
create table parked_event (
  number bigint generated always as identity primary key,
  consumer text not null,
  event_id uuid not null,
  type text not null,
  source text not null,
  subject text not null,
  occurred_at timestamptz not null,
  traceparent text not null,
  data bytea not null,
  attempts integer not null default 0,
  next_at timestamptz not null,
  error text not null default '',
  parked_at timestamptz not null default now(),
  -- A dead letter: not tried again by itself, and nothing waits behind it.
  dead_at timestamptz
);
create index parked_event_waiting on parked_event (consumer, source, subject, number) where dead_at is null;
create index parked_event_dead on parked_event (consumer, number) where dead_at is not null;

-- When each periodic job is due. Whoever moves next_at on runs the job.
create table job (
  name text primary key,
  next_at timestamptz not null
);
