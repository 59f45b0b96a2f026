-- The SQL of one checkout with one line, paid by card: the same statements as the services', in one database with a
-- schema for each service. It is run by pgbench, and so shows what is left when everything but SQL is taken away.
--
-- One id stands for the checkout, its order, its reservation and its payment. What the statements carry (states,
-- events, messages) was taken from the last checkout of the run.
\set variant random(1, :variants)
\set customer random(1, 400)
\set turn random(1, :batch)

-- product: what is sold at which price
select v.id, v.product_id, v.seller_id, v.sku, p.title, v.title, v.price, p.currency, v.weight_grams, p.slug,
  p.status = 'published' and v.state = 'live' and not exists (
    select from pasar_product.suspended_store s where s.seller_id = p.seller_id) as purchasable,
  coalesce(jsonb_path_query_first(p.media, '$[*] ? (@.kind == "IMAGE").url') #>> '{}', '') as image_url
from pasar_product.variant v join pasar_product.product p on p.id = v.product_id
where v.id = any(array[md5('variant' || :variant)::uuid]);

-- order: place
with wanted as (
  select uuidv7() as id
), placed as (
  insert into pasar_order.checkout (id, customer_id, status, payment_id, amount, currency, idempotency_key, fingerprint,
    created_at, updated_at)
  select id, md5('customer' || :customer)::uuid, 'PENDING', id, 150000, 'IDR', gen_random_uuid(), sha256('request'),
    now(), now()
  from wanted
  on conflict (customer_id, idempotency_key) where idempotency_key is not null do nothing
  returning id
), saga as (
  insert into pasar_order.saga (id, name, data, owner, leased_until)
  select id, 'checkout', :saga::jsonb, 'bench', now() + interval '15 s' from placed
), stored as (
  insert into pasar_order.event (stream, version, type, data, at, actor)
  select id, 1, 'order.created', :facts::jsonb, now(), 'customer' from placed
), projected as (
  insert into pasar_order.order_projection (id, checkout_id, customer_id, seller_id, status, version, state, created_at,
    updated_at)
  select placed.id, placed.id, (n.state #>> '{facts,customerId}')::uuid, (n.state #>> '{facts,sellerId}')::uuid,
    n.state ->> 'status', 1, n.state, now(), now()
  from (select :state::jsonb as state) n, placed
), published as (
  insert into pasar_order.outbox (id, type, subject, occurred_at, traceparent, data)
  select uuidv7(), 'order.created', id, now(), '', :order_created::bytea from placed
)
select id from placed \gset

-- inventory: hold the stock
with known as (
  select id, status, expires_at from pasar_inventory.reservation where id = :id::uuid
), wanted as (
  select * from unnest(array[md5('variant' || :variant)::uuid], array[1::bigint]) as w (variant_id, quantity)
  where not exists (select from known)
), locked as materialized (
  select s.variant_id, s.warehouse_id, s.on_hand - s.reserved as free from pasar_inventory.stock s
  where s.variant_id in (select variant_id from wanted)
  order by s.variant_id, s.warehouse_id for update of s
), short as (
  select w.variant_id, w.quantity, coalesce(sum(l.free), 0) as available
  from wanted w left join locked l using (variant_id)
  group by w.variant_id, w.quantity having coalesce(sum(l.free), 0) < w.quantity
), take as (
  select l.variant_id, l.warehouse_id,
    least(l.free, greatest(0, w.quantity - coalesce(sum(l.free) over before, 0)))::bigint as quantity
  from locked l join wanted w using (variant_id)
  where not exists (select from short)
  window before as (partition by l.variant_id order by l.free desc, l.warehouse_id
    rows between unbounded preceding and 1 preceding)
), held as (
  insert into pasar_inventory.reservation (id, status, expires_at, created_at)
  select :id::uuid, 'HELD', now() + interval '15 min', now() where exists (select from take)
  returning id
), counted as (
  update pasar_inventory.stock s set reserved = s.reserved + t.quantity, version = s.version + 1
  from take t, held where s.variant_id = t.variant_id and s.warehouse_id = t.warehouse_id and t.quantity > 0
), kept as (
  insert into pasar_inventory.reservation_line (reservation_id, variant_id, warehouse_id, quantity)
  select held.id, t.variant_id, t.warehouse_id, t.quantity from take t, held where t.quantity > 0
), journal as (
  insert into pasar_inventory.movement (variant_id, warehouse_id, kind, reserved_delta, reference, at)
  select t.variant_id, t.warehouse_id, 'RESERVED', t.quantity, held.id::text, now() from take t, held where t.quantity > 0
), published as (
  insert into pasar_inventory.outbox (id, type, subject, occurred_at, traceparent, data)
  select uuidv7(), 'stock.reserved', id, now(), '', :stock_reserved::bytea from held
)
select (select jsonb_build_object('id', id, 'status', status, 'expiresAt', expires_at) from known) as known,
  (select jsonb_agg(jsonb_build_object('variantId', variant_id, 'quantity', quantity::text,
    'available', available::text)) from short) as shortages;

-- payment: write down what is about to be asked
with begun as (
  insert into pasar_payment.payment (id, version, status, method, checkout_id, customer_id, currency, amount, shares,
    provider, expires_at, created_at, updated_at)
  values (:id::uuid, 1, 'PENDING', 'CARD', :id::uuid, md5('customer' || :customer)::uuid, 'IDR', 150000, :shares::jsonb,
    'simulator', now() + interval '1 day', now(), now())
  on conflict (id) do nothing returning id
), asked as (
  insert into pasar_payment.attempt (key, payment_id, operation, amount, tries, due_at, asked_at)
  select id::text, id, 'authorize', 150000, 1, now() + interval '15 s', now() from begun
)
select id from begun;

-- the provider's own books
insert into pasar_simulator.charge as c (payment_id, method, token, amount, currency, status, decline_code, silent_until,
  expires_at, created_at)
select *, now() from unnest(array[:id::uuid], array['CARD'], array['tok_success'], array[150000::bigint], array['IDR'],
  array['authorized'], array[''], array[null::timestamptz], array[now() + interval '1 day'])
on conflict (payment_id) do nothing
returning c.payment_id, c.method, c.token, c.amount, c.currency, c.status, c.decline_code, c.silent_until, c.expires_at,
  c.capture_key, c.captured, c.refunded;

-- payment: what the provider answered
with change as (
  select * from unnest(array[:id::uuid], array[1], array['AUTHORIZED'], array[false], array[0::bigint], array[0::bigint],
    array[0::bigint], array[:shares::jsonb], array['sim_' || :id], array[''], array[null::jsonb], array[now()]) as c (id,
    version, status, voiding, captured, refunding, refunded, shares, reference, "declineCode", instructions, "updatedAt")
), locked as (
  select p.id from pasar_payment.payment p join change c on c.id = p.id and c.version = p.version
  order by p.id for update of p
), moved as (
  update pasar_payment.payment p set version = c.version + 1, status = c.status, voiding = c.voiding,
    captured = c.captured, refunding = c.refunding, refunded = c.refunded, shares = c.shares, reference = c.reference,
    decline_code = c."declineCode", instructions = c.instructions, updated_at = c."updatedAt"
  from locked join change c using (id)
  where p.id = locked.id
  returning p.id
), closed as (
  update pasar_payment.attempt a set ended_at = now(), outcome = q.outcome
  from unnest(array[:id::uuid], array[:id::text], array['authorized']) as q (payment, key, outcome)
    join moved on moved.id = q.payment
  where a.key = q.key and a.ended_at is null
)
select id from moved;

-- order: confirm
with fence as (
  update pasar_order.saga set state = 'completed', due_at = null, updated_at = now()
  where id = :id::uuid and owner = 'bench' and leased_until > now() and state in ('running', 'compensating')
  returning id
), settled as (
  update pasar_order.checkout set status = 'CONFIRMED', answer = coalesce(answer, :answer::bytea), failure = null,
    updated_at = now()
  from fence where checkout.id = fence.id
), stored as (
  insert into pasar_order.event (stream, version, type, data, at, actor)
  select id, 2, 'order.confirmed', '{}', now(), 'system' from fence
), projected as (
  update pasar_order.order_projection o set status = n.state ->> 'status', version = 2, state = n.state,
    updated_at = now()
  from (select :state::jsonb as state) n, fence
  where o.id = fence.id and o.version < 2
), published as (
  insert into pasar_order.outbox (id, type, subject, occurred_at, traceparent, data)
  select uuidv7(), 'order.confirmed', id, now(), '', :order_confirmed::bytea from fence
)
select from fence;

-- What follows is done for many checkouts at once: on average for as many as have been placed since the last time.
\if :turn = 1

-- order: relay to the bus
with taken as (
  delete from pasar_order.outbox where position in (
    select position from pasar_order.outbox order by position limit 500 for update skip locked)
  returning *
), topic as (
  update pasar_bus.bus_topic set last = last + (select count(*) from taken) where name = 'order'
  returning last - (select count(*) from taken) as base
), appended as (
  insert into pasar_bus.bus_log (topic, position, partition, id, type, subject, occurred_at, traceparent, data)
  select 'order', base + row_number() over (order by taken.position), 0, id, type, subject, occurred_at, traceparent, data
  from taken, topic
)
select coalesce(array_agg(id) filter (where type = 'order.confirmed'), '{}') as events,
  coalesce(array_agg(subject) filter (where type = 'order.confirmed'), '{}') as ids from taken \gset

-- inventory: deduct the stock
begin;
with event as (
  select * from unnest(:events::uuid[]) as e (id)
), received as (
  insert into pasar_inventory.inbox (consumer, event_id) select 'inventory', id from event
  on conflict do nothing returning event_id
)
select id, exists (select from pasar_inventory.parked_event p
  where p.consumer = 'inventory' and p.source = 'order' and p.subject = id::text and p.dead_at is null) as behind
from received join event on id = event_id;
select reservation_id, variant_id, sum(quantity)::bigint as quantity from pasar_inventory.reservation_line
where reservation_id = any(:ids::uuid[]) group by 1, 2 order by 1, 2;
with due as materialized (
  select id from pasar_inventory.reservation where id = any(:ids::uuid[]) and status = 'HELD' order by id for update
), ended as (
  update pasar_inventory.reservation r set status = 'COMMITTED' from due where r.id = due.id returning r.id
), line as (
  select l.* from pasar_inventory.reservation_line l join ended on ended.id = l.reservation_id
), locked as materialized (
  select s.variant_id, s.warehouse_id from pasar_inventory.stock s
  where (s.variant_id, s.warehouse_id) in (select variant_id, warehouse_id from line)
  order by s.variant_id, s.warehouse_id for update of s
), summed as (
  select variant_id, warehouse_id, sum(quantity)::bigint as quantity from line group by 1, 2
), counted as (
  update pasar_inventory.stock s set on_hand = s.on_hand - q.quantity, reserved = s.reserved - q.quantity,
    version = s.version + 1
  from locked join summed q using (variant_id, warehouse_id)
  where s.variant_id = q.variant_id and s.warehouse_id = q.warehouse_id
), journal as (
  insert into pasar_inventory.movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, reference, at)
  select variant_id, warehouse_id, 'DEDUCTED', -quantity, -quantity, reservation_id::text, now() from line
), published as (
  insert into pasar_inventory.outbox (id, type, subject, occurred_at, traceparent, data)
  select uuidv7(), 'stock.deducted', id, now(), '', :stock_deducted::bytea from ended
)
select r.id from pasar_inventory.reservation r where r.id = any(:ids::uuid[]) and r.status = 'RELEASED';
commit;

-- inventory: relay
with taken as (
  delete from pasar_inventory.outbox where position in (
    select position from pasar_inventory.outbox order by position limit 500 for update skip locked)
  returning *
), topic as (
  update pasar_bus.bus_topic set last = last + (select count(*) from taken) where name = 'inventory'
  returning last - (select count(*) from taken) as base
)
insert into pasar_bus.bus_log (topic, position, partition, id, type, subject, occurred_at, traceparent, data)
select 'inventory', base + row_number() over (order by taken.position), 0, id, type, subject, occurred_at, traceparent,
  data
from taken, topic;

-- payment: the money is to be taken
begin;
with event as (
  select * from unnest(:events::uuid[]) as e (id)
), received as (
  insert into pasar_payment.inbox (consumer, event_id) select 'payment', id from event
  on conflict do nothing returning event_id
)
select id, exists (select from pasar_payment.parked_event p
  where p.consumer = 'payment' and p.source = 'order' and p.subject = id::text and p.dead_at is null) as behind
from received join event on id = event_id;
select p.*, p.status = 'CAPTURING' and exists (
  select from pasar_payment.attempt a where a.key = p.id || ':' || 'capture' and a.tries > 0) as "captureSent"
from pasar_payment.payment p where p.id = any(:ids::uuid[]);
with change as (
  select id, 'CAPTURING' as status from unnest(:ids::uuid[]) as c (id)
), locked as (
  select p.id from pasar_payment.payment p join change c on c.id = p.id and p.version = 2
  order by p.id for update of p
), moved as (
  update pasar_payment.payment p set version = 3, status = c.status, voiding = false, captured = 0, shares = p.shares,
    reference = p.reference, updated_at = now()
  from locked join change c using (id) where p.id = locked.id returning p.id
)
insert into pasar_payment.attempt (key, payment_id, operation, amount, due_at, asked_at)
select id || ':' || 'capture', id, 'capture', 150000, now(), now() from moved
on conflict (key) do update set amount = excluded.amount, tries = 0, due_at = excluded.due_at,
  asked_at = excluded.asked_at, ended_at = null, outcome = '';
commit;

-- payment: take it
with due as (
  select key from pasar_payment.attempt where ended_at is null and due_at <= now() and operation = 'capture'
  order by due_at limit 64 for update skip locked
), claimed as (
  update pasar_payment.attempt a set tries = a.tries + 1, due_at = now() + interval '11 s' from due where a.key = due.key
  returning a.*
)
select coalesce(array_agg(p.id), '{}') as captured from claimed c join pasar_payment.payment p on p.id = c.payment_id \gset
update pasar_simulator.charge c set status = 'captured', captured = c.amount, capture_key = a.id || ':' || 'capture',
  captured_at = now()
from unnest(:captured::uuid[]) as a (id) where c.payment_id = a.id and c.status = 'authorized' returning c.*;
with change as (
  select * from unnest(:captured::uuid[]) as c (id)
), locked as (
  select p.id from pasar_payment.payment p join change c on c.id = p.id and p.version = 3 order by p.id for update of p
), moved as (
  update pasar_payment.payment p set version = 4, status = 'CAPTURED', voiding = false, captured = p.amount,
    shares = p.shares, reference = p.reference, updated_at = now()
  from locked where p.id = locked.id returning p.id, p.amount, p.customer_id
), closed as (
  update pasar_payment.attempt a set ended_at = now(), outcome = 'captured'
  from moved where a.key = moved.id || ':' || 'capture' and a.ended_at is null
), booked as (
  insert into pasar_payment.ledger_transaction (id, kind, payment_id, created_at)
  select 'capture' || ':' || id, 'capture', id, now() from moved returning id, payment_id
), entered as (
  insert into pasar_payment.ledger_entry (transaction_id, account, amount, currency, payment_id, order_id, seller_id)
  select booked.id, e.account, e.amount, 'IDR', booked.payment_id, booked.payment_id, booked.payment_id
  from booked, (values ('provider' || ':' || 'simulator', 150000), ('escrow', -150000)) as e (account, amount)
), published as (
  insert into pasar_payment.outbox (id, type, subject, occurred_at, traceparent, data)
  select uuidv7(), 'payment.completed', id, now(), '', :payment_completed::bytea from moved
)
select id from moved;

-- payment: relay
with taken as (
  delete from pasar_payment.outbox where position in (
    select position from pasar_payment.outbox order by position limit 500 for update skip locked)
  returning *
), topic as (
  update pasar_bus.bus_topic set last = last + (select count(*) from taken) where name = 'payment'
  returning last - (select count(*) from taken) as base
), appended as (
  insert into pasar_bus.bus_log (topic, position, partition, id, type, subject, occurred_at, traceparent, data)
  select 'payment', base + row_number() over (order by taken.position), 0, id, type, subject, occurred_at, traceparent,
    data
  from taken, topic
)
select coalesce(array_agg(id), '{}') as paid_events, coalesce(array_agg(subject), '{}') as paid from taken \gset

-- order: does a checkout wait for this payment?
begin;
with event as (
  select * from unnest(:paid_events::uuid[]) as e (id)
), received as (
  insert into pasar_order.inbox (consumer, event_id) select 'order', id from event on conflict do nothing returning event_id
)
select id, exists (select from pasar_order.parked_event p
  where p.consumer = 'order' and p.source = 'payment' and p.subject = id::text and p.dead_at is null) as behind
from received join event on id = event_id;
with told as materialized (
  select id from pasar_order.saga where id = any(:paid::uuid[]) and state in ('running', 'waiting') order by id for update)
update pasar_order.saga set news = true, updated_at = now() from told where saga.id = told.id returning saga.id;
commit;

-- cart: these were bought by themselves, so there is nothing to take out
begin;
with event as (
  select * from unnest(:events::uuid[]) as e (id)
), received as (
  insert into pasar_cart.inbox (consumer, event_id) select 'cart', id from event on conflict do nothing returning event_id
)
select id, exists (select from pasar_cart.parked_event p
  where p.consumer = 'cart' and p.source = 'order' and p.subject = id::text and p.dead_at is null) as behind
from received join event on id = event_id;
commit;

-- notification: two messages of each event, by e-mail and in the app, which is only kept
begin;
with event as (
  select * from unnest(:events::uuid[] || :paid_events::uuid[]) as e (id)
), received as (
  insert into pasar_notification.inbox (consumer, event_id) select 'notification', id from event
  on conflict do nothing returning event_id
)
select id, exists (select from pasar_notification.parked_event p
  where p.consumer = 'notification' and p.source = 'order' and p.subject = id::text and p.dead_at is null) as behind
from received join event on id = event_id;
with i as materialized (
  select uuidv7() as id, e.id as event_id, c.channel
  from unnest(:events::uuid[]) as e (id), (values ('EMAIL'), ('IN_APP')) as c (channel)
), in_app as (
  insert into pasar_notification.notification (id, user_id, kind, params, created_at)
  select id, md5('customer' || :customer)::uuid, 'order-confirmed', :message::jsonb, now() from i where channel = 'IN_APP'
), d as (
  insert into pasar_notification.delivery (id, event_id, template, channel, user_id, params, created_at)
  select id, event_id, 'order-confirmed', channel, event_id, :message::jsonb, now() from i where channel <> 'IN_APP'
  on conflict (event_id, template, channel) do nothing returning *
), due as (
  insert into pasar_notification.delivery_due (delivery_id, attempts, next_at)
  select id, 1, now() + interval '30 s' from d
)
select coalesce(array_agg(id), '{}') as mails from d \gset
with i as materialized (
  select uuidv7() as id, e.id as event_id, c.channel
  from unnest(:paid_events::uuid[]) as e (id), (values ('EMAIL'), ('IN_APP')) as c (channel)
), in_app as (
  insert into pasar_notification.notification (id, user_id, kind, params, created_at)
  select id, md5('customer' || :customer)::uuid, 'payment-received',
    '{"total": {"amount": "150000", "currency": "IDR"}}', now() from i where channel = 'IN_APP'
), d as (
  insert into pasar_notification.delivery (id, event_id, template, channel, user_id, params, created_at)
  select id, event_id, 'payment-received', channel, event_id,
    '{"total": {"amount": "150000", "currency": "IDR"}}', now() from i where channel <> 'IN_APP'
  on conflict (event_id, template, channel) do nothing returning *
), due as (
  insert into pasar_notification.delivery_due (delivery_id, attempts, next_at)
  select id, 1, now() + interval '30 s' from d
)
select :mails::uuid[] || coalesce(array_agg(id), '{}') as mails from d \gset
commit;

-- notification: send
insert into pasar_notification.mail (id, channel, recipient, subject, text, html, locale, template, created_at)
select m.id, 'EMAIL', 'bench@example.test', :mail_subject, :mail_text, :mail_html, 'id', 'order-confirmed', now()
from unnest(:mails::uuid[]) as m (id) on conflict do nothing;
delete from pasar_notification.delivery_due where delivery_id = any(:mails::uuid[]);
\endif
