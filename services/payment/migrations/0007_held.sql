-- What is in escrow for each seller: minus the sum of its entries there, kept along with the balances. Whoever adds up
-- open sales reads more the better a store does.
create table held (
  seller_id uuid not null,
  currency char(3) not null,
  amount bigint not null,
  primary key (seller_id, currency)
) with (fillfactor = 80);
insert into held (seller_id, currency, amount)
select seller_id, currency, -sum(amount) from ledger_entry
where account = 'escrow' and seller_id is not null group by seller_id, currency;
drop index sale_open;

-- Whoever books in escrow holds its account first, so that rows of sellers are never waited for in circles.
create or replace function post_entries() returns trigger language plpgsql as $$
begin
  if exists (select from added group by transaction_id, currency having sum(amount) <> 0) then
    raise exception 'ledger transactions must balance' using errcode = 'check_violation';
  end if;
  insert into ledger_account as a (account, currency, balance)
    select account, currency, sum(amount) from added group by account, currency order by account, currency
    on conflict (account, currency) do update set balance = a.balance + excluded.balance;
  insert into held as h (seller_id, currency, amount)
    select seller_id, currency, -sum(amount) from added where account = 'escrow' and seller_id is not null
    group by seller_id, currency order by seller_id, currency
    on conflict (seller_id, currency) do update set amount = h.amount + excluded.amount;
  return null;
end $$;
