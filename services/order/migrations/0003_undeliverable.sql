-- What is over unless somebody says something: also what the carrier brought back.
drop index order_return_refused;
create index order_return_closing on order_projection (updated_at)
  where status = 'RETURN_REQUESTED' and (state #>> '{return,stage}' = 'REFUSED'
    or state #>> '{return,stage}' = 'APPROVED' and state #>> '{return,undeliverable}' = 'true');
