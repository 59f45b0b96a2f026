import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.js';
import { type ClientSettings, createPasarClient } from './client.js';

/** A client in front of answers that are given in turn. */
function clientOf(answers: (Response | Error)[], settings: Partial<ClientSettings> = {}) {
  const sent: Request[] = [];
  const client = createPasarClient({
    url: 'http://api.test/',
    fetch: async (request) => {
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
    ...settings,
  });
  return { client, sent };
}

const found = Response.json({ id: 'p1', title: 'Kopi' });
const placed = Response.json({ checkoutId: 'c1' }, { status: 201 });
const order = { body: { payment: { method: 'COD' as const } } };

function refusal(status: number, code: string, more: object = {}, headers: Record<string, string> = {}) {
  const problem = { type: `urn:pasar:problem:${code}`, title: 'No', status, detail: 'No.', code, ...more };
  return Response.json(problem, { status, headers });
}

describe('a client', () => {
  it('gives the body, and puts parameters where they belong', async () => {
    const { client, sent } = clientOf([found]);
    const product = await client.get('/api/v1/products/{id}', { params: { path: { id: 'kopi susu/1' } } });
    expect(product.title).toBe('Kopi');
    expect(sent[0]!.url).toBe('http://api.test/api/v1/products/kopi%20susu%2F1');
    await client.get('/api/v1/products', { params: { query: { query: 'kopi', pageSize: 3 } } });
    expect(sent[1]!.url).toBe('http://api.test/api/v1/products?query=kopi&pageSize=3');
  });

  it('sends files as they are', async () => {
    const { client, sent } = clientOf([found, found]);
    const params = { query: { purpose: 'REVIEW' as const } };
    const bytes = Uint8Array.of(0x89, 0x50, 0xff, 0x00);
    for (const body of [bytes, new Blob([bytes], { type: 'image/png' })])
      await client.post('/api/v1/media', { params, body, headers: { 'content-type': 'image/png' } });
    for (const request of sent) {
      expect(request.headers.get('content-type')).toBe('image/png');
      expect(new Uint8Array(await request.arrayBuffer())).toEqual(bytes);
    }
  });

  it('throws problems with their facts', async () => {
    const errors = [{ field: 'items[0].quantity', detail: 'must be a whole number' }];
    const { client } = clientOf([refusal(400, 'request.invalid', { errors })]);
    const error = await client.post('/api/v1/orders', order).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(error.fields).toEqual({ 'items[0].quantity': 'must be a whole number' });
  });

  it('throws answers of others too', async () => {
    const { client } = clientOf([new Response('<h1>Bad gateway</h1>', { status: 520 })]);
    await expect(client.get('/api/v1/cart')).rejects.toMatchObject({ status: 520, code: 'http.520' });
  });

  it('sends what is done once under one key, however often it has to be sent', async () => {
    const { client, sent } = clientOf([
      new TypeError('fetch failed'),
      refusal(503, 'x.y', {}, { 'retry-after': '0' }),
      placed,
    ]);
    await client.post('/api/v1/orders', order);
    const keys = sent.map((request) => request.headers.get('idempotency-key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await sent[2]!.json()).toEqual({ payment: { method: 'COD' } });
  });

  it('leaves a given key alone', async () => {
    const { client, sent } = clientOf([placed]);
    await client.post('/api/v1/orders', { ...order, params: { header: { 'Idempotency-Key': 'mine' } } });
    expect(sent[0]!.headers.get('idempotency-key')).toBe('mine');
  });

  it('sends nothing twice that could be done twice', async () => {
    const { client, sent } = clientOf([new TypeError('fetch failed')]);
    const add = client.post('/api/v1/cart/items', { body: { variantId: 'v1', quantity: 1 } });
    await expect(add).rejects.toThrow('fetch failed');
    expect(sent).toHaveLength(1);
    expect(sent[0]!.headers.has('idempotency-key')).toBe(false);
  });

  it('gives up in the end', async () => {
    const { client, sent } = clientOf([refusal(503, 'payment.unavailable', {}, { 'retry-after': '0' })]);
    await expect(client.get('/api/v1/cart')).rejects.toMatchObject({
      code: 'payment.unavailable',
      retryAfter: 0,
    });
    expect(sent).toHaveLength(3);
  });

  it('refreshes once for all requests whose token was refused', async () => {
    let token = 'old';
    let refreshes = 0;
    const sent: string[] = [];
    const client = createPasarClient({
      url: 'http://api.test',
      accessToken: () => token,
      refresh: async () => {
        refreshes += 1;
        await new Promise((resolve) => setImmediate(resolve));
        token = 'new';
        return token;
      },
      fetch: async (request) => {
        sent.push(request.headers.get('authorization') ?? '');
        return request.headers.get('authorization') === 'Bearer new'
          ? Response.json({ groups: [] })
          : refusal(401, 'access.unauthenticated');
      },
    });
    await Promise.all([client.get('/api/v1/cart'), client.get('/api/v1/cart'), client.get('/api/v1/cart')]);
    expect(refreshes).toBe(1);
    expect(sent.filter((value) => value === 'Bearer new')).toHaveLength(3);
  });

  it('does not ask for ever where refreshing does not help', async () => {
    const { client, sent } = clientOf([refusal(401, 'access.unauthenticated')], {
      accessToken: () => 'old',
      refresh: async () => 'new',
    });
    await expect(client.get('/api/v1/orders')).rejects.toMatchObject({ status: 401 });
    expect(sent).toHaveLength(2);
  });
});
