import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewaySettings } from './gateway.js';
import { MemoryRateLimiter } from './rate-limit.js';
import { eventually } from './testing/eventually.js';
import { startGateway, type TestGateway } from './testing/start-gateway.js';

let gateway: TestGateway;
afterEach(() => gateway.close());

async function start(settings: Partial<GatewaySettings>): Promise<void> {
  gateway = await startGateway(settings);
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}${path}`, { headers });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function statuses(times: number, ask: () => Promise<Response>): Promise<number[]> {
  const counted: number[] = [];
  for (let i = 0; i < times; i++) counted.push((await ask()).status);
  return counted;
}

describe('rate limits', () => {
  it('stop a guest at the limit, and say when to come again', async () => {
    await start({ rateLimitPerMinute: 5 });
    const first = await get('/api/v1/products');
    expect(first.headers.get('ratelimit-limit')).toBe('5');
    expect(first.headers.get('ratelimit-remaining')).toBe('4');
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=5;w=60');
    // Cached or not, found or not: every call counts.
    expect(await statuses(5, () => get('/api/v1/cart'))).toEqual([200, 200, 200, 200, 429]);
    const refused = await get('/api/v1/products');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ status: 429, code: 'rate_limit.exceeded' });
  });

  it('count users apart, wherever they come from', async () => {
    await start({ rateLimitPerMinute: 2 });
    expect(await statuses(3, () => get('/api/v1/orders', bearer('customer')))).toEqual([200, 200, 429]);
    expect(await statuses(2, () => get('/api/v1/orders', bearer('seller')))).toEqual([200, 200]);
    expect(await statuses(3, () => get('/api/v1/cart'))).toEqual([200, 200, 429]);
  });

  it('count guests by address, not by what they say of it', async () => {
    await start({ rateLimitPerMinute: 1 });
    expect((await get('/api/v1/cart', { 'x-forwarded-for': '1.1.1.1' })).status).toBe(200);
    expect((await get('/api/v1/cart', { 'x-forwarded-for': '2.2.2.2' })).status).toBe(429);
    await gateway.close();
    await start({ rateLimitPerMinute: 1, trustProxy: ['loopback'] });
    expect((await get('/api/v1/cart', { 'x-forwarded-for': '1.1.1.1' })).status).toBe(200);
    expect((await get('/api/v1/cart', { 'x-forwarded-for': '2.2.2.2' })).status).toBe(200);
    expect((await get('/api/v1/cart', { 'x-forwarded-for': '1.1.1.1' })).status).toBe(429);
  });

  it('leave the storefront to count its pages, but not what has a limit of its own', async () => {
    await start({ rateLimitPerMinute: 1, storefrontKey: 'a key of the storefront' });
    const as = (key: string) => ({ 'pasar-storefront-key': key, 'x-forwarded-for': '1.1.1.1' });
    const page = () => get('/api/v1/cart', as('a key of the storefront'));
    expect(await statuses(3, page)).toEqual([200, 200, 200]);
    const reset = () =>
      fetch(`${gateway.url}/api/v1/auth/password:requestReset`, {
        method: 'POST',
        headers: as('a key of the storefront'),
      });
    expect(await statuses(2, reset)).toEqual([expect.not.toSatisfy((status) => status === 429), 429]);
    // The address that it told is what counts, and who does not have the key tells none.
    expect(await statuses(2, () => get('/api/v1/cart', as('another key')))).toEqual([200, 429]);
  });

  it('count who guesses tokens', async () => {
    await start({ rateLimitPerMinute: 3 });
    expect(await statuses(5, () => get('/api/v1/orders', bearer('wrong')))).toEqual([
      401, 401, 401, 429, 429,
    ]);
  });

  it('of a method’s own are counted on their own, and grow with the default', async () => {
    await start({ rateLimitPerMinute: 10 });
    // The contract says 10 a minute where the default is 100.
    const reset = () => fetch(`${gateway.url}/api/v1/auth/password:requestReset`, { method: 'POST' });
    expect(await statuses(2, reset)).toEqual([204, 429]);
    expect((await get('/api/v1/cart')).status).toBe(200);
  });

  it('do not touch health checks, and can be switched off', async () => {
    await start({ rateLimitPerMinute: 1 });
    expect(await statuses(5, () => get('/healthz'))).toEqual([200, 200, 200, 200, 200]);
    await gateway.close();
    await start({ rateLimitPerMinute: 0 });
    const response = await get('/api/v1/cart');
    expect(response.headers.get('ratelimit-limit')).toBeNull();
  });
});

describe('a limiter elsewhere', () => {
  it('is waited for, for cached answers too', async () => {
    const shared = new MemoryRateLimiter();
    const limiter = { take: async (key: string, limit: number) => shared.take(key, limit) };
    gateway = await startGateway({ rateLimitPerMinute: 2 }, { limiter });
    expect(await statuses(4, () => get('/api/v1/products'))).toEqual([200, 200, 429, 429]);
  });
});

describe('addresses', () => {
  it('that are not on the list of staff are refused, whoever asks', async () => {
    await start({ adminAllowList: ['10.0.0.0/8'], trustProxy: ['loopback'] });
    const from = (address: string, path: string) =>
      get(path, { ...bearer('seller.admin'), 'x-forwarded-for': address });
    expect((await from('10.1.2.3', '/api/v1/accounts')).status).toBe(200);
    const refused = await from('203.0.113.7', '/api/v1/accounts');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'access.address_refused' });
    expect((await from('203.0.113.7', '/api/v1/sellers/me/orders')).status).toBe(200);
  });

  it('from outside see neither metrics nor why a check fails', async () => {
    await start({ trustProxy: ['loopback'] });
    gateway.health.add('database', () => {
      throw new Error('password authentication failed for pasar@10.0.0.5');
    });
    const outside = { 'x-forwarded-for': '203.0.113.7' };
    expect((await get('/metrics', outside)).status).toBe(403);
    expect((await get('/metrics')).status).toBe(200);
    expect(await (await get('/readyz', outside)).text()).not.toContain('10.0.0.5');
    expect(await (await get('/readyz')).text()).toContain('10.0.0.5');
    await gateway.close();
    // A proxy that nobody told us of.
    await start({});
    expect((await get('/metrics', outside)).status).toBe(403);
  });

  it('over TLS are told to stay there', async () => {
    await start({ trustProxy: ['loopback'] });
    const secure = await get('/api/v1/cart', { 'x-forwarded-for': '1.1.1.1', 'x-forwarded-proto': 'https' });
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=');
  });
});

describe('closing', () => {
  it('lets calls in flight end, takes no more, and sends clients elsewhere', async () => {
    await start({});
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const { promise: answer, resolve: mayAnswer } = Promise.withResolvers<object>();
    gateway.services.on('GetCart', () => {
      isAsked();
      return answer;
    });
    const inFlight = get('/api/v1/cart');
    await asked;
    const closed = gateway.close();
    await eventually(() => refused(gateway.port));
    mayAnswer({ id: 'c1' });
    const response = await inFlight;
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: 'c1' });
    await closed;
  });

  it('does not wait for ever', async () => {
    await start({ drainMs: 50 });
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    gateway.services.on('GetCart', () => {
      isAsked();
      return new Promise(() => {});
    });
    const stuck = get('/api/v1/cart');
    await asked;
    await Promise.all([gateway.close(), expect(stuck).rejects.toThrow()]);
  });
});

function refused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
    socket.on('connect', () => socket.destroy());
  });
}
