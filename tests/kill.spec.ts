import { startPostgres } from '@pasar/platform/embedded-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './browser.js';
import { checkInvariants } from './invariants.js';
import { openQuery } from './query.js';
import { postmasterPid, removeDataDir, ServerProcess, temporaryDataDir } from './server-process.js';
import { checkAnswers, Shopper, untilAnswered } from './shopper.js';
import { address, card, newCustomer } from './world.js';

const dataDir = temporaryDataDir();
const postgresDir = `${dataDir}/postgres`;
const variantIds: string[] = [];
let server: ServerProcess;
let twin: ServerProcess;

/** The demo market, with enough of everything. */
beforeAll(async () => {
  server = await ServerProcess.on(dataDir);
  twin = await ServerProcess.on(dataDir);
  await server.start();
  const keeper = new Browser(server.url);
  const login = await keeper.post('/api/v1/auth/login', {
    email: 'seller@pasar.test',
    password: 'pasar-demo',
  });
  const seller = keeper.as(login.body);
  const { body } = await seller.get(`/api/v1/products?sellerId=${seller.user?.sellerId}&pageSize=3`);
  for (const { id } of body.products) {
    const product = await seller.get(`/api/v1/products/${id}`);
    variantIds.push(product.body.variants[0].id);
  }
  for (const variantId of variantIds) {
    const stocked = await seller.put(`/api/v1/inventory/${variantId}`, { onHand: 100_000 });
    expect(stocked.status).toBe(200);
  }
});
afterAll(async () => {
  await server?.kill();
  await twin?.kill();
  await removeDataDir(dataDir);
});

/** Two things a time, paid in each way that is settled at once. */
function randomOrder() {
  const pick = <T>(all: T[]) => all[Math.floor(Math.random() * all.length)] as T;
  const [first, second] = variantIds.toSorted(() => Math.random() - 0.5) as [string, string];
  return {
    items: [first, second].map((variantId) => ({ variantId, quantity: 1 })),
    shippingAddress: address,
    payment: pick([card(), { method: 'EWALLET' }, { method: 'COD' }]),
  };
}

const newShoppers = (urls: string[]) =>
  Promise.all(
    Array.from({ length: 8 }, async () => new Shopper(await newCustomer(server), randomOrder, urls)),
  );

async function checkEverything(shoppers: Shopper[]) {
  const postgres = await startPostgres({ dataDir: postgresDir, log: () => {} });
  const { query, end } = openQuery((name) => postgres.url(name));
  try {
    await checkInvariants(query);
    await checkAnswers(query, shoppers);
  } finally {
    await end();
    await postgres.stop();
  }
}

describe('kill -9', () => {
  it('of the server, and of PostgreSQL with it, again and again, loses nothing and does nothing twice', async () => {
    const shoppers = await newShoppers([server.url]);
    for (const shopper of shoppers) shopper.enter();
    for (let kill = 0; kill < 4; kill++) {
      await untilAnswered(shoppers, 5 + Math.floor(Math.random() * 30));
      const postmaster = postmasterPid(postgresDir);
      await server.kill();
      if (kill % 2) process.kill(postmaster, 'SIGKILL');
      await server.start();
    }
    await untilAnswered(shoppers, 20);
    await Promise.all(shoppers.map((shopper) => shopper.leave()));
    expect(shoppers.reduce((sum, { retries }) => sum + retries, 0)).toBeGreaterThan(0);
    await checkEverything(shoppers);
  });

  it('of the server that leads: the other one on its database takes over', async () => {
    await twin.start();
    const shoppers = await newShoppers([twin.url, server.url]);
    for (const shopper of shoppers) shopper.enter();
    await untilAnswered(shoppers, 40);
    // It came first, so its relays publish and its consumers hold most of what there is.
    await server.kill();
    await untilAnswered(shoppers, 40);
    await Promise.all(shoppers.map((shopper) => shopper.leave()));
    await checkEverything(shoppers);
  });
});
