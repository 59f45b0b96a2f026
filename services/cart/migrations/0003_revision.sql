-- Another one after every change that its owner makes: an order names the one that it is of, and none is ordered twice.
alter table cart add revision uuid not null default gen_random_uuid();
