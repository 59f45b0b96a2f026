import { request as httpRequest } from 'node:http';
import type { Readable } from 'node:stream';
import type { Message } from '@bufbuild/protobuf';
import type { RegisterRequest } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { DomainError } from '@pasar/platform/errors';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from './testing/eventually.js';
import { startGateway, type TestGateway } from './testing/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ accessLog: 'all' });
});
afterAll(() => gateway.close());
afterEach(() => {
  gateway.services.received.length = 0;
  gateway.services.header = new Headers();
});

const fetchFrom = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}${path}`, init);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetchFrom(path, { method, ...content, headers: { 'content-type': 'application/json', ...headers } });
}

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({ status: response.status, requestId: response.headers.get('x-request-id') });
  return problem;
}

describe('calls', () => {
  it('go from JSON to the service and back', async () => {
    gateway.services.on('Register', (message) => ({
      user: { id: 'u1', email: (message as RegisterRequest).email, roles: [1] },
    }));
    const response = await send('POST', '/api/v1/users/register', {
      email: 'a@b.co',
      password: 'secret-1',
      name: 'Ä',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      user: { id: 'u1', email: 'a@b.co', roles: ['CUSTOMER'] },
      accessToken: '',
    });
    expect(gateway.services.received1()).toMatchObject({
      name: 'Register',
      message: { name: 'Ä' },
      from: 'gateway',
    });
  });

  it('may be without a body where nothing is required', async () => {
    const response = await fetchFrom('/api/v1/auth/logout', { method: 'POST' });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-type')).toBeNull();
  });

  it('take the service’s word for errors, and tell faults of the body in its terms', async () => {
    gateway.services.on('CreateAddress', () => {
      throw new DomainError('request.invalid', 'invalid', 'No.', {
        errors: [{ field: 'address.city', detail: 'x' }],
      });
    });
    const response = await send('POST', '/api/v1/users/me/addresses', {}, bearer('customer'));
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({
      code: 'request.invalid',
      errors: [{ field: 'city', detail: 'x' }],
    });
  });

  it('show the facts of an error, and when to come again', async () => {
    gateway.services.on('PlaceOrder', () => {
      throw new DomainError('payment.unavailable', 'unavailable', 'Later.', {
        retryAfter: 3,
        details: { lines: [1] },
      });
    });
    const response = await send('POST', '/api/v1/orders', {}, bearer('customer'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await problemOf(response)).toMatchObject({
      code: 'payment.unavailable',
      lines: [1],
      instance: '/api/v1/orders',
    });
  });

  it('log what broke, and show nothing of it', async () => {
    gateway.services.on('GetCart', () => {
      throw new Error('password of the database is hunter2');
    });
    const response = await fetchFrom('/api/v1/cart', { headers: { 'x-request-id': 'find-me' } });
    expect(response.status).toBe(500);
    expect(JSON.stringify(await problemOf(response))).not.toContain('hunter2');
    const line = gateway.logged.find(
      ({ msg, requestId }) => msg === 'request failed' && requestId === 'find-me',
    );
    expect(JSON.stringify(line)).toContain('hunter2');
    expect(line).toMatchObject({ route: '/api/v1/cart', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    gateway.services.on('GetCart', () => ({}));
  });

  it('carry headers from a list, and nothing else', async () => {
    await send(
      'POST',
      '/api/v1/orders',
      {},
      {
        ...bearer('customer'),
        'idempotency-key': 'k-1',
        'x-cart-token': 'cart-1',
        'accept-language': 'id',
        accept: 'image/webp',
        'upload-offset': '7',
        'pasar-body-position': '6666',
        'user-agent': 'test/1 \u00e9',
        'stripe-signature': 't=1',
        'webhook-id': 'w1',
        'pasar-client-ip': '6.6.6.6',
        'x-forwarded-for': '6.6.6.6',
        'x-service': 'evil',
        cookie: 'a=b',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
    );
    expect(gateway.services.received1().headers).toEqual({
      authorization: 'Bearer customer',
      'idempotency-key': 'k-1',
      'x-cart-token': 'cart-1',
      'accept-language': 'id',
      accept: 'image/webp',
      'upload-offset': '7',
      'user-agent': 'test/1 ?',
      'pasar-user-agent': 'test/1 ?',
      'stripe-signature': 't=1',
      'webhook-id': 'w1',
      'pasar-client-ip': '127.0.0.1',
      'x-request-id': expect.any(String),
    });
  });

  it('bring headers from a list, and nothing else', async () => {
    gateway.services.header = new Headers({
      'pasar-cart-token': 't1',
      location: '/x',
      'set-cookie': 'a=b',
      server: 'y',
    });
    const response = await fetchFrom('/api/v1/cart');
    expect(response.headers.get('x-cart-token')).toBe('t1');
    expect(response.headers.get('location')).toBe('/x');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('server')).toBeNull();
  });

  it.each(['', 'a b', 'x'.repeat(201), 'caf\u00e9'])('refuse the idempotency key "%s"', async (key) => {
    const response = await send(
      'POST',
      '/api/v1/orders',
      {},
      { ...bearer('customer'), 'idempotency-key': key },
    );
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ errors: [{ field: 'Idempotency-Key' }] });
    expect(gateway.services.received).toEqual([]);
  });

  it('pass webhooks on untouched', async () => {
    const body = Buffer.from([0xff, 0x00, 0x7b]);
    const response = await fetchFrom('/api/v1/payments/webhooks/stripe', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-strange' },
    });
    expect(response.status).toBe(204);
    expect(gateway.services.received1().message).toMatchObject({
      provider: 'stripe',
      payload: { contentType: 'application/x-strange', data: body },
    });
  });
});

describe('access', () => {
  it.each([
    ['nobody', {}, 'Bearer realm="pasar"'],
    ['another scheme', { authorization: 'Basic YTpi' }, 'Bearer realm="pasar", error="invalid_token"'],
    ['no token', { authorization: 'Bearer ' }, 'Bearer realm="pasar", error="invalid_token"'],
    ['a broken token', { authorization: 'Bearer a b' }, 'Bearer realm="pasar", error="invalid_token"'],
    ['a foreign token', bearer('stranger'), 'Bearer realm="pasar", error="invalid_token"'],
  ])('refuses %s with 401', async (_, headers, challenge) => {
    const response = await fetchFrom('/api/v1/users/me', { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(challenge);
    expect(await problemOf(response)).toMatchObject({ code: 'access.unauthenticated' });
    expect(gateway.services.received).toEqual([]);
  });

  it('refuses the wrong role with 403', async () => {
    const response = await fetchFrom('/api/v1/accounts', { headers: bearer('seller') });
    expect(response.status).toBe(403);
    expect(await problemOf(response)).toMatchObject({ code: 'access.forbidden' });
    expect((await fetchFrom('/api/v1/accounts', { headers: bearer('seller.admin') })).status).toBe(200);
  });

  it('refuses a bad token even where none is needed', async () => {
    expect((await fetchFrom('/api/v1/products', { headers: bearer('stranger') })).status).toBe(401);
    expect((await fetchFrom('/api/v1/products')).status).toBe(200);
  });

  it('is decided before the body is read', async () => {
    const response = await fetchFrom('/api/v1/orders', { method: 'POST', body: 'not json' });
    expect(response.status).toBe(401);
  });
});

describe('bad input', () => {
  it('names every wrong field', async () => {
    const response = await send(
      'POST',
      '/api/v1/orders',
      { items: [{ quantity: 'x' }], hacked: true },
      bearer('customer'),
    );
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({
      code: 'request.invalid',
      errors: [
        { field: 'items[0].quantity', detail: 'must be a whole number' },
        { field: 'hacked', detail: 'is not a known field' },
      ],
    });
    expect(gateway.services.received).toEqual([]);
  });

  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/json; charset=utf-16'],
    ['application/jsonp'],
    [''],
  ])('does not take "%s" for JSON', async (type) => {
    const init = { method: 'POST', body: Buffer.from('{}'), headers: { 'content-type': type } };
    const response = await fetchFrom('/api/v1/auth/login', init);
    expect(response.status).toBe(415);
    expect(response.headers.get('accept')).toBe('application/json');
    expect(await problemOf(response)).toMatchObject({ code: 'request.unsupported_media_type' });
  });

  it.each(['application/json', 'application/json; charset="UTF-8"', 'application/merge-patch+json'])(
    'takes "%s" for JSON',
    async (type) => {
      const init = { method: 'POST', body: '{}', headers: { 'content-type': type } };
      expect((await fetchFrom('/api/v1/auth/login', init)).status).toBe(200);
    },
  );

  it('does not unpack what is sent compressed', async () => {
    const response = await send('POST', '/api/v1/auth/login', {}, { 'content-encoding': 'gzip' });
    expect(response.status).toBe(415);
  });

  it('reads no more than it must, and tells the limit', async () => {
    const body = JSON.stringify({ email: 'x'.repeat(2 << 20) });
    const response = await fetchFrom('/api/v1/auth/login', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(413);
    expect(await problemOf(response)).toMatchObject({ code: 'request.too_large', maxBytes: 1 << 20 });
    const webhook = await fetchFrom('/api/v1/payments/webhooks/x', {
      method: 'POST',
      body: 'x'.repeat(65537),
    });
    expect(await problemOf(webhook)).toMatchObject({ maxBytes: 65536 });
    const large = await fetchFrom('/api/v1/productImports/0f8fad5b-d9cb-469f-a165-70867728950e:importRows', {
      method: 'POST',
      body: JSON.stringify({ rows: [{ description: 'x'.repeat(2 << 20) }] }),
      headers: { 'content-type': 'application/json', ...bearer('seller') },
    });
    expect(large.status).toBe(200);
  });

  it.each([
    ['/api/v1/products/%', 400],
    ['/api/v1/products/%ff', 400],
    ['/api/v1/products?query=%ed%a0%80', 400],
    ['/api/v1/products?query=%00', 400],
    ['/api/v1/products?utm_source=x', 400],
    ['/api/v1/products/../../etc/passwd', 404],
    ['//api/v1/products', 404],
    [`/api/v1/products?query=${'x'.repeat(9000)}`, 414],
  ])('answers %s with %i', async (path, status) => {
    const { status: answered, body } = await raw('GET', path);
    expect(answered).toBe(status);
    expect(JSON.parse(body)).toMatchObject({ status });
  });
});

describe('HTTP', () => {
  it('tells which methods a path has', async () => {
    const response = await fetchFrom('/api/v1/cart', { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, DELETE, HEAD, OPTIONS');
    expect(await problemOf(response)).toMatchObject({ code: 'request.method_not_allowed' });
    expect((await raw('TRACE', '/api/v1/cart')).status).toBe(405);
    expect((await raw('QUERY', '/api/v1/cart')).status).toBe(405);
  });

  it('does not let a header or parameter stand for the method', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'content-type': 'application/json' };
    expect((await fetchFrom('/api/v1/cart', { method: 'POST', headers, body: '{}' })).status).toBe(405);
    expect((await fetchFrom('/api/v1/cart?_method=DELETE')).status).toBe(400);
  });

  it('knows that there is one version', async () => {
    expect(await problemOf(await fetchFrom('/api/v2/products'))).toMatchObject({
      code: 'request.unknown_version',
      supportedVersions: ['v1'],
    });
    expect(await problemOf(await fetchFrom('/api/v1/nope'))).toMatchObject({
      status: 404,
      code: 'request.not_found',
    });
    expect(await problemOf(await fetchFrom('/'))).toMatchObject({ status: 404 });
    expect(await problemOf(await send('POST', '/nope', {}))).toMatchObject({ status: 404 });
  });

  it('answers HEAD as GET without its body', async () => {
    for (const path of ['/api/v1/cart', '/api/v1/products', '/healthz', '/openapi.json', '/nope']) {
      const [get, head] = [await raw('GET', path), await raw('HEAD', path)];
      expect(head.body).toBe('');
      expect(head.status).toBe(get.status);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
      expect(head.headers['content-length']).toBe(get.headers['content-length']);
    }
  });

  it('answers OPTIONS', async () => {
    const options = async (path: string) => raw('OPTIONS', path);
    expect(await options('/api/v1/users/me')).toMatchObject({
      status: 204,
      headers: { allow: 'GET, PATCH, HEAD, OPTIONS' },
    });
    expect(await options('*')).toMatchObject({ status: 204 });
    expect(await options('/openapi.json')).toMatchObject({
      status: 204,
      headers: { allow: 'GET, HEAD, OPTIONS' },
    });
  });

  it('takes a target that names the host', async () => {
    expect((await raw('GET', `${gateway.url}/api/v1/cart?`)).status).toBe(200);
    expect((await raw('GET', 'http://elsewhere.test')).status).toBe(404);
  });

  it('names every request, by the client’s name when it is sane', async () => {
    const id = async (given?: string) => {
      const headers = given === undefined ? {} : { 'x-request-id': given };
      return (await fetchFrom('/api/v1/cart', { headers })).headers.get('x-request-id');
    };
    expect(await id('abc-123')).toBe('abc-123');
    const made = await Promise.all([id(), id(), id('a b'), id('x'.repeat(129)), id('<script>')]);
    expect(new Set(made).size).toBe(5);
    for (const name of made) expect(name).toMatch(/^[a-f0-9]{10}-[a-z0-9]+$/);
  });

  it('guards every answer', async () => {
    for (const path of ['/api/v1/cart', '/api/v1/products', '/healthz', '/nope']) {
      const { headers } = await fetchFrom(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('CORS', () => {
  const origin = 'http://localhost:3000';

  it('lets known origins in', async () => {
    const preflight = await fetchFrom('/api/v1/orders', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'idempotency-key',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    for (const path of ['/api/v1/cart', '/api/v1/products', '/nope', '/healthz']) {
      const response = await fetchFrom(path, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-expose-headers')).toContain('X-Cart-Token');
    }
  });

  it('gives others nothing', async () => {
    for (const stranger of ['http://evil.test', 'null', 'http://localhost:3000.evil.test']) {
      const headers = { origin: stranger, 'access-control-request-method': 'POST' };
      const preflight = await fetchFrom('/api/v1/orders', { method: 'OPTIONS', headers });
      const response = await fetchFrom('/api/v1/cart', { headers: { origin: stranger } });
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('downloads', () => {
  const path = '/api/v1/products:export';

  const part = (text: string, contentType = '') => ({ contentType, data: Buffer.from(text) });
  const download = (token = 'seller') => fetchFrom(path, { headers: bearer(token) });

  /** The service makes these parts, and then ends or fails. */
  function serve(parts: object[], failure?: Error): void {
    gateway.services.on('ExportProducts', async function* () {
      yield* parts;
      if (failure) throw failure;
    });
  }

  it('come as they are made, in the type of their first part', async () => {
    serve([part('a,b\n', 'text/csv'), part(''), part('1,2\n')]);
    const response = await download();
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(await response.text()).toBe('a,b\n1,2\n');
    const head = await raw('HEAD', path, bearer('seller'));
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-type': 'text/csv' } });
  });

  it('may be empty', async () => {
    serve([]);
    const response = await download();
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('are refused with a problem when they fail before they begin', async () => {
    serve([], new DomainError('product.busy', 'unavailable', 'Later.'));
    expect(await problemOf(await download())).toMatchObject({ code: 'product.busy' });
  });

  it('break off when they fail later, so that nobody takes a part for the whole', async () => {
    serve([part('a,b\n', 'text/csv')], new Error('disk'));
    await expect(download().then((response) => response.text())).rejects.toThrow();
    const isLogged = () =>
      gateway.logged.some(({ msg, route }) => msg === 'request failed' && route === path);
    await eventually(isLogged);
  });

  it('wait for a slow reader, and end when it goes', async () => {
    let made = 0;
    let ended = false;
    const signals: (AbortSignal | undefined)[] = [];
    gateway.services.on('ExportProducts', (_, { signal }) => {
      signals.push(signal);
      return (async function* () {
        try {
          for (;;) {
            made += 1;
            yield { contentType: 'text/csv', data: Buffer.alloc(64 << 10, 'x') };
          }
        } finally {
          ended = true;
        }
      })();
    });
    const response = await new Promise<Readable>((resolve) => {
      httpRequest(`${gateway.url}${path}`, { headers: bearer('seller') }, resolve).end();
    });
    await new Promise((resolve) => response.once('data', resolve));
    response.pause();
    // The buffers of both ends fill up, and then nothing more is made.
    let before = -1;
    const isStill = () => {
      const still = made === before;
      before = made;
      return still;
    };
    await vi.waitUntil(isStill, { interval: 300, timeout: 30_000 });
    expect(made).toBeLessThan(500);
    response.destroy();
    await eventually(() => ended);
    expect(signals[0]?.aborted).toBe(true);
  });
});

describe('a client that goes away', () => {
  it('cancels its call', async () => {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<AbortSignal>();
    gateway.services.on('GetOrder', (_: Message, { signal }) => {
      isAsked(signal!);
      return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
    });
    const call = httpRequest(`${gateway.url}/api/v1/orders/x`, { headers: bearer('customer') });
    call.on('error', () => {}).end();
    const signal = await asked;
    expect(signal.aborted).toBe(false);
    call.destroy();
    await eventually(() => signal.aborted);
    await eventually(() =>
      gateway.logged.some(({ route, status }) => route === '/api/v1/orders/{id}' && status === 499),
    );
  });
});

describe('other routes', () => {
  it('get ids, headers and problems as all others do', async () => {
    const policy = "default-src 'self'";
    const other = await startGateway(
      { maxBodyBytes: 100 },
      {
        extraRoutes(app) {
          app.get('/page', (_, reply) =>
            reply.header('content-security-policy', policy).type('text/html').send('<p>'),
          );
          app.post('/form', async () => ({ ok: true }));
          app.get('/broken', async () => {
            throw new Error('secret');
          });
        },
      },
    );
    try {
      const page = await fetch(`${other.url}/page`);
      expect(page.headers.get('content-security-policy')).toBe(policy);
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('x-request-id')).not.toBeNull();
      const post = (body: string, type: string) =>
        fetch(`${other.url}/form`, { method: 'POST', body, headers: { 'content-type': type } });
      expect((await post('{}', 'application/json')).status).toBe(200);
      expect(await problemOf(await post('{', 'application/json'))).toMatchObject({ status: 400 });
      expect(await problemOf(await post('x'.repeat(101), 'application/json'))).toMatchObject({ status: 413 });
      expect(await problemOf(await post('x', 'image/png'))).toMatchObject({ status: 415 });
      const broken = await problemOf(await fetch(`${other.url}/broken`));
      expect(broken).toMatchObject({ status: 500, detail: 'Something went wrong.' });
      expect(JSON.stringify(other.logged)).toContain('secret');
      expect(await other.metrics.text()).toContain('route="/page"');
    } finally {
      await other.close();
    }
  });
});

describe('operations', () => {
  it('tells that it lives, is ready, and what it counted', async () => {
    expect((await fetchFrom('/healthz')).status).toBe(200);
    expect((await fetchFrom('/readyz')).status).toBe(200);
    gateway.health.serving = false;
    expect((await fetchFrom('/readyz')).status).toBe(503);
    gateway.health.serving = true;
    const metrics = await fetchFrom('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    const text = await metrics.text();
    expect(text).toContain(
      'pasar_http_request_duration_seconds_count{method="GET",route="/api/v1/cart",status="200"}',
    );
    expect(text).toContain('route="unknown",status="404"');
    expect(text).not.toContain('passwd');
  });

  it('shows the documentation without anything from elsewhere', async () => {
    const page = await fetchFrom('/docs');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = await page.text();
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      const asset = await fetchFrom(address);
      expect(asset.status).toBe(200);
      expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(0);
    }
    expect(html).not.toMatch(/<script>|https?:/);
    expect(await (await fetchFrom('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
  });
});

/** As the bytes say, which fetch would tidy up. */
function raw(method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const call = httpRequest(
        { host: '127.0.0.1', port: gateway.port, method, path, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            });
          });
        },
      );
      call.on('error', reject).end();
    },
  );
}
