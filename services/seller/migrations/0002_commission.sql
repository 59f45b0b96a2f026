create table commission_plan (
  id uuid primary key,
  name text not null constraint commission_plan_name unique,
  description text not null default '',
  -- Holds for stores that are on no plan.
  is_default boolean not null default false,
  created_at timestamptz not null
);
create unique index commission_plan_default on commission_plan (is_default) where is_default;

-- Append-only: of a plan or store and a category the rate that began last holds, and of two that began together the later
-- one. What held at any moment is known for ever.
create table commission_rate (
  id uuid primary key,
  plan_id uuid references commission_plan,
  seller_id uuid references seller,
  category_id uuid,
  -- Null where the rate ends.
  basis_points integer check (basis_points between 0 and 10000),
  effective_from timestamptz not null,
  created_by text not null,
  created_at timestamptz not null,
  check (num_nonnulls(plan_id, seller_id) = 1),
  -- A plan always has a rate for everything.
  check (basis_points is not null or seller_id is not null or category_id is not null)
);
create index commission_rate_plan on commission_rate (plan_id, id desc) where plan_id is not null;
create index commission_rate_seller on commission_rate (seller_id, id desc) where seller_id is not null;

-- Append-only in the same way.
create table commission_assignment (
  id uuid primary key,
  seller_id uuid not null references seller,
  plan_id uuid not null references commission_plan,
  effective_from timestamptz not null,
  created_by text not null,
  created_at timestamptz not null
);
create index commission_assignment_seller on commission_assignment (seller_id, effective_from desc, id desc);

insert into commission_plan (id, name, description, is_default, created_at)
values ('01900000-0000-7000-8000-000000000001', 'Standar', 'Holds for every store that is on no other plan.', true, 'epoch');
insert into commission_rate (id, plan_id, basis_points, effective_from, created_by, created_at)
values ('01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', 500, 'epoch', 'seller', 'epoch');
