import { createHash } from 'node:crypto';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type Checkout,
  Checkout_Status,
  CheckoutSchema,
  type PlaceOrderRequest,
  PlaceOrderRequestSchema,
  type QuoteCheckoutRequest,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { CreditService } from '@pasar/contracts/pasar/payment/v1/credit_pb';
import { Payment_Method, PaymentService } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import type { Viewer } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { min } from '@pasar/platform/money';
import { Calls } from '@pasar/platform/service';
import { Baskets, type Buyer, toMoney } from './baskets.js';
import {
  alreadyPlaced,
  checkExpectedTotal,
  draftOrders,
  keyInProgress,
  keyReused,
  totalsOf,
} from './checkout.js';
import { type CheckoutData, CheckoutSaga, type RedeemedUse } from './checkout.saga.js';
import { OrderConfig } from './config.js';
import { orderDecider } from './decider.js';
import { requireVouchers, type Use } from './discounts.js';
import { type CheckoutQuoteInit, toOrder, toQuote, toTotals } from './facts.js';
import type { OrderFacts, PaymentMethod } from './order.js';
import { type CheckoutRow, OrderStore } from './store.js';

/** How long a buyer's call waits for a checkout that another process works on. */
const takeoverWaitMs = 20_000;

@Injectable()
export class Checkouts {
  constructor(
    private readonly store: OrderStore,
    private readonly saga: CheckoutSaga,
    private readonly clock: Clock,
    private readonly config: OrderConfig,
    private readonly baskets: Baskets,
    @Calls(PaymentService) private readonly payments: Client<typeof PaymentService>,
    @Calls(CreditService) private readonly credits: Client<typeof CreditService>,
  ) {}

  /**
   * Places a checkout and runs it as far as it goes now.
   * @param key the Idempotency-Key, or empty: a request without one is taken as it comes
   * @throws DomainError what stands in the way; a repeated key gives what the first request with it was given
   */
  async place(customerId: string, request: PlaceOrderRequest, key: string): Promise<Checkout> {
    const fingerprint = createHash('sha256').update(toBinary(PlaceOrderRequestSchema, request)).digest();
    const prepared = await this.#prepare(customerId, request).catch(async (error) => {
      // What stands in the way now may not have done so when this key was first used.
      const first = key && (await this.store.findByKey(customerId, key));
      if (first) return first;
      throw error;
    });
    if ('status' in prepared) return this.#repeat(prepared, fingerprint);

    const { data, amount, currency, cartRevision } = prepared;
    const createdAt = new Date(data.createdAt);
    const [{ state }] = data.orders as [CheckoutData['orders'][0]];
    const changes = data.orders.map((order) => ({
      order: { state: order.state, version: 0, createdAt, updatedAt: createdAt },
      events: orderDecider.decide({ type: 'place', facts: order.state.facts }, undefined),
      at: createdAt,
      actor: 'customer' as const,
    }));
    const { checkoutId: id } = data;
    const { paymentId } = state.facts;
    const placed = await this.store.place({
      checkout: { customerId, paymentId, amount, currency, fingerprint, createdAt },
      ...{ id, key, cartRevision, changes, saga: this.saga.sagas.start(id, data) },
    });
    if (!placed) {
      const first = key && (await this.store.findByKey(customerId, key));
      if (first) return this.#repeat(first, fingerprint);
      const ofCart = cartRevision && (await this.store.findByCart(cartRevision));
      if (ofCart) throw alreadyPlaced(ofCart.id);
      // What was in the way has been cancelled meanwhile.
      return this.place(customerId, request, key);
    }

    const outcome = await this.saga.sagas.run(id, data);
    if (outcome.state === 'completed') return outcome.result;
    if (outcome.state === 'failed') throw toError(outcome.failure);
    return this.#answerOf(id, takeoverWaitMs);
  }

  async get(id: string, viewer: Viewer): Promise<Checkout> {
    const checkout = await this.store.findCheckout(id, viewer);
    if (!checkout) throw notFound('checkout');
    const [orders, { payments }] = await Promise.all([
      this.store.ordersOf(id),
      this.payments.batchGetPayments({ ids: [checkout.paymentId] }),
    ]);
    return create(CheckoutSchema, {
      checkoutId: id,
      status: Checkout_Status[checkout.status],
      ...toTotals(orders),
      orders: orders.map(toOrder),
      payment: payments[0],
      createdAt: timestampFromDate(checkout.createdAt),
    });
  }

  /** What a checkout would cost, line by line, and what of it store credit would pay. */
  async quote(buyer: Buyer, request: QuoteCheckoutRequest): Promise<CheckoutQuoteInit> {
    const { customerId } = buyer;
    const [{ portions, vouchers }, { balances }] = await Promise.all([
      this.baskets.assemble(buyer, request),
      customerId ? this.credits.getCredit({ customerId }) : { balances: [] },
    ]);
    const { amount, currency } = totalsOf(portions).total;
    const balance = balances.find((one) => one.currency === currency)?.amount ?? 0n;
    const used = request.useCredit ? min(balance, amount) : 0n;
    return toQuote(portions, vouchers, { balance, used });
  }

  /** A checkout is made in memory; nothing is written. */
  async #prepare(customerId: string, request: PlaceOrderRequest) {
    const basket = await this.baskets.assemble({ customerId }, request);
    const { portions, vouchers, uses, shippingAddress, fromCart, cartRevision } = basket;
    requireVouchers(vouchers);
    const now = this.clock.now();
    const draft = {
      checkoutId: this.clock.id(),
      paymentId: this.clock.id(),
      customerId,
      paymentMethod: paymentMethodOf(request),
      ...(request.payment?.useCredit && { useCredit: true as const }),
      shippingAddress,
      note: request.note,
      fromCart,
    };
    const orders = draftOrders(draft, portions, () => this.clock.id());
    const { total } = totalsOf(portions);
    checkExpectedTotal(total, request.expectedTotal && toMoney(request.expectedTotal));
    const data: CheckoutData = {
      checkoutId: draft.checkoutId,
      cardToken: request.payment?.cardToken ?? '',
      deadline: new Date(now.getTime() + this.config.paymentDeadlineSeconds * 1000).toISOString(),
      createdAt: now.toISOString(),
      orders: orders.map((facts) => ({ state: { status: 'PENDING', facts }, version: 1 })),
      ...(uses.length > 0 && { uses: uses.map((use) => toRedeem(use, orders)) }),
    };
    return { data, amount: total.amount, currency: total.currency, cartRevision };
  }

  #repeat(first: CheckoutRow, fingerprint: Buffer): Promise<Checkout> {
    if (!first.fingerprint.equals(fingerprint)) throw keyReused();
    return this.#answerOf(first.id, this.config.duplicateWaitMs);
  }

  /** What the buyer of a checkout was told, or will be within `waitMs`. */
  async #answerOf(id: string, waitMs: number): Promise<Checkout> {
    const until = performance.now() + waitMs;
    for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
      const checkout = await this.store.findCheckout(id);
      if (checkout?.answer) return fromBinary(CheckoutSchema, checkout.answer);
      if (checkout?.failure) throw toError(checkout.failure);
      if (performance.now() + pause > until) throw keyInProgress();
      await new Promise((resume) => setTimeout(resume, pause));
    }
  }
}

/** In which of the orders it is used, and with amounts as text: it is kept as JSON. */
function toRedeem({ sellerIds, amount, ...use }: Use, orders: OrderFacts[]): RedeemedUse {
  const orderIds = orders.filter(({ sellerId }) => sellerIds.includes(sellerId)).map(({ id }) => id);
  return { ...use, amount: amount.toString(), orderIds };
}

function toError(failure: NonNullable<CheckoutRow['failure']>): DomainError {
  const { code, kind, message, details, retryAfter } = failure;
  return new DomainError(code, kind, message, { details, retryAfter });
}

function paymentMethodOf({ payment }: PlaceOrderRequest): PaymentMethod {
  const method = Payment_Method[payment?.method ?? 0] as PaymentMethod;
  if (method === 'COD' && payment?.useCredit) {
    throw invalidField('payment.useCredit', 'Cash on delivery pays all of it at the door.');
  }
  if (method === 'CARD' && !payment?.cardToken) {
    throw invalidField('payment.cardToken', 'A card payment needs the token of a card.');
  }
  return method;
}
