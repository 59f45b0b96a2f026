import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type { OrderFacts } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { CommissionService } from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { chunks } from '@pasar/platform/chunks';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { Calls } from '@pasar/platform/service';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import { sql } from 'kysely';
import { averageRate, type Terms } from './payment.js';
import { PaymentStore } from './store.js';
import { Payments } from './use-cases.js';

interface DueSale extends Terms {
  orderId: string;
  paymentId: string;
}

interface SoldLine {
  variantId: string;
  /** As decimal text. */
  total: string;
}

interface UnpricedSale {
  orderId: string;
  sellerId: string;
  soldAt: Date;
  lines: SoldLine[];
}

const batch = 100;
/** As many as the contracts take. */
const largestQuestion = 500;
/** The money of an order that is complete may come later; cash that was not reported, say. */
const pauseMs = 60_000;

/** Orders from their sale until their money has left escrow for the seller. */
@Injectable()
export class Sales {
  readonly #rounds = new Rounds(
    () => this.#settleSome(),
    (error) => this.log.warn({ err: error }, 'escrow was not released; it will be'),
  );

  constructor(
    private readonly database: Database,
    private readonly store: PaymentStore,
    private readonly payments: Payments,
    private readonly clock: Clock,
    private readonly log: Log,
    @Calls(CommissionService) private readonly commissions: Client<typeof CommissionService>,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
  ) {}

  /** Orders were sold: what their sellers are charged is as of now, whenever it is asked. */
  async record(tx: Executor<unknown>, orders: OrderFacts[]): Promise<void> {
    await sql`
      insert into sale (order_id, payment_id, seller_id, shipping, lines, sold_at)
      select o.id, o.payment_id, o.seller_id, o.shipping, o.lines, ${this.clock.now()}
      from unnest(${orders.map(({ orderId }) => orderId)}::uuid[], ${orders.map(({ paymentId }) => paymentId)}::uuid[],
        ${orders.map(({ sellerId }) => sellerId)}::uuid[],
        ${orders.map(({ shippingCost }) => shippingCost?.amount ?? 0n)}::bigint[],
        ${orders.map(({ lines }) => JSON.stringify(lines.map(toLine)))}::jsonb[])
        as o (id, payment_id, seller_id, shipping, lines)
      on conflict (order_id) do nothing`.execute(tx);
  }

  async cancel(tx: Executor<unknown>, orderIds: string[]): Promise<void> {
    await sql`
      update sale set ended_at = ${this.clock.now()} where order_id = any(${orderIds}::uuid[]) and ended_at is null`.execute(
      tx,
    );
  }

  /** The buyers have what they bought; to be followed by `settle`. */
  async complete(tx: Executor<unknown>, orderIds: string[]): Promise<void> {
    const now = this.clock.now();
    await sql`
      update sale set completed_at = ${now}, due_at = ${now}
      where order_id = any(${orderIds}::uuid[]) and completed_at is null and ended_at is null`.execute(tx);
  }

  /** Finds out what the sellers are charged for what was sold since. */
  async price(): Promise<void> {
    while ((await this.#priceBatch()) === batch);
  }

  /** Releases the money of all complete orders. */
  settle(): Promise<void> {
    return this.#rounds.run();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns whether there may be more */
  async #settleSome(): Promise<boolean> {
    await this.price();
    return (await this.#releaseBatch()) === batch;
  }

  async #priceBatch(): Promise<number> {
    const { rows } = await sql<UnpricedSale>`
      select order_id as "orderId", seller_id as "sellerId", sold_at as "soldAt", lines from sale
      where commission is null order by sold_at limit ${batch}`.execute(this.database.kysely);
    const categories = await this.#categoriesOf(rows.flatMap(({ lines }) => lines));
    const atOnce = [...Map.groupBy(rows, ({ soldAt }) => soldAt.getTime()).values()];
    for (const sales of atOnce) await this.#priceSales(sales, categories);
    return rows.length;
  }

  async #priceSales(sales: UnpricedSale[], categories: Map<string, string>): Promise<void> {
    const [first] = sales as [UnpricedSale];
    const asked = new Map(
      sales.flatMap(({ sellerId, lines }) =>
        lines.map(({ variantId }) => {
          const categoryId = categories.get(variantId) ?? '';
          return [sellerId + categoryId, { sellerId, categoryId }];
        }),
      ),
    );
    const rates = new Map<string, number>();
    for (const part of chunks([...asked.keys()], largestQuestion)) {
      const { commissions } = await this.commissions.batchGetCommissions({
        sales: part.map((key) => asked.get(key) as { sellerId: string; categoryId: string }),
        at: timestampFromDate(first.soldAt),
      });
      for (const [index, { basisPoints }] of commissions.entries())
        rates.set(part[index] as string, basisPoints);
    }
    const priced = sales.map(({ sellerId, lines }) =>
      averageRate(
        lines.map(({ variantId, total }) => ({
          total: BigInt(total),
          basisPoints: rates.get(sellerId + (categories.get(variantId) ?? '')) as number,
        })),
      ),
    );
    await this.database.write(sql`
      update sale s set commission = p.commission, lines = null
      from unnest(${sales.map(({ orderId }) => orderId)}::uuid[], ${priced}::int[]) as p (order_id, commission)
      where s.order_id = p.order_id and s.commission is null`);
  }

  async #categoriesOf(lines: SoldLine[]): Promise<Map<string, string>> {
    const ids = [...new Set(lines.map(({ variantId }) => variantId))];
    const categories = new Map<string, string>();
    for (const part of chunks(ids, largestQuestion)) {
      const { variants } = await this.products.batchGetVariants({ ids: part });
      for (const { id, categoryId } of variants) categories.set(id, categoryId);
    }
    return categories;
  }

  async #releaseBatch(): Promise<number> {
    const now = this.clock.now();
    const query = sql<DueSale>`
      select order_id as "orderId", payment_id as "paymentId", commission, shipping from sale
      where completed_at is not null and ended_at is null and due_at <= ${now} and commission is not null order by due_at limit ${batch}`;
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

function toLine({ variantId, total }: OrderFacts['lines'][0]): SoldLine {
  return { variantId, total: `${total?.amount ?? 0n}` };
}
