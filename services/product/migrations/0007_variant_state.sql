-- With the state beside it a product's live variants are found by this index alone. Before the first statistics, in the
-- first minute of a big import, PostgreSQL met it with all of `variant_sku` instead: 5 ms a product and growing.
drop index variant_product;
create index variant_product on variant (product_id, state);
