import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { patience, type Shop } from './shop.js';
import { forgive } from './storefront-trouble.js';
import { card, newPicture, newProduct, newVoucher, orderOf, password } from './world.js';

/** Compiled once for each page, and not sent again for each look at it. */
const axe = { path: fileURLToPath(import.meta.resolve('axe-core/axe.min.js')) };

/** Everybody can use it: with a screen reader, with the keyboard alone, in either theme. */
export function testAccess(shop: Shop): void {
  /** What axe finds on the page as it stands, in both themes. */
  async function look(page: Page): Promise<string[]> {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // What else there is to find is the same in the dark.
      const rules = colorScheme === 'dark' ? `, runOnly: ['color-contrast', 'link-in-text-block']` : '';
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run(document, { resultTypes: ['violations']${rules} })`,
      );
      for (const { id, nodes } of violations)
        for (const { target, failureSummary } of nodes)
          found.push(`${new URL(page.url()).pathname} ${colorScheme} ${id}: ${target} ${failureSummary}`);
    }
    return found;
  }
  /** Opens a dialog, looks at it, and closes it by the key. */
  async function lookInto(page: Page, button: string | RegExp): Promise<string[]> {
    await page.getByRole('button', { name: button }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const found = await look(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    return found;
  }

  it('has no fault that axe knows on any page that a guest sees, in both themes', async () => {
    const { page, faults } = await shop.visitor({ width: 1280, last: true });
    await page.addInitScript(axe);
    const [seller] = shop.sellers;
    const photo = await seller!.upload('PRODUCT', await newPicture());
    const product = await newProduct(seller!, 3, 5_000_000, {
      media: [{ url: `/api/v1/media/${photo.body.id}/960`, kind: 'IMAGE', alt: 'Kopi' }],
    });
    await newVoucher(shop.admin);
    const { slug } = (await seller!.get('/api/v1/sellers/me')).body;
    const found: string[] = [];
    const visit = async (path: string) => {
      await page.goto(shop.at(path));
      found.push(...(await look(page)));
    };
    await visit('/en/search');
    // Every filter leads to what it counts.
    const filter = page.getByRole('complementary').getByRole('link', { name: 'Bandung' });
    await filter.click();
    await page.getByRole('list', { name: 'Chosen filters' }).waitFor();
    expect(await page.getByRole('article').count()).toBeGreaterThan(0);
    await page.getByRole('combobox').fill('kopi');
    await page.getByRole('option').first().waitFor();
    found.push(...(await look(page)));
    await visit('/en/search?q=nothing-has-this-name&min=100');
    await visit('/en/c/kopi');
    await visit(`/en/p/${product.slug}`);
    found.push(...(await lookInto(page, 'Enlarge the picture')));
    await page.getByRole('button', { name: 'Add to basket' }).click();
    await page.getByText('is in your basket').first().waitFor();
    found.push(...(await look(page)));
    for (const path of ['', `/store/${slug}`, '/cart', '/login', '/register', '/forgot-password'])
      await visit(`/en${path}`);
    for (const path of ['/reset-password?token=x', '/verify-email?token=x', '/nowhere'])
      await visit(`/id${path}`);
    await page.setViewportSize({ width: 390, height: 800 });
    await visit('/id/search?q=kopi');
    found.push(...(await lookInto(page, 'Saringan')));
    expect(found).toEqual([]);
    // A page that is not there is one of them.
    expect(faults.splice(0)).toEqual([expect.stringMatching(/404.*nowhere/)]);
  });

  it('has none on those of a customer', async () => {
    const product = await newProduct(shop.sellers[0]!, 20);
    const { page, customer, faults } = await shop.shopper(product, { width: 1280, last: true });
    await page.addInitScript(axe);
    await page.reload();
    const found: string[] = [];
    const visit = async (path: string) => {
      await page.goto(shop.at(`/en${path}`));
      found.push(...(await look(page)));
    };
    await page.getByRole('radio', { name: /^Card/ }).check();
    found.push(...(await look(page)), ...(await lookInto(page, 'New address')));
    found.push(...(await lookInto(page, 'Have a gift card?')));

    const place = async (payment: object) => {
      const { body } = await customer.order(orderOf(product.variantId, 1, payment));
      return body;
    };
    const paid = await place(card());
    const [order] = paid.orders;
    for (const step of ['process', 'ship', 'deliver'])
      await shop.sellers[0]!.post(`/api/v1/orders/${order.id}:${step}`, {});
    await vi.waitFor(async () => {
      const { lines } = (await customer.get('/api/v1/users/me/reviewableLines')).body;
      expect(lines).toHaveLength(1);
    }, patience);
    await visit(`/orders/${order.id}`);
    found.push(...(await lookInto(page, 'Write a review')), ...(await lookInto(page, 'Return something')));
    await customer.post(`/api/v1/orders/${order.id}:requestReturn`, {
      ...{ reason: 'broken', lines: [{ variantId: product.variantId, quantity: 1 }] },
    });
    await visit(`/orders/${order.id}`);
    found.push(...(await lookInto(page, 'Ask Pasar to decide')));

    const transfer = await place({ method: 'BANK_TRANSFER' });
    const scan = await place({ method: 'QR' });
    for (const { checkoutId } of [paid, transfer, scan]) await visit(`/pay/${checkoutId}`);
    await visit(`/orders/${transfer.orders[0].id}`);
    found.push(...(await lookInto(page, 'Cancel this order')));
    await customer.post(`/api/v1/orders/${scan.orders[0].id}:cancel`, { reason: '' });
    await visit(`/pay/${scan.checkoutId}`);
    const places = [
      '/orders',
      '/cart',
      '/notifications',
      '/account',
      '/account/addresses',
      '/account/credit',
    ];
    for (const path of [...places, '/account/reviews', '/account/security']) await visit(path);
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByLabel('Your password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    found.push(...(await look(page)));
    await visit('/account/data');
    found.push(...(await lookInto(page, 'Delete my account')));
    await customer.post('/api/v1/wishlists', { name: 'Kopi' });
    await visit('/wishlist');
    // A fault of ours, for as long as this takes.
    const rename = (from: string, to: string) =>
      shop.world.query('notification', `alter table ${from} rename to ${to}`);
    await rename('notification', 'mislaid');
    try {
      await visit('/notifications');
      await page.getByRole('heading', { name: 'Sorry, something went wrong' }).waitFor();
    } finally {
      await rename('mislaid', 'notification');
    }
    expect(found).toEqual([]);
    forgive(faults, /500|React error/);
  });

  it('sells to somebody who has a keyboard and nothing else', async () => {
    const sizes = [{ name: 'Ukuran', values: ['250 g', '500 g'] }];
    const variants = sizes[0]!.values.map((value, index) => ({
      ...{ price: { amount: `${(index + 1) * 4_000_000}`, currency: 'IDR' }, optionValues: [value] },
    }));
    const title = `Gayo ${crypto.randomUUID().slice(0, 8)}`;
    const product = await newProduct(shop.sellers[0]!, 9, 0, { title, options: sizes, variants });
    await vi.waitFor(async () => {
      const { body } = await shop.admin.get(`/api/v1/search/products?query=${encodeURIComponent(title)}`);
      expect(body.hits[0]).toMatchObject({ slug: product.slug, inStock: true });
    }, patience);
    const customer = await shop.customer();
    const { page } = await shop.enter(customer, { width: 1280 });
    const { keyboard } = page;
    /** What has the focus, as a screen reader says it; it can be seen that it has. */
    const focused = async () => {
      // What stands at the ends of a dialog hands it on.
      const isSettled = `!document.activeElement.hasAttribute('data-base-ui-focus-guard')`;
      await vi.waitFor(async () => expect(await page.evaluate(isSettled)).toBe(true), patience);
      const { name, outlined } = await page.evaluate<{ name: string; outlined: boolean }>(`(() => {
        const at = document.activeElement;
        const shown = [at, at.closest('label')].filter(Boolean).map((one) => getComputedStyle(one));
        const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '';
        return {
          name: label.trim().slice(0, 80),
          outlined: shown.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px'),
        };
      })()`);
      if (name !== '') expect(outlined, `the focus on "${name}" can be seen`).toBe(true);
      return name;
    };
    /** Goes on with the tab key until something of that name has the focus. */
    const tabTo = async (name: string | RegExp, most = 40) => {
      const met: string[] = [];
      for (let step = 0; step < most; step++) {
        await keyboard.press('Tab');
        const at = await focused();
        if (typeof name === 'string' ? at === name : name.test(at)) return;
        met.push(at);
      }
      expect.fail(`${name} was not reached, but ${met.join(' > ')}`);
    };

    await page.goto(shop.at('/en'));
    await tabTo('Skip to content', 1);
    await keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await tabTo('Start shopping', 1);
    await page.goto(shop.at('/en'));
    await tabTo('Search products', 6);
    await keyboard.type(title);
    await keyboard.press('Enter');
    await page.waitForURL('**/en/search?*');
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    await tabTo(title, 60);
    await keyboard.press('Enter');
    await page.waitForURL(`**/p/${product.slug}`);
    await page.getByText('Rp 40.000').first().waitFor();

    await tabTo('250 g', 60);
    await keyboard.press('ArrowRight');
    expect(await focused()).toBe('500 g');
    await page.getByText('Rp 80.000').first().waitFor();
    await tabTo('Add to basket');
    await keyboard.press('Enter');
    await page.getByText('is in your basket').first().waitFor();
    await page.goto(shop.at('/en/cart'));
    await tabTo('Go to checkout');
    await keyboard.press('Enter');
    await page.waitForURL('**/en/checkout');
    await page.getByTestId('total').waitFor();

    // A dialog keeps the focus, and gives it back to the button that opened it.
    await tabTo('New address', 60);
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo('Close', 20);
    for (let step = 0; step < 12; step++) {
      await keyboard.press('Tab');
      await focused();
      expect(await page.evaluate(`document.activeElement.closest('[role=dialog]') !== null`)).toBe(true);
    }
    await keyboard.press('Escape');
    await vi.waitFor(async () => expect(await focused()).toBe('New address'), patience);

    // A way to bring it is chosen by the arrows, and the total follows without the focus being lost.
    await tabTo(/^Regular/);
    const before = await page.getByTestId('total').textContent();
    await keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^Express/);
    await vi.waitFor(
      async () => expect(await page.getByTestId('total').textContent()).not.toBe(before),
      patience,
    );
    expect(await focused()).toMatch(/^Express/);

    await tabTo(/^E-wallet/);
    await keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^Bank transfer/);
    await tabTo('Pay');
    await keyboard.press('Enter');
    await page.waitForURL('**/en/pay/*');
    await page.getByRole('heading', { name: 'Waiting for your payment' }).waitFor();
    const { body } = await customer.get('/api/v1/orders');
    expect(body.orders[0]).toMatchObject({
      lines: [{ variantTitle: '500 g', quantity: 1 }],
      shipping: { service: 'express' },
    });
  });
}
