-- The last position of each topic. Its row lock is held from the assignment of positions to their commit, so positions
-- have no gaps and become visible in order: a reader that saw n has seen everything before n.
create table bus_topic (
  name text primary key,
  last bigint not null default 0
) with (fillfactor = 50);

create table bus_log (
  topic text not null,
  position bigint not null,
  partition smallint not null,
  id uuid not null,
  type text not null,
  subject text not null,
  occurred_at timestamptz not null,
  traceparent text not null,
  data bytea not null,
  appended_at timestamptz not null default now(),
  primary key (topic, position)
);

-- Processes that take part in groups. One is alive while its session holds the advisory lock (742003, id) and its
-- lease has not run out: the first tells at once that a process died, the second that a machine did.
create sequence bus_member_id as integer cycle;
create table bus_member (
  id integer primary key,
  -- `group/topic`
  subscriptions text[] not null,
  expires_at timestamptz not null
);

-- Up to where each group has done its work, and which member does it.
create table bus_cursor (
  group_name text not null,
  topic text not null,
  partition smallint not null,
  position bigint not null default 0,
  owner integer,
  primary key (group_name, topic, partition)
) with (fillfactor = 50);
