-- The number that people know an order by is the end of its id, which never changes: the index is written once.
create index order_number on order_projection (right(replace(id::text, '-', ''), 15));
