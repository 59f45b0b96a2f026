import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromiumFlags, findChromium } from '@pasar/platform/testing/chromium';
import type { Pasar } from '@pasar/server/pasar';
import { Storefront } from '@pasar/server/storefront';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser } from './browser.js';
import {
  address,
  type ForSale,
  newCustomer,
  newMarket,
  newPicture,
  newProduct,
  newSeller,
  orderOf,
  World,
} from './world.js';

const isBuilt = existsSync(resolve(import.meta.dirname, '../apps/storefront/.next/BUILD_ID'));
const program = findChromium();
if (!program)
  console.log(
    'No browser here: the journeys in the storefront are left out. On Debian: apt-get install chromium',
  );
else if (!isBuilt)
  console.log('The storefront is not built: its journeys are left out. `npm test` builds it.');

const patience = { timeout: 20_000, interval: 50 };
const key = 'a-key-of-the-storefront-of-a-test';

describe.runIf(program && isBuilt)('the storefront', () => {
  const world = new World({ PASAR_STOREFRONT_KEY: key });
  const said: string[] = [];
  let pasar: Pasar;
  let storefront: Storefront;
  let browser: Chromium;
  let admin: Browser;
  let sellers: Browser[];
  let goods: ForSale[];

  beforeAll(async () => {
    [pasar, browser, storefront] = await Promise.all([
      world.start(),
      chromium.launch({ executablePath: program, args: chromiumFlags }),
      Storefront.start(
        {
          PATH: process.env.PATH,
          PASAR_STOREFRONT_PORT: '0',
          PASAR_STOREFRONT_KEY: key,
          PASAR_STOREFRONT_REQUESTS_PER_MINUTE: '0',
        },
        (line) => said.push(line),
      ),
    ]);
    const market = await newMarket(pasar);
    admin = market.admin;
    const others = ['Solo', 'Medan'].map((city) => newSeller(pasar, city));
    sellers = [market.seller, ...(await Promise.all(others))];
    [goods] = await Promise.all([
      Promise.all(sellers.map((seller, index) => newProduct(seller, 5, 5_000_000 + index))),
      storefront.open(pasar.url as string),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await storefront?.stop();
    await world.end();
  });

  /** Somebody with a phone, who reports whatever the browser finds fault with. */
  async function visitor(): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
    });
    return { page, faults };
  }
  const at = (path: string) => `${storefront.url}${path}`;
  const put = async (page: Page, { slug }: ForSale) => {
    await page.goto(at(`/en/p/${slug}`));
    await page.getByRole('button', { name: 'Add to basket' }).click();
    await page.getByText('is in your basket').first().waitFor();
  };

  it('sells things of three stores to a guest who becomes a customer, in one checkout that is paid once', async () => {
    const { page, faults } = await visitor();
    await page.goto(storefront.url);
    expect(new URL(page.url()).pathname).toBe('/en');
    for (const product of goods) await put(page, product);
    await page.goto(at('/en/cart'));
    expect(await page.getByRole('group').count()).toBeGreaterThanOrEqual(3);
    await page.getByRole('link', { name: 'Go to checkout' }).click();

    await page.waitForURL('**/en/login?*');
    await page.getByRole('link', { name: 'Register' }).click();
    await page.getByLabel('Name').fill('Sari');
    await page.getByLabel('E-mail').fill(`sari-${process.pid}@example.test`);
    await page.getByLabel('Password').fill('a-quiet-Harbour-7');
    await page.getByRole('button', { name: 'Register' }).click();

    await page.waitForURL('**/en/checkout');
    for (const [label, text] of [
      ['Recipient', 'Sari'],
      ['Phone', '+62 812 3456 7890'],
      ['Street and number', 'Jl. Merdeka 1'],
      ['City', 'Bandung'],
      ['Province', 'Jawa Barat'],
      ['Postal code', '40111'],
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Save address' }).click();
    await page.getByTestId('total').waitFor();
    await page.getByRole('radio', { name: /QR code/ }).check();
    const pay = page.getByRole('button', { name: 'Pay', exact: true });
    await pay.evaluate((button: { click(): void }) => {
      button.click();
      button.click();
    });

    await page.waitForURL('**/en/pay/*');
    const status = page.getByTestId('payment-status');
    expect(await status.getAttribute('data-status')).toBe('AWAITING_PAYMENT');
    await page.getByRole('img', { name: 'QR code for the payment' }).waitFor();
    await page.getByRole('button', { name: 'Pay now' }).click();
    await vi.waitFor(
      async () => expect(await status.getAttribute('data-status')).toBe('CONFIRMED'),
      patience,
    );

    await page.getByRole('link', { name: 'See my orders' }).click();
    await page.waitForURL('**/en/orders');
    expect(await page.getByRole('link', { name: /See PSR-/ }).count()).toBe(3);
    await page
      .getByRole('link', { name: /See PSR-/ })
      .first()
      .click();
    await page.getByTestId('order-status').waitFor();
    const checkouts = await world.query<{ n: number }>('order', 'select count(*)::int as n from checkout');
    expect(checkouts[0]?.n).toBe(1);
    await page.goto(at('/en/cart'));
    await page.getByRole('heading', { name: 'Your basket is empty' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('shows no token to a page, and takes nothing from other sites', async () => {
    const { page } = await visitor();
    await page.goto(at('/en/login?next=//evil.example/x'));
    await page.getByLabel('E-mail').fill(`sari-${process.pid}@example.test`);
    await page.getByLabel('Password').fill('a-quiet-Harbour-7');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(at('/en'));
    expect(await page.evaluate('document.cookie')).not.toMatch(/access|refresh|cart/);
    const cookies = await page.context().cookies();
    for (const { name, httpOnly, sameSite } of cookies.filter((cookie) => /access|refresh/.test(cookie.name)))
      expect({ name, httpOnly, sameSite }).toEqual({ name, httpOnly: true, sameSite: 'Lax' });
    expect(cookies.filter(({ name }) => /access|refresh/.test(name))).toHaveLength(2);

    const forged = await fetch(at('/en/cart'), {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      body: 'x',
    });
    expect(forged.status).toBe(403);
    await page.context().close();
  });

  /** A customer who is signed in, with an address and one thing in the basket. */
  async function shopper(product: ForSale) {
    const customer = await newCustomer(pasar);
    await customer.post('/api/v1/users/me/addresses', { ...address, isDefault: true });
    await customer.post('/api/v1/cart/items', { variantId: product.variantId, quantity: 1 });
    const visit = await visitor();
    const cookies = {
      'pasar-access': customer.headers.authorization!.slice('Bearer '.length),
      'pasar-refresh': customer.refreshToken!,
    };
    const own = Object.entries(cookies).map(([name, value]) => ({
      name,
      value,
      url: storefront.url,
      httpOnly: true,
    }));
    await visit.page.context().addCookies(own);
    await visit.page.goto(at('/en/checkout'));
    await visit.page.getByTestId('total').waitFor();
    return { ...visit, customer };
  }

  it('lets a customer whose card is declined pay in another way, and not again by going back', async () => {
    const { page, customer } = await shopper(goods[1]!);
    const pay = page.getByRole('button', { name: 'Pay', exact: true });
    await page.getByRole('radio', { name: /^Card/ }).check();
    await page.getByLabel('Card', { exact: true }).selectOption('tok_declined');
    await pay.click();
    await page.getByText('The bank declined this payment.').waitFor();
    await page.getByRole('radio', { name: /E-wallet/ }).check();
    await pay.click();
    await page.waitForURL('**/en/pay/*');
    await page.getByRole('heading', { name: 'Thank you, it is paid' }).waitFor();
    await vi.waitFor(
      async () => expect((await customer.get('/api/v1/cart')).body.itemCount).toBe(0),
      patience,
    );
    await page.goBack();
    await page.reload();
    await page.getByRole('heading', { name: 'Nothing is selected' }).waitFor();
    const { body } = await customer.get('/api/v1/orders');
    const statuses = body.orders.map(({ status }: { status: string }) => status).toSorted();
    expect(statuses).toEqual(['CANCELLED', 'CONFIRMED']);
    await page.context().close();
  });

  it('says what was sold out meanwhile, and leads who was logged out meanwhile back to where they were', async () => {
    const product = await newProduct(sellers[0]!, 1);
    const { page } = await shopper(product);
    const quicker = await newCustomer(pasar);
    expect((await quicker.order(orderOf(product.variantId))).status).toBe(201);
    const pay = page.getByRole('button', { name: 'Pay', exact: true });
    await pay.click();
    await page.getByText('It has just been sold out.').waitFor();

    await page.context().clearCookies({ name: 'pasar-refresh' });
    await page.context().addCookies([{ name: 'pasar-access', value: 'a.b.c', url: storefront.url }]);
    await pay.click();
    await page.waitForURL('**/en/login?next=%2Fen%2Fcheckout');
    await page.context().close();
  });

  it('shows a new price within two seconds, and every reader a nonce of its own', async () => {
    const [product] = goods as [ForSale];
    const look = async () => {
      const answer = await fetch(at(`/id/p/${product.slug}`));
      const [, nonce] = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
      // Between sign and amount stands a space that does not break.
      return { text: (await answer.text()).replaceAll('\u00a0', ' '), nonce: nonce as string };
    };
    const before = await look();
    expect(before.text.includes('Rp 50.000')).toBe(true);
    const again = await look();
    expect(again.nonce).not.toBe(before.nonce);
    expect(again.text.includes(`nonce="${again.nonce}"`)).toBe(true);
    expect(again.text.includes(before.nonce)).toBe(false);
    // Both are of the moment when the price changed, or older: the page may be up to two seconds old, and no older.
    const price = { amount: 7_777_700, currency: 'IDR' };
    const { status } = await sellers[0]!.patch(`/api/v1/products/${product.productId}`, {
      variants: [{ id: product.variantId, price }],
    });
    expect(status).toBe(200);
    const changed = Date.now();
    await vi.waitFor(async () => expect((await look()).text.includes('Rp 77.777')).toBe(true), patience);
    expect(Date.now() - changed).toBeLessThan(4_000);
  });

  it('lets a buyer with a forgotten password in again, who reviews, returns, wishes and buys once more', async () => {
    const { page, faults } = await visitor();
    const product = await newProduct(sellers[0]!, 5);
    const customer = await newCustomer(pasar);
    const placed = await customer.post('/api/v1/orders', orderOf(product.variantId));
    const [order] = placed.body.orders;
    await vi.waitFor(async () => {
      const { body } = await customer.get(`/api/v1/orders/${order.id}`);
      expect(body.status).toBe('CONFIRMED');
    }, patience);
    for (const step of ['process', 'ship', 'deliver'])
      await sellers[0]!.post(`/api/v1/orders/${order.id}:${step}`, {});
    const { email } = (await customer.get('/api/v1/users/me')).body;

    await page.goto(at('/en/login'));
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.waitForURL('**/en/forgot-password');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('a link is on its way').waitFor();
    const link = await vi.waitFor(async () => {
      const { mails } = (await admin.get(`/api/v1/mailbox?recipient=${encodeURIComponent(email)}`)).body;
      const found = mails.map(({ text }: { text: string }) => /\/reset-password\?\S+/.exec(text)?.[0]);
      expect(found.some(Boolean)).toBe(true);
      return found.find(Boolean) as string;
    }, patience);
    await page.goto(at(link));
    await page.getByLabel('New password').fill('a-quieter-Harbour-8');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await page.getByRole('link', { name: 'Log in', exact: true }).last().click();
    await page.waitForURL('**/en/login');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('a-quieter-Harbour-8');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(at('/en'));

    await page.goto(at(`/en/orders/${order.id}`));
    await page.getByRole('button', { name: 'Write a review' }).click();
    await page.getByRole('radio', { name: '4 stars' }).check();
    await page.getByLabel('Tell others about it').fill('Wangi dan segar.');
    await page.getByLabel('Add photos').setInputFiles({
      name: 'kopi.jpg',
      mimeType: 'image/jpeg',
      buffer: await newPicture(),
    });
    await page.getByRole('img', { name: 'Photo 1' }).waitFor();
    await page.getByRole('button', { name: 'Send the review' }).click();
    await page.getByText('Thank you for your review.').waitFor();
    const { reviews } = (await customer.get(`/api/v1/products/${product.productId}/reviews`)).body;
    expect(reviews).toMatchObject([{ stars: 4, text: 'Wangi dan segar.', photos: [{}] }]);

    await page.getByRole('button', { name: 'Return something' }).click();
    await page.getByRole('radio', { name: 'Broken' }).check();
    await page.getByRole('button', { name: 'Send the request' }).click();
    const stage = page.getByTestId('return-stage');
    await stage.waitFor();
    expect(await stage.getAttribute('data-stage')).toBe('REQUESTED');

    await page.goto(at(`/en/p/${product.slug}`));
    await page
      .getByRole('button', { name: /Keep .* on the wishlist/ })
      .first()
      .click();
    await page.getByText('is on your wishlist').first().waitFor();
    await page.goto(at('/en/wishlist'));
    await page.getByRole('button', { name: 'To basket' }).click();
    await page.getByText('is in your basket').first().waitFor();
    expect(await page.getByTestId('cart-count').first().textContent()).toBe('1');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
