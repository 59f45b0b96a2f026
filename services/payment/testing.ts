import { create } from '@bufbuild/protobuf';
import type { Client } from '@connectrpc/connect';
import {
  type OrderCancelledSchema,
  type OrderCompletedSchema,
  type OrderConfirmedSchema,
  type OrderDeliveredSchema,
  OrderFactsSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import type { ReturnResolvedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import {
  Payment_Method as Method,
  PaymentService,
  SimulatorService,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { CommissionService } from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { TestClock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { encodeData, event, eventType, type PendingEvent } from '@pasar/platform/events';
import type { Money } from '@pasar/platform/money';
import { Probe } from '@pasar/platform/probe';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { type BankCharge, SimulatedBank } from './adapters/simulated-bank.js';
import { SimulatorFaults } from './adapters/simulator-faults.js';
import { Attempts } from './attempts.js';
import { PaymentConsumers } from './consumers.js';
import { hasEnded, type Payment } from './payment.js';
import { paymentService } from './payment.module.js';
import { PaymentStore } from './store.js';

/** Makes the process die at one of its points; dead, it reaches no other. */
export class CrashProbe extends Probe {
  readonly passed: string[] = [];
  #left = Number.POSITIVE_INFINITY;
  #deadly = /./;

  /** @param nth point from now on, of those that `deadly` matches; 1 is the next */
  dieAt(nth: number, deadly = /./): void {
    this.passed.length = 0;
    this.#left = nth;
    this.#deadly = deadly;
  }

  /** A new process in the place of the dead one. */
  revive(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  get dead(): boolean {
    return this.#left <= 0;
  }

  override reach(point: string): void {
    if (!this.dead && this.#deadly.test(point)) this.#left--;
    if (this.dead) throw new Error(`the process died ${point}`);
    this.passed.push(point);
  }
}

type OrderEventSchema =
  | typeof OrderConfirmedSchema
  | typeof OrderCancelledSchema
  | typeof OrderCompletedSchema
  | typeof OrderDeliveredSchema
  | typeof ReturnResolvedSchema;

export interface TestRequest {
  paymentId: string;
  checkoutId: string;
  customerId: string;
  method: Method;
  cardToken: string;
  amount: Money;
  useCredit?: boolean;
  shares: { orderId: string; sellerId: string; amount: Money; subsidy?: Money }[];
}

export interface TestPayment extends TestService {
  clock: TestClock;
  probe: CrashProbe;
  /** Of variants, by id; in an order each share is one variant, with the id of its order. */
  categories: Map<string, string>;
  payments: Client<typeof PaymentService>;
  simulator: Client<typeof SimulatorService>;
  bank: SimulatedBank;
  faults: SimulatorFaults;
  /** A request to authorise, one share for each amount. */
  request(method: Method, amounts: bigint[], cardToken?: string): TestRequest;
  /** Publishes what became of the nth order of a payment. */
  publishOrder(schema: OrderEventSchema, request: TestRequest, nth?: number): Promise<void>;
  /** Consumes the same here and now, as a service without background work would not. */
  consumeOrder(schema: OrderEventSchema, request: TestRequest, nth?: number, facts?: object): Promise<void>;
  /** The payment as it is stored. */
  stored(id: string): Promise<Payment>;
  /** Asks the provider, moving the clock along, until there is nothing left to ask. */
  settle(): Promise<void>;
  /** That our books and the bank's say the same. */
  expectBalanced(id: string): Promise<{ payment: Payment; charge: BankCharge | undefined }>;
  query<Row>(statement: string, ...values: unknown[]): Promise<Row[]>;
}

const settings = { PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '800', PASAR_SIMULATOR_PROCESSING_MS: '20000' };

/** The payment service and its bank, on a clock that the test moves. */
export async function startPayment(
  options: { environment?: Record<string, string>; background?: boolean } = {},
): Promise<TestPayment> {
  const clock = new TestClock();
  const probe = new CrashProbe();
  const categories = new Map<string, string>();
  const kit = await startTestService(paymentService, {
    fakes: [
      fake(CommissionService, {
        batchGetCommissions: ({ sales }) => ({
          commissions: sales.map(({ categoryId }) => ({ basisPoints: categoryId ? 1_000 : 500 })),
        }),
      }),
      fake(ProductService, {
        batchGetVariants: ({ ids }) => ({
          variants: ids.flatMap((id) => {
            const categoryId = categories.get(id);
            return categoryId ? [{ id, categoryId }] : [];
          }),
        }),
      }),
    ],
    clock,
    probe,
    background: options.background,
    environment: { ...settings, ...options.environment },
  });
  const { service } = kit;
  const bank = service.get(SimulatedBank);
  const store = service.get(PaymentStore);
  const attempts = service.get(Attempts);
  const stored = async (id: string) => {
    const [payment] = await store.find([id]);
    if (!payment) throw new Error(`there is no payment ${id}`);
    return payment;
  };
  return {
    ...kit,
    clock,
    probe,
    categories,
    bank,
    faults: service.get(SimulatorFaults),
    payments: kit.client(PaymentService),
    simulator: kit.client(SimulatorService),
    stored,
    request: (method, amounts, cardToken = method === Method.CARD ? 'tok_success' : '') => ({
      ...{ paymentId: clock.id(), checkoutId: clock.id(), customerId: clock.id(), method, cardToken },
      amount: idr(amounts.reduce((total, amount) => total + amount, 0n)),
      shares: amounts.map((amount) => ({ orderId: clock.id(), sellerId: clock.id(), amount: idr(amount) })),
    }),
    publishOrder: (...about) => kit.publish(orderEvent(...about)),
    async consumeOrder(...about) {
      const pending = orderEvent(...about);
      const { schema, subject } = pending;
      const facts = {
        id: clock.id(),
        type: eventType(schema),
        source: 'order',
        time: clock.now(),
        traceparent: '',
      };
      const envelope = { ...facts, subject, data: encodeData(pending) };
      const { subscriptions } = service.get(PaymentConsumers);
      await service.database.transaction(async (tx) => {
        for (const handler of subscriptions) {
          if (handler.schema === schema) await handler.handle(tx, [envelope], { afterCommit: () => {} });
        }
      });
    },
    async settle() {
      for (let rounds = 0; (await store.surveyAttempts()).open > 0; rounds++) {
        if (rounds === 20) throw new Error('some questions to the provider are never answered');
        await attempts.run();
        clock.advance(30_000);
      }
    },
    async expectBalanced(id) {
      const payment = await stored(id);
      const charge = await bank.look(id).catch(() => undefined);
      const { rows } = await sql<{ account: string; balance: bigint }>`
        select account, sum(amount)::bigint as balance from ledger_entry where payment_id = ${id} group by account`.execute(
        service.database.kysely,
      );
      const balances = Object.fromEntries(rows.map(({ account, balance }) => [account, balance]));
      const kept = payment.captured - payment.refunded;
      const credited = payment.shares.reduce((sum, { credit, credited }) => sum + credit - credited, 0n);
      const atProvider = kept > 0n ? kept - credited : kept;
      if (payment.provider !== 'credit')
        expect(balances[`provider:${payment.provider}`] ?? 0n).toBe(atProvider);
      expect(balances[`credit:${payment.customerId}`] ?? 0n).toBe(credited);
      const granted = payment.shares.reduce((sum, share) => sum + share.granted, 0n);
      expect(balances['platform:promotions'] ?? 0n).toBe(granted);
      const released = payment.shares.reduce((sum, share) => sum + (share.settlement?.gross ?? 0n), 0n);
      expect(balances.escrow ?? 0n).toBe(released - kept - granted);
      if (payment.method !== 'COD')
        expect(atProvider).toBe((charge?.captured ?? 0n) - (charge?.refunded ?? 0n));
      if (hasEnded(payment)) {
        expect(kept).toBe(0n);
        expect(credited).toBe(0n);
        expect(['awaiting', 'authorized']).not.toContain(charge?.status);
      }
      return { payment, charge };
    },
    async close() {
      await kit.close();
      const url = new URL(bank.database.url);
      const name = url.pathname.slice(1);
      url.pathname = '/postgres';
      const server = new Database(url.href);
      await server.pool.query(`drop database ${name} with (force)`);
      await server.close();
    },
    async query<Row>(statement: string, ...values: unknown[]) {
      return (await service.database.pool.query(statement, values)).rows as Row[];
    },
  };
}

function orderEvent(schema: OrderEventSchema, request: TestRequest, nth = 0, facts = {}): PendingEvent {
  const { paymentId, checkoutId, customerId, method, useCredit, shares } = request;
  const share = shares[nth];
  if (!share) throw new Error('the payment has no such order');
  const order = create(OrderFactsSchema, {
    ...{ paymentId, checkoutId, customerId, paymentMethod: method, useCredit },
    ...{ orderId: share.orderId, sellerId: share.sellerId, total: share.amount },
    lines: [{ variantId: share.orderId, quantity: 1, unitPrice: share.amount, total: share.amount }],
  });
  return event(schema, share.orderId, { order, ...facts });
}

export function idr(amount: bigint): Money {
  return { amount, currency: 'IDR' };
}
