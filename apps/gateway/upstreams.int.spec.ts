import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GatewaySettings } from './gateway.js';
import { startGateway, type TestGateway } from './testing/start-gateway.js';
import { isAmong, parseUpstream } from './upstreams.js';

/** Tells what it was sent; breaks off or stays silent where it is asked to. */
const legacy: Server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, url, headers } = request;
  if (url?.endsWith('/silent')) return;
  response.writeHead(url?.endsWith('/missing') ? 404 : 203, {
    'Content-Type': 'application/json',
    'Content-Security-Policy': "default-src 'self'",
    'X-Legacy': 'yes',
    Connection: 'close, x-secret',
    'X-Secret': 'of the connection',
    'Set-Cookie': ['a=1', 'b=2'],
  });
  response.write(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
  if (url?.endsWith('/broken')) return void response.socket?.end();
  response.end();
});
let origin: string;
let gateway: TestGateway;

beforeAll(async () => {
  await new Promise<void>((resolve) => legacy.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(legacy.address() as AddressInfo).port}`;
});
afterAll(() => {
  legacy.closeAllConnections();
  legacy.close();
});
async function start(upstreams: string[], settings: Partial<GatewaySettings> = {}): Promise<void> {
  gateway = await startGateway({ upstreams, ...settings });
}

const send = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}${path}`, init);
const isLegacy = (response: Response) => response.headers.get('x-legacy') === 'yes';

describe('a path that another server answers', () => {
  afterEach(() => gateway.close());

  it('brings it the request as it is, and its answer back', async () => {
    await start([`/api/v1/reviews=${origin}`]);
    const response = await send('/api/v1/reviews/7?a=1&b=%20', {
      method: 'PUT',
      body: '{"stars":5}',
      headers: {
        ...{
          'content-type': 'application/json',
          authorization: 'Bearer of-the-old-system',
          'x-request-id': 'r1',
        },
        ...{
          'pasar-storefront-key': 'k'.repeat(32),
          'x-forwarded-for': '9.9.9.9',
          origin: 'http://localhost:3000',
        },
      },
    });
    expect(response.status).toBe(203);
    const told = (await response.json()) as { headers: Record<string, string> };
    expect(told).toMatchObject({ method: 'PUT', url: '/api/v1/reviews/7?a=1&b=%20', body: '{"stars":5}' });
    expect(told.headers).toMatchObject({
      ...{ host: new URL(origin).host, authorization: 'Bearer of-the-old-system', 'x-request-id': 'r1' },
      ...{
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-host': new URL(gateway.url).host,
      },
    });
    expect(told.headers).not.toHaveProperty('pasar-storefront-key');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(response.headers.get('x-request-id')).toBe('r1');
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(response.headers.has('x-secret')).toBe(false);
    expect((await send('/api/v1/reviews/missing')).status).toBe(404);
    expect(gateway.services.received).toEqual([]);
    expect(await gateway.metrics.text()).toContain('route="upstream /api/v1/reviews",status="203"');
  });

  it('is the prefix with what is below it, the longest of several, and nothing else', async () => {
    await start([`/api/v1/cart=${origin}`, `/api/v1/cart/items=http://127.0.0.1:1`]);
    for (const path of ['/api/v1/cart', '/api/v1/cart:merge', '/api/v1/cart/x']) {
      expect(isLegacy(await send(path, { method: 'POST' }))).toBe(true);
    }
    expect((await send('/api/v1/cart/items')).status).toBe(503);
    expect(isLegacy(await send('/api/v1/cartoons'))).toBe(false);
    expect((await send('/api/v1/products')).status).toBe(200);
    // Which fetch would tidy up.
    const untidy = await new Promise((resolve) =>
      get({ port: gateway.port, path: '/api/v1/cart/%2e%2e/orders' }, (answer) =>
        resolve(answer.resume().statusCode),
      ),
    );
    expect(untidy).toBe(400);
    const preflight = await send('/api/v1/cart', {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'DELETE' },
    });
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
  });

  it('is away, silent or breaks off: that is told, and nobody takes a part for the whole', async () => {
    await start([`/old=${origin}`, '/gone=http://127.0.0.1:1'], { callTimeoutMs: 200 });
    for (const path of ['/gone/x', '/old/silent']) {
      const response = await send(path);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await response.json()).toMatchObject({ status: 503, code: 'upstream.unavailable' });
    }
    await expect(send('/old/broken').then((response) => response.text())).rejects.toThrow();
  });

  it('is for as many as it says, the same each time, and held to the limits of all', async () => {
    await start([`/api/v1/orders=${origin}@50%`], { rateLimitPerMinute: 3, maxBodyBytes: 10 });
    const tokens = ['customer', 'seller', 'admin', 'customer.seller', 'customer.admin', 'seller.admin'];
    const side = async (token: string) =>
      isLegacy(await send('/api/v1/orders', { headers: { authorization: `Bearer ${token}` } }));
    const first = await Promise.all(tokens.map(side));
    expect(await Promise.all(tokens.map(side))).toEqual(first);
    expect(first).toEqual(tokens.map((token) => isAmong(50, '/api/v1/orders', `user user-${token}`)));
    expect(new Set(first).size).toBe(2);
    const passed = tokens[first.indexOf(true)] ?? '';
    const headers = { authorization: `Bearer ${passed}` };
    const large = await send('/api/v1/orders', { method: 'POST', body: 'x'.repeat(11), headers });
    expect(large.status).toBe(413);
    expect((await send('/api/v1/orders', { headers })).status).toBe(429);
  });
});

describe('a share', () => {
  it('is about that of all, and only grows when it is raised', () => {
    const people = Array.from({ length: 4000 }, (_, n) => `user ${n}`);
    const among = (percent: number) => people.filter((who) => isAmong(percent, '/x', who));
    expect(Math.abs(among(10).length - 400)).toBeLessThan(120);
    expect(among(100)).toEqual(people);
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 99 }), (who, percent) => {
        if (isAmong(percent, '/x', who)) expect(isAmong(percent + 1, '/x', who)).toBe(true);
      }),
    );
  });

  it.each([
    '',
    '/x',
    'x=http://a',
    '/=http://a',
    '/x=ftp://a',
    '/x=http://a@0%',
    '/x=http://a@101%',
    '/x=http://a/b',
  ])('of "%s" is refused at boot', (text) => {
    expect(() => parseUpstream(text)).toThrow('is not <path prefix>');
  });
});
