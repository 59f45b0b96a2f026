import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { patience, payButton, type Shop, textsOf, untilPaymentIs } from './shop.js';
import { newCustomer, newPicture, newProduct, password } from './world.js';

/** What people do who buy something, from looking around to sending it back. */
export function testBuying(shop: Shop): void {
  const orders = () => shop.world.query<{ customerId: string; status: string }>('order', sql);
  const sql = 'select customer_id as "customerId", status from checkout';
  /** Nothing is beyond the edge of the screen. */
  const expectNoOverflow = async (page: Page, width: number) =>
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);

  describe.each([
    { locale: 'en', method: 'QR' },
    { locale: 'id', method: 'BANK_TRANSFER' },
  ] as const)('in $locale on a phone', ({ locale, method }) => {
    it('sells things of three stores to a guest who becomes a customer, in one checkout that is paid once', async () => {
      const { page } = await shop.visitor({ width: 360, locale: { en: 'en-GB', id: 'id-ID' }[locale] });
      const t = textsOf(locale);
      const email = `sari-${locale}-${process.pid}@example.test`;
      await page.goto(shop.at(''));
      expect(new URL(page.url()).pathname).toBe(`/${locale}`);
      for (const [index, { slug }] of shop.goods.entries()) {
        await page.goto(shop.at(`/${locale}/p/${slug}`));
        await expectNoOverflow(page, 360);
        await page.getByRole('button', { name: t('buy.add') }).click();
        await page
          .getByTestId('cart-count')
          .filter({ hasText: `${index + 1}` })
          .first()
          .waitFor();
      }
      await page.goto(shop.at(`/${locale}/cart`));
      expect(await page.getByRole('group').count()).toBeGreaterThanOrEqual(3);
      await expectNoOverflow(page, 360);
      await page.getByRole('link', { name: t('cart.checkout') }).click();

      await page.waitForURL(`**/${locale}/login?*`);
      await page.getByRole('link', { name: t('account.register') }).click();
      await page.getByLabel(t('account.name')).fill('Sari');
      await page.getByLabel(t('account.email')).fill(email);
      await page.getByLabel(t('account.password')).fill(password);
      await page.getByRole('button', { name: t('account.register') }).click();

      await page.waitForURL(`**/${locale}/checkout`);
      for (const [label, text] of [
        [t('address.recipient'), 'Sari'],
        [t('address.phone'), '+62 812 3456 7890'],
        [t('address.line1'), 'Jl. Merdeka 1'],
        [t('address.city'), 'Bandung'],
        [t('address.province'), 'Jawa Barat'],
        [t('address.postalCode'), '40111'],
      ] as const)
        await page.getByLabel(label, { exact: true }).fill(text);
      await page.getByRole('button', { name: t('address.save') }).click();
      await page.getByTestId('total').waitFor();
      await expectNoOverflow(page, 360);
      await page.getByRole('radio', { name: t(`payments.methods.${method}`) }).check();
      const pay = page.getByRole('button', { name: t('checkout.pay'), exact: true });
      await pay.evaluate((button: { click(): void }) => {
        button.click();
        button.click();
      });

      await untilPaymentIs(page, 'AWAITING_PAYMENT');
      await expectNoOverflow(page, 360);
      if (method === 'QR') await page.getByRole('img', { name: t('pay.qr') }).waitFor();
      else await page.getByRole('button', { name: t('pay.copy') }).waitFor();
      await page.getByRole('button', { name: t('pay.play') }).click();
      await untilPaymentIs(page, 'CONFIRMED');

      await page.getByRole('link', { name: t('pay.toOrders') }).click();
      await page.waitForURL(`**/${locale}/orders`);
      const links = page.getByRole('link', { name: /PSR-/ });
      await links.first().waitFor();
      expect(await links.count()).toBe(3);
      await links.first().click();
      await page.getByTestId('order-status').waitFor();
      await expectNoOverflow(page, 360);
      await page.goto(shop.at(`/${locale}/cart`));
      await page.getByRole('heading', { name: t('cart.empty') }).waitFor();
      const [account] = await shop.world.query<{ id: string }>(
        'auth',
        `select id from account where email = '${email}'`,
      );
      expect((await orders()).filter(({ customerId }) => customerId === account?.id)).toHaveLength(1);
    });
  });

  it.each([
    ['Card', 'Thank you, it is paid'],
    ['E-wallet', 'Thank you, it is paid'],
    ['Cash on delivery', 'Your order is in'],
  ])('takes %s', async (method, heading) => {
    const { page, customer } = await shop.shopper(shop.goods[0]!);
    await page.getByRole('radio', { name: method }).check();
    await payButton(page).click();
    await page.getByRole('heading', { name: heading }).waitFor();
    const { body } = await customer.get('/api/v1/orders');
    expect(body.orders.map(({ status }: { status: string }) => status)).toEqual(['CONFIRMED']);
  });

  it('lets a gift card pay as far as it goes, and the method the rest', async () => {
    const amount = { amount: '2000000', currency: 'IDR' };
    const { code } = (await shop.admin.post('/api/v1/giftCards', { amount })).body.cards[0];
    const { page, customer } = await shop.shopper(shop.goods[0]!);
    await page.getByRole('button', { name: 'Have a gift card?' }).click();
    await page.getByLabel('Code on the card').fill(code);
    await page.getByRole('button', { name: 'Redeem' }).click();
    await page.getByRole('checkbox', { name: /Use store credit/ }).check();
    await page.getByTestId('to-pay').waitFor();
    expect(await page.getByRole('radio', { name: 'Cash on delivery' }).isDisabled()).toBe(true);
    await payButton(page).click();
    await untilPaymentIs(page, 'CONFIRMED');
    const { body } = await customer.get(`/api/v1/checkouts/${page.url().split('/').pop()}`);
    expect(body.payment).toMatchObject({ method: 'EWALLET', credit: amount });

    const grant = {
      customerId: customer.user?.id,
      amount: { ...amount, amount: '900000000' },
      reason: 'A test',
    };
    expect(await shop.admin.post('/api/v1/storeCredits', grant)).toMatchObject({ status: 201 });
    await customer.post('/api/v1/cart/items', { variantId: shop.goods[1]!.variantId, quantity: 1 });
    await page.goto(shop.at('/en/checkout'));
    await page.getByRole('checkbox', { name: /Use store credit/ }).check();
    await page.getByRole('radio', { name: 'E-wallet' }).waitFor({ state: 'detached' });
    await payButton(page).click();
    await untilPaymentIs(page, 'CONFIRMED');
    const { orders } = (await customer.get('/api/v1/orders')).body;
    expect(orders.map(({ status }: { status: string }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
  });

  it('keeps what waits for its payment in the basket, and warns before it is bought once more', async () => {
    const { page, customer } = await shop.shopper(shop.goods[1]!);
    await page.getByRole('radio', { name: 'Bank transfer' }).check();
    await payButton(page).click();
    await untilPaymentIs(page, 'AWAITING_PAYMENT');
    await page.goto(shop.at('/en/checkout'));
    await page.getByText('Paying here orders it once more.').waitFor();
    await page.goto(shop.at('/en/cart'));
    await page.getByText('it is waiting for your payment').waitFor();
    await page.getByRole('link', { name: 'See how to pay' }).click();
    await untilPaymentIs(page, 'AWAITING_PAYMENT');
    await page.getByRole('button', { name: 'Pay now' }).click();
    await untilPaymentIs(page, 'CONFIRMED');
    await vi.waitFor(
      async () => expect((await customer.get('/api/v1/cart')).body.itemCount).toBe(0),
      patience,
    );
  });

  it('shows what happens to an order while it happens, up to the review, and takes something back', async () => {
    const product = await newProduct(shop.sellers[0]!, 5);
    const { customer, page } = await shop.shopper(product);
    await payButton(page).click();
    await page.getByRole('link', { name: /PSR-/ }).click();
    const status = page.getByTestId('order-status');
    await status.waitFor();
    const { id } = (await customer.get('/api/v1/orders')).body.orders[0];
    for (const step of ['process', 'ship', 'deliver'])
      await shop.sellers[0]!.post(`/api/v1/orders/${id}:${step}`, {});
    await vi.waitFor(
      async () => expect(await status.getAttribute('data-status')).toBe('DELIVERED'),
      patience,
    );

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

    await page.goto(shop.at(`/en/p/${product.slug}`));
    await page
      .getByRole('button', { name: /Keep .* on the wishlist/ })
      .first()
      .click();
    await page.getByText('is on your wishlist').first().waitFor();
    await page.goto(shop.at('/en/wishlist'));
    await page.getByRole('button', { name: 'To basket' }).click();
    await page.getByText('is in your basket').first().waitFor();
    expect(await page.getByTestId('cart-count').first().textContent()).toBe('1');
  });

  it('lets a customer with a forgotten password in again', async () => {
    const { page } = await shop.visitor();
    const { email } = (await newCustomer(shop.pasar)).user!;
    await page.goto(shop.at('/en/login'));
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.waitForURL('**/en/forgot-password');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('a link is on its way').waitFor();
    const link = await vi.waitFor(async () => {
      const { mails } = (await shop.admin.get(`/api/v1/mailbox?recipient=${encodeURIComponent(email)}`)).body;
      const found = mails.map(({ text }: { text: string }) => /\/reset-password\?\S+/.exec(text)?.[0]);
      expect(found.some(Boolean)).toBe(true);
      return found.find(Boolean) as string;
    }, patience);
    await page.goto(shop.at(link));
    await page.getByLabel('New password').fill('a-quieter-Harbour-8');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await page.getByRole('link', { name: 'Log in', exact: true }).last().click();
    await page.waitForURL('**/en/login');
    await shop.logIn(page, email, 'a-quieter-Harbour-8');
    await page.waitForURL(shop.at('/en'));
  });

  it('shows a new price in moments, and every reader a nonce of its own', async () => {
    const product = await newProduct(shop.sellers[0]!, 5);
    const look = async () => {
      const answer = await fetch(shop.at(`/id/p/${product.slug}`));
      const [, nonce] = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
      // What stands in the kept page for nonces is said to nobody.
      expect(answer.headers.get('link')).toContain(`nonce="${nonce}"`);
      // Between sign and amount stands a space that does not break.
      return { text: (await answer.text()).replaceAll('\u00a0', ' '), nonce: nonce as string };
    };
    const before = await look();
    expect(before.text.includes('Rp 50.000')).toBe(true);
    const again = await look();
    expect(again.nonce).not.toBe(before.nonce);
    expect(again.text.includes(`nonce="${again.nonce}"`)).toBe(true);
    expect(again.text.includes(before.nonce)).toBe(false);
    // Both are of the moment when the price changed, or older.
    const price = { amount: 7_777_700, currency: 'IDR' };
    const { status } = await shop.sellers[0]!.patch(`/api/v1/products/${product.productId}`, {
      variants: [{ id: product.variantId, price }],
    });
    expect(status).toBe(200);
    const changed = Date.now();
    await vi.waitFor(async () => expect((await look()).text.includes('Rp 77.777')).toBe(true), patience);
    // A page is two seconds old at the most, on a machine that is not busy; unheard of, the price would be old for a minute.
    expect(Date.now() - changed).toBeLessThan(20_000);
  });
}
