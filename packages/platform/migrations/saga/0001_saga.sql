create table saga (
  id uuid primary key,
  name text not null,
  state text not null default 'running'
    check (state in ('running', 'waiting', 'compensating', 'completed', 'failed')),
  data jsonb not null,
  failure jsonb,
  owner text not null,
  leased_until timestamptz not null,
  due_at timestamptz,
  -- Something came in from outside that whoever works on it may not have seen.
  news boolean not null default false,
  attempts int not null default 0,
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Recovery looks only at sagas that have not ended.
create index saga_open on saga (leased_until) where state in ('running', 'waiting', 'compensating');
