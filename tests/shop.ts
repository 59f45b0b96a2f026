import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type OtherProvider, startOtherProvider } from '@pasar/auth/testing/other-provider';
import { chromiumFlags, findChromium } from '@pasar/platform/testing/chromium';
import type { Pasar } from '@pasar/server/pasar';
import { Storefront } from '@pasar/server/storefront';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Browser } from './browser.js';
import {
  address,
  type ForSale,
  freePort,
  newCustomer,
  newMarket,
  newProduct,
  newSeller,
  password,
  World,
} from './world.js';

export const patience = { interval: 50 };
const key = 'a-key-of-the-storefront-of-a-test';
/** That the API pushes with. */
const vapid = {
  PASAR_VAPID_PRIVATE_KEY: randomBytes(32).toString('base64url'),
  PASAR_VAPID_SUBJECT: 'mailto:operations@pasar.test',
};

export type Locale = 'id' | 'en';

/** What the storefront says in that language, by the key of the text. */
export function textsOf(locale: Locale): (key: string) => string {
  const file = new URL(`../apps/storefront/messages/${locale}.json`, import.meta.url);
  const messages = JSON.parse(readFileSync(file, 'utf8'));
  return (key) => {
    // biome-ignore lint/suspicious/noExplicitAny: a tree of texts
    const text = key.split('.').reduce<any>((within, name) => within?.[name], messages);
    if (typeof text !== 'string') throw new Error(`there is no text ${key}`);
    return text;
  };
}

/** What does not fit into a line of a phone is what pages go wrong with. */
const longTitle =
  'Kopi arabika dari dataran tinggi, dipanggang perlahan, dalam kemasan yang bisa dipakai lagi';

/** Somebody at a browser. */
export interface Visitor {
  page: Page;
  /** Whatever the browser finds fault with, such as a script that the policy refused, or a file that is not there. */
  faults: string[];
}

export interface Visit {
  width?: number;
  locale?: string;
  /** Nobody comes to this browser after them, because of what is done to it. */
  last?: boolean;
}

/** The storefront beside a whole Pasar that three stores sell in, and those who come to it. */
export class Shop {
  readonly world = new World({ PASAR_STOREFRONT_KEY: key });
  pasar!: Pasar;
  admin!: Browser;
  sellers!: Browser[];
  /** One thing of each store. */
  goods!: ForSale[];
  /** Where some have an account already. */
  provider!: OtherProvider;
  readonly #visitors: (Visitor & Visit)[] = [];
  /** Where nobody is. To open a browser's window takes as long as a few pages, and it knows no script yet. */
  readonly #free: (Visitor & Visit)[] = [];
  #storefront!: Storefront;
  #chromium!: Chromium;

  async open(): Promise<void> {
    // The provider sends people back to an address that it and the API know beforehand.
    const port = await freePort();
    const callback = `http://127.0.0.1:${port}/auth/callback`;
    this.provider = await startOtherProvider(callback);
    const environment = {
      PASAR_AUTH_OIDC_ISSUER: this.provider.issuer,
      PASAR_AUTH_OIDC_CLIENT_ID: 'pasar',
      PASAR_AUTH_OIDC_CLIENT_SECRET: this.provider.secret,
      PASAR_AUTH_OIDC_REDIRECT_URIS: callback,
      ...vapid,
    };
    const settings = { PASAR_STOREFRONT_PORT: `${port}`, PASAR_STOREFRONT_REQUESTS_PER_MINUTE: '0' };
    [this.pasar, this.#chromium, this.#storefront] = await Promise.all([
      this.world.start({ environment }),
      chromium.launch({ executablePath: findChromium(), args: chromiumFlags }),
      Storefront.start({ PATH: process.env.PATH, PASAR_STOREFRONT_KEY: key, ...settings }, console.error),
    ]);
    const { admin, seller } = await newMarket(this.pasar);
    const others = ['Solo', 'Medan'].map((city) => newSeller(this.pasar, city));
    this.admin = admin;
    this.sellers = [seller, ...(await Promise.all(others))];
    [this.goods] = await Promise.all([
      Promise.all(
        this.sellers.map((one, index) => {
          const title = `${longTitle} ${process.pid} ${index}`;
          return newProduct(one, 50, 5_000_000 + index, { title });
        }),
      ),
      this.#storefront.open(this.pasar.url as string),
    ]);
  }

  async close(): Promise<void> {
    await this.#chromium?.close();
    await this.#storefront?.stop();
    await this.provider?.close();
    await this.world.end();
  }

  at(path: string): string {
    return `${this.#storefront.url}${path}`;
  }

  async visitor({ width = 390, locale = 'en-GB', last = false }: Visit = {}): Promise<Visitor> {
    const at = last ? -1 : this.#free.findIndex((one) => one.locale === locale);
    const visitor = this.#free.splice(at, at < 0 ? 0 : 1)[0] ?? (await this.#open(locale));
    await visitor.page.setViewportSize({ width, height: 800 });
    visitor.faults.length = 0;
    this.#visitors.push({ ...visitor, last });
    return visitor;
  }

  async #open(locale: string): Promise<Visitor & Visit> {
    const context = await this.#chromium.newContext({ locale, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
    });
    return { page, faults, locale };
  }

  /** All visitors go, and nothing was at fault that they have not forgiven. */
  async clear(): Promise<void> {
    const left = this.#visitors.splice(0);
    const found = left.flatMap(({ faults }) => faults);
    await Promise.all(
      left.map(async (visitor) => {
        const kept =
          !visitor.last &&
          (await this.#forget(visitor.page).then(
            () => true,
            () => false,
          ));
        if (kept) this.#free.push(visitor);
        else await visitor.page.context().close();
      }),
    );
    expect(found).toEqual([]);
  }

  /** The browser of a page knows nothing any more of who was there, other than files that are the same for everybody. */
  async #forget(page: Page): Promise<void> {
    const context = page.context();
    await page.evaluate('sessionStorage.clear()');
    await page.goto('about:blank');
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: this.at(''), storageTypes: 'all' });
    await devtools.detach();
    await context.clearCookies();
  }

  /** A customer comes who is signed in already. */
  async enter(customer: Browser, visit?: Visit): Promise<Visitor> {
    const visitor = await this.visitor(visit);
    const cookies = {
      'pasar-access': customer.headers.authorization!.slice('Bearer '.length),
      'pasar-refresh': customer.refreshToken!,
    };
    const url = this.at('');
    await visitor.page
      .context()
      .addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url, httpOnly: true })));
    return visitor;
  }

  /** A customer with an address. */
  async customer(): Promise<Browser> {
    const customer = await newCustomer(this.pasar);
    await customer.post('/api/v1/users/me/addresses', { ...address, isDefault: true });
    return customer;
  }

  /** A customer with one of these in the basket, who is about to pay. */
  async shopper({ variantId }: ForSale, visit?: Visit): Promise<Visitor & { customer: Browser }> {
    const customer = await this.customer();
    await customer.post('/api/v1/cart/items', { variantId, quantity: 1 });
    const visitor = await this.enter(customer, visit);
    await visitor.page.goto(this.at('/en/checkout'));
    await visitor.page.getByTestId('total').waitFor();
    return { ...visitor, customer };
  }

  async logIn(page: Page, email: string, secret = password): Promise<void> {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(secret);
    await page.getByRole('button', { name: 'Log in' }).click();
  }
}

export const payButton = (page: Page) => page.getByRole('button', { name: 'Pay', exact: true });

/** Waits until the page of a payment says so. */
export async function untilPaymentIs(page: Page, status: string): Promise<void> {
  await page.waitForURL('**/pay/*');
  const shown = page.getByTestId('payment-status');
  await vi.waitFor(async () => expect(await shown.getAttribute('data-status')).toBe(status), patience);
}
