import type { Pasar } from '@pasar/server/pasar';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser } from './browser.js';
import { checkInvariants } from './invariants.js';
import { checkAnswers, Shopper, untilAnswered } from './shopper.js';
import { type ForSale, newCustomer, newMarket, newProduct, orderOf, World } from './world.js';

const world = new World({ PASAR_SAGA_LEASE_MS: '1000' });
const busName = `${world.prefix}_pasar_bus`;
let pasar: Pasar;
let twin: Pasar;
let seller: Browser;
let buyer: Browser;
let product: ForSale;
/** In the database beside the bus, which it outlives. */
let operator: pg.Client;

/** Two servers on one database: of each service's two relays one leads, and the other one stands by. */
beforeAll(async () => {
  pasar = await world.start();
  twin = await world.start();
  ({ seller } = await newMarket(pasar));
  product = await newProduct(seller, 10_000);
  buyer = await newCustomer(pasar);
  operator = await connect(world.databaseUrl('pasar_order'));
});
afterEach(() => checkInvariants(world.query));
afterAll(async () => {
  await operator?.end();
  await world.end();
});

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

/** Hangs up every session of that name on this market's databases. */
async function hangUp(applicationName: string): Promise<number> {
  const { rowCount } = await operator.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where starts_with(datname, $1) and application_name like $2`,
    [world.prefix, applicationName],
  );
  return rowCount ?? 0;
}

const statusOf = async (paymentId: string) => (await buyer.get(`/api/v1/payments/${paymentId}`)).body.status;

/** Orders at both servers at once, while the bus takes nothing and so nobody hears of them. @returns their payments */
async function buyUnheard(count: number): Promise<string[]> {
  const replies = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      buyer.at((index % 2 ? twin : pasar).url as string).order(orderOf(product.variantId)),
    ),
  );
  for (const { status, body, text } of replies) {
    expect({ status, checkout: body.status }, text).toEqual({ status: 201, checkout: 'CONFIRMED' });
  }
  const unheard = await world.query('order', `select from outbox where type = 'order.confirmed'`);
  expect(unheard).toHaveLength(count);
  const payments = replies.map(({ body }) => body.payment.id);
  // Money is taken when payment hears that the order is confirmed.
  expect(new Set(await Promise.all(payments.map(statusOf)))).toEqual(new Set(['AUTHORIZED']));
  return payments;
}

const untilCaptured = (payments: string[]) =>
  vi.waitFor(
    async () => expect(new Set(await Promise.all(payments.map(statusOf)))).toEqual(new Set(['CAPTURED'])),
    { timeout: 20_000, interval: 100 },
  );

describe('a broker that stands still', () => {
  it('because it takes no events: orders are placed all the same, and heard of later', async () => {
    const holder = await connect(world.databaseUrl('pasar_bus'));
    await holder.query('begin; lock table bus_topic in exclusive mode');
    try {
      const payments = await buyUnheard(20);
      await holder.query('rollback');
      await untilCaptured(payments);
    } finally {
      await holder.end();
    }
  });

  it('because it cannot be reached: orders are placed all the same, and heard of later', async () => {
    await operator.query(`alter database ${busName} allow_connections false`);
    try {
      await operator.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        busName,
      ]);
      const payments = await buyUnheard(20);
      await operator.query(`alter database ${busName} allow_connections true`);
      await untilCaptured(payments);
    } finally {
      await operator.query(`alter database ${busName} allow_connections true`);
    }
  });
});

describe('under load', () => {
  const enterAll = async (urls: string[]) => {
    const shoppers = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const browser = await newCustomer(twin);
        return new Shopper(browser, () => orderOf(product.variantId), urls);
      }),
    );
    for (const shopper of shoppers) shopper.enter();
    return shoppers;
  };

  it('relays and buses that lose their sessions deliver every event, and it takes effect once', async () => {
    const shoppers = await enterAll([twin.url as string, pasar.url as string]);
    for (const name of ['pasar-relay-%', 'pasar-bus', 'pasar-relay-%', 'pasar-bus']) {
      await untilAnswered(shoppers, 15);
      expect(await hangUp(name)).toBeGreaterThan(0);
    }
    await untilAnswered(shoppers, 15);
    await Promise.all(shoppers.map((shopper) => shopper.leave()));
    await checkInvariants(world.query);
    await checkAnswers(world.query, shoppers);
  });

  it('a server that leads is stopped, and the other one takes over', async () => {
    const shoppers = await enterAll([twin.url as string, pasar.url as string]);
    await untilAnswered(shoppers, 15);
    await world.stop(pasar);
    await untilAnswered(shoppers, 30);
    await Promise.all(shoppers.map((shopper) => shopper.leave()));
    await checkInvariants(world.query);
    await checkAnswers(world.query, shoppers);
  });
});
