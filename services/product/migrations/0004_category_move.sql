-- Categories that are gone, whose products are on their way to the one above.
create table category_move (
  category_id uuid primary key,
  parent_id uuid
);
create index product_category_unlisted on product (category_id, id) where status <> 'published';
