import { createECDH, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { patience, type Shop } from './shop.js';

function newSubscription() {
  const keys = createECDH('prime256v1');
  return {
    endpoint: `https://push.pasar.test/${crypto.randomUUID()}`,
    keys: { p256dh: keys.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
  };
}

/** What a browser with a push service has, and one without windows has not. What it subscribed to stays in it. */
async function givePushService(page: Page): Promise<void> {
  const made = newSubscription();
  await page.addInitScript(`{
    const place = 'a-push-service-permission';
    const keep = (name, value) => value === undefined ? localStorage.removeItem(name) : localStorage.setItem(name, value);
    Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem(place) ?? 'default' });
    Notification.requestPermission = async () => {
      keep(place, globalThis.saysNo ? 'denied' : 'granted');
      return Notification.permission;
    };
    const subscription = () => localStorage.getItem('a-push-service') && {
      ...${JSON.stringify(made)},
      toJSON: () => (${JSON.stringify(made)}),
      unsubscribe: async () => keep('a-push-service'),
    };
    PushManager.prototype.getSubscription = async () => subscription() || null;
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
      if (!userVisibleOnly || Notification.permission !== 'granted') throw new DOMException('refused', 'NotAllowedError');
      keep('a-push-service', applicationServerKey);
      return subscription();
    };
  }`);
}

export function testPush(shop: Shop): void {
  it('pushes to this device while its owner wants that and is signed in', async () => {
    const customer = await shop.customer();
    const { page } = await shop.enter(customer, { last: true });
    await givePushService(page);
    await page.goto(shop.at('/en/notifications'));
    await page.getByRole('link', { name: 'Choose what to be told of' }).click();
    const push = page.getByTestId('push');
    const untilPushIs = (state: string) =>
      vi.waitFor(async () => expect(await push.getAttribute('data-state')).toBe(state), patience);
    const devices = async () => (await customer.get('/api/v1/devices')).body.devices;

    // Nobody was asked for leave yet.
    await untilPushIs('off');
    await push.getByRole('button', { name: 'Turn on' }).click();
    await untilPushIs('on');
    expect(await devices()).toEqual([expect.objectContaining({ name: expect.stringContaining('Chrome') })]);
    await page.reload();
    await untilPushIs('on');
    await push.getByRole('button', { name: 'Turn off' }).click();
    await untilPushIs('off');
    expect(await devices()).toEqual([]);

    await push.getByRole('button', { name: 'Turn on' }).click();
    await untilPushIs('on');

    // The push service ends a subscription, and may put another in its place or leave that to us.
    const [worker] = page.context().serviceWorkers();
    const [given, asked, late] = [newSubscription(), newSubscription(), newSubscription()];
    await worker!.evaluate(`
      PushManager.prototype.subscribe = async (options) => {
        globalThis.subscribedWith = options;
        return ${JSON.stringify(asked)};
      };
      globalThis.change = (newSubscription) =>
        void dispatchEvent(Object.assign(new ExtendableEvent('pushsubscriptionchange'), { newSubscription }));
      0;`);
    for (const [next, change] of [
      [given, JSON.stringify(given)],
      [asked, ''],
    ] as const) {
      await worker!.evaluate(`change(${change})`);
      const expected = [expect.objectContaining({ endpoint: next.endpoint })];
      await vi.waitFor(async () => expect(await devices()).toEqual(expected), patience);
    }
    const { body: key } = await customer.get('/api/v1/devices:key');
    expect(await worker!.evaluate('subscribedWith')).toEqual({
      userVisibleOnly: true,
      applicationServerKey: key.publicKey,
    });

    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(shop.at('/en'));
    expect(await devices()).toEqual([]);
    // Nobody is there any more for whom it would be.
    await worker!.evaluate(
      `change({ ...${JSON.stringify(late)}, unsubscribe: async () => void (globalThis.ended = true) })`,
    );
    await vi.waitFor(async () => expect(await worker!.evaluate('globalThis.ended')).toBe(true), patience);
    expect(await devices()).toEqual([]);
    // Somebody else at this browser does not inherit what it subscribed to, and may say no.
    const { page: other } = await shop.enter(await shop.customer(), { last: true });
    await givePushService(other);
    await other.addInitScript(
      'globalThis.saysNo = true; localStorage.setItem("a-push-service", "of another");',
    );
    await other.goto(shop.at('/id/account'));
    const theirs = other.getByTestId('push');
    await theirs.getByRole('button', { name: 'Aktifkan' }).click();
    await theirs.getByText('Browser ini diminta tidak menampilkan pesan dari Pasar.').waitFor();
  });

  it('shows what is pushed, and leads to what it is about', async () => {
    const { page } = await shop.visitor({ last: true });
    await page.goto(shop.at('/id'));
    await page.evaluate('navigator.serviceWorker.ready.then(() => {})');
    const [worker] = page.context().serviceWorkers();
    // A browser without windows shows no messages, and opens a window only for who presses one.
    await worker!.evaluate(`
      globalThis.shown = [];
      globalThis.opened = [];
      registration.showNotification = async (title, more) => void shown.push({ title, ...more });
      clients.openWindow = async (path) => void opened.push(path);
      0;`);
    const devtools = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) =>
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [one] }) =>
        resolve(one?.registrationId ?? ''),
      ),
    );
    await devtools.send('ServiceWorker.enable');
    const message = { id: 'm1', kind: 'order.shipped', title: 'Pesanan dikirim', body: 'Kopi Gayo' };
    await devtools.send('ServiceWorker.deliverPushMessage', {
      origin: shop.at(''),
      registrationId: await registered,
      data: JSON.stringify({ ...message, link: '/orders/abc' }),
    });
    const shown = () => worker!.evaluate('shown');
    await vi.waitFor(async () => expect(await shown()).toHaveLength(1), patience);
    const { title, body } = message;
    expect(await shown()).toEqual([{ title, body, tag: 'm1', data: '/orders/abc' }]);

    const press = (data: string) =>
      worker!.evaluate(`dispatchEvent(Object.assign(new ExtendableEvent('notificationclick'), {
        notification: { data: ${JSON.stringify(data)}, close() {} } }))`);
    for (const link of ['/orders/abc', '/variants/v1', 'https://elsewhere.test/', '/seller/orders/1'])
      await press(link);
    const expected = ['/orders/abc', '/p/v1', '/notifications', '/notifications'];
    await vi.waitFor(async () => expect(await worker!.evaluate('opened')).toEqual(expected), patience);
  });
}
