import { expect, it, vi } from 'vitest';
import { patience, type Shop } from './shop.js';
import { forgive, withoutNetwork } from './storefront-trouble.js';
import { newPicture, newProduct, newReview, orderOf } from './world.js';

/** What somebody does between two orders. */
export function testAccount(shop: Shop): void {
  it('tells what delivery costs, lets reviews be changed and voted for, and what is new be read', async () => {
    const product = await newProduct(shop.sellers[0]!, 5);
    const writer = await shop.customer();
    const placed = await writer.order(orderOf(product.variantId));
    await newReview(shop.sellers[0]!, writer, placed.body.orders[0]);
    const { page } = await shop.enter(writer);

    // As a mail says it.
    await page.goto(shop.at(`/variants/${product.variantId}`));
    const { pathname, search } = new URL(page.url());
    expect(pathname + search).toBe(`/en/p/${product.slug}?variant=${product.variantId}`);
    const delivery = page.getByTestId('delivery');
    await delivery.getByText('to Bandung').waitFor();
    await delivery.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('City or regency').selectOption({ label: 'Jayapura' });
    await delivery.getByText('to Jayapura').waitFor();
    await page.reload();
    await delivery.getByText('to Jayapura').waitFor();

    await page.goto(shop.at('/en/account/reviews'));
    await page.getByRole('button', { name: /^Change the review/ }).click();
    await page.getByRole('radio', { name: '2 stars' }).check();
    await page.getByLabel('Tell others about it').fill('Luntur setelah dicuci.');
    await page.getByRole('button', { name: 'Save the review' }).click();
    await page.getByText('· edited').waitFor();

    const { page: reader } = await shop.enter(await shop.customer());
    await reader.goto(shop.at(`/en/p/${product.slug}`));
    await reader.getByText('Luntur setelah dicuci.').waitFor();
    const helpful = reader.getByRole('button', { name: /^Helpful/ });
    await helpful.click();
    await vi.waitFor(async () => expect(await helpful.textContent()).toContain('(1)'), patience);
    // The next look at the page knows the vote, and the next press takes it back.
    await reader.reload();
    await reader.getByRole('button', { name: /^Helpful/, pressed: true }).click();
    await reader.getByRole('button', { name: 'Helpful', exact: true, pressed: false }).waitFor();
    await reader.getByRole('button', { name: 'Report' }).click();
    await reader.getByRole('radio', { name: 'Not true' }).check();
    await reader.getByRole('button', { name: 'Send the report' }).click();
    await reader.getByText('Thank you, our people will look at it').waitFor();

    await page.goto(shop.at('/en/notifications'));
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('link', { name: 'Notifications, nothing new' }).waitFor();

    await page.goto(shop.at('/en/account'));
    const picture = { name: 'aku.jpg', mimeType: 'image/jpeg', buffer: await newPicture() };
    await page.getByLabel('Add a picture').setInputFiles(picture);
    await page.getByRole('img', { name: 'Your picture' }).waitFor();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('img', { name: 'Your picture' }).waitFor({ state: 'detached' });
  });

  it('lets somebody in by an account elsewhere, and only the one who was sent there', async () => {
    const sub = crypto.randomUUID();
    shop.provider.add({ sub, email: `${sub}@gmail.example`, email_verified: true, name: 'Sari Dewi' });
    const { page } = await shop.visitor();
    await page.setExtraHTTPHeaders({ 'x-person': sub });
    await page.goto(shop.at('/en/login?next=/en/account'));
    await page.getByRole('button', { name: 'Continue with 127.0.0.1' }).click();
    await page.waitForURL('**/en/account');
    await page.getByRole('heading', { name: 'Hello, Sari Dewi' }).waitFor();
    // An answer that this browser did not ask for, or one that comes a second time.
    await page.goto(shop.at('/en/auth/callback?code=stolen&state=x'));
    await page.getByText('That sign-in is over. Begin again.').waitFor();
  });

  it('has a page for the time without a network, and goes on from it', async () => {
    const { page, faults } = await shop.visitor({ last: true });
    await page.goto(shop.at('/en'));
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.context().setOffline(true);
    await page.goto(shop.at('/en/cart'));
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Your basket is empty' }).waitFor();
    forgive(faults, withoutNetwork);
    forgive(faults, /503/);
  });
}
