import { expect, vi } from 'vitest';
import type { Query } from './query.js';

const withOutbox = [
  'auth',
  'user',
  'seller',
  'catalog',
  'product',
  'inventory',
  'cart',
  'promotion',
  'order',
  'payment',
  'shipping',
  'notification',
  'review',
  'search',
  'media',
];

/** Everything that was set in motion has come to rest; pauses before another try are cut short. */
export async function waitUntilQuiet(query: Query, timeout = 30_000): Promise<void> {
  const open = async () => {
    await query(
      'payment',
      `update attempt set due_at = least(due_at, now() + interval '1 s') where ended_at is null`,
    );
    const left: Record<string, unknown> = {};
    for (const service of withOutbox) {
      const [row] = await query<{ outbox: number; parked: number }>(
        service,
        `select (select count(*)::int from outbox) as outbox, (select count(*)::int from parked_event) as parked`,
      );
      if (row?.outbox || row?.parked) left[service] = row;
    }
    const [saga] = await query<{ n: number }>(
      'order',
      `select count(*)::int as n from saga where state in ('running', 'compensating')`,
    );
    const [attempt] = await query<{ n: number }>(
      'payment',
      'select count(*)::int as n from attempt where ended_at is null',
    );
    const [pending] = await query<{ n: number }>(
      'payment',
      `select count(*)::int as n from payment where status in ('PENDING', 'CAPTURING', 'AUTHORIZED') or voiding`,
    );
    const [held] = await query<{ n: number }>(
      'inventory',
      `select count(*)::int as n from reservation where status = 'HELD'`,
    );
    const [awaiting] = await query<{ n: number }>(
      'order',
      `select count(*)::int as n from checkout where status = 'AWAITING_PAYMENT'`,
    );
    const [owed] = await query<{ n: number }>(
      'shipping',
      `select count(*)::int as n from shipment where owed is not null`,
    );
    if (owed?.n) left.carriers = owed.n;
    if (saga?.n) left.sagas = saga.n;
    if (attempt?.n) left.attempts = attempt.n;
    if (pending?.n) left.payments = pending.n;
    if ((held?.n ?? 0) > (awaiting?.n ?? 0)) left.holds = held?.n;
    return left;
  };
  // Twice: an event that has left the outbox may be on its way to somebody who makes another.
  await vi.waitFor(async () => expect(await open()).toEqual({}), { timeout, interval: 100 });
  await vi.waitFor(async () => expect(await open()).toEqual({}), { timeout, interval: 100 });
}

interface CheckoutRow {
  id: string;
  status: string;
  payment_id: string;
  kept: string;
  all_cancelled: boolean;
  cod: boolean;
  /** It had something to redeem. */
  uses: boolean;
}

/** The five promises of a checkout, counted from outside. */
export async function checkInvariants(query: Query): Promise<void> {
  await waitUntilQuiet(query);

  // 1. Available stock is never negative, and the counters are the sums of their movements.
  expect(
    await query('inventory', 'select * from stock where reserved > on_hand or on_hand < 0 or reserved < 0'),
  ).toEqual([]);
  const drift = `
    select variant_id from stock s left join (
      select variant_id, warehouse_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved
      from movement group by 1, 2) m using (variant_id, warehouse_id)
    where s.on_hand <> coalesce(m.on_hand, 0) or s.reserved <> coalesce(m.reserved, 0)`;
  expect(await query('inventory', drift)).toEqual([]);

  // 3. Every checkout ends confirmed or cancelled, or waits for a payment.
  const checkouts = await query<CheckoutRow>(
    'order',
    `select c.id, c.status, c.payment_id,
       sum(case when o.status <> 'CANCELLED' then (o.state #>> '{facts,total}')::bigint else 0 end)::text as kept,
       bool_and(o.status = 'CANCELLED') as all_cancelled, bool_or(o.state #>> '{facts,paymentMethod}' = 'COD') as cod,
       bool_or(s.data ? 'uses') as uses
     from checkout c join order_projection o on o.checkout_id = c.id join saga s on s.id = c.id group by c.id`,
  );
  expect(checkouts.filter(({ status }) => status === 'PENDING')).toEqual([]);
  const sagas = await query<{ id: string; state: string }>('order', 'select id, state from saga');
  expect(sagas.length).toBe(checkouts.length);

  // Stock follows the checkout: sold, given back, or held for whoever still may pay.
  const reservations = new Map(
    (await query<{ id: string; status: string }>('inventory', 'select id, status from reservation')).map(
      (row) => [row.id, row.status],
    ),
  );
  for (const { id, status } of checkouts) {
    const expected = {
      CONFIRMED: ['COMMITTED'],
      CANCELLED: ['RELEASED', undefined],
      AWAITING_PAYMENT: ['HELD'],
    }[status];
    expect(expected, `reservation of ${status} checkout ${id}`).toContain(reservations.get(id));
  }

  // Vouchers too: used by checkouts that stand, given back by those that were cancelled, and never more than there are.
  const drifted = `
    select a.id from allotment a left join redemption_use u on u.allotment_id = a.id and u.released_at is null
    group by a.id having a.used <> coalesce(sum(u.units), 0) or a.used > a.quota
    union all
    select c.allotment_id from allotment_customer c left join redemption_use u
      on u.allotment_id = c.allotment_id and u.customer_id = c.customer_id and u.released_at is null
    group by c.allotment_id, c.customer_id having c.used <> coalesce(sum(u.units), 0) or c.used > c.allowed`;
  expect(await query('promotion', drifted)).toEqual([]);
  const standing = new Set(
    (
      await query<{ id: string }>(
        'promotion',
        'select distinct checkout_id as id from redemption_use where released_at is null',
      )
    ).map(({ id }) => id),
  );
  const using = checkouts.filter(({ uses, all_cancelled }) => uses && !all_cancelled).map(({ id }) => id);
  expect([...standing].sort()).toEqual(using.sort());

  // 2. What the bank took and did not give back is the price of the orders that stand; nobody was charged twice.
  const charges = new Map(
    (
      await query<{ payment_id: string; status: string; net: string }>(
        'simulator',
        'select payment_id, status, (captured - refunded)::text as net from charge',
      )
    ).map((row) => [row.payment_id, row]),
  );
  const payments = new Map(
    (
      await query<{ id: string; status: string; net: string }>(
        'payment',
        'select id, status, (captured - refunded)::text as net from payment',
      )
    ).map((row) => [row.id, row]),
  );
  // What store credit pays of it, and did not get back.
  const credits = new Map(
    (
      await query<{ payment_id: string; credit: string }>(
        'payment',
        `select id as payment_id, sum(coalesce((share ->> 'credit')::bigint, 0) - coalesce((share ->> 'credited')::bigint, 0))::text
           as credit from payment, jsonb_array_elements(shares) as share group by 1`,
      )
    ).map((row) => [row.payment_id, BigInt(row.credit)]),
  );
  const held = `
    select account from ledger_account where account = 'provider:credit' and balance <> 0
    union all
    select account from ledger_account where account like 'credit:%' and balance > 0`;
  expect(await query('payment', held)).toEqual([]);
  const goodwill = new Map(
    (
      await query<{ payment_id: string; amount: string }>(
        'payment',
        `select payment_id, sum(amount)::text as amount from refund
         where idempotency_key is not null and status = 'SUCCEEDED' group by 1`,
      )
    ).map((row) => [row.payment_id, BigInt(row.amount)]),
  );
  for (const { id, status, payment_id, kept, cod } of checkouts) {
    const charge = charges.get(payment_id);
    // Staff may give back more than orders that were cancelled.
    const credit = credits.get(payment_id) ?? 0n;
    const expected =
      status === 'CONFIRMED' ? `${BigInt(kept) - (goodwill.get(payment_id) ?? 0n) - credit}` : '0';
    if (status === 'CANCELLED') expect(credit, `credit of cancelled checkout ${id}`).toBe(0n);
    if (!cod) expect(charge?.net ?? '0', `net charge of ${status} checkout ${id}`).toBe(expected);
    if (status === 'CANCELLED' && charge) expect(['voided', 'declined', 'captured']).toContain(charge.status);
    const net = BigInt(payments.get(payment_id)?.net ?? 0) - credit;
    if (charge) expect(`${net}`, `our books of checkout ${id}`).toBe(charge.net);
  }
  const known = new Set(checkouts.map(({ payment_id }) => payment_id));
  expect([...charges.keys()].filter((id) => !known.has(id))).toEqual([]);

  // 4. Every event took effect once: a message for each confirmed order, and not two.
  const confirmed = await query<{ n: number }>(
    'order',
    `select count(*)::int as n from event where type = 'order.confirmed'`,
  );
  const told = await query<{ n: number }>(
    'notification',
    `select count(*)::int as n from delivery where template = 'order-confirmed' and channel = 'EMAIL'`,
  );
  expect(told).toEqual(confirmed);

  // And a shipment, booked with its carrier unless the order was cancelled.
  const sent = await query<{ order_id: string; status: string }>(
    'shipping',
    'select order_id, status from shipment order by 1',
  );
  const toSend = await query<{ stream: string; cancelled: boolean }>(
    'order',
    `select e.stream, o.status = 'CANCELLED' as cancelled from event e join order_projection o on o.id = e.stream
     where e.type = 'order.confirmed' order by 1`,
  );
  expect(
    sent.map(({ order_id, status }) => ({ stream: order_id, cancelled: status === 'CANCELLED' })),
  ).toEqual(toSend);
  expect(sent.filter(({ status }) => status === 'PENDING')).toEqual([]);

  // 5. Debits equal credits, and every balance is the sum of its entries.
  expect(
    await query(
      'payment',
      'select currency, sum(amount) from ledger_entry group by 1 having sum(amount) <> 0',
    ),
  ).toEqual([]);
  const balances = `
    select account, currency from ledger_account a where balance <> (
      select coalesce(sum(amount), 0) from ledger_entry e where e.account = a.account and e.currency = a.currency)`;
  expect(await query('payment', balances)).toEqual([]);
  const inEscrow = `
    select seller_id, currency from held h where amount <> (
      select coalesce(-sum(amount), 0) from ledger_entry e
      where e.account = 'escrow' and e.seller_id = h.seller_id and e.currency = h.currency)`;
  expect(await query('payment', inEscrow)).toEqual([]);

  // The projection is what the events say.
  const stale = `
    select o.id from order_projection o join lateral (
      select max(version) as version from event e where e.stream = o.id) e on true where o.version <> e.version`;
  expect(await query('order', stale)).toEqual([]);
}
