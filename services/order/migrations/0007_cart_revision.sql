-- Of which state of the customer's cart it is. The cart is emptied a moment after the order is confirmed: until then whoever
-- orders once more, e.g. in another window, is told so. Of a cancelled checkout it is null, so that it can be tried again.
alter table checkout add cart_revision uuid;
create unique index checkout_cart on checkout (cart_revision) where cart_revision is not null;
