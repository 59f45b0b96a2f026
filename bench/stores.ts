import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Crowd, fill, type Visitors } from './crowd.js';
import { Client, pick } from './load.js';
import { PostgresMeter } from './postgres-meter.js';
import { BenchServer } from './server.js';

export interface StoresOptions {
  products: number;
  orders: number;
  /** Of each list; of these the p95 is one of the worst. */
  runs: number;
  /** A folder that holds, or is to hold, the filled market. */
  keptIn: string | undefined;
  /** Only lists with one of these in their address; all when there is none. */
  only: string[];
  signal: AbortSignal;
  say(line: string): void;
}

const stores = 10_000;
/** Of each list, before it is measured. */
const warmUps = 10;

type Role = 'nobody' | 'customer' | 'seller' | 'admin';

/** What is asked: by whom, and for what. `{…}` stands for one of many, another one each time. */
type Question = [Role, string];

/**
 * Lists and the queries of staff with 10,000 stores, as a client gets them: what it costs that the seller is a column.
 * Nothing is answered by the gateway's cache, for who asks is signed in.
 */
export async function benchStores(options: StoresOptions): Promise<string> {
  const { products, orders, runs, keptIn, only, signal, say } = options;
  await using server = new BenchServer(signal, {}, keptIn);
  const note = join(server.dataDir, 'bench-stores.json');
  if (!existsSync(note)) {
    await prepare(server, { stores, products, orders }, note, options);
    // What a process keeps in memory it reads anew.
    await server.stop();
  }
  say('start');
  await server.start();
  using client = await Client.open(server.url, 1);
  const admin = await signIn(client, 'admin@pasar.test');
  const seller = await signIn(client, 'seller@pasar.test');
  const customer = await signIn(client, JSON.parse(readFileSync(note, 'utf8')).customer);
  const sellerId = seller.user.sellerId;

  const tokens = { nobody: undefined, customer: customer.token, seller: seller.token, admin: admin.token };
  const { categories } = await client.json<{ categories: { slug: string }[] }>({
    method: 'GET',
    path: '/api/v1/categories',
  });
  const numbered = (kind: string, upTo: number) => () =>
    `00000${kind}-0000-7000-8000-${(1 + Math.floor(Math.random() * (upTo - 1))).toString(16).padStart(12, '0')}`;
  const names: Record<string, () => string> = {
    store: numbered('001', stores),
    product: numbered('006', 1000),
    order: numbered('003', orders),
    payment: numbered('005', orders),
    promotion: numbered('017', stores),
    case: numbered('008', stores),
    purchase: numbered('00d', stores * 10),
    question: numbered('013', 1000),
    word: () => pick(['merah', 'biru', 'besar', 'katun', 'kayu merah', 'barang 77']),
    category: () => pick(categories).slug,
    own: () => sellerId,
  };
  await using postgres = await PostgresMeter.open(server);
  const lines = [
    '| list | by | p50 ms | p95 ms | server CPU ms | PostgreSQL CPU ms |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
  ];
  const cpu = async () => [(await server.usage()).cpu, (await postgres.work()).cpu] as const;
  for (const [role, path] of questions) {
    if (only.length > 0 && !only.some((part) => path.includes(part))) continue;
    signal.throwIfAborted();
    const times: number[] = [];
    let failure = '';
    let next = '';
    const ask = async () => {
      const named = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent((names[name] as () => string)()),
      );
      // Every other time the page after the last one.
      const page = next && `${named.includes('?') ? '&' : '?'}pageToken=${encodeURIComponent(next)}`;
      const token = tokens[role];
      const headers = token === undefined ? undefined : { Authorization: `Bearer ${token}` };
      const began = performance.now();
      const { status, body } = await client.send({ method: 'GET', path: named + page, headers }, 0);
      times.push(performance.now() - began);
      // Some products are drafts, and some stores suspended.
      if (status !== 200 && status !== 404) failure = ` (${status})`;
      next = next || path.includes('{') ? '' : (JSON.parse(body.toString()).nextPageToken ?? '');
    };
    for (let n = 0; n < warmUps; n++) await ask();
    const before = await cpu();
    for (let n = 0; n < runs; n++) await ask();
    const used = (await cpu()).map((after, index) =>
      (((after - (before[index] as number)) * 1000) / runs).toFixed(1),
    );
    const sorted = times.slice(warmUps).sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * runs)] as number).toFixed(1);
    const cells = [at(0.5), at(0.95), ...used].join(' | ');
    say(`${path}${failure}: ${cells}`);
    lines.push(`| \`${path.replace('/api/v1', '')}\`${failure} | ${role} | ${cells} |`);
  }
  return lines.join('\n');
}

/** A market with its first order, and then with all that many orders like it leave. */
async function prepare(
  server: BenchServer,
  crowd: Crowd,
  note: string,
  { signal, say }: StoresOptions,
): Promise<void> {
  say('first start');
  await server.start();
  using client = await Client.open(server.url, 1);
  const seller = await signIn(client, 'seller@pasar.test');
  const email = `bench-${randomUUID()}@example.test`;
  const customer = await register(client, email);
  const orderId = await buy(client, seller.token, customer.token);
  const visitors: Visitors = { sellerId: seller.user.sellerId, customerId: customer.user.id, orderId };
  const open = async (database: string) => {
    const connection = new pg.Client(server.postgres.url(database));
    await connection.connect();
    return connection;
  };
  await waitForTrade(open, orderId, signal);
  await fill(open, crowd, visitors, say);
  writeFileSync(note, JSON.stringify({ customer: email }));
}

const questions: Question[] = [
  ['nobody', '/api/v1/sellers/{store}'],
  ['customer', '/api/v1/sellers'],
  ['admin', '/api/v1/sellers:search?status=SUSPENDED'],
  ['admin', '/api/v1/sellers:search?name=toko%2077'],
  ['admin', '/api/v1/kycCases'],
  ['admin', '/api/v1/kycCases/{case}'],
  ['admin', '/api/v1/commissionPlans'],
  ['admin', '/api/v1/commissionRates?sellerId={store}'],
  ['admin', '/api/v1/sellers/{store}/performance'],
  ['seller', '/api/v1/sellers/me'],
  ['seller', '/api/v1/sellers/me/performance'],
  ['seller', '/api/v1/sellers/me/commission'],
  ['seller', '/api/v1/sellers/me/staff'],
  ['seller', '/api/v1/sellers/me/invitations'],
  ['seller', '/api/v1/suppliers'],
  ['seller', '/api/v1/purchaseOrders'],
  ['seller', '/api/v1/purchaseOrders?status=ORDERED'],
  ['seller', '/api/v1/sellers/me/skuCosts'],
  ['customer', '/api/v1/products'],
  ['customer', '/api/v1/products?sort=price'],
  ['customer', '/api/v1/products?sort=-price&minPrice=500000'],
  ['customer', '/api/v1/products?sort=title'],
  ['customer', '/api/v1/products?category={category}'],
  ['customer', '/api/v1/products?category={category}&sort=price'],
  ['customer', '/api/v1/products?sellerId={store}'],
  ['customer', '/api/v1/products?sellerId={own}&sort=price'],
  ['customer', '/api/v1/products?sellerId={own}&query=kayu'],
  ['customer', '/api/v1/products?query={word}'],
  ['customer', '/api/v1/products?query={word}&sort=relevance'],
  ['customer', '/api/v1/products?query={word}&category={category}&sort=price'],
  ['customer', '/api/v1/products/{product}'],
  ['seller', '/api/v1/sellers/me/products'],
  ['seller', '/api/v1/sellers/me/products?status=DRAFT'],
  ['seller', '/api/v1/sellers/me/products?query=kayu'],
  ['customer', '/api/v1/orders'],
  ['seller', '/api/v1/sellers/me/orders'],
  ['seller', '/api/v1/sellers/me/orders?status=CONFIRMED'],
  ['seller', '/api/v1/sellers/me/orders?status=CANCELLED'],
  ['admin', '/api/v1/orders/{order}'],
  ['admin', '/api/v1/disputes'],
  ['admin', '/api/v1/payments/{payment}'],
  ['seller', '/api/v1/sellers/me/balance'],
  ['seller', '/api/v1/sellers/me/payouts'],
  ['admin', '/api/v1/payouts'],
  ['admin', '/api/v1/payouts?sellerId={store}'],
  ['admin', '/api/v1/ledger/balances'],
  ['admin', '/api/v1/ledger/balances?account=seller:'],
  ['admin', '/api/v1/ledger/entries'],
  ['admin', '/api/v1/ledger/entries?account=escrow'],
  ['admin', '/api/v1/ledger/entries?paymentId={payment}'],
  ['admin', '/api/v1/ledger/differences'],
  ['admin', '/api/v1/giftCards'],
  ['customer', '/api/v1/users/me/credit'],
  ['customer', '/api/v1/users/me/credit/entries'],
  ['customer', '/api/v1/products/{product}/reviews'],
  ['customer', '/api/v1/products/{product}/rating'],
  ['customer', '/api/v1/products/{product}/questions'],
  ['customer', '/api/v1/questions/{question}/answers'],
  ['customer', '/api/v1/sellers/{own}/reviews'],
  ['customer', '/api/v1/sellers/{store}/rating'],
  ['customer', '/api/v1/users/me/reviews'],
  ['customer', '/api/v1/users/me/reviewableLines'],
  ['seller', '/api/v1/sellers/me/questions'],
  ['admin', '/api/v1/moderationCases'],
  ['customer', '/api/v1/shipments'],
  ['seller', '/api/v1/sellers/me/shipments'],
  ['seller', '/api/v1/sellers/me/shipments?status=BOOKED'],
  ['admin', '/api/v1/shipments'],
  ['admin', '/api/v1/shipments?status=LOST'],
  ['admin', '/api/v1/orders/{order}/shipment'],
  ['customer', '/api/v1/vouchers'],
  ['customer', '/api/v1/vouchers?sellerId={store}'],
  ['customer', '/api/v1/users/me/vouchers'],
  ['customer', '/api/v1/flashSales'],
  ['seller', '/api/v1/promotions'],
  ['seller', '/api/v1/sellers/me/flashSales'],
  ['admin', '/api/v1/promotions'],
  ['admin', '/api/v1/promotions/{promotion}/redemptions'],
];

interface Account {
  token: string;
  user: { id: string; sellerId: string };
}

async function enter(client: Client, path: string, body: object): Promise<Account> {
  const { accessToken: token, user } = await client.json<{ accessToken: string; user: Account['user'] }>({
    method: 'POST',
    path,
    body,
  });
  return { token, user };
}

const password = 'pasar-demo';

function signIn(client: Client, email: string): Promise<Account> {
  return enter(client, '/api/v1/auth/login', { email, password });
}

function register(client: Client, email: string): Promise<Account> {
  return enter(client, '/api/v1/auth/register', { email, password, name: 'Sari' });
}

/** One order at the demo seller's store. @returns its id */
async function buy(client: Client, sellerToken: string, token: string): Promise<string> {
  const { products } = await client.json<{ products: { variants: { id: string; available?: number }[] }[] }>({
    method: 'GET',
    path: '/api/v1/sellers/me/products?status=PUBLISHED&pageSize=100',
    headers: { Authorization: `Bearer ${sellerToken}` },
  });
  const inStock = products.flatMap(({ variants }) => variants).find(({ available = 0 }) => available > 0);
  const shippingAddress = {
    ...{ recipient: 'Sari', phone: '+62 812 3456', line1: 'Jl. Merdeka 1', city: 'Bandung' },
    ...{ province: 'Jawa Barat', postalCode: '40111', country: 'ID' },
  };
  const { orders } = await client.json<{ orders: { id: string }[] }>({
    ...{ method: 'POST', path: '/api/v1/orders' },
    headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': randomUUID() },
    body: {
      ...{ items: [{ variantId: inStock?.id, quantity: 1 }], shippingAddress },
      payment: { method: 'EWALLET' },
    },
  });
  return orders[0]?.id as string;
}

/** Until every service has heard of the order whose likeness is made. */
async function waitForTrade(
  open: (database: string) => Promise<pg.Client>,
  orderId: string,
  signal: AbortSignal,
): Promise<void> {
  const wanted: [string, string][] = [
    ['pasar_payment', `from sale where order_id = $1 and commission is not null`],
    ['pasar_payment', `from payment where shares -> 0 ->> 'orderId' = $1 and status = 'CAPTURED'`],
    [
      'pasar_shipping',
      `from shipment s join parcel p on p.shipment_id = s.id where s.order_id = $1 and s.owed is null`,
    ],
  ];
  for (const [database, what] of wanted) {
    const client = await open(database);
    while ((await client.query(`select ${what}`, [orderId])).rowCount === 0) {
      signal.throwIfAborted();
      await delay(200);
    }
    await client.end();
  }
}
