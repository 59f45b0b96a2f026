import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { Shopfront } from './shopfront.js';

/** Where the README looks for them. */
const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const patienceMs = 20_000;
const desktop = { viewport: { width: 1280, height: 820 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 };
const account = { email: 'customer@pasar.test', password: 'pasar-demo' };
const home = {
  ...{ recipient: 'Sari Wulandari', phone: '+62 812 3456 7890', line1: 'Jl. Merdeka 1', city: 'Bandung' },
  ...{ province: 'Jawa Barat', postalCode: '40111', country: 'ID' },
};
/** What is bought, of three stores. */
const basket = [
  'kopi-arabika-gayo-atu-lintang-sangrai-sedang',
  'cermin-dinding-kelopak-rotan',
  'syal-rayon-kawung-kecil',
];
const shown = 'kain-batik-tulis-parang-barong';

const say = (line: string) => console.error(`• ${line}`);
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => interrupted.abort(new Error('interrupted')));

await using shop = await Shopfront.open(interrupted.signal, say);
const browser = await chromium.launch(shop.browser);
try {
  mkdirSync(folder, { recursive: true });
  const orderId = await trade(shop.server.url);
  await show(browser, 'home', desktop, '');
  await show(browser, 'product', desktop, `/p/${shown}`);
  await show(browser, 'home-dark', { ...phone, colorScheme: 'dark' }, '');
  await show(browser, 'checkout', phone, '/checkout');
  await show(browser, 'order', phone, `/orders/${orderId}`, async (page) => {
    const heading = page.getByRole('heading', { name: 'What happened' });
    await heading.evaluate((element: { scrollIntoView(): void }) => element.scrollIntoView());
  });
} finally {
  await browser.close();
}

/** What has happened before somebody looks: a full basket, and an order that was brought. @returns its id */
async function trade(url: string): Promise<string> {
  const as = async (who: { email: string; password: string }) => {
    const { accessToken } = await call(url, '/auth/login', who);
    return (path: string, body?: object) => call(url, path, body, accessToken);
  };
  const customer = await as(account);
  const seller = await as({ ...account, email: 'seller@pasar.test' });
  await customer('/users/me/addresses', { ...home, isDefault: true });
  const variantOf = async (slug: string) => (await call(url, `/products/${slug}`)).variants[0].id;
  for (const slug of basket) await customer('/cart/items', { variantId: await variantOf(slug), quantity: 1 });
  const { orders } = await customer('/orders', {
    items: [{ variantId: await variantOf(shown), quantity: 1 }],
    shippingAddress: home,
    payment: { method: 'EWALLET' },
  });
  const [{ id }] = orders;
  await seller(`/orders/${id}:process`, {});
  await seller(`/orders/${id}:ship`, {});
  const { parcels } = await customer(`/orders/${id}/shipment`);
  const deadline = performance.now() + patienceMs;
  while ((await customer(`/orders/${id}`)).status !== 'DELIVERED') {
    if (performance.now() > deadline) throw new Error('the order did not arrive');
    // As far as the carrier has taken it over by now.
    for (const { trackingNumber } of parcels)
      await call(url, `/simulator/parcels/${trackingNumber}:advance`, { until: 'DELIVERED' });
    await delay(200);
  }
  return id;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
async function call(url: string, path: string, body?: object, token?: string): Promise<any> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    // What follows an order by event is there a moment later.
    if (response.status !== 404 || performance.now() > deadline) throw new Error(`${path}: ${text}`);
    await delay(100);
  }
}

async function show(
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
  path: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<void> {
  say(name);
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(`${shop.url}/en/login?next=${encodeURIComponent(`/en${path}`)}`);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0);
  await prepare?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${folder}/${name}.jpg`, type: 'jpeg', quality: 82 });
  await context.close();
}
