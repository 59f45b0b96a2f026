import { AsyncLocalStorage } from 'node:async_hooks';
import { Order_Status, OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Payment_Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { CheckoutSaga } from '@pasar/order/checkout.saga';
import { type Fault, SimulatorFaults } from '@pasar/payment/adapters/simulator-faults';
import { Batcher } from '@pasar/platform/batcher';
import { DomainError } from '@pasar/platform/errors';
import { Probe } from '@pasar/platform/probe';
import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser } from './browser.js';
import { checkInvariants, waitUntilQuiet } from './invariants.js';
import { address, newCustomer, newMarket, newProduct, newVoucher, World } from './world.js';

class Crash extends Error {
  override readonly name = 'Crash';
}

/** A flow of work that dies at a point that it reaches, and with everything that it would still do. */
interface Flow {
  diesAt: number;
  dead: boolean;
  died: PromiseWithResolvers<void>;
  /** The buyer has been answered; what it set in motion goes on in the background. */
  answered: boolean;
  points: string[];
}

/** Every commit and every call to the outside world asks it whether the process is still alive. */
class CrashProbe extends Probe {
  readonly flow = new AsyncLocalStorage<Flow>();
  /** Work in the background: how many points until one fails; its process is started again at once. */
  background = Number.POSITIVE_INFINITY;

  override reach(point: string): void {
    const flow = this.flow.getStore();
    if (flow?.dead) throw new Crash(point);
    if (!flow || flow.answered) {
      if (this.background-- === 1) throw new Crash(point);
      return;
    }
    flow.points.push(point);
    if (flow.points.length === flow.diesAt) {
      flow.dead = true;
      flow.died.resolve();
      throw new Crash(point);
    }
  }
}

// Each checkout of the matrix has its own process to die in, so they share no statements.
const largest = Batcher.limit;
Batcher.limit = 1;

// Here the bank is late on purpose, again and again.
const world = new World({ PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '400', PASAR_PAYMENT_SETTLE_MS: '3000' });
const probe = new CrashProbe();
let pasar: Pasar;
let seller: Browser;
let admin: Browser;
/** A voucher that everybody may use once. */
let voucher: string;
let faults: SimulatorFaults;

beforeAll(async () => {
  pasar = await world.start({ probe });
  ({ admin, seller } = await newMarket(pasar));
  voucher = (await newVoucher(admin, { quota: 10_000, perCustomer: 1 })).code;
  faults = pasar.service('payment').get(SimulatorFaults);
});
afterAll(async () => {
  Batcher.limit = largest;
  await world.end();
});

interface Scenario {
  name: string;
  method: Payment_Method;
  cardToken?: string;
  /** What the bank does to the first call for a payment. */
  fault?: Fault;
  stock?: number;
  withVoucher?: boolean;
  /** What the buyer has of store credit, and uses. */
  credit?: number;
  /** The buyer pays, where the method lets him pay later. */
  pays?: boolean;
  ends: ('CONFIRMED' | 'CANCELLED' | 'AWAITING_PAYMENT')[];
}

const { CARD, EWALLET, BANK_TRANSFER, QR, COD } = Payment_Method;
/** A card is not kept: dead between our record and the bank's, its payment is given up rather than asked for again. */
const scenarios: Scenario[] = [
  { name: 'a card that pays', method: CARD, cardToken: 'tok_success', ends: ['CONFIRMED', 'CANCELLED'] },
  { name: 'a wallet that pays', method: EWALLET, ends: ['CONFIRMED', 'CANCELLED'] },
  { name: 'cash on delivery', method: COD, ends: ['CONFIRMED'] },
  { name: 'a card that is declined', method: CARD, cardToken: 'tok_declined', ends: ['CANCELLED'] },
  { name: 'a shop that is sold out', method: CARD, cardToken: 'tok_success', stock: 0, ends: ['CANCELLED'] },
  {
    name: 'a voucher, and a card that pays',
    ...{ method: CARD, cardToken: 'tok_success', withVoucher: true, ends: ['CONFIRMED', 'CANCELLED'] },
  },
  {
    name: 'a voucher, and a card that is declined',
    ...{ method: CARD, cardToken: 'tok_declined', withVoucher: true, ends: ['CANCELLED'] },
  },
  {
    name: 'store credit, and a card that pays the rest',
    ...{ method: CARD, cardToken: 'tok_success', credit: 700, ends: ['CONFIRMED', 'CANCELLED'] },
  },
  {
    name: 'store credit, and a card that is declined',
    ...{ method: CARD, cardToken: 'tok_declined', credit: 700, ends: ['CANCELLED'] },
  },
  {
    name: 'store credit for all of it',
    ...{ method: QR, credit: 100_000_000, ends: ['CONFIRMED'] },
  },
  {
    name: 'a bank that never answers, and took the money',
    method: CARD,
    cardToken: 'tok_success',
    fault: { kind: 'timeout', effect: true },
    ends: ['CONFIRMED', 'CANCELLED'],
  },
  {
    name: 'a bank that never answers, and did nothing',
    method: CARD,
    cardToken: 'tok_success',
    fault: { kind: 'timeout', effect: false },
    ends: ['CONFIRMED', 'CANCELLED'],
  },
  {
    name: 'a bank that fails, and took the money',
    method: CARD,
    cardToken: 'tok_success',
    fault: { kind: 'failed', effect: true },
    ends: ['CONFIRMED', 'CANCELLED'],
  },
  {
    name: 'a bank that fails, and did nothing',
    method: CARD,
    cardToken: 'tok_success',
    fault: { kind: 'failed', effect: false },
    ends: ['CONFIRMED', 'CANCELLED'],
  },
  { name: 'a transfer that is paid', method: BANK_TRANSFER, pays: true, ends: ['CONFIRMED', 'CANCELLED'] },
  {
    name: 'a voucher, and a transfer that is paid',
    ...{ method: BANK_TRANSFER, withVoucher: true, pays: true, ends: ['CONFIRMED', 'CANCELLED'] },
  },
  { name: 'a QR code that nobody pays', method: QR, ends: ['AWAITING_PAYMENT', 'CANCELLED'] },
];

interface Ended {
  status: string;
  points: string[];
}

/** A buyer's request, which can be sent again with the same key. */
function checkout(scenario: Scenario, variantId: string, buyer: Browser) {
  const orders = pasar.network.client(OrderService, { from: 'test' });
  const headers = {
    authorization: buyer.headers.authorization ?? '',
    'idempotency-key': crypto.randomUUID(),
  };
  const place = () =>
    orders.placeOrder(
      {
        items: [{ variantId, quantity: 1 }],
        shippingAddress: address,
        vouchers: scenario.withVoucher ? [voucher] : [],
        payment: {
          method: scenario.method,
          cardToken: scenario.cardToken,
          useCredit: scenario.credit !== undefined,
        },
      },
      { headers, timeoutMs: 20_000 },
    );
  return { scenario, buyer, place };
}

/** Sends requests in a process that dies at its nth point. @returns the points that it reached */
async function die(requests: { place(): Promise<unknown> }[], diesAt: number): Promise<string[]> {
  const flow: Flow = {
    ...{ diesAt, dead: false, answered: false, points: [] },
    died: Promise.withResolvers<void>(),
  };
  const answers = requests.map(({ place }) =>
    probe.flow.run(flow, place).catch((error: unknown) => expect(error).toBeInstanceOf(DomainError)),
  );
  // Nobody is answered by a process that is dead.
  await Promise.race([Promise.all(answers), flow.died.promise]);
  flow.answered = true;
  return flow.points;
}

/** Comes back to a checkout as its buyer would, with the same key. @returns how it stands in the end */
async function comeBack({ scenario, buyer, place }: ReturnType<typeof checkout>): Promise<string> {
  // The process is gone, so its lease will end; here at once.
  const endLeases = () =>
    world.query(
      'order',
      `update saga set leased_until = now() - interval '1 s'
       where state in ('running', 'compensating') and id in (select id from checkout where customer_id = '${buyer.user?.id}')`,
    );
  let status = '';
  await vi.waitFor(
    async () => {
      await endLeases();
      await pasar.service('order').get(CheckoutSaga).sagas.recover();
      const answer = await place().catch((error: DomainError) => error);
      if (answer instanceof DomainError) {
        expect(['idempotency.in_progress', 'internal', 'rpc.deadline_exceeded']).not.toContain(answer.code);
        status = 'CANCELLED';
        return;
      }
      if (scenario.pays && answer.payment) {
        const reference = encodeURIComponent(answer.payment.providerReference);
        await buyer.post(`/api/v1/simulator/payments/${reference}:pay`, { deliveries: 2 });
      }
      const { body } = await buyer.get(`/api/v1/checkouts/${answer.checkoutId}`);
      status = body.status;
      expect(scenario.ends).toContain(status);
    },
    { timeout: 30_000, interval: 300 },
  );
  return status;
}

/** Places a checkout that dies at its nth point, and comes back to it. */
async function live(scenario: Scenario, variantId: string, buyer: Browser, diesAt: number): Promise<Ended> {
  const request = checkout(scenario, variantId, buyer);
  const points = await die([request], diesAt);
  return { status: await comeBack(request), points };
}

async function newBuyer({ credit }: Scenario): Promise<Browser> {
  const buyer = await newCustomer(pasar);
  if (!credit) return buyer;
  const amount = { amount: credit, currency: 'IDR' };
  const granted = await admin.post('/api/v1/storeCredits', {
    ...{ customerId: buyer.user?.id, amount, reason: 'sorry' },
  });
  expect(granted.status).toBe(201);
  return buyer;
}

/** Lets a checkout die at each of its points, every time another one. */
async function dieEverywhere(scenario: Scenario): Promise<void> {
  const { variantId } = await newProduct(seller, scenario.stock ?? 1000);
  const whole = await live(scenario, variantId, await newBuyer(scenario), Number.POSITIVE_INFINITY);
  expect(scenario.ends).toContain(whole.status);
  // A commit and what follows it, at the least: placing, and ending.
  expect(whole.points.length).toBeGreaterThanOrEqual(4);
  const buyers = await Promise.all(whole.points.map(() => newBuyer(scenario)));
  const ended = await Promise.all(buyers.map((buyer, index) => live(scenario, variantId, buyer, index + 1)));
  for (const { status } of ended) expect(scenario.ends).toContain(status);
}

describe('a checkout that dies', () => {
  it.concurrent.each(scenarios.filter(({ fault }) => !fault))(
    'anywhere, with $name, ends as it should',
    dieEverywhere,
  );
});

describe('a checkout that dies while the bank misbehaves', () => {
  it.each(scenarios.filter(({ fault }) => fault))(
    'anywhere, with $name, ends as it should',
    async (scenario) => {
      const faulted = new Set<string>();
      faults.plan = (_operation, paymentId) => {
        if (faulted.has(paymentId)) return undefined;
        faulted.add(paymentId);
        return scenario.fault;
      };
      await dieEverywhere(scenario);
      faults.plan = () => undefined;
    },
  );
});

describe('a process that dies with several checkouts at work', () => {
  beforeAll(() => {
    Batcher.limit = largest;
  });
  afterAll(() => {
    Batcher.limit = 1;
  });

  it('anywhere, in a commit that they share too, ends each as it should', async () => {
    const mixed = await Promise.all(
      [...scenarios.slice(0, 6), ...scenarios.slice(0, 3), ...scenarios.slice(5, 6)].map(
        async (scenario) => ({
          scenario,
          variantId: (await newProduct(seller, scenario.stock ?? 1000)).variantId,
          buyer: await newCustomer(pasar),
        }),
      ),
    );
    const dieAndComeBack = async (diesAt: number) => {
      const requests = mixed.map(({ scenario, variantId, buyer }) => checkout(scenario, variantId, buyer));
      const points = await die(requests, diesAt);
      const statuses = await Promise.all(requests.map(comeBack));
      for (const [index, { scenario }] of requests.entries())
        expect(scenario.ends).toContain(statuses[index]);
      return points;
    };
    const points = await dieAndComeBack(Number.POSITIVE_INFINITY);
    const alone = 12;
    expect(points.length).toBeLessThan(mixed.length * alone);
    for (let diesAt = 1; diesAt <= points.length; diesAt++) await dieAndComeBack(diesAt);
  });
});

describe('a seller who ships', () => {
  it('and dies anywhere, has shipped once when he asks again', async () => {
    const { variantId } = await newProduct(seller, 100);
    const orders = pasar.network.client(OrderService, { from: 'test' });
    const headers = { authorization: seller.headers.authorization ?? '' };
    const buyer = await newCustomer(pasar);
    const placed = async () => {
      const answer = await buyer.order({
        items: [{ variantId, quantity: 1 }],
        shippingAddress: address,
        payment: { method: 'COD' },
      });
      return answer.body.orders[0].id as string;
    };
    const ship = (id: string) => ({
      place: () => orders.shipOrder({ id }, { headers, timeoutMs: 20_000 }),
    });
    const points = await die([ship(await placed())], Number.POSITIVE_INFINITY);
    // The shipment that is made or found, that is handed over, and the order that follows.
    expect(points.length).toBeGreaterThanOrEqual(6);
    await Promise.all(
      points.map(async (_, index) => {
        const id = await placed();
        await die([ship(id)], index + 1);
        await vi.waitFor(
          async () => {
            const { status, trackingNumber } = await ship(id).place();
            expect(Order_Status[status]).toBe('SHIPPED');
            const { body } = await buyer.get(`/api/v1/orders/${id}/shipment`);
            expect(body).toMatchObject({ status: 'HANDED_OVER', parcels: [{ trackingNumber }] });
          },
          { timeout: 20_000, interval: 100 },
        );
        const { body } = await buyer.get(`/api/v1/orders/${id}/history`);
        const shipped = body.entries.filter(({ status }: { status: string }) => status === 'SHIPPED');
        expect(shipped).toHaveLength(1);
      }),
    );
  });
});

describe('work in the background that dies', () => {
  it('at any commit or call is done by whoever comes next', async () => {
    const { variantId } = await newProduct(seller, 1000);
    const scenario = scenarios[0] as Scenario;
    const buyers = await Promise.all(Array.from({ length: 30 }, () => newCustomer(pasar)));
    let sold = 0;
    for (const [index, buyer] of buyers.entries()) {
      probe.background = index + 1;
      // The foreground has a flow of its own here, which never dies.
      const { status } = await live(scenario, variantId, buyer, Number.POSITIVE_INFINITY);
      if (status === 'CONFIRMED') sold++;
      await vi.waitFor(() => expect(probe.background).toBeLessThanOrEqual(0), { timeout: 10_000 });
    }
    probe.background = Number.POSITIVE_INFINITY;
    await waitUntilQuiet(world.query);
    const { body } = await seller.get(`/api/v1/inventory/${variantId}`);
    expect(body).toMatchObject({ onHand: `${1000 - sold}`, reserved: '0' });
  });
});

describe('after all of this', () => {
  it('stock, money, orders, messages and the ledger are what they should be', () =>
    checkInvariants(world.query));
});
