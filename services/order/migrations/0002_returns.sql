-- What staff are to decide, and what is over unless the buyer disputes it.
create index order_disputed on order_projection (id)
  where status = 'RETURN_REQUESTED' and state #>> '{return,stage}' = 'DISPUTED';
create index order_return_refused on order_projection (updated_at)
  where status = 'RETURN_REQUESTED' and state #>> '{return,stage}' = 'REFUSED';
