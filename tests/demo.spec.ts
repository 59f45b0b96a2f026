import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCatalogue } from '@pasar/demo/catalogue';
import { flashSale, promotions } from '@pasar/demo/promotions';
import { demoReviews } from '@pasar/demo/reviews';
import { applicants, newcomers, offers } from '@pasar/demo/trade';
import { demoAccounts, seedDemo } from '@pasar/server/demo';
import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { waitUntilQuiet } from './invariants.js';
import { address, newCustomer, World } from './world.js';

const world = new World();
const folder = mkdtempSync(join(tmpdir(), 'pasar-demo-'));
const catalogue = demoCatalogue();
const patience = { timeout: 20_000, interval: 50 };
let pasar: Pasar;

beforeAll(async () => {
  pasar = await world.start();
  await seedDemo(pasar, join(folder, 'first.json'), () => {});
});
afterAll(async () => {
  await world.end();
  rmSync(folder, { recursive: true, force: true });
});

async function countAll() {
  const count = async (service: string, what: string) => {
    const [row] = await world.query<{ n: number }>(service, `select count(*)::int as n from ${what}`);
    return row?.n;
  };
  return {
    stores: await count('seller', `seller where status = 'APPROVED'`),
    accounts: await count('auth', 'account'),
    products: await count('product', `product where status = 'published'`),
    variants: await count('product', `variant where state = 'live'`),
    stocked: await count('inventory', 'stock where on_hand > 0'),
    reviews: await count('review', `review where status = 'PUBLISHED'`),
    promotions: await count('promotion', 'promotion where ended_at is null'),
    flashPrices: await count('promotion', 'flash_item'),
    cases: await count('seller', `kyc_case where status in ('OPEN', 'NEEDS_MORE')`),
    staff: await count('seller', 'staff'),
    purchases: await count('seller', 'purchase_order'),
    receipts: await count(
      'inventory',
      `(select distinct reference from movement where reference like 'supply %') r`,
    ),
  };
}

it('is loaded whole, and again changes nothing', async () => {
  const all = catalogue.products.flatMap((product) => product.variants);
  // Some are sold out, to show what that looks like. Stock follows the products by events.
  const stocked = all.filter(({ stock }) => stock > 0).length;
  const offered = offers.flatMap(
    ({ product }) => catalogue.products.find(({ slug }) => slug === product)?.variants ?? [],
  ).length;
  const whole = {
    stores: 30,
    accounts: 33 + applicants.length,
    products: catalogue.products.length + offers.length,
    variants: all.length + offered,
    stocked: stocked + offered,
    reviews: demoReviews(catalogue).length,
    promotions: promotions.length,
    flashPrices: flashSale.products.length,
    cases: applicants.length,
    staff: 1,
    purchases: newcomers.supplies.flatMap(({ orders }) => orders).length,
    receipts: 1,
  };
  await vi.waitFor(async () => expect(await countAll()).toEqual(whole), patience);
  await seedDemo(pasar, join(folder, 'second.json'), () => {});
  await waitUntilQuiet(world.query);
  expect(await countAll()).toEqual(whole);
});

it('has ratings that are the sum of its reviews, in the index too', async () => {
  const counts = new Map<string, number>();
  for (const { product } of demoReviews(catalogue)) counts.set(product, (counts.get(product) ?? 0) + 1);
  const [slug, count] = [...counts].sort((a, b) => b[1] - a[1])[0] as [string, number];
  const guest = new Browser(pasar.url as string);
  const read = async (path: string) => (await guest.get(path)).body;
  const product = await read(`/api/v1/products/${slug}`);
  const rating = await read(`/api/v1/products/${product.id}/rating`);
  expect(Number(rating.count)).toBe(count);
  expect(rating.average).toBeGreaterThan(2);
  await vi.waitFor(async () => {
    const { hits } = await read(`/api/v1/search/products?query=${encodeURIComponent(product.title)}`);
    const hit = hits.find(({ id }: { id: string }) => id === product.id);
    expect(hit?.ratingCount).toBe(count);
  }, patience);
});

it('has vouchers to try, and prices that end soon', async () => {
  const buyer = await newCustomer(pasar);
  const { body: sale } = await buyer.get('/api/v1/flashSales');
  const [item] = sale.flashSales[0].items;
  const [usual, price] = [Number(item.regularPrice.amount), Number(item.price.amount)];
  expect(price / usual).toBeCloseTo(0.7, 1);
  const basket = { items: [{ variantId: item.variantId, quantity: 3 }], shippingAddress: address };
  const vouchers = ['SELAMATDATANG', 'ONGKIRHEMAT', 'LAWEYAN15', 'BESAR50'];
  const { body: quote } = await buyer.post('/api/v1/checkout:quote', { ...basket, vouchers });
  const names = quote.discounts.map(({ name }: { name: string }) => name).sort();
  // Two at the flash price; BESAR50 does not go with the others, which save more together.
  expect(names).toEqual(['Batik Laweyan 15%', 'Kilat batik', 'Ongkir hemat', 'Selamat datang']);
  expect(quote.vouchers.find(({ code }: { code: string }) => code === 'BESAR50').refusal).toMatch(
    /NOT_COMB|MINIMUM/,
  );
});

it('gives every store to an account that can sign in, and the accounts that the README names', async () => {
  for (const email of [
    ...demoAccounts.map((account) => account.email),
    'seller2@pasar.test',
    'seller30@pasar.test',
  ]) {
    const answer = await fetch(`${pasar.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'pasar-demo' }),
    });
    expect(answer.status).toBe(200);
    const { user } = (await answer.json()) as { user: { email: string; roles: string[] } };
    expect(user.email).toBe(email);
    expect(user.roles.includes('SELLER')).toBe(/^(seller|staff)/.test(email));
  }
});
