import { Injectable } from '@nestjs/common';
import type { OrderFacts } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { Log } from '@pasar/platform/telemetry';
import { sql } from 'kysely';
import { PaymentConfig } from './config.js';
import type { Terms } from './payment.js';
import { PaymentStore } from './store.js';
import { Payments } from './use-cases.js';

interface DueSale extends Terms {
  orderId: string;
  paymentId: string;
}

const batch = 100;
/** The money of an order that is complete may come later; cash that was not reported, say. */
const pauseMs = 60_000;

/** Orders from their sale until their money has left escrow for the seller. */
@Injectable()
export class Sales {
  #running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly store: PaymentStore,
    private readonly payments: Payments,
    private readonly config: PaymentConfig,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Orders were sold: from now on it is certain what their sellers are charged. */
  async record(tx: Executor<unknown>, orders: OrderFacts[]): Promise<void> {
    await sql`
      insert into sale (order_id, payment_id, seller_id, shipping, commission, sold_at)
      select o.id, o.payment_id, o.seller_id, o.shipping, ${this.config.commission * 100}, ${this.clock.now()}
      from unnest(${orders.map(({ orderId }) => orderId)}::uuid[], ${orders.map(({ paymentId }) => paymentId)}::uuid[],
        ${orders.map(({ sellerId }) => sellerId)}::uuid[],
        ${orders.map(({ shippingCost }) => shippingCost?.amount ?? 0n)}::bigint[])
        as o (id, payment_id, seller_id, shipping)
      on conflict (order_id) do nothing`.execute(tx);
  }

  async cancel(tx: Executor<unknown>, orderIds: string[]): Promise<void> {
    await sql`
      update sale set ended_at = ${this.clock.now()} where order_id = any(${orderIds}::uuid[]) and ended_at is null`.execute(
      tx,
    );
  }

  /** The buyers have what they bought; to be followed by `release`. */
  async complete(tx: Executor<unknown>, orderIds: string[]): Promise<void> {
    const now = this.clock.now();
    await sql`
      update sale set completed_at = ${now}, due_at = ${now}
      where order_id = any(${orderIds}::uuid[]) and completed_at is null and ended_at is null`.execute(tx);
  }

  /** Releases the money of all complete orders; who calls meanwhile waits for the same end. */
  release(): Promise<void> {
    this.#running ??= this.#releaseAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** What is in escrow for a seller. */
  async heldFor(sellerId: string): Promise<{ currency: string; amount: bigint }[]> {
    const { rows } = await sql<{ currency: string; amount: bigint }>`
      select e.currency, -sum(e.amount)::bigint as amount
      from sale s join ledger_entry e on e.payment_id = s.payment_id and e.order_id = s.order_id
      where s.seller_id = ${sellerId} and s.ended_at is null and e.account = 'escrow'
      group by e.currency order by e.currency`.execute(this.database.kysely);
    return rows;
  }

  async #releaseAll(): Promise<void> {
    while ((await this.#releaseBatch()) === batch);
  }

  async #releaseBatch(): Promise<number> {
    const now = this.clock.now();
    const query = sql<DueSale>`
      select order_id as "orderId", payment_id as "paymentId", commission, shipping from sale
      where completed_at is not null and ended_at is null and due_at <= ${now} order by due_at limit ${batch}`;
    // Mostly there is nothing: that needs no transaction.
    if ((await query.execute(this.database.kysely)).rows.length === 0) return 0;
    return this.database.transaction(async (tx) => {
      const { rows: due } = await sql<DueSale>`${query} for update skip locked`.execute(tx);
      const payments = await this.store.find([...new Set(due.map(({ paymentId }) => paymentId))], tx);
      const byId = new Map(payments.map((payment) => [payment.id, payment]));
      const known = due.flatMap(({ orderId, paymentId, ...terms }) => {
        const payment = byId.get(paymentId);
        return payment ? [{ payment, input: { type: 'release' as const, orderId, terms } }] : [];
      });
      const outcomes = await this.payments.apply(known, tx);
      const released = known.flatMap(({ input }, index) => (outcomes[index]?.moved ? [input.orderId] : []));
      const waiting = due.map(({ orderId }) => orderId).filter((orderId) => !released.includes(orderId));
      if (waiting.length > 0) this.log.warn({ orderIds: waiting }, 'orders are complete, and not paid yet');
      await sql`
        update sale set ended_at = case when order_id = any(${released}::uuid[]) then ${now}::timestamptz end,
          due_at = ${new Date(now.getTime() + pauseMs)}
        where order_id = any(${due.map(({ orderId }) => orderId)}::uuid[])`.execute(tx);
      return due.length;
    });
  }
}
