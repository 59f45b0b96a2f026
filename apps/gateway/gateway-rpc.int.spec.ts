import { generateKeyPairSync, sign } from 'node:crypto';
import type { DescMethod } from '@bufbuild/protobuf';
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect';
import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { callerOf } from '@pasar/platform/access';
import { TokenVerifier } from '@pasar/platform/access-token';
import { SystemClock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { Health } from '@pasar/platform/health';
import { RpcNetwork } from '@pasar/platform/rpc';
import { createLog, Metrics } from '@pasar/platform/telemetry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './testing/eventually.js';
import { startGateway, type TestGateway } from './testing/start-gateway.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const clock = new SystemClock();

function tokenFor(roles: string[], claims: object = {}, header: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const head = encode({ alg: 'RS256', typ: 'at+jwt', kid: 'k1', ...header });
  const body = encode({
    iss: 'pasar',
    aud: 'pasar',
    sub: 'u1',
    email: 'a@pasar.test',
    sid: 's1',
    iat: now,
    exp: now + 900,
    roles,
    ...claims,
  });
  return `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), privateKey).toString('base64url')}`;
}

/** Handlers of a contract of which a test gives a few. */
function implement(
  contract: { method: Record<string, DescMethod> },
  some: Record<string, unknown>,
): ServiceImpl<never> {
  const rest = Object.keys(contract.method).map((name) => [name, () => ({})]);
  return { ...Object.fromEntries(rest), ...some } as ServiceImpl<never>;
}

let heard: { caller?: object; headers: Record<string, string | null> };
let trace: string | null;
let exporting: AbortSignal | undefined;

const cart = implement(CartService, {
  getCart(_: unknown, context: HandlerContext) {
    const { user, service } = callerOf(context);
    const header = (name: string) => context.requestHeader.get(name);
    trace = header('traceparent');
    const headers = {
      cart: header('x-cart-token'),
      ip: header('pasar-client-ip'),
      agent: header('pasar-user-agent'),
    };
    heard = { caller: { user: user?.id, service }, headers };
    context.responseHeader.set('pasar-cart-token', 'made');
    return { itemCount: 3 };
  },
  addItem() {
    const facts = {
      details: { lines: [{ available: 1 }] },
      errors: [{ field: 'quantity', detail: 'too many' }],
    };
    throw new DomainError('inventory.insufficient_stock', 'conflict', 'Not enough.', facts);
  },
  clearCart() {
    throw new Error('relation "carts" does not exist');
  },
  selectItems() {
    throw new ConnectError('10.0.0.5 refused', Code.Unavailable);
  },
});

const product = implement(ProductService, {
  getProduct(_: unknown, context: HandlerContext) {
    context.responseHeader.set('pasar-cache-tags', 'p1');
    return { id: 'p1', price: { amount: 5350000n, currency: 'IDR' } };
  },
  async *exportProducts(_: unknown, context: HandlerContext) {
    exporting = context.signal;
    for (;;) yield { contentType: 'text/csv', data: Buffer.alloc(16 << 10, 'x') };
  },
});

function network(addresses: Record<string, string> = {}): RpcNetwork {
  const keys = async () => [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }];
  return new RpcNetwork({
    addresses,
    serviceSecret: 'a secret for all services',
    verifier: new TokenVerifier({ keys, clock }),
    clock,
    metrics: new Metrics(),
    log: createLog({ level: 'silent', service: 'test' }),
  });
}

describe.each(['in the same process', 'over gRPC'])('services %s', (place) => {
  let gateway: TestGateway;
  const networks: RpcNetwork[] = [];

  beforeAll(async () => {
    const serving = network();
    serving.register('cart', CartService, cart as never);
    serving.register('product', ProductService, product as never);
    networks.push(serving);
    let calling = serving;
    if (place === 'over gRPC') {
      const port = await serving.serve({ host: '127.0.0.1', port: 0, health: new Health() });
      const address = `127.0.0.1:${port}`;
      calling = network({ [CartService.typeName]: address, [ProductService.typeName]: address });
      networks.push(calling);
    }
    const keys = async () => [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }];
    gateway = await startGateway({}, { calls: calling, tokens: new TokenVerifier({ keys, clock }) });
  });
  afterAll(async () => {
    await gateway.close();
    for (const network of networks.toReversed()) await network.close();
  });

  const ask = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}${path}`, init);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('learn who calls and for whom, and answer with headers', async () => {
    const headers = { ...bearer(tokenFor(['CUSTOMER'])), 'x-cart-token': 'c1', 'user-agent': 'test' };
    const response = await ask('/api/v1/cart', { headers });
    expect(await response.json()).toMatchObject({ itemCount: 3 });
    expect(response.headers.get('x-cart-token')).toBe('made');
    expect(heard).toEqual({
      caller: { user: 'u1', service: 'gateway' },
      headers: { cart: 'c1', ip: '127.0.0.1', agent: 'test' },
    });
  });

  it('go on with the trace that the client began', async () => {
    const id = '0af7651916cd43dd8448eb211c80319c';
    await ask('/api/v1/cart', { headers: { traceparent: `00-${id}-b7ad6b7169203331-01` } });
    expect(trace).toMatch(new RegExp(`^00-${id}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
    await ask('/api/v1/cart', { headers: { traceparent: 'nonsense' } });
    expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
  });

  it('have their errors told, with facts and fields', async () => {
    const init = {
      method: 'POST',
      body: JSON.stringify({ variantId: '0f8fad5b-d9cb-469f-a165-70867728950e', quantity: 2 }),
      headers: { 'content-type': 'application/json' },
    };
    const response = await ask('/api/v1/cart/items', init);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'inventory.insufficient_stock',
      lines: [{ available: 1 }],
      errors: [{ field: 'quantity', detail: 'too many' }],
    });
  });

  it('have the rules of their contracts enforced', async () => {
    const init = {
      method: 'POST',
      body: '{"variantId": "x"}',
      headers: { 'content-type': 'application/json' },
    };
    const response = await ask('/api/v1/cart/items', init);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'request.invalid',
      errors: [{ field: 'variantId' }],
    });
  });

  it('keep their faults to themselves', async () => {
    const broken = await ask('/api/v1/cart', { method: 'DELETE' });
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('relation');
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    expect(await (await ask('/api/v1/cart:select', init)).text()).not.toContain('10.0.0.5');
  });

  it('give answers that can be cached', async () => {
    const first = await ask('/api/v1/products/p1');
    expect(await first.json()).toMatchObject({ price: { amount: '5350000', currency: 'IDR' } });
    expect(
      (await ask('/api/v1/products/p1', { headers: { 'if-none-match': first.headers.get('etag')! } })).status,
    ).toBe(304);
  });

  it('stop a download whose reader went away', async () => {
    const abort = new AbortController();
    const headers = bearer(tokenFor(['SELLER']));
    const response = await ask('/api/v1/products:export', { headers, signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/csv');
    await response.body!.getReader().read();
    abort.abort();
    await eventually(() => exporting?.aborted);
  });

  it.each<[string, () => string]>([
    ['expired', () => tokenFor(['CUSTOMER'], { exp: 1_000_000 })],
    ['of another issuer', () => tokenFor(['CUSTOMER'], { iss: 'evil' })],
    ['of an unknown key', () => tokenFor(['CUSTOMER'], {}, { kid: 'k2' })],
    ['alg:none', () => `${tokenFor(['CUSTOMER'], {}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
    [
      'changed',
      () =>
        tokenFor(['CUSTOMER']).replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"u2"}').toString('base64url')}.`),
    ],
    ['cut', () => tokenFor(['CUSTOMER']).slice(0, -5)],
  ])('never see a token that is %s', async (_, token) => {
    const response = await ask('/api/v1/cart', { headers: bearer(token()) });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'access.unauthenticated' });
  });
});
