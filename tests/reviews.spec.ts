import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { Routes } from './routes.js';
import { useAccounts, useStores } from './routes-of-people.js';
import { useGoods, useTrade } from './routes-of-trade.js';
import { type ForSale, newCustomer, newMarket, newProduct, newReview, orderOf, World } from './world.js';

const world = new World();
const patience = { timeout: 10_000, interval: 20 };
let pasar: Pasar;
let guest: Browser;
let admin: Browser;
let seller: Browser;
let buyer: Browser;
let product: ForSale;

beforeAll(async () => {
  pasar = await world.start();
  guest = new Browser(pasar.url as string);
  ({ admin, seller } = await newMarket(pasar));
  product = await newProduct(seller, 10);
  buyer = await newCustomer(pasar, 'Sari Dewi');
});
afterAll(() => world.end());

const read = async (path: string) => (await guest.get(path)).body;

it('a review is seen by everybody at once, and so is what becomes of it', async () => {
  const reviews = () => read(`/api/v1/products/${product.productId}/reviews`);
  const rating = () => read(`/api/v1/products/${product.productId}/rating`);
  // Both are now kept at the edge.
  expect(await reviews()).toEqual({ reviews: [], nextPageToken: '' });
  expect(await rating()).toMatchObject({ average: 0, count: '0' });

  const placed = await buyer.order(orderOf(product.variantId));
  const { reviewId, questionId } = await newReview(seller, buyer, placed.body.orders[0]);
  await vi.waitFor(async () => expect((await reviews()).reviews).toHaveLength(1), patience);
  await vi.waitFor(async () => expect(await rating()).toMatchObject({ average: 4, count: '1' }), patience);
  const store = `/api/v1/sellers/${product.sellerId}`;
  expect(await read(`${store}/reviews?stars=4`)).toMatchObject({ reviews: [{ id: reviewId }] });

  const replied = await seller.post(`/api/v1/reviews/${reviewId}:reply`, { text: 'Terima kasih.' });
  expect(replied.status).toBe(200);
  await vi.waitFor(
    async () => expect((await reviews()).reviews).toMatchObject([{ reply: { text: 'Terima kasih.' } }]),
    patience,
  );
  expect(await read(`/api/v1/products/${product.productId}/questions`)).toMatchObject({
    questions: [{ id: questionId, answerCount: 1, answers: [{ bySeller: false }] }],
  });

  const reader = await newCustomer(pasar, 'Budi');
  expect((await reader.post(`/api/v1/reviews/${reviewId}:report`, { reason: 'FALSE' })).status).toBe(204);
  const { body } = await admin.get('/api/v1/moderationCases');
  const [found] = body.cases;
  expect(found).toMatchObject({ subjectId: reviewId, kind: 'REVIEW', status: 'OPEN', reportCount: 1 });
  expect((await admin.post(`/api/v1/moderationCases/${found.id}:decide`, { hide: true })).status).toBe(200);
  await vi.waitFor(async () => expect((await reviews()).reviews).toEqual([]), patience);
  await vi.waitFor(async () => expect(await read(`${store}/rating`)).toMatchObject({ count: '0' }), patience);
});

it('what nobody delivered cannot be reviewed', async () => {
  const placed = await buyer.order(orderOf(product.variantId));
  const [order] = placed.body.orders;
  const review = { orderId: order.id, variantId: product.variantId, stars: 5 };
  for (const person of [buyer, seller, admin]) {
    const answer = await person.post('/api/v1/reviews', review);
    expect(answer).toMatchObject({ status: 422, body: { code: 'review.not_delivered' } });
  }
});

describe('every route answers who uses it as it is meant to be used:', () => {
  let routes: Routes;
  beforeAll(() => {
    routes = new Routes(pasar, admin, world.query);
  });

  it.each([
    ['accounts', useAccounts],
    ['stores', useStores],
    ['goods', useGoods],
    ['trade', useTrade],
  ])('of %s', (_, use) => use(routes));

  it('and none is left out', () => expect(routes.left).toEqual([]));
});
