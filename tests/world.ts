import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedAccounts } from '@pasar/auth/accounts';
import { StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { SystemClock } from '@pasar/platform/clock';
import type { Environment } from '@pasar/platform/config';
import type { Probe } from '@pasar/platform/probe';
import { platformMigrations } from '@pasar/platform/service';
import { createLog, Metrics } from '@pasar/platform/telemetry';
import { createDatabase } from '@pasar/platform/testing/database';
import { ServerConfig } from '@pasar/server/config';
import { type Pasar, startPasar } from '@pasar/server/pasar';
import { resolveTarget, type Target } from '@pasar/server/topology';
import pg from 'pg';
import sharp from 'sharp';
import { vi } from 'vitest';
import { Browser, type Reply } from './browser.js';
import { openQuery } from './query.js';

/** Of everybody here. */
export const password = 'a-quiet-Harbour-7';

/** A market of its own: its databases, and any number of server processes' worth of Pasar on them. */
export class World {
  readonly prefix = `world_${process.pid}_${randomBytes(4).toString('hex')}`;
  readonly #base: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'pasar-world-'));
  readonly #running = new Set<Pasar>();
  readonly #databases = new Map<string, Promise<void>>();
  readonly #reading = openQuery((name) => this.databaseUrl(name));
  readonly query = this.#reading.query;
  readonly environment: Environment;

  /** @param base a database of the PostgreSQL to use, when it is not to be the one of the test run */
  constructor(environment: Environment = {}, base = process.env.PASAR_TEST_POSTGRES_URL) {
    if (!base)
      throw new Error(
        'PASAR_TEST_POSTGRES_URL names the server for tests; the global setup of vitest sets it',
      );
    this.#base = base;
    this.environment = {
      PASAR_POOL_SIZE: '4',
      PASAR_RATE_LIMIT_PER_MINUTE: '0',
      PASAR_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      PASAR_SERVICE_SECRET: 'service-secret-of-a-test-world-00',
      PASAR_SIMULATOR_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 9).toString('base64')}`,
      // Cheap hashes: tests sign many people in.
      PASAR_AUTH_ARGON2_MEMORY_KIB: '7168',
      PASAR_AUTH_ARGON2_PASSES: '1',
      PASAR_SAGA_LEASE_MS: '5000',
      PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '4000',
      PASAR_SIMULATOR_PROCESSING_MS: '500',
      PASAR_PAYMENT_INQUIRE_AFTER_MS: '500',
      PASAR_PAYMENT_SETTLE_MS: '3000',
      // Parcels move when a test says so.
      PASAR_CARRIER_PACE: '1',
      PASAR_CARRIER_FAILED_ATTEMPT_RATE: '0',
      PASAR_MEDIA_DIR: this.#folder,
      ...environment,
    };
  }

  databaseUrl(name: string): string {
    return Object.assign(new URL(this.#base), { pathname: `/${this.prefix}_${name}` }).href;
  }

  /** Starts a Pasar, whole or in part. */
  async start(options: { probe?: Probe; environment?: Environment } = {}): Promise<Pasar> {
    // The simulated provider calls back, so the port must be known beforehand.
    const port = await freePort();
    const environment: Environment = {
      ...this.environment,
      PASAR_PORT: `${port}`,
      PASAR_PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...options.environment,
    };
    const config = ServerConfig.read(environment);
    const target = resolveTarget(config.target);
    await this.#prepare(target);
    const pasar = await startPasar({
      config,
      environment,
      target,
      databaseUrl: (name) => this.databaseUrl(name),
      serviceSecret: environment.PASAR_SERVICE_SECRET as string,
      clock: new SystemClock(),
      log: createLog({ level: process.env.PASAR_TEST_LOG_LEVEL ?? 'silent', service: 'test' }),
      metrics: new Metrics(),
      probe: options.probe,
    });
    this.#running.add(pasar);
    return pasar;
  }

  /** Pasar would make its databases and migrate them by itself; to copy some that are is quicker. */
  async #prepare({ services }: Target): Promise<void> {
    const needed: [string, string[]][] = [
      ['pasar_bus', [platformMigrations.bus]],
      ...services.map(({ name, migrations }): [string, string[]] => [`pasar_${name}`, migrations]),
    ];
    for (const [name, migrations] of needed)
      if (!this.#databases.has(name))
        this.#databases.set(name, createDatabase(this.#base, `${this.prefix}_${name}`, migrations));
    await Promise.all(this.#databases.values());
  }

  async stop(pasar: Pasar): Promise<void> {
    this.#running.delete(pasar);
    await pasar.close();
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running].map((pasar) => this.stop(pasar)));
    await this.#reading.end();
    rmSync(this.#folder, { recursive: true, force: true });
    const admin = new pg.Client({ connectionString: this.#base });
    await admin.connect();
    const { rows } = await admin.query('select datname from pg_database where datname like $1', [
      `${this.prefix}%`,
    ]);
    for (const { datname } of rows)
      await admin.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
    await admin.end();
  }
}

/** A port of 127.0.0.1 that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

let people = 0;

/** A signed-in customer. */
export async function newCustomer(pasar: Pick<Pasar, 'url'>, name = 'Sari'): Promise<Browser> {
  const browser = new Browser(pasar.url as string);
  const email = `customer-${process.pid}-${++people}@example.test`;
  const { status, body } = await browser.post('/api/v1/auth/register', { email, password, name });
  if (status !== 201) throw new Error(`registration failed: ${JSON.stringify(body)}`);
  return browser.as(body);
}

/** Staff, a category and somebody who sells in it. */
export async function newMarket(pasar: Pasar): Promise<{ admin: Browser; seller: Browser }> {
  const admin = await newAdmin(pasar);
  const { status, body } = await admin.post('/api/v1/categories', {
    ...{ slug: 'kopi', name: 'Kopi', nameEn: 'Coffee' },
  });
  if (status !== 201) throw new Error(`no category: ${JSON.stringify(body)}`);
  return { admin, seller: await newSeller(pasar) };
}

/** A signed-in member of staff. */
async function newAdmin(pasar: Pasar): Promise<Browser> {
  const email = `admin-${process.pid}-${++people}@example.test`;
  await seedAccounts(pasar.service('auth'), [
    { email, name: 'Bagus', password, roles: ['CUSTOMER', 'ADMIN', 'SUPER_ADMIN'] },
  ]);
  return signIn(pasar, email);
}

/** A signed-in seller with a store of its own. */
export async function newSeller(pasar: Pasar, city = 'Bandung'): Promise<Browser> {
  const id = new SystemClock().id();
  const number = ++people;
  const slug = `store-${process.pid}-${number}`;
  const { sellers } = await pasar.network.client(SellerService, { from: 'test' }).ensureSellers({
    stores: [{ slug, name: slug, city, ownerUserId: id }],
  });
  const email = `seller-${process.pid}-${number}@example.test`;
  await seedAccounts(pasar.service('auth'), [
    { id, email, name: 'Dewi', password, roles: ['CUSTOMER', 'SELLER'], sellerId: sellers[0]?.id },
  ]);
  return signIn(pasar, email);
}

/** Somebody on the staff of a store, who may do one thing for it. */
export async function newStaff(pasar: Pasar, world: World, permission: StorePermission): Promise<Browser> {
  const id = new SystemClock().id();
  const email = `staff-${process.pid}-${++people}@example.test`;
  const sellerId = (await (await newSeller(pasar)).get('/api/v1/sellers/me')).body.id;
  await seedAccounts(pasar.service('auth'), [
    { id, email, name: 'Rina', password, roles: ['CUSTOMER', 'SELLER'], sellerId },
  ]);
  const permissions = [StorePermission[permission]];
  await world.query('auth', 'update account set permissions = $1 where id = $2', [permissions, id]);
  return signIn(pasar, email);
}

async function signIn(pasar: Pasar, email: string): Promise<Browser> {
  const browser = new Browser(pasar.url as string);
  const { status, body } = await browser.post('/api/v1/auth/login', { email, password });
  if (status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(body)}`);
  return browser.as(body);
}

export interface ForSale {
  productId: string;
  variantId: string;
  slug: string;
  title: string;
  sellerId: string;
}

/** A published product with this much stock of each variant; it has one unless `facts` say otherwise. */
export async function newProduct(
  seller: Browser,
  stock: number,
  price = 5_000_000,
  facts: object = {},
): Promise<ForSale> {
  const created = await seller.post('/api/v1/products', {
    title: `Kopi ${process.pid} ${++people}`,
    description: 'Kopi arabika.',
    category: 'kopi',
    variants: [{ price: idr(price) }],
    ...facts,
  });
  if (created.status !== 201) throw new Error(`no product: ${JSON.stringify(created.body)}`);
  const { id, slug, title, sellerId, variants } = created.body;
  const published = await seller.post(`/api/v1/products/${id}:publish`, {});
  if (published.status !== 200) throw new Error(`not published: ${JSON.stringify(published.body)}`);
  for (const variant of variants) {
    const stocked = await seller.put(`/api/v1/inventory/${variant.id}`, { onHand: stock });
    if (stocked.status !== 200) throw new Error(`no stock: ${JSON.stringify(stocked.body)}`);
  }
  return { productId: id, variantId: variants[0].id, slug, title, sellerId };
}

/** A photograph. */
export function newPicture(width = 600, height = 400): Promise<Buffer> {
  const pixels = randomBytes(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(2)
    .jpeg()
    .toBuffer();
}

/** Delivers an order, and lets its buyer review its first line, ask about the product and answer that too. */
export async function newReview(
  seller: Browser,
  buyer: Browser,
  order: { id: string; lines: { variantId: string; productId: string }[] },
): Promise<{ reviewId: string; questionId: string; answerId: string }> {
  const idOf = ({ status, body }: Reply) => {
    if (status !== 201) throw new Error(`not written: ${JSON.stringify(body)}`);
    return body.id as string;
  };
  for (const step of ['process', 'ship', 'deliver'])
    await seller.post(`/api/v1/orders/${order.id}:${step}`, {});
  const [line] = order.lines;
  const review = { orderId: order.id, variantId: line?.variantId, stars: 4, text: 'Wangi dan segar.' };
  // The delivery is told by an event.
  const reviewId = await vi.waitFor(async () => idOf(await buyer.post('/api/v1/reviews', review)), {
    timeout: 10_000,
    interval: 20,
  });
  const asked = await buyer.post(`/api/v1/products/${line?.productId}/questions`, {
    text: 'Apakah ini arabika?',
  });
  const questionId = idOf(asked);
  const answerId = idOf(await buyer.post(`/api/v1/questions/${questionId}:answer`, { text: 'Ya.' }));
  return { reviewId, questionId, answerId };
}

/** A voucher of whoever makes it, for a day: a tenth off everything that is theirs. */
export async function newVoucher(owner: Browser, facts: object = {}): Promise<{ id: string; code: string }> {
  const day = 86_400_000;
  const { status, body } = await owner.post('/api/v1/promotions', {
    ...{ name: 'Sepersepuluh', code: `TENTH${process.pid}X${++people}`, stackable: true, listed: true },
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + day).toISOString(),
    benefit: { percentage: { basisPoints: 1000 } },
    ...facts,
  });
  if (status !== 201) throw new Error(`no voucher: ${JSON.stringify(body)}`);
  return body;
}

export const address = {
  recipient: 'Sari Pelanggan',
  phone: '+62 812 3456 7890',
  line1: 'Jl. Merdeka 1',
  city: 'Bandung',
  province: 'Jawa Barat',
  postalCode: '40111',
  country: 'ID',
};

/** A browser's subscription (the key is the example of RFC 8291), at a name that never resolves (RFC 2606). */
export const device = {
  endpoint: 'https://push.invalid/device',
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
};

export const card = (cardToken = 'tok_success') => ({ method: 'CARD', cardToken });

export const idr = (amount: number) => ({ amount: `${amount}`, currency: 'IDR' });

export function orderOf(variantId: string, quantity = 1, payment: object = card()) {
  return { items: [{ variantId, quantity }], shippingAddress: address, payment };
}

/** What the same would cost. */
export function quoteOf({ payment: _, ...basket }: ReturnType<typeof orderOf>, vouchers: string[] = []) {
  return { ...basket, vouchers };
}
