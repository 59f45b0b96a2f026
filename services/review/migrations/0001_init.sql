-- What was delivered to whom: who may review it, and who may answer questions as a buyer.
create table delivered_line (
  order_id uuid not null,
  variant_id uuid not null,
  product_id uuid not null,
  seller_id uuid not null,
  customer_id uuid not null,
  title text not null,
  variant_title text not null,
  image_url text not null,
  delivered_at timestamptz not null,
  -- Stays when the review is taken back, so that a line is reviewed once.
  review_id uuid,
  primary key (order_id, variant_id)
);
create index delivered_line_reviewable on delivered_line (customer_id, delivered_at, variant_id, order_id)
  where review_id is null;
create index delivered_line_product on delivered_line (customer_id, product_id);

create table review (
  id uuid primary key,
  -- Tells imported reviews apart.
  import_key text unique,
  product_id uuid not null,
  variant_id uuid not null,
  seller_id uuid not null,
  product_title text not null,
  variant_title text not null,
  -- Null for one who has left, and for imported reviews.
  author_id uuid,
  author_name text not null,
  anonymous boolean not null,
  stars integer not null check (stars between 1 and 5),
  body text not null,
  photos jsonb not null default '[]',
  reply text not null default '',
  replied_at timestamptz,
  helpful integer not null default 0 check (helpful >= 0),
  status text not null default 'PUBLISHED' check (status in ('PUBLISHED', 'HIDDEN', 'DELETED')),
  created_at timestamptz not null,
  edited_at timestamptz
);
-- One index for each filter and order of the public lists.
create index review_product_newest on review (product_id, created_at, id) where status = 'PUBLISHED';
create index review_product_helpful on review (product_id, helpful, id) where status = 'PUBLISHED';
create index review_product_stars_newest on review (product_id, stars, created_at, id) where status = 'PUBLISHED';
create index review_product_stars_helpful on review (product_id, stars, helpful, id) where status = 'PUBLISHED';
create index review_product_photos_newest on review (product_id, created_at, id)
  where status = 'PUBLISHED' and photos <> '[]';
create index review_product_photos_helpful on review (product_id, helpful, id)
  where status = 'PUBLISHED' and photos <> '[]';
create index review_seller_newest on review (seller_id, created_at, id) where status = 'PUBLISHED';
create index review_seller_stars on review (seller_id, stars, created_at, id) where status = 'PUBLISHED';
create index review_seller_unreplied on review (seller_id, created_at, id)
  where status = 'PUBLISHED' and replied_at is null;
create index review_author on review (author_id, id) where author_id is not null;

-- What the published reviews of a product or a store come to. Changed in the transaction that changes a review.
create table rating (
  kind text not null check (kind in ('PRODUCT', 'STORE')),
  subject_id uuid not null,
  seller_id uuid not null,
  stars1 bigint not null check (stars1 >= 0),
  stars2 bigint not null check (stars2 >= 0),
  stars3 bigint not null check (stars3 >= 0),
  stars4 bigint not null check (stars4 >= 0),
  stars5 bigint not null check (stars5 >= 0),
  primary key (kind, subject_id)
);

create table vote (
  review_id uuid not null references review,
  user_id uuid not null,
  primary key (review_id, user_id)
);
create index vote_user on vote (user_id);

create table question (
  id uuid primary key,
  product_id uuid not null,
  seller_id uuid not null,
  author_id uuid,
  author_name text not null,
  body text not null,
  -- Published ones.
  answer_count integer not null default 0 check (answer_count >= 0),
  status text not null default 'PUBLISHED' check (status in ('PUBLISHED', 'HIDDEN', 'DELETED')),
  created_at timestamptz not null
);
create index question_product on question (product_id, id) where status = 'PUBLISHED';
create index question_seller on question (seller_id, id) where status = 'PUBLISHED';
create index question_unanswered on question (seller_id, id) where status = 'PUBLISHED' and answer_count = 0;
create index question_author on question (author_id) where author_id is not null;

create table answer (
  id uuid primary key,
  question_id uuid not null references question,
  by_seller boolean not null,
  author_id uuid,
  author_name text not null,
  body text not null,
  status text not null default 'PUBLISHED' check (status in ('PUBLISHED', 'HIDDEN', 'DELETED')),
  created_at timestamptz not null
);
create index answer_question on answer (question_id, id) where status = 'PUBLISHED';
create index answer_author on answer (author_id) where author_id is not null;

-- What staff is asked to look at. Of one thing there is at most one open case.
create table moderation_case (
  id uuid primary key,
  kind text not null check (kind in ('REVIEW', 'QUESTION', 'ANSWER')),
  subject_id uuid not null,
  product_id uuid not null,
  report_count integer not null,
  status text not null default 'OPEN' check (status in ('OPEN', 'KEPT', 'HIDDEN')),
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  note text not null default ''
);
create unique index moderation_case_open on moderation_case (kind, subject_id) where status = 'OPEN';
create index moderation_case_queue on moderation_case (status, id);

create table report (
  kind text not null,
  subject_id uuid not null,
  user_id uuid not null,
  case_id uuid not null references moderation_case,
  reason text not null,
  detail text not null,
  created_at timestamptz not null,
  primary key (kind, subject_id, user_id)
);
create index report_case on report (case_id, created_at);
create index report_user on report (user_id);

-- Accounts that were deleted. What their last access tokens, and deliveries still under way, bring is left out.
create table departed (
  user_id uuid primary key
);
