import { expect, it, vi } from 'vitest';
import { patience, payButton, type Shop, untilPaymentIs } from './shop.js';
import { newCustomer, newProduct, orderOf } from './world.js';

/** What goes wrong while somebody buys: nothing is lost, nothing is paid twice, and there is a way on. */
export function testTrouble(shop: Shop): void {
  it('lets a customer whose card is declined pay in another way, and not again by going back', async () => {
    const { page, customer } = await shop.shopper(shop.goods[1]!);
    await page.getByRole('radio', { name: /^Card/ }).check();
    await page.getByLabel('Card', { exact: true }).selectOption('tok_declined');
    await payButton(page).click();
    await page.getByText('The bank declined this payment.').waitFor();
    await page.getByRole('radio', { name: /E-wallet/ }).check();
    await payButton(page).click();
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
  });

  it('lets a customer whose bank does not answer pay in another way', async () => {
    const { page, customer } = await shop.shopper(shop.goods[1]!);
    await page.getByRole('radio', { name: /^Card/ }).check();
    await page.getByLabel('Card', { exact: true }).selectOption('tok_timeout');
    await payButton(page).click();
    await page.getByText('Payment is not available just now.').waitFor();
    await page.getByRole('radio', { name: /E-wallet/ }).check();
    await payButton(page).click();
    await untilPaymentIs(page, 'CONFIRMED');
    const { body } = await customer.get('/api/v1/orders');
    const statuses = body.orders.map(({ status }: { status: string }) => status).toSorted();
    expect(statuses).toEqual(['CANCELLED', 'CONFIRMED']);
  });

  it('says what was sold out meanwhile', async () => {
    const product = await newProduct(shop.sellers[0]!, 1);
    const { page } = await shop.shopper(product);
    const quicker = await newCustomer(shop.pasar);
    expect((await quicker.order(orderOf(product.variantId))).status).toBe(201);
    await payButton(page).click();
    await page.getByText('It has just been sold out.').waitFor();
  });

  it('leads who was logged out meanwhile to the sign-in and back, and the basket is still theirs', async () => {
    const { page, customer } = await shop.shopper(shop.goods[0]!);
    await page.context().clearCookies({ name: 'pasar-refresh' });
    await page.context().addCookies([{ name: 'pasar-access', value: 'a.b.c', url: shop.at('') }]);
    await payButton(page).click();
    await page.waitForURL('**/en/login?next=%2Fen%2Fcheckout');
    await shop.logIn(page, customer.user!.email);
    await page.waitForURL('**/en/checkout');
    await payButton(page).click();
    await untilPaymentIs(page, 'CONFIRMED');
  });

  it('pays once when the answer is lost and the button is pressed again', async () => {
    const { page, customer, faults } = await shop.shopper(shop.goods[0]!);
    await page.route(
      '**/en/checkout',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await payButton(page).click();
    await page.getByText('We could not get through.').waitFor();
    await payButton(page).click();
    await untilPaymentIs(page, 'CONFIRMED');
    expect((await customer.get('/api/v1/orders')).body.orders).toHaveLength(1);
    forgive(faults, /ERR_FAILED/);
  });

  it('does what was pressed before the scripts of a page were there', async () => {
    const product = await newProduct(shop.sellers[0]!, 5);
    const customer = await shop.customer();
    const { page } = await shop.visitor({ last: true });
    let scripts = Promise.withResolvers<void>();
    await page.route('**/_next/static/**/*.js', async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.goto(shop.at(`/en/p/${product.slug}`), { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Add to basket' }).click();
    scripts.resolve();
    await page.getByText('is in your basket').first().waitFor();
    // A browser would send this form by itself, with the password in the address.
    scripts = Promise.withResolvers();
    await page.goto(shop.at('/en/login?next=/en/cart'), { waitUntil: 'commit' });
    await shop.logIn(page, customer.user!.email);
    expect(page.url()).toBe(shop.at('/en/login?next=/en/cart'));
    scripts.resolve();
    await page.waitForURL('**/en/cart');
    await page.getByText(product.title).first().waitFor();
  });

  it('loses nothing while the network is away, and goes on when it is back', async () => {
    const { page, customer, faults } = await shop.shopper(shop.goods[2]!, { last: true });
    const network = page.context();
    await page.goto(shop.at('/en/cart'));
    const quantity = page.getByRole('textbox', { name: /^Quantity of/ });
    await network.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByText('We could not get through.').first().waitFor();
    await vi.waitFor(async () => expect(await quantity.inputValue()).toBe('1'), patience);
    await network.setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByText('2 items selected').waitFor();

    await page.goto(shop.at('/en/checkout'));
    await page.getByRole('radio', { name: 'QR code' }).check();
    await network.setOffline(true);
    await payButton(page).click();
    await page.getByText('We could not get through.').waitFor();
    await network.setOffline(false);
    await payButton(page).click();
    await untilPaymentIs(page, 'AWAITING_PAYMENT');
    await network.setOffline(true);
    await page.getByText('We will look again').waitFor();
    const { payment } = (await customer.get(`/api/v1/checkouts/${page.url().split('/').pop()}`)).body;
    await customer.post(`/api/v1/simulator/payments/${payment.providerReference}:pay`, {});
    await network.setOffline(false);
    await untilPaymentIs(page, 'CONFIRMED');
    expect((await customer.get('/api/v1/orders')).body.orders).toHaveLength(1);
    forgive(faults, withoutNetwork);
  });

  it('keeps somebody signed in whose many tabs all find the token too old at once', async () => {
    const { page } = await shop.enter(await newCustomer(shop.pasar));
    const context = page.context();
    for (let round = 0; round < 2; round++) {
      await context.addCookies([{ name: 'pasar-access', value: 'a.b.c', url: shop.at('') }]);
      const tabs = await Promise.all(Array.from({ length: 4 }, () => context.newPage()));
      await Promise.all(tabs.map((tab) => tab.goto(shop.at('/en/account/addresses'))));
      expect(tabs.map((tab) => new URL(tab.url()).pathname)).toEqual(tabs.map(() => '/en/account/addresses'));
      await Promise.all(tabs.map((tab) => tab.close()));
    }
  });

  it('shows no token to a page, and takes nothing from other sites', async () => {
    const { page } = await shop.visitor();
    const { email } = (await newCustomer(shop.pasar)).user!;
    await page.goto(shop.at('/en/login?next=//evil.example/x'));
    await shop.logIn(page, email);
    await page.waitForURL(shop.at('/en'));
    expect(await page.evaluate('document.cookie')).not.toMatch(/access|refresh|cart/);
    const cookies = await page.context().cookies();
    for (const { name, httpOnly, sameSite } of cookies.filter((cookie) => /access|refresh/.test(cookie.name)))
      expect({ name, httpOnly, sameSite }).toEqual({ name, httpOnly: true, sameSite: 'Lax' });
    expect(cookies.filter(({ name }) => /access|refresh/.test(name))).toHaveLength(2);

    // Asked for by browsers that have not read yet which icon a page names.
    expect((await fetch(shop.at('/favicon.ico'))).status).toBe(200);
    expect((await fetch(shop.at('/en/search?page=garbage'))).status).toBe(404);
    const forged = await fetch(shop.at('/en/cart'), {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      body: 'x',
    });
    expect(forged.status).toBe(403);
  });
}

/** What a browser says without a network, of the page's requests and of its own for the service worker's script. */
export const withoutNetwork = /ERR_INTERNET_DISCONNECTED|error occurred when fetching the script/;

/** What the browser says of what a test did to it. */
export function forgive(faults: string[], what: RegExp): void {
  faults.splice(0, faults.length, ...faults.filter((fault) => !what.test(fault)));
}
