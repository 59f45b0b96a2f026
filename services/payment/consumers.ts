import { Injectable } from '@nestjs/common';
import {
  OrderCancelledSchema,
  OrderCompletedSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
  type OrderFacts,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { ReturnResolvedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import { Payment_Method as Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import type { Executor } from '@pasar/platform/db';
import { type Handling, onBatch } from '@pasar/platform/inbox';
import { Attempts } from './attempts.js';
import type { Input } from './change.js';
import { Credits } from './credits.js';
import { Sales } from './sales.js';
import { PaymentStore } from './store.js';
import { Payments } from './use-cases.js';

const instantMethods = new Set([Method.CARD, Method.EWALLET, Method.STORE_CREDIT]);

interface OrderEvent {
  data: { order?: OrderFacts };
}

/** What becomes of orders decides what becomes of their money. Nothing is asked of the provider here, only noted. */
@Injectable()
export class PaymentConsumers {
  constructor(
    private readonly store: PaymentStore,
    private readonly payments: Payments,
    private readonly attempts: Attempts,
    private readonly sales: Sales,
    private readonly credits: Credits,
  ) {}

  readonly subscriptions = [
    onBatch(OrderConfirmedSchema, async (tx, events, handling) => {
      await this.sales.record(tx, ordersOf(events));
      await this.#apply(tx, events, handling, ({ paymentMethod, total, useCredit }) => {
        const instant = instantMethods.has(paymentMethod);
        // Where nothing is to be paid by it, nothing else will tell.
        return instant || useCredit || total?.amount === 0n ? { type: 'confirm' } : undefined;
      });
    }),
    onBatch(OrderCancelledSchema, async (tx, events, handling) => {
      await this.sales.cancel(tx, idsOf(events));
      await this.#apply(tx, events, handling, ({ orderId }) => ({ type: 'cancelOrder', orderId }));
    }),
    onBatch(OrderDeliveredSchema, (tx, events, handling) =>
      this.#apply(tx, events, handling, ({ orderId, paymentMethod }) =>
        paymentMethod === Method.COD ? { type: 'deliverOrder', orderId } : undefined,
      ),
    ),
    onBatch(OrderCompletedSchema, async (tx, events, { afterCommit }) => {
      await this.sales.complete(tx, idsOf(events));
      await this.credits.grantCashbacks(tx, ordersOf(events));
      afterCommit(() => this.sales.settle());
    }),
    onBatch(ReturnResolvedSchema, async (tx, events, handling) => {
      const refunds = new Map(events.map(({ data }) => [data.order?.orderId ?? '', data]));
      await this.#apply(tx, events, handling, ({ orderId }) => {
        const { refund, reason } = refunds.get(orderId) ?? {};
        return { type: 'returnOrder', orderId, amount: refund?.amount ?? 0n, reason: reason ?? '' };
      });
      // What is left is the seller's.
      await this.sales.complete(tx, idsOf(events));
      handling.afterCommit(() => this.sales.settle());
    }),
  ];

  async #apply(
    tx: Executor<unknown>,
    events: OrderEvent[],
    { afterCommit }: Handling,
    toInput: (order: OrderFacts) => Input | undefined,
  ): Promise<void> {
    const inputs = events.flatMap(({ data: { order } }) => {
      const input = order && toInput(order);
      return input ? [{ id: order.paymentId, input }] : [];
    });
    if (inputs.length === 0) return;
    const payments = await this.store.find([...new Set(inputs.map(({ id }) => id))], tx);
    const byId = new Map(payments.map((payment) => [payment.id, payment]));
    // A checkout that failed before it came to pay has orders and no payment.
    const known = inputs.flatMap(({ id, input }) => {
      const payment = byId.get(id);
      return payment ? [{ payment, input }] : [];
    });
    await this.payments.apply(known, tx);
    afterCommit(() => this.attempts.wake());
  }
}

function ordersOf(events: OrderEvent[]): OrderFacts[] {
  return events.flatMap(({ data: { order } }) => order ?? []);
}

function idsOf(events: OrderEvent[]): string[] {
  return ordersOf(events).map(({ orderId }) => orderId);
}
