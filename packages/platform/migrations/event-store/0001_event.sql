create table event (
  stream uuid not null,
  version int not null check (version > 0),
  type text not null,
  data jsonb not null,
  at timestamptz not null,
  actor text not null,
  primary key (stream, version)
);
