-- How much a product is bought and reviewed. Each time counts e^(t/τ), so that what counts most is new and nothing need
-- be lowered while time goes by; kept as the logarithm of the sum, which stays small for ever.
create table heat (
  product_id uuid primary key,
  heat double precision not null
) with (fillfactor = 80);
create index heat_highest on heat (heat desc, product_id desc);
