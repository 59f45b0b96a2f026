-- What a member of a store's staff may do for it; null for its owner.
alter table account add column permissions text[];
