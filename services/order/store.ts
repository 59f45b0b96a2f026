import { Injectable } from '@nestjs/common';
import type { Viewer } from '@pasar/platform/access';
import { Batcher } from '@pasar/platform/batcher';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { EventStore, type RecordedEvent, rethrowConflict } from '@pasar/platform/event-store';
import { Outbox, type PreparedEvent } from '@pasar/platform/outbox';
import {
  type Fence,
  type SagaFailure,
  type SagaStart,
  startSagas,
  throughFences,
} from '@pasar/platform/saga';
import { Metrics } from '@pasar/platform/telemetry';
import { type RawBuilder, sql } from 'kysely';
import type { CheckoutStatus } from './checkout.js';
import { orderDecider } from './decider.js';
import { type StoredOrder, toPublicEvent } from './facts.js';
import type { Actor, OrderEvent } from './order.js';

/** An order and the events that a command adds to it. */
export interface Change {
  order: StoredOrder;
  events: OrderEvent[];
  at: Date;
  actor: Actor;
}

/** A checkout to be placed, with its orders. */
export interface Placing {
  id: string;
  checkout: Omit<CheckoutRow, 'id' | 'status' | 'answer' | 'failure'>;
  /** The Idempotency-Key, or empty. */
  key: string;
  /** Of the cart that is ordered. */
  cartRevision?: string | undefined;
  changes: Change[];
  saga: SagaStart;
}

/** With the events that are to be published of it. */
type Prepared<Part> = Part & { events: PreparedEvent[] };

/** What becomes of a checkout. */
export interface Settlement {
  id: string;
  status: CheckoutStatus;
  changes: Change[];
  fence: Fence;
  /** What the buyer is told, kept unless something was kept before. */
  answer?: Uint8Array;
  failure?: SagaFailure;
  /** Lets the same Idempotency-Key be tried again: nothing happened, and nothing ever will. */
  releaseKey?: boolean;
}

export interface CheckoutRow {
  id: string;
  customerId: string;
  status: CheckoutStatus;
  paymentId: string;
  amount: bigint;
  currency: string;
  fingerprint: Buffer;
  answer: Buffer | null;
  failure: SagaFailure | null;
  createdAt: Date;
}

const checkoutColumns = sql`
  id, customer_id as "customerId", status, payment_id as "paymentId", amount, currency, fingerprint, answer, failure,
  created_at as "createdAt"`;
export const orderColumns = sql`state, version, created_at as "createdAt", updated_at as "updatedAt"`;

/** All SQL of the service. What a command changes is one statement: events, projection, checkout, saga and outbox. */
@Injectable()
export class OrderStore {
  readonly events = new EventStore<OrderEvent>();
  readonly #placing = new Batcher((group: Prepared<Placing>[]) => this.#place(group), {
    key: ({ id, key, checkout }) => (key ? `${checkout.customerId} ${key}` : id),
  });
  readonly #settling = new Batcher((group: Prepared<Settlement>[]) => this.#settle(group), {
    key: ({ id }) => id,
  });

  readonly #moves;
  readonly #value;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#moves = metrics.counter('pasar_orders_total', 'What happened to orders', ['event']);
    this.#value = metrics.counter('pasar_order_value_total', 'Totals of confirmed orders, in minor units', [
      'currency',
    ]);
  }

  /** The orders as they will be, with the time of the change. */
  apply(changes: Change[]): StoredOrder[] {
    return changes.map(({ order, events, at }) => ({
      state: events.reduce(orderDecider.evolve, order.version === 0 ? undefined : order.state) ?? order.state,
      version: order.version + events.length,
      createdAt: order.createdAt,
      updatedAt: events.length > 0 ? at : order.updatedAt,
    }));
  }

  /**
   * Places a checkout, in one statement with all others that are placed at the same time.
   * @returns false when the customer has used the key before, or ordered the same cart
   */
  async place(placing: Placing): Promise<boolean> {
    const placed = await this.#placing.submit(this.#prepare(placing));
    if (placed) this.#count(placing.changes);
    return placed;
  }

  /** Decides or parks a checkout while its fence holds, in one statement with all others of the same time. */
  async settle(settlement: Settlement): Promise<boolean> {
    const held = await this.#settling.submit(this.#prepare(settlement)).catch(rethrowConflict);
    if (held) this.#count(settlement.changes);
    return held;
  }

  /** It is committed: its events can go out. */
  #count(changes: Change[]): void {
    this.outbox.wake();
    for (const { order, events } of changes) {
      const { total, currency } = order.state.facts;
      for (const { type } of events) {
        this.#moves.inc({ event: type });
        if (type === 'order.confirmed') this.#value.inc({ currency }, Number(total));
      }
    }
  }

  async #place(placings: Prepared<Placing>[]): Promise<boolean[]> {
    const checkouts = placings.map(({ checkout }) => checkout);
    const changes = placings.flatMap((placing) => placing.changes);
    const rows = await this.database.write(sql<{ id: string }>`
      with placed as (
        insert into checkout (id, customer_id, status, payment_id, amount, currency, idempotency_key, cart_revision,
          fingerprint, created_at, updated_at)
        select c.id, c.customer_id, 'PENDING', c.payment_id, c.amount, c.currency, c.key, c.cart, c.fingerprint,
          c.created_at, c.created_at
        from unnest(${placings.map(({ id }) => id)}::uuid[], ${checkouts.map((c) => c.customerId)}::uuid[],
          ${checkouts.map((c) => c.paymentId)}::uuid[], ${checkouts.map((c) => c.amount)}::bigint[],
          ${checkouts.map((c) => c.currency)}::text[], ${placings.map(({ key }) => key || null)}::text[],
          ${placings.map(({ cartRevision }) => cartRevision ?? null)}::uuid[],
          ${checkouts.map((c) => c.fingerprint)}::bytea[], ${checkouts.map((c) => c.createdAt)}::timestamptz[])
          as c (id, customer_id, payment_id, amount, currency, key, cart, fingerprint, created_at)
        -- In the order of the indexes, so that two processes with the same keys or carts do not wait for each other.
        order by c.customer_id, c.cart, c.key
        on conflict do nothing
        returning id
      ), held as (${this.#ordersOf(placings, sql`placed`)}
      ), saga as (${startSagas(
        placings.map(({ saga }) => saga),
        sql`placed`,
      )}
      ), stored as (${this.#insertEvents(changes, sql`held`)}
      ), projected as (${this.#insertOrders(this.apply(changes), sql`held`)}
      ), published as (${this.#publish(placings)})
      select id from placed`);
    const placed = new Set(rows.map(({ id }) => id));
    return placings.map(({ id }) => placed.has(id));
  }

  async #settle(settlements: Prepared<Settlement>[]): Promise<boolean[]> {
    const now = this.clock.now();
    const changes = settlements.flatMap((settlement) => settlement.changes);
    const rows = await this.database.write(sql<{ id: string }>`
      with fence as (${throughFences(settlements.map(({ fence }) => fence))}
      ), held as (${this.#ordersOf(settlements, sql`fence`)}
      ), settled as (
        update checkout c set status = n.status, answer = coalesce(c.answer, n.answer), failure = n.failure,
          updated_at = ${now}, idempotency_key = case when n.release_key then null else c.idempotency_key end,
          cart_revision = case when n.status = 'CANCELLED' then null else c.cart_revision end
        from unnest(${settlements.map(({ id }) => id)}::uuid[], ${settlements.map((s) => s.status)}::text[],
          ${settlements.map((s) => s.answer ?? null)}::bytea[],
          ${settlements.map(({ failure }) => (failure ? JSON.stringify(failure) : null))}::jsonb[],
          ${settlements.map((s) => s.releaseKey ?? false)}::boolean[])
          as n (id, status, answer, failure, release_key) join fence using (id)
        where c.id = n.id
      ), stored as (${this.#insertEvents(changes, sql`held`)}
      ), projected as (${this.#updateOrders(this.apply(changes), sql`held`)}
      ), published as (${this.#publish(settlements)})
      select id from fence`);
    const held = new Set(rows.map(({ id }) => id));
    return settlements.map(({ id }) => held.has(id));
  }

  /** The orders of the checkouts for which `from` has a row. */
  #ordersOf(parts: { id: string; changes: Change[] }[], from: RawBuilder<unknown>): RawBuilder<unknown> {
    const pairs = parts.flatMap(({ id, changes }) =>
      changes.map(({ order }) => ({ id: order.state.facts.id, checkout: id })),
    );
    return sql`
      select o.id from unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ checkout }) => checkout)}::uuid[])
        as o (id, checkout) join ${from} as f on f.id = o.checkout`;
  }

  /** Stores what a command did to one order. @throws DomainError `event.version_conflict` */
  async change(change: Change): Promise<StoredOrder> {
    const [changed] = this.apply([change]) as [StoredOrder];
    if (change.events.length === 0) return changed;
    await this.database
      .write(sql`
        with stored as (${this.#insertEvents([change])}
        ), projected as (${this.#updateOrders([changed])}
        )
        ${this.outbox.insert(this.#toPublish([change]))}`)
      .catch(rethrowConflict);
    this.#count([change]);
    return changed;
  }

  /** The same of several orders that were locked before, one change each, as part of a transaction. */
  async changeIn(tx: Executor<unknown>, changes: Change[]): Promise<void> {
    if (changes.length === 0) return;
    await sql`
      with stored as (${this.#insertEvents(changes)}
      ), projected as (${this.#updateOrders(this.apply(changes))}
      )
      ${this.outbox.insert(this.#toPublish(changes))}`.execute(tx);
  }

  async lockOrders(tx: Executor<unknown>, ids: string[]): Promise<StoredOrder[]> {
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection where id = any(${ids}::uuid[]) order by id for update`.execute(
      tx,
    );
    return rows;
  }

  async findCheckout(id: string, viewer: Viewer = { staff: true }): Promise<CheckoutRow | undefined> {
    const { rows } = await sql<CheckoutRow>`
      select ${checkoutColumns} from checkout
      where id = ${id} and (customer_id = ${viewer.customerId ?? null} or ${viewer.staff ?? false})`.execute(
      this.database.kysely,
    );
    return rows[0];
  }

  async findByKey(customerId: string, key: string): Promise<CheckoutRow | undefined> {
    const { rows } = await sql<CheckoutRow>`
      select ${checkoutColumns} from checkout
      where customer_id = ${customerId} and idempotency_key = ${key}`.execute(this.database.kysely);
    return rows[0];
  }

  async findByCart(revision: string): Promise<CheckoutRow | undefined> {
    const { rows } = await sql<CheckoutRow>`
      select ${checkoutColumns} from checkout where cart_revision = ${revision}`.execute(
      this.database.kysely,
    );
    return rows[0];
  }

  async statusOf(checkoutIds: string[]): Promise<Map<string, CheckoutStatus>> {
    const { rows } = await sql<{ id: string; status: CheckoutStatus }>`
      select id, status from checkout where id = any(${checkoutIds}::uuid[])`.execute(this.database.kysely);
    return new Map(rows.map((row) => [row.id, row.status]));
  }

  async findOrder(id: string, viewer: Viewer): Promise<StoredOrder | undefined> {
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection where id = ${id} and ${visibleTo(viewer)}`.execute(
      this.database.kysely,
    );
    return rows[0];
  }

  async ordersOf(checkoutId: string): Promise<StoredOrder[]> {
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection where checkout_id = ${checkoutId} order by id`.execute(
      this.database.kysely,
    );
    return rows;
  }

  history(id: string, until?: Date): Promise<RecordedEvent<OrderEvent>[]> {
    return this.events.read(this.database.kysely, id, until);
  }

  /** Streams after `after`, in order, for rebuilding. */
  async listStreams(after: string, limit: number): Promise<string[]> {
    const { rows } = await sql<{ stream: string }>`
      select stream from event where version = 1 and stream > ${after}::uuid order by stream limit ${limit}`.execute(
      this.database.kysely,
    );
    return rows.map((row) => row.stream);
  }

  /** Writes a projection that was made anew, unless the order has moved on meanwhile. */
  async overwrite(executor: Executor<unknown>, order: StoredOrder): Promise<void> {
    const { state, version, createdAt, updatedAt } = order;
    const { facts } = state;
    await sql`
      insert into order_projection (id, checkout_id, customer_id, seller_id, status, version, state, created_at, updated_at)
      values (${facts.id}, ${facts.checkoutId}, ${facts.customerId}, ${facts.sellerId}, ${state.status}, ${version},
        ${JSON.stringify(state)}::jsonb, ${createdAt}, ${updatedAt})
      on conflict (id) do update set checkout_id = excluded.checkout_id, customer_id = excluded.customer_id,
        seller_id = excluded.seller_id, status = excluded.status, version = excluded.version, state = excluded.state,
        created_at = excluded.created_at, updated_at = excluded.updated_at
      where order_projection.version <= excluded.version`.execute(executor);
  }

  #insertEvents(changes: Change[], from?: RawBuilder<unknown>): RawBuilder<unknown> {
    const appends = changes.map(({ order, events, at, actor }) => ({
      stream: order.state.facts.id,
      after: order.version,
      events,
      at,
      actor,
    }));
    return this.events.insert(appends, from);
  }

  #insertOrders(orders: StoredOrder[], from: RawBuilder<unknown>): RawBuilder<unknown> {
    return sql`
      insert into order_projection (id, checkout_id, customer_id, seller_id, status, version, state, created_at, updated_at)
      select (n.state #>> '{facts,id}')::uuid, (n.state #>> '{facts,checkoutId}')::uuid,
        (n.state #>> '{facts,customerId}')::uuid, (n.state #>> '{facts,sellerId}')::uuid,
        n.state ->> 'status', n.version, n.state, n.created_at, n.created_at
      from unnest(${orders.map((order) => JSON.stringify(order.state))}::jsonb[], ${orders.map((o) => o.version)}::int[],
        ${orders.map((order) => order.createdAt)}::timestamptz[]) as n (state, version, created_at)
      where exists (select from ${from} as f where f.id = (n.state #>> '{facts,id}')::uuid)`;
  }

  #updateOrders(orders: StoredOrder[], from?: RawBuilder<unknown>): RawBuilder<unknown> {
    return sql`
      update order_projection o
      set status = n.state ->> 'status', version = n.version, state = n.state, updated_at = n.updated_at
      from unnest(${orders.map((order) => order.state.facts.id)}::uuid[],
        ${orders.map((order) => JSON.stringify(order.state))}::jsonb[], ${orders.map((order) => order.version)}::int[],
        ${orders.map((order) => order.updatedAt)}::timestamptz[]) as n (id, state, version, updated_at)
      where o.id = n.id and o.version < n.version
        ${from ? sql`and exists (select from ${from} as f where f.id = n.id)` : sql``}`;
  }

  /** In the moment in which it is asked for: its events belong to the request, not to whom it shares a statement with. */
  #prepare<Part extends { changes: Change[] }>(part: Part): Prepared<Part> {
    return { ...part, events: this.#toPublish(part.changes) };
  }

  #toPublish(changes: Change[]): PreparedEvent[] {
    return this.outbox.prepare(
      changes.flatMap(({ order, events, actor }) =>
        events.flatMap((stored) => toPublicEvent(stored, order.state.facts, actor) ?? []),
      ),
    );
  }

  #publish(parts: { events: PreparedEvent[] }[]): RawBuilder<unknown> {
    const events = parts.flatMap((part) => part.events);
    return this.outbox.insert(events, sql`held`, sql`held.id::text = o.subject`);
  }
}

function visibleTo({ customerId, sellerId, staff }: Viewer): RawBuilder<unknown> {
  return sql`(customer_id = ${customerId ?? null} or seller_id = ${sellerId ?? null} or ${staff ?? false})`;
}
