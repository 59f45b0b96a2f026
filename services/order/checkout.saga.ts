import { create, fromJson, type JsonObject, toBinary, toJson } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { InventoryService, Reservation_Status } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { type Checkout, Checkout_Status, CheckoutSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  type Payment,
  Payment_Method,
  Payment_Status,
  PaymentSchema,
  PaymentService,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PromotionService, Redemption_Status } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import { type Fence, type SagaFailure, type SagaStep, Sagas, type SagaWait } from '@pasar/platform/saga';
import { Calls, ProcessName } from '@pasar/platform/service';
import { Log } from '@pasar/platform/telemetry';
import type { CheckoutStatus } from './checkout.js';
import { OrderConfig } from './config.js';
import { orderDecider } from './decider.js';
import type { Use } from './discounts.js';
import { type StoredOrder, toOrder, toTotals } from './facts.js';
import { type Amount, type OrderCommand, subsidyOf } from './order.js';
import { type Change, OrderStore } from './store.js';

/** What a checkout's saga knows. Kept as JSON. */
export interface CheckoutData {
  checkoutId: string;
  cardToken: string;
  /** When an asynchronous payment must have been made. */
  deadline: string;
  createdAt: string;
  orders: { state: StoredOrder['state']; version: number }[];
  /** What there is to redeem; most have nothing. */
  uses?: RedeemedUse[];
  /** As payment last told it. */
  payment?: JsonObject;
}

/** A voucher, a limited campaign or units of a flash sale, and the orders that it is for. */
export interface RedeemedUse extends Omit<Use, 'amount' | 'sellerIds'> {
  amount: Amount;
  orderIds: string[];
}

/**
 * Stock is held and vouchers are redeemed before money moves, money is taken only after the orders are confirmed (by the event), and whatever
 * happens in between ends in one of two statements: all orders confirmed, or all cancelled.
 */
@Injectable()
export class CheckoutSaga {
  readonly sagas: Sagas<CheckoutData, Checkout>;

  constructor(
    database: Database,
    log: Log,
    process: ProcessName,
    private readonly store: OrderStore,
    private readonly clock: Clock,
    config: OrderConfig,
    @Calls(InventoryService) private readonly inventory: Client<typeof InventoryService>,
    @Calls(PaymentService) private readonly payments: Client<typeof PaymentService>,
    @Calls(PromotionService) private readonly promotions: Client<typeof PromotionService>,
  ) {
    this.sagas = new Sagas(
      {
        name: 'checkout',
        steps: [this.reserveStock, this.redeemVouchers, this.authorizePayment],
        complete: (data, fence) => this.#settle(data, 'CONFIRMED', { type: 'confirm' }, fence),
        fail: (data, failure, fence) =>
          this.#settle(data, 'CANCELLED', { type: 'cancel', reason: failure.code }, fence, failure),
      },
      { database, clock, log, owner: process.value, leaseMs: config.sagaLeaseMs },
    );
  }

  private get reserveStock(): SagaStep<CheckoutData> {
    return {
      name: 'reserve stock',
      invoke: async ({ checkoutId, deadline, orders }) => {
        const lines = orders.flatMap(({ state }) =>
          state.facts.lines.map(({ variantId, quantity }) => ({ variantId, quantity: BigInt(quantity) })),
        );
        const ttlSeconds = isAsynchronous(orders) ? secondsUntil(deadline, this.clock) + 900 : 0;
        const { status } = await this.inventory.reserve({ reservationId: checkoutId, lines, ttlSeconds });
        if (status === Reservation_Status.RELEASED) {
          throw new DomainError('checkout.expired', 'conflict', 'The stock was held for too long.');
        }
      },
      compensate: async ({ checkoutId }) => {
        await this.inventory.release({ reservationId: checkoutId });
      },
    };
  }

  /** Where there is nothing to redeem, nobody is asked. */
  private get redeemVouchers(): SagaStep<CheckoutData> {
    return {
      name: 'redeem vouchers',
      invoke: async ({ checkoutId, orders, uses = [] }) => {
        if (uses.length === 0) return;
        const { customerId, currency } = (orders[0] as CheckoutData['orders'][0]).state.facts;
        const redeemed = uses.map(({ amount, ...use }) => ({
          ...use,
          amount: { amount: BigInt(amount), currency },
        }));
        const { status } = await this.promotions.redeem({ checkoutId, customerId, uses: redeemed });
        if (status === Redemption_Status.RELEASED) {
          throw new DomainError('checkout.expired', 'conflict', 'The vouchers were given back.');
        }
      },
      compensate: async ({ checkoutId, uses = [] }) => {
        if (uses.length > 0) await this.promotions.release({ checkoutId });
      },
    };
  }

  private get authorizePayment(): SagaStep<CheckoutData> {
    return {
      name: 'authorize payment',
      invoke: async (data, attempt) => {
        const payment = attempt.due ? await this.#giveUp(data) : await this.#authorize(data);
        data.payment = toJson(PaymentSchema, payment) as JsonObject;
        if (payment.status !== Payment_Status.AWAITING_PAYMENT || payment.method === Payment_Method.COD)
          return;
        return this.#await(data);
      },
      compensate: async (data, failure) => {
        await this.payments.cancel({
          paymentId: paymentIdOf(data),
          reason: failure.code,
          refundCaptured: true,
        });
      },
    };
  }

  #authorize(data: CheckoutData): Promise<Payment> {
    const [first] = data.orders as [CheckoutData['orders'][0]];
    const { facts } = first.state;
    const amount = data.orders.reduce((total, { state }) => total + BigInt(state.facts.total), 0n);
    return this.payments.authorize({
      paymentId: facts.paymentId,
      checkoutId: facts.checkoutId,
      customerId: facts.customerId,
      method: Payment_Method[facts.paymentMethod],
      cardToken: data.cardToken,
      useCredit: facts.useCredit,
      amount: { amount, currency: facts.currency },
      shares: data.orders.map(({ state: { facts } }) => ({
        orderId: facts.id,
        sellerId: facts.sellerId,
        amount: { amount: BigInt(facts.total), currency: facts.currency },
        subsidy: { amount: subsidyOf(facts), currency: facts.currency },
      })),
      expiresAt: timestampFromDate(new Date(data.deadline)),
    });
  }

  /** The time to pay is over, unless the money was faster: payment alone knows, and says so once and for all. */
  async #giveUp(data: CheckoutData): Promise<Payment> {
    const payment = await this.payments.cancel({ paymentId: paymentIdOf(data), reason: 'expired' });
    if (isPaid(payment)) return payment;
    throw new DomainError('payment.expired', 'conflict', 'The payment was not made in time.');
  }

  #await(data: CheckoutData): SagaWait {
    const changes = decideAll(data, { type: 'await payment' }, this.clock.now());
    const orders = this.store.apply(changes);
    const answer = toBinary(CheckoutSchema, this.#answer(data, 'AWAITING_PAYMENT', orders));
    data.orders = orders.map(({ state, version }) => ({ state, version }));
    return {
      until: new Date(data.deadline),
      write: (fence) =>
        this.store.settle({ id: data.checkoutId, status: 'AWAITING_PAYMENT', changes, fence, answer }),
    };
  }

  async #settle(
    data: CheckoutData,
    status: CheckoutStatus,
    command: OrderCommand,
    fence: Fence,
    failure?: SagaFailure,
  ): Promise<Checkout | undefined> {
    const changes = decideAll(data, command, this.clock.now());
    const answer = this.#answer(data, status, this.store.apply(changes));
    const held = await this.store.settle({
      ...{ id: data.checkoutId, status, changes, fence },
      answer: failure ? undefined : toBinary(CheckoutSchema, answer),
      failure,
      releaseKey: failure?.kind === 'unavailable',
    });
    return held ? answer : undefined;
  }

  #answer(data: CheckoutData, status: CheckoutStatus, orders: StoredOrder[]): Checkout {
    return create(CheckoutSchema, {
      checkoutId: data.checkoutId,
      status: Checkout_Status[status],
      ...toTotals(orders),
      orders: orders.map(toOrder),
      payment: data.payment && fromJson(PaymentSchema, data.payment),
      createdAt: timestampFromDate(new Date(data.createdAt)),
    });
  }
}

function decideAll(data: CheckoutData, command: OrderCommand, at: Date): Change[] {
  const createdAt = new Date(data.createdAt);
  return data.orders.map(({ state, version }) => ({
    order: { state, version, createdAt, updatedAt: createdAt },
    events: orderDecider.decide(command, state),
    at,
    actor: 'system',
  }));
}

function paymentIdOf({ orders: [first] }: CheckoutData): string {
  return (first as CheckoutData['orders'][0]).state.facts.paymentId;
}

/** Also when part of it went back already, because one of the orders was cancelled. */
function isPaid({ status }: Payment): boolean {
  return status === Payment_Status.CAPTURED || status === Payment_Status.PARTIALLY_REFUNDED;
}

function isAsynchronous([first]: CheckoutData['orders']): boolean {
  const method = first?.state.facts.paymentMethod;
  return method === 'BANK_TRANSFER' || method === 'QR';
}

function secondsUntil(time: string, clock: Clock): number {
  return Math.max(0, Math.ceil((Date.parse(time) - clock.now().getTime()) / 1000));
}
