import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Reply } from './browser.js';
import { address, card, newCustomer, newMarket, newProduct, orderOf, World } from './world.js';

const world = new World();
let pasar: Pasar;
let buyer: Browser;
let seller: Browser;
let variantId: string;

beforeAll(async () => {
  pasar = await world.start();
  ({ seller } = await newMarket(pasar));
  variantId = (await newProduct(seller, 1000)).variantId;
  buyer = await newCustomer(pasar);
});
afterAll(() => world.end());

/** A problem that is the caller's, told as one, and nothing of ours in it. */
function expectRefusal(answer: Reply): void {
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: expect.any(Number) });
  expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
  expect(answer.status, answer.text).toBeLessThan(500);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    status: answer.status,
    code: expect.any(String),
    requestId: expect.any(String),
  });
  expect(answer.text).not.toMatch(
    /node_modules|\.ts:|\.js:\d|syntax error at or near|select .* from|kysely/i,
  );
}

const good = () => orderOf(variantId);

describe('a bad order', () => {
  const cases: [string, () => unknown][] = [
    ['no body', () => ''],
    ['an array', () => []],
    ['a number', () => 7],
    ['null', () => 'null'],
    ['half of a JSON', () => '{"items": ['],
    ['an unknown field', () => ({ ...good(), discount: 100 })],
    ['text for items', () => ({ ...good(), items: 'all' })],
    ['an item that is null', () => ({ ...good(), items: [null] })],
    ['a negative quantity', () => ({ ...good(), items: [{ variantId, quantity: -1 }] })],
    ['no quantity', () => ({ ...good(), items: [{ variantId, quantity: 0 }] })],
    ['a fraction', () => ({ ...good(), items: [{ variantId, quantity: 1.5 }] })],
    ['a huge quantity', () => ({ ...good(), items: [{ variantId, quantity: 1e12 }] })],
    ['a quantity in words', () => ({ ...good(), items: [{ variantId, quantity: 'one' }] })],
    [
      'many lines',
      () => ({ ...good(), items: Array.from({ length: 500 }, () => ({ variantId, quantity: 1 })) }),
    ],
    ['an id that is SQL', () => ({ ...good(), items: [{ variantId: "x' or '1'='1", quantity: 1 }] })],
    ['an unknown method', () => ({ ...good(), payment: { method: 'GOLD' } })],
    ['no payment', () => ({ ...good(), payment: undefined })],
    ['an address without a city', () => ({ ...good(), shippingAddress: { ...address, city: '' } })],
    ['a country that is none', () => ({ ...good(), shippingAddress: { ...address, country: 'Indonesia' } })],
    ['a NUL in a text', () => ({ ...good(), note: 'a\u0000b' })],
    ['half of an emoji', () => JSON.stringify({ ...good(), note: 'x' }).replace('"x"', '"\\ud83d"')],
    ['a shipping that is no choice', () => ({ ...good(), shipping: 'express' })],
    ['shipping for nobody', () => ({ ...good(), shipping: [{ sellerId: 'x', service: 'express' }] })],
    [
      'shipping of a seller who sells nothing of it',
      () => ({ ...good(), shipping: [{ sellerId: crypto.randomUUID(), service: 'express' }] }),
    ],
    [
      'two ways of shipping',
      () => ({
        ...good(),
        shipping: ['express', 'regular'].map((service) => ({ sellerId: seller.user?.sellerId, service })),
      }),
    ],
    [
      'a service that is SQL',
      () => ({ ...good(), shipping: [{ sellerId: seller.user?.sellerId, service: "'; drop table" }] }),
    ],
    ['a note as long as a book', () => ({ ...good(), note: 'x'.repeat(5000) })],
    ['a prototype', () => JSON.stringify(good()).replace('{', '{"__proto__": {"admin": true},')],
    ['deep nesting', () => `{"items": ${'['.repeat(5000)}${']'.repeat(5000)}}`],
    [
      'an amount beyond 64 bits',
      () => ({ ...good(), expectedTotal: { amount: '99999999999999999999', currency: 'IDR' } }),
    ],
    ['a currency in small letters', () => ({ ...good(), expectedTotal: { amount: 1, currency: 'idr' } })],
    ['a voucher that nobody gave out', () => ({ ...good(), vouchers: ['NOSUCHCODE'] })],
    ['the same voucher twice', () => ({ ...good(), vouchers: ['A1B', 'A1B'] })],
    [
      'a hundred vouchers',
      () => ({ ...good(), vouchers: Array.from({ length: 100 }, (_, n) => `CODE${n}`) }),
    ],
    ['a card token as long as a key', () => ({ ...good(), payment: card('t'.repeat(10_000)) })],
  ];
  it.each(cases)('with %s is refused', async (_, body) => {
    expectRefusal(await buyer.order(body()));
  });

  it('that is huge is refused before it is read', async () => {
    const answer = await buyer.order({ ...good(), note: 'x'.repeat(3_000_000) });
    expect(answer.status).toBe(413);
    expectRefusal(answer);
  });

  it('of another content type is refused', async () => {
    const answer = await buyer.post('/api/v1/orders', '<order/>', { 'content-type': 'application/xml' });
    expect(answer.status).toBe(415);
    expectRefusal(answer);
  });

  it.each([
    ['empty', ' '],
    ['long', 'k'.repeat(300)],
  ])('with an Idempotency-Key that is %s is refused', async (_, key) => {
    expectRefusal(await buyer.order(good(), key));
  });

  it('names every wrong field', async () => {
    const answer = await buyer.order({
      items: [{ variantId: 'x', quantity: -1 }],
      shippingAddress: { ...address, phone: '' },
      payment: { method: 'CARD', cardToken: 'tok_success' },
    });
    const fields = answer.body.errors.map((error: { field: string }) => error.field);
    expect(fields).toEqual(
      expect.arrayContaining(['items[0].variantId', 'items[0].quantity', 'shippingAddress.phone']),
    );
  });
});

describe('a bad quote of a guest', () => {
  const items = () => [{ variantId, quantity: 1 }];
  const destination = { city: 'Bandung' };
  it.each<[string, () => unknown]>([
    ['nothing in it', () => ({})],
    ['no destination', () => ({ items: items() })],
    ['nothing to buy', () => ({ destination })],
    ['an empty destination', () => ({ items: items(), destination: {} })],
    ['a destination and an address', () => ({ items: items(), destination, shippingAddress: address })],
    ['somebody’s address', () => ({ items: items(), addressId: crypto.randomUUID() })],
    ['a city as long as a book', () => ({ items: items(), destination: { city: 'x'.repeat(5000) } })],
    ['a country that is none', () => ({ items: items(), destination: { city: 'X', country: 'Narnia' } })],
    ['what is not sold', () => ({ items: [{ variantId: crypto.randomUUID(), quantity: 1 }], destination })],
    ['a customer', () => ({ items: items(), destination, customerId: buyer.user?.id })],
    ['a payment', () => ({ items: items(), destination, payment: card() })],
  ])('with %s is refused', async (_, body) => {
    expectRefusal(await new Browser(pasar.url as string).post('/api/v1/checkout:quote', body()));
  });
});

describe('bad ids and queries', () => {
  const paths = [
    '/api/v1/orders/not-a-uuid',
    `/api/v1/orders/${'9'.repeat(2000)}`,
    '/api/v1/orders/%00',
    '/api/v1/orders/%ff%fe',
    "/api/v1/orders/1'%20or%20'1'='1",
    '/api/v1/orders/..%2f..%2fetc%2fpasswd',
    '/api/v1/orders?pageSize=-1',
    '/api/v1/orders?pageSize=1e9',
    '/api/v1/orders?pageToken=AAAA',
    '/api/v1/orders?status=EVERYTHING',
    '/api/v1/orders?nonsense=1',
    '/api/v1/products?minPrice=cheap',
    '/api/v1/products?sort=drop%20table',
    '/api/v1/products?pageToken=%F0%9F%92%A9',
    `/api/v1/products?query=${encodeURIComponent('ё'.repeat(500))}`,
    '/api/v1/products/00000000-0000-0000-0000-000000000000',
    `/api/v1/products/${encodeURIComponent('<script>alert(1)</script>')}`,
    '/api/v2/products',
    '/api/v1/nothing',
  ];
  it.each(paths)('%s is refused', async (path) => {
    expectRefusal(await buyer.get(path));
  });

  it.each(["a' or 1=1 --", '%', '_', '\\', '"', '(', 'a & | !', '<b>', '🛒'])(
    'searching %s harms nobody',
    async (query) => {
      const answer = await buyer.get(`/api/v1/products?query=${encodeURIComponent(query)}`);
      expect(answer.status).toBe(200);
    },
  );
});

describe('a bad product', () => {
  const product = {
    title: 'Kopi',
    category: 'kopi',
    variants: [{ price: { amount: 100, currency: 'IDR' } }],
  };
  const cases: [string, object][] = [
    ['no title', { ...product, title: '' }],
    ['a title as long as a book', { ...product, title: 'x'.repeat(10_000) }],
    ['an unknown category', { ...product, category: 'nowhere' }],
    ['a negative price', { ...product, variants: [{ price: { amount: -1, currency: 'IDR' } }] }],
    [
      'two currencies',
      { ...product, variants: [...product.variants, { price: { amount: 1, currency: 'USD' } }] },
    ],
    ['a script for an image', { ...product, media: [{ url: 'javascript:alert(1)' }] }],
    ['a slug with spaces', { ...product, slug: 'a b' }],
    [
      'the same SKU twice',
      {
        ...product,
        variants: [
          { ...product.variants[0], sku: 'A' },
          { ...product.variants[0], sku: 'A' },
        ],
      },
    ],
  ];
  it.each(cases)('with %s is refused', async (_, body) => {
    expectRefusal(await seller.post('/api/v1/products', body));
  });
});

describe('a bad promotion', () => {
  const promotion = {
    ...{ name: 'Diskon', startsAt: '2026-01-01T00:00:00Z', endsAt: '2999-01-01T00:00:00Z' },
    benefit: { percentage: { basisPoints: 500 } },
  };
  const cases: [string, object][] = [
    ['no benefit', { ...promotion, benefit: undefined }],
    ['two benefits', { ...promotion, benefit: { percentage: { basisPoints: 1 }, freeShipping: {} } }],
    ['a percentage in words', { ...promotion, benefit: { percentage: { basisPoints: 'half' } } }],
    ['more than everything', { ...promotion, benefit: { percentage: { basisPoints: 20_000 } } }],
    ['a code that is SQL', { ...promotion, code: "x';--" }],
    ['a quota beyond 32 bits', { ...promotion, quota: 2 ** 40 }],
    ['a life of centuries', promotion],
    ['times that are none', { ...promotion, endsAt: 'tomorrow' }],
    ['a thousand products', { ...promotion, productIds: Array.from({ length: 1000 }, () => variantId) }],
  ];
  it.each(cases)('with %s is refused', async (_, body) => {
    expectRefusal(await seller.post('/api/v1/promotions', body));
  });

  it.each([
    '/api/v1/vouchers/NOSUCHCODE',
    `/api/v1/vouchers/${'X'.repeat(200)}`,
    '/api/v1/vouchers?sellerId=nobody',
    '/api/v1/vouchers?pageToken=AAAA',
    '/api/v1/flashSales/not-a-uuid',
    '/api/v1/users/me/vouchers?pageSize=1e9',
  ])('%s is refused', async (path) => {
    expectRefusal(await buyer.get(path));
  });
});

describe('bad requests about money and returns', () => {
  const id = '0190b0f0-0000-7000-8000-000000000000';
  const account = { bank: 'BCA', number: '12345678', holder: 'Toko' };
  it.each([
    ['a number with blanks', { ...account, number: '1234 5678' }],
    ['a number that is SQL', { ...account, number: "1'; --" }],
    ['no bank', { ...account, bank: '' }],
    ['a holder as long as a book', { ...account, holder: 'x'.repeat(5000) }],
    ['a balance', { ...account, balance: 5 }],
  ])('a payout account with %s is refused', async (_, body) => {
    expectRefusal(await seller.send('PUT', '/api/v1/sellers/me/payoutAccount', body));
  });

  it.each([
    ['a short code', '/api/v1/giftCards:redeem', { code: 'x' }],
    ['a code that nobody made', '/api/v1/giftCards:redeem', { code: 'ABCD-EFGH-JKMN-PQRS' }],
    ['a code that is SQL', '/api/v1/giftCards:redeem', { code: "' or 1=1 -- select" }],
    ['a return without a reason', `/api/v1/orders/${id}:requestReturn`, {}],
    ['a return of nothing', `/api/v1/orders/${id}:requestReturn`, { reason: 'x' }],
    [
      'less than nothing back',
      `/api/v1/orders/${id}:requestReturn`,
      { reason: 'x', lines: [{ variantId: id, quantity: -1 }] },
    ],
    ['evidence that is no file', `/api/v1/orders/${id}:disputeReturn`, { text: 'x', mediaIds: ['x'] }],
  ])('%s is refused', async (_, path, body) => {
    expectRefusal(await buyer.post(path, body));
  });

  it.each([
    '/api/v1/orders/not-a-uuid/invoice',
    `/api/v1/orders/${id}/return`,
    '/api/v1/users/me/credit/entries?pageToken=AAAA',
    '/api/v1/sellers/me/payouts?pageSize=1e9',
  ])('%s is refused', async (path) => {
    expectRefusal(await seller.get(path));
  });
});

describe('a bad review', () => {
  const review = {
    orderId: '0190b0f0-0000-7000-8000-000000000000',
    variantId: '0190b0f0-0000-7000-8000-000000000001',
    stars: 5,
  };
  const cases: [string, object][] = [
    ['no stars', { ...review, stars: 0 }],
    ['a hundred stars', { ...review, stars: 100 }],
    ['half a star', { ...review, stars: 4.5 }],
    ['stars in words', { ...review, stars: 'five' }],
    ['no order', { ...review, orderId: '' }],
    ['an order that was never delivered', review],
    ['a text as long as a book', { ...review, text: 'x'.repeat(6000) }],
    ['a NUL in its text', { ...review, text: 'a\u0000b' }],
    ['an author', { ...review, authorName: 'Presiden' }],
  ];
  it.each(cases)('with %s is refused', async (_, body) => {
    expectRefusal(await buyer.post('/api/v1/reviews', body));
  });

  it.each([
    '/api/v1/products/x/reviews',
    `/api/v1/products/${review.orderId}/reviews?stars=6`,
    `/api/v1/products/${review.orderId}/reviews?sort=cheapest`,
    `/api/v1/products/${review.orderId}/reviews?pageToken=AAAA`,
    `/api/v1/products/${review.orderId}/questions?pageToken=WyJ4Il0`,
    '/api/v1/sellers/x/reviews',
  ])('%s is refused', async (path) => {
    expectRefusal(await buyer.get(path));
  });

  it.each([
    ['a blank question', `/api/v1/products/${review.orderId}/questions`, { text: ' ' }],
    ['an answer to nothing', `/api/v1/questions/${review.orderId}:answer`, { text: 'Ya.' }],
    ['a report without a reason', `/api/v1/reviews/${review.orderId}:report`, {}],
    ['a report for no reason', `/api/v1/reviews/${review.orderId}:report`, { reason: 'BORED' }],
    ['a vote for nothing', `/api/v1/reviews/${review.orderId}:vote`, { helpful: true }],
    ['a vote in words', `/api/v1/reviews/${review.orderId}:vote`, { helpful: 'yes' }],
  ])('%s is refused', async (_, path, body) => {
    expectRefusal(await buyer.post(path, body));
  });
});

describe('bad credentials', () => {
  const cases: [string, object][] = [
    ['no e-mail', { password: 'a-quiet-Harbour-7', name: 'x' }],
    ['an e-mail that is none', { email: 'nobody', password: 'a-quiet-Harbour-7', name: 'x' }],
    ['a short password', { email: 'a@example.test', password: 'short', name: 'x' }],
    ['a common password', { email: 'a@example.test', password: 'password123', name: 'x' }],
    ['an endless password', { email: 'a@example.test', password: 'x'.repeat(100_000), name: 'x' }],
    [
      'a header in the name',
      { email: 'a@example.test\r\nBcc: all@example.test', password: 'a-quiet-Harbour-7', name: 'x' },
    ],
    ['an operator for an e-mail', { email: { $ne: null }, password: { $ne: null } }],
  ];
  it.each(cases)('with %s are refused', async (_, body) => {
    expectRefusal(await buyer.post('/api/v1/auth/register', body));
  });
});
