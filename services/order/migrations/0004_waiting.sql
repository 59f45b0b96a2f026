-- What time or staff will move on, and since when it waits: columns of their own, so that an order that changes for any
-- other reason touches no index. The status and the time of the last change in an index would be written with each.
alter table order_projection
  add waiting_for text generated always as (case
    when status = 'DELIVERED' then 'COMPLETION'
    when status <> 'RETURN_REQUESTED' then null
    when state #>> '{return,stage}' = 'DISPUTED' then 'DECISION'
    when state #>> '{return,stage}' = 'REFUSED' then 'CLOSING'
    when state #>> '{return,stage}' = 'APPROVED' and state #>> '{return,undeliverable}' = 'true' then 'CLOSING'
  end) stored,
  add waiting_since timestamptz generated always as (
    case when status in ('DELIVERED', 'RETURN_REQUESTED') then updated_at end) stored;
drop index order_delivered;
drop index order_disputed;
drop index order_return_closing;
create index order_waiting on order_projection (waiting_for, waiting_since) where waiting_for is not null;
create index order_disputed on order_projection (id) where waiting_for = 'DECISION';
alter table order_projection set (fillfactor = 60);
-- Written twice in its first second.
alter table checkout set (fillfactor = 60);
