import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { EventStore, type RecordedEvent, rethrowConflict } from '@pasar/platform/event-store';
import { Outbox } from '@pasar/platform/outbox';
import type { SagaFailure } from '@pasar/platform/saga';
import { type RawBuilder, sql } from 'kysely';
import type { CheckoutStatus } from './checkout.js';
import { orderDecider } from './decider.js';
import { type StoredOrder, toPublicEvent } from './facts.js';
import type { Actor, OrderEvent, OrderStatus } from './order.js';

/** An order and the events that a command adds to it. */
export interface Change {
  order: StoredOrder;
  events: OrderEvent[];
  actor: Actor;
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

/** Whose orders may be seen or changed; everybody's for staff. */
export interface Viewer {
  customerId?: string;
  sellerId?: string;
  staff?: boolean;
}

const checkoutColumns = sql`
  id, customer_id as "customerId", status, payment_id as "paymentId", amount, currency, fingerprint, answer, failure,
  created_at as "createdAt"`;
const orderColumns = sql`state, version, created_at as "createdAt", updated_at as "updatedAt"`;

/** All SQL of the service. What a command changes is one statement: events, projection, checkout, saga and outbox. */
@Injectable()
export class OrderStore {
  readonly events = new EventStore<OrderEvent>();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The orders as they will be, with the time of the change. */
  apply(changes: Change[], now = this.clock.now()): StoredOrder[] {
    return changes.map(({ order, events }) => ({
      state: events.reduce(orderDecider.evolve, order.version === 0 ? undefined : order.state) ?? order.state,
      version: order.version + events.length,
      createdAt: order.createdAt,
      updatedAt: events.length > 0 ? now : order.updatedAt,
    }));
  }

  /** @returns whether it was placed; false when the customer has used the key before */
  async place(
    checkout: Omit<CheckoutRow, 'status' | 'answer' | 'failure'> & { key: string },
    changes: Change[],
    saga: (from: RawBuilder<unknown>) => RawBuilder<unknown>,
  ): Promise<boolean> {
    const { id, customerId, paymentId, amount, currency, key, fingerprint, createdAt } = checkout;
    const placed = sql`placed`;
    const rows = await this.database.write(sql`
      with placed as (
        insert into checkout (id, customer_id, status, payment_id, amount, currency, idempotency_key, fingerprint,
          created_at, updated_at)
        values (${id}, ${customerId}, 'PENDING', ${paymentId}, ${amount}, ${currency}, ${key || null}, ${fingerprint},
          ${createdAt}, ${createdAt})
        on conflict (customer_id, idempotency_key) where idempotency_key is not null do nothing
        returning id
      ), saga as (${saga(placed)}
      ), stored as (${this.#insertEvents(changes, createdAt, placed)}
      ), projected as (${this.#insertOrders(this.apply(changes, createdAt), placed)}
      ), published as (${this.#publish(changes, placed)})
      select id from placed`);
    if (rows.length > 0) this.outbox.wake();
    return rows.length > 0;
  }

  /**
   * Decides or parks a checkout while `fence` gives a row.
   * @param answer what the buyer is told, kept unless one was kept before
   * @param releaseKey lets the same Idempotency-Key be tried again: nothing happened, and nothing ever will
   */
  async settle(
    checkoutId: string,
    status: CheckoutStatus,
    changes: Change[],
    fence: RawBuilder<unknown>,
    kept: { answer?: Uint8Array; failure?: SagaFailure; releaseKey?: boolean },
  ): Promise<boolean> {
    const now = this.clock.now();
    const held = sql`fence`;
    const rows = await this.database
      .write(sql`
        with fence as (${fence}
        ), settled as (
          update checkout set status = ${status}, answer = coalesce(answer, ${kept.answer ?? null}),
            failure = ${kept.failure ? JSON.stringify(kept.failure) : null}::jsonb, updated_at = ${now},
            idempotency_key = case when ${kept.releaseKey ?? false} then null else idempotency_key end
          from fence where checkout.id = ${checkoutId}
        ), stored as (${this.#insertEvents(changes, now, held)}
        ), projected as (${this.#updateOrders(this.apply(changes, now), held)}
        ), published as (${this.#publish(changes, held)})
        select from fence`)
      .catch(rethrowConflict);
    if (rows.length > 0) this.outbox.wake();
    return rows.length > 0;
  }

  /** Stores what a command did to one order. @throws DomainError `event.version_conflict` */
  async change(change: Change): Promise<StoredOrder> {
    const now = this.clock.now();
    const [changed] = this.apply([change], now) as [StoredOrder];
    if (change.events.length === 0) return changed;
    const always = sql`(select) as always`;
    await this.database
      .write(sql`
        with stored as (${this.#insertEvents([change], now, always)}
        ), projected as (${this.#updateOrders([changed], always)}
        )
        ${this.#publish([change], always)}`)
      .catch(rethrowConflict);
    this.outbox.wake();
    return changed;
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

  async list(
    by: { customerId: string } | { sellerId: string },
    status: OrderStatus | undefined,
    limit: number,
    before: string | undefined,
  ): Promise<StoredOrder[]> {
    const owner = 'customerId' in by ? sql`customer_id = ${by.customerId}` : sql`seller_id = ${by.sellerId}`;
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection
      where ${owner} ${status ? sql`and status = ${status}` : sql``} ${before ? sql`and id < ${before}::uuid` : sql``}
      order by id desc limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  async listDelivered(before: Date, limit: number): Promise<StoredOrder[]> {
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection where status = 'DELIVERED' and updated_at < ${before}
      order by updated_at limit ${limit}`.execute(this.database.kysely);
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

  #insertEvents(changes: Change[], now: Date, from: RawBuilder<unknown>): RawBuilder<unknown> {
    const appends = changes.map(({ order, events, actor }) => ({
      stream: order.state.facts.id,
      after: order.version,
      events,
      actor,
    }));
    return this.events.insert(appends, now, from);
  }

  #insertOrders(orders: StoredOrder[], from: RawBuilder<unknown>): RawBuilder<unknown> {
    return sql`
      insert into order_projection (id, checkout_id, customer_id, seller_id, status, version, state, created_at, updated_at)
      select (n.state #>> '{facts,id}')::uuid, (n.state #>> '{facts,checkoutId}')::uuid,
        (n.state #>> '{facts,customerId}')::uuid, (n.state #>> '{facts,sellerId}')::uuid,
        n.state ->> 'status', n.version, n.state, n.created_at, n.created_at
      from unnest(${orders.map((order) => JSON.stringify(order.state))}::jsonb[], ${orders.map((o) => o.version)}::int[],
        ${orders.map((order) => order.createdAt)}::timestamptz[]) as n (state, version, created_at), ${from}`;
  }

  #updateOrders(orders: StoredOrder[], from: RawBuilder<unknown>): RawBuilder<unknown> {
    return sql`
      update order_projection o
      set status = n.state ->> 'status', version = n.version, state = n.state, updated_at = n.updated_at
      from unnest(${orders.map((order) => order.state.facts.id)}::uuid[],
        ${orders.map((order) => JSON.stringify(order.state))}::jsonb[], ${orders.map((order) => order.version)}::int[],
        ${orders.map((order) => order.updatedAt)}::timestamptz[]) as n (id, state, version, updated_at), ${from}
      where o.id = n.id and o.version < n.version`;
  }

  #publish(changes: Change[], from: RawBuilder<unknown>): RawBuilder<unknown> {
    const published = changes.flatMap(({ order, events }) =>
      events.flatMap((stored) => toPublicEvent(stored, order.state.facts) ?? []),
    );
    return this.outbox.insert(this.outbox.columns(published), from);
  }
}

function visibleTo({ customerId, sellerId, staff }: Viewer): RawBuilder<unknown> {
  return sql`(customer_id = ${customerId ?? null} or seller_id = ${sellerId ?? null} or ${staff ?? false})`;
}
