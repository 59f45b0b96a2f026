import { rmSync } from 'node:fs';
import { type EmbeddedPostgres, startPostgres } from '@pasar/platform/embedded-postgres';
import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { checkInvariants } from './invariants.js';
import { postmasterPid, temporaryDataDir } from './server-process.js';
import { checkAnswers, Shopper, untilAnswered } from './shopper.js';
import { card, newCustomer, newMarket, newProduct, orderOf, World } from './world.js';

const dataDir = temporaryDataDir();
let postgres: EmbeddedPostgres;
let world: World;
let pasar: Pasar;
let shoppers: Shopper[];

beforeAll(async () => {
  postgres = await startPostgres({ dataDir, durable: false, log: () => {} });
  world = new World({ PASAR_SAGA_LEASE_MS: '1000' }, postgres.url('postgres'));
  pasar = await world.start();
  const { seller } = await newMarket(pasar);
  const { variantId } = await newProduct(seller, 100_000);
  const payments = [card(), { method: 'EWALLET' }, { method: 'COD' }, { method: 'BANK_TRANSFER' }];
  shoppers = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const order = orderOf(variantId, 1, payments[index % payments.length]);
      return new Shopper(await newCustomer(pasar), () => order);
    }),
  );
});
afterAll(async () => {
  await world?.end();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('PostgreSQL that goes away under load', () => {
  it.each([
    ['is stopped', 'SIGINT'],
    ['is killed', 'SIGKILL'],
    ['is stopped once more', 'SIGINT'],
    ['is killed once more', 'SIGKILL'],
  ] as const)('and %s comes back, and every order is answered', async (_, signal) => {
    for (const shopper of shoppers) shopper.enter();
    await untilAnswered(shoppers, 30);
    const before = postmasterPid(dataDir);
    process.kill(before, signal);
    // Who holds a lease starts it again: here this process, as the server does in the embedded profile.
    await vi.waitFor(() => expect(postmasterPid(dataDir)).not.toBe(before), { timeout: 20_000 });
    await untilAnswered(shoppers, 30);
    await Promise.all(shoppers.map((shopper) => shopper.leave()));
  });

  it('loses nothing and does nothing twice', async () => {
    expect(shoppers.reduce((sum, { retries }) => sum + retries, 0)).toBeGreaterThan(0);
    const ready = await new Browser(pasar.url as string).get('/readyz');
    expect(ready.status).toBe(200);
    await checkInvariants(world.query);
    await checkAnswers(world.query, shoppers);
  });
});
