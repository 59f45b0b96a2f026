-- How many lines a cart holds beside this one. Volatile, so it looks with a snapshot of its own: a statement that waited
-- for the lock on the cart counts the lines of those who held it before.
create function count_other_lines(cart uuid, variant uuid) returns bigint
  language sql volatile
  as 'select count(*) from cart_line where cart_id = cart and variant_id <> variant';
