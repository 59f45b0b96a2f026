import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { StockReservedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductUpdatedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { DomainError } from '@pasar/platform/errors';
import { type Envelope, eventType, topicOf } from '@pasar/platform/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './testing/eventually.js';
import { startGateway, type TestGateway } from './testing/start-gateway.js';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

function event<Desc extends DescMessage>(
  desc: Desc,
  subject: string,
  init: MessageInitShape<Desc>,
): Envelope {
  const data = toBinary(desc, create(desc, init));
  return {
    id: 'e',
    type: eventType(desc),
    source: topicOf(desc),
    subject,
    time: new Date(),
    traceparent: '',
    data,
  };
}

const productUpdated = (id: string) => event(ProductUpdatedSchema, id, { productId: id, slug: `slug-${id}` });

/** A product service whose product changes its title from call to call. */
function serveProducts(tags = 'p1,v1'): { calls(): number } {
  let version = 0;
  gateway.services.header = new Headers({ 'pasar-cache-tags': tags });
  gateway.services.on('GetProduct', () => ({ id: 'p1', title: `v${++version}` }));
  return { calls: () => version };
}

async function titleAt(path = '/api/v1/products/p1', headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${gateway.url}${path}`, { headers });
  return ((await response.json()) as { title: string }).title;
}

describe('the byte cache', () => {
  it('answers guests, and asks the service once', async () => {
    const service = serveProducts();
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${gateway.url}/api/v1/products/p1`)),
    );
    expect(new Set(await Promise.all(responses.map((response) => response.text()))).size).toBe(1);
    expect(await titleAt()).toBe('v1');
    expect(service.calls()).toBe(1);
    const [first] = responses;
    expect(first!.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect(first!.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(first!.headers.get('vary')).toBe('Accept-Encoding, Origin');
    expect(first!.headers.get('age')).toBeNull();
  });

  it('tells nothing of the asking client to the service', async () => {
    serveProducts();
    await titleAt('/api/v1/products/p1', {
      'accept-language': 'id',
      'x-cart-token': 'c',
      'x-forwarded-for': '1.1.1.1',
    });
    expect(Object.keys(gateway.services.received1().headers)).toEqual(['x-request-id']);
  });

  it('is not for those who are known', async () => {
    const service = serveProducts();
    expect(await titleAt()).toBe('v1');
    const known = await fetch(`${gateway.url}/api/v1/products/p1`, {
      headers: { authorization: 'Bearer customer' },
    });
    expect(known.headers.get('cache-control')).toBe('no-store');
    expect(await known.json()).toMatchObject({ title: 'v2' });
    expect(await titleAt()).toBe('v1');
    expect(service.calls()).toBe(2);
  });

  it('knows a question in another order of parameters', async () => {
    gateway.services.on('ListProducts', () => ({}));
    for (const query of ['a=1', 'sort=price&category=x', 'category=x&sort=price', 'category=y&sort=price']) {
      await fetch(`${gateway.url}/api/v1/products?${query}`);
    }
    expect(gateway.services.received).toHaveLength(2);
  });

  it('keeps no errors', async () => {
    const service = serveProducts();
    gateway.services.on('GetProduct', () => {
      throw new DomainError('product.not_found', 'not_found', 'No such product.');
    });
    const missing = await fetch(`${gateway.url}/api/v1/products/p1`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('cache-control')).toBe('no-store');
    serveProducts();
    expect(await titleAt()).toBe('v1');
    expect(service.calls()).toBe(0);
  });

  it('saves the bytes of who has them', async () => {
    serveProducts();
    const ask = (header: string) =>
      fetch(`${gateway.url}/api/v1/products/p1`, { headers: { 'if-none-match': header } });
    const first = await fetch(`${gateway.url}/api/v1/products/p1`);
    const etag = first.headers.get('etag')!;
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const response = await ask(header);
      expect(response.status).toBe(304);
      expect(response.headers.get('etag')).toBe(etag);
      expect(response.headers.get('content-type')).toBeNull();
      expect(await response.text()).toBe('');
    }
    expect((await ask('"other"')).status).toBe(200);
    const head = await fetch(`${gateway.url}/api/v1/products/p1`, { method: 'HEAD' });
    expect(head.headers.get('etag')).toBe(etag);
    expect(head.headers.get('content-length')).toBe(String((await first.arrayBuffer()).byteLength));
  });

  it('packs what is large, for who can unpack it', async () => {
    gateway.services.on('GetProduct', () => ({ id: 'p1', description: 'batik '.repeat(1000) }));
    const ask = (encoding: string) =>
      fetch(`${gateway.url}/api/v1/products/p1`, { headers: { 'accept-encoding': encoding } });
    const plain = await (await ask('identity')).text();
    await eventually(async () => (await ask('gzip, br')).headers.get('content-encoding') === 'gzip');
    const packed = await ask('gzip');
    const etag = packed.headers.get('etag')!;
    expect(etag).toMatch(/-gzip"$/);
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(1000);
    expect(await packed.text()).toBe(plain);
    expect((await ask('gzip;q=0')).headers.get('content-encoding')).toBeNull();
    const again = await fetch(`${gateway.url}/api/v1/products/p1`, {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    expect(again.headers.get('etag')).toBe(etag);
  });
});

describe('events', () => {
  it('drop what they change, and nothing else', async () => {
    serveProducts();
    expect(await titleAt()).toBe('v1');
    await gateway.publish(productUpdated('p2'));
    expect(await titleAt()).toBe('v1');
    await gateway.publish(productUpdated('p1'));
    expect(await titleAt()).toBe('v2');
    await gateway.publish(event(StockReservedSchema, 'r1', { lines: [{ variantId: 'v1' }] }));
    expect(await titleAt()).toBe('v3');
  });

  it('drop lists when products come and go', async () => {
    let calls = 0;
    gateway.services.header = new Headers({ 'pasar-cache-tags': 'product:list' });
    gateway.services.on('ListProducts', () => ({ nextPageToken: `${++calls}` }));
    const list = async () =>
      ((await (await fetch(`${gateway.url}/api/v1/products`)).json()) as { nextPageToken: string })
        .nextPageToken;
    expect([await list(), await list()]).toEqual(['1', '1']);
    await gateway.publish(event(StockReservedSchema, 'r1', { lines: [{ variantId: 'v1' }] }));
    expect(await list()).toBe('1');
    await gateway.publish(productUpdated('p9'));
    expect(await list()).toBe('2');
  });

  it('that cannot be read drop everything, and hold up nothing', async () => {
    serveProducts();
    expect(await titleAt()).toBe('v1');
    await gateway.publish({ ...productUpdated('p2'), data: Buffer.from([255]) });
    expect(await titleAt()).toBe('v2');
    expect(JSON.stringify(gateway.logged)).toContain('could not be read');
  });

  it('keep out an answer that was read before them', async () => {
    gateway.services.header = new Headers({ 'pasar-cache-tags': 'p1' });
    const { promise: read, resolve: isRead } = Promise.withResolvers<void>();
    const { promise: sent, resolve: mayBeSent } = Promise.withResolvers<void>();
    gateway.services.on('GetProduct', async () => {
      isRead();
      await sent;
      return { title: 'stale' };
    });
    const stale = titleAt();
    await read;
    await gateway.publish(productUpdated('p1'));
    gateway.services.on('GetProduct', () => ({ title: 'current' }));
    // Comes after the event, and must not be given what was read before it.
    expect(await titleAt()).toBe('current');
    mayBeSent();
    expect(await stale).toBe('stale');
    expect(await titleAt()).toBe('current');
  });

  it('leave no stale answer behind, in whatever order reads and writes run', async () => {
    let title = 0;
    gateway.services.header = new Headers({ 'pasar-cache-tags': 'p1' });
    gateway.services.on('GetProduct', async () => {
      const read = title;
      for (let turns = Math.random() * 5; turns > 0; turns--) await new Promise(setImmediate);
      return { title: `${read}` };
    });
    for (let round = 0; round < 200; round++) {
      const reads = Array.from({ length: 3 }, () => titleAt());
      for (let turns = Math.random() * 5; turns > 0; turns--) await new Promise(setImmediate);
      title += 1;
      await gateway.publish(productUpdated('p1'));
      expect(await titleAt()).toBe(`${title}`);
      await Promise.all(reads);
      expect(await titleAt()).toBe(`${title}`);
    }
  });
});
