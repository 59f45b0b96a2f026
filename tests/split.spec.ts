import { ConfigError } from '@pasar/platform/config';
import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { checkInvariants } from './invariants.js';
import { removeDataDir, ServerProcess, temporaryDataDir } from './server-process.js';
import { address, card, freePort, newCustomer, newMarket, newProduct, orderOf, World } from './world.js';

const groups = {
  front: ['auth', 'user', 'seller', 'notification', 'review', 'media'],
  shop: ['catalog', 'product', 'inventory', 'cart', 'search'],
  till: ['order', 'payment', 'shipping', 'promotion'],
};
type Group = keyof typeof groups;

const world = new World({ PASAR_SAGA_LEASE_MS: '1000' });
let front: Pasar;
let till: Pasar;
let seller: Browser;
let buyer: Browser;

/** Starts a part of the market that reaches the others over gRPC only. */
let startPart: (group: Group) => Promise<Pasar>;
/** Starts a gateway that reaches every service over gRPC. */
let startGateway: () => Promise<Pasar>;

beforeAll(async () => {
  const ports = { front: await freePort(), shop: await freePort(), till: await freePort() };
  const gateway = await freePort();
  startPart = (group) => {
    const others = (Object.keys(groups) as Group[]).filter((other) => other !== group);
    const addresses = others.flatMap((other) =>
      groups[other].map((name) => `${name}=127.0.0.1:${ports[other]}`),
    );
    return world.start({
      environment: {
        PASAR_TARGET: [...groups[group], ...(group === 'front' ? ['gateway'] : [])].join(','),
        PASAR_RPC_PORT: `${ports[group]}`,
        PASAR_RPC_ADDRESSES: addresses.join(','),
        PASAR_PORT: `${gateway}`,
        PASAR_PUBLIC_URL: `http://127.0.0.1:${gateway}`,
      },
    });
  };
  startGateway = () =>
    world.start({
      environment: {
        PASAR_TARGET: 'gateway',
        PASAR_RPC_ADDRESSES: (Object.keys(groups) as Group[])
          .flatMap((group) => groups[group].map((name) => `${name}=127.0.0.1:${ports[group]}`))
          .join(','),
      },
    });
  // All at once, as an orchestrator would: nobody needs another one in order to start.
  [front, , till] = await Promise.all([startPart('front'), startPart('shop'), startPart('till')]);
  ({ seller } = await newMarket(front));
  buyer = await newCustomer(front);
});
afterAll(() => world.end());

const stockOf = async (variantId: string) => {
  const { body } = await seller.get(`/api/v1/inventory/${variantId}`);
  return { onHand: Number(body.onHand), reserved: Number(body.reserved) };
};
const paymentOf = async (id: string) => (await buyer.get(`/api/v1/payments/${id}`)).body;

describe('a gateway without auth beside it', () => {
  it('brings apps and browsers to the authorization server', async () => {
    const gateway = await startGateway();
    const guest = new Browser(gateway.url as string);
    const { body: found } = await guest.get('/.well-known/openid-configuration');
    expect(found.issuer).toBe(front.url);
    const facts = { name: 'Kasir', confidential: true, redirectUris: ['https://app.example/cb'] };
    const { body } = await buyer
      .at(guest.url)
      .post('/api/v1/oauth/apps', { ...facts, scopes: ['orders:read'] });
    const basic = Buffer.from(`${body.app.id}:${body.clientSecret}`).toString('base64');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const { body: granted } = await guest.post(
      '/oauth2/token',
      'grant_type=client_credentials&scope=orders:read',
      {
        ...form,
        authorization: `Basic ${basic}`,
      },
    );
    const app = guest.with({ authorization: `Bearer ${granted.access_token}` });
    expect((await app.get('/api/v1/orders')).status).toBe(200);
    expect((await app.get('/api/v1/users/me')).body.code).toBe('access.insufficient_scope');
    const query = `client_id=${body.app.id}&response_type=code&scope=openid&code_challenge_method=S256&code_challenge=${'a'.repeat(43)}`;
    const started = await fetch(new URL(`/oauth2/auth?${query}`, guest.url), { redirect: 'manual' });
    expect(started.status).toBe(303);
    expect(started.headers.getSetCookie().length).toBeGreaterThan(1);
    const page = await fetch(new URL(started.headers.get('location') ?? '', guest.url), {
      headers: {
        cookie: started.headers
          .getSetCookie()
          .map((cookie) => cookie.split(';')[0])
          .join('; '),
      },
    });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("style-src 'sha256-");
    expect(await page.text()).toContain('Kasir');
    expect((await guest.post('/oauth2/token', 'x'.repeat(40_000), form)).status).toBe(413);
    await world.stop(gateway);
  });
});

describe('a market in three processes', () => {
  it('takes a customer from browsing to a paid order, and back', async () => {
    const product = await newProduct(seller, 10, 5_350_000);
    const shown = await new Browser(front.url as string).get(`/api/v1/products/${product.slug}`);
    expect(shown.body.variants[0]).toMatchObject({ available: 10, price: { amount: '5350000' } });
    await buyer.post('/api/v1/cart/items', { variantId: product.variantId, quantity: 2 });
    const placed = await buyer.order({ shippingAddress: address, payment: card() });
    expect(placed).toMatchObject({
      status: 201,
      body: { status: 'CONFIRMED', itemsTotal: { amount: '10700000' }, total: { amount: '11500000' } },
    });
    await vi.waitFor(async () => {
      expect((await paymentOf(placed.body.payment.id)).status).toBe('CAPTURED');
      expect(await stockOf(product.variantId)).toEqual({ onHand: 8, reserved: 0 });
      expect((await buyer.get('/api/v1/cart')).body.items).toEqual([]);
      const { body } = await buyer.get('/api/v1/notifications');
      const kinds = body.notifications.map(({ kind }: { kind: string }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['order-confirmed', 'payment-received']));
    }, 10_000);

    const [{ id }] = placed.body.orders;
    const cancelled = await buyer.post(`/api/v1/orders/${id}:cancel`, { reason: 'changed my mind' });
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED', cancelReason: 'changed my mind' });
    await vi.waitFor(async () => {
      expect((await paymentOf(placed.body.payment.id)).status).toBe('REFUNDED');
      expect(await stockOf(product.variantId)).toEqual({ onHand: 10, reserved: 0 });
    }, 10_000);
  });

  it('hears by webhook that a bank transfer was made', async () => {
    const product = await newProduct(seller, 5);
    const placed = await buyer.order(orderOf(product.variantId, 1, { method: 'BANK_TRANSFER' }));
    expect(placed).toMatchObject({ status: 201, body: { status: 'AWAITING_PAYMENT' } });
    const { payment, orders } = placed.body;
    const reference = encodeURIComponent(payment.providerReference);
    const paid = await buyer.post(`/api/v1/simulator/payments/${reference}:pay`, { deliveries: 2 });
    expect(paid.status).toBe(200);
    await vi.waitFor(async () => {
      expect((await buyer.get(`/api/v1/orders/${orders[0].id}`)).body.status).toBe('CONFIRMED');
      expect((await paymentOf(payment.id)).status).toBe('CAPTURED');
      expect(await stockOf(product.variantId)).toEqual({ onHand: 4, reserved: 0 });
    }, 10_000);
  });

  it('says across processes what stands in the way, as within one', async () => {
    const product = await newProduct(seller, 2);
    const cases: [object, number, string][] = [
      [orderOf(product.variantId, 3), 409, 'inventory.insufficient_stock'],
      [orderOf(product.variantId, 1, card('tok_declined')), 402, 'payment.declined'],
      [orderOf(crypto.randomUUID()), 409, 'checkout.item_unavailable'],
      [
        { ...orderOf(product.variantId), expectedTotal: { amount: 1, currency: 'IDR' } },
        409,
        'checkout.price_changed',
      ],
      [{ ...orderOf(product.variantId), shippingAddress: undefined }, 400, 'request.invalid'],
    ];
    for (const [order, status, code] of cases) {
      const answer = await buyer.order(order);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
      if (code === 'inventory.insufficient_stock') {
        expect(answer.body.lines).toEqual([{ variantId: product.variantId, requested: 3, available: 2 }]);
      }
    }
  });

  it('goes on with what it can while a part of it is away', async () => {
    const product = await newProduct(seller, 5);
    await world.stop(till);
    const [key, order] = [crypto.randomUUID(), orderOf(product.variantId)];
    const refused = await buyer.order(order, key);
    expect(refused).toMatchObject({ status: 503, body: { code: expect.stringMatching(/unavailable/) } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await buyer.get(`/api/v1/products/${product.slug}`)).status).toBe(200);
    expect(
      (await buyer.post('/api/v1/cart/items', { variantId: product.variantId, quantity: 1 })).status,
    ).toBe(200);

    till = await startPart('till');
    await vi.waitFor(async () => expect((await buyer.order(order, key)).status).toBe(201), 10_000);
    const { body } = await buyer.get('/api/v1/orders?pageSize=1');
    expect(body.orders[0].lines[0].variantId).toBe(product.variantId);
  });

  it('keeps all its promises', () => checkInvariants(world.query));
});

describe('a process that is set up wrongly', () => {
  const startWith = (environment: Record<string, string>) => world.start({ environment });

  it.each([
    [{ PASAR_TARGET: 'ordre' }, 'Unknown target ordre'],
    [{ PASAR_TARGET: 'order' }, /neither in this process nor given an address.*pasar\.cart\.v1\.CartService/],
    [{ PASAR_TARGET: 'payment', PASAR_RPC_ADDRESSES: 'ordre=127.0.0.1:1' }, 'PASAR_RPC_ADDRESSES: "ordre='],
    [{ PASAR_TARGET: 'payment', PASAR_RPC_ADDRESSES: 'order' }, 'PASAR_RPC_ADDRESSES: "order"'],
    // Its callees are every service; the first that is missed is told of here, not to the first customer.
    [
      { PASAR_TARGET: 'gateway' },
      /neither in this process nor given an address.*pasar\.auth\.v1\.AuthService/,
    ],
    // It checks tokens, with keys that auth gives out.
    [
      { PASAR_TARGET: 'payment' },
      /neither in this process nor given an address.*pasar\.auth\.v1\.AuthService/,
    ],
  ])('does not start with %j, and says why', async (environment, message) => {
    const started = startWith(environment);
    await expect(started).rejects.toThrow(message);
    await expect(started).rejects.toBeInstanceOf(ConfigError);
  });

  it.each([
    [{ PASAR_TARGET: 'ordre' }, /^Unknown target ordre\. There are: .*\.$/],
    [{ PASAR_DATA_DIR: import.meta.filename }, /^PASAR_DATA_DIR: the folder cannot be made\. EEXIST.*$/],
  ])('ends with the reason and nothing else: %j', async (environment, reason) => {
    const dataDir = temporaryDataDir();
    const server = await ServerProcess.on(dataDir, environment);
    expect(await server.run()).toBe(1);
    expect(server.said.trim()).toMatch(reason);
    await removeDataDir(dataDir);
  });
});
