import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { AttributeDefinition_Kind as Kind } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import {
  FeaturedReason,
  ProductCreatedSchema,
  ProductPublicationRefusedSchema,
  ProductUpdatedSchema,
  Product_Status as Status,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { SellerSuspendedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { TestClock } from '@pasar/platform/clock';
import { event } from '@pasar/platform/events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Products } from './products.js';
import { codeOf, idr, type ProductTest, seller, startProduct } from './testing.js';

const clock = new TestClock();
const wait = { timeout: 20_000 };
let world: ProductTest;
beforeAll(async () => {
  world = await startProduct({ clock });
  world.market.addCategory('kopi');
});
afterAll(() => world.test.close());

const inMinutes = (minutes: number) => timestampFromDate(new Date(clock.now().getTime() + minutes * 60_000));
const publishDue = () => world.test.service.get(Products).publishDue();

function draft(owner: ReturnType<typeof seller>, facts: object = {}) {
  const product = { title: 'Kopi Gayo', category: 'kopi', variants: [{ price: idr(100) }], ...facts };
  return world.products.createProduct({ product }, owner);
}

async function listed(owner = seller(), facts: object = {}) {
  const { id } = await draft(owner, facts);
  return { owner, listing: await world.products.publishProduct({ id }, owner) };
}

describe('a scheduled publication', () => {
  const told = (id: string) =>
    world.test
      .published(ProductUpdatedSchema)
      .filter(({ productId, status }) => productId === id && status === Status.PUBLISHED);

  it('happens when its time has come, and is told once, however many look', async () => {
    const owner = seller();
    const { id } = await draft(owner);
    expect(await world.products.publishProduct({ id, publishAt: inMinutes(2) }, owner)).toMatchObject({
      status: Status.DRAFT,
    });
    await publishDue();
    expect(await codeOf(world.products.getProduct({ id }))).toBe('product.not_found');
    clock.advance(180_000);
    await Promise.all([publishDue(), publishDue(), publishDue()]);
    const shown = await world.products.getProduct({ id });
    expect(shown).toMatchObject({ status: Status.PUBLISHED });
    expect(shown.publishAt).toBeUndefined();
    await vi.waitUntil(() => told(id).length > 0, wait);
    expect(told(id)).toHaveLength(1);
  });

  it('is taken back, and needs a whole product', async () => {
    const owner = seller();
    const { id } = await draft(owner);
    await world.products.publishProduct({ id, publishAt: inMinutes(1) }, owner);
    expect(await codeOf(world.products.unscheduleProduct({ id }, seller()))).toBe('product.not_found');
    await world.products.unscheduleProduct({ id }, owner);
    clock.advance(120_000);
    await publishDue();
    expect(await world.products.getProduct({ id }, owner)).toMatchObject({ status: Status.DRAFT });
    const bare = await draft(owner, { category: '' });
    const schedule = { id: bare.id, publishAt: inMinutes(1) };
    expect(await codeOf(world.products.publishProduct(schedule, owner))).toBe('product.incomplete');
  });
});

describe('of several drafts that are due', () => {
  it('each is published that can be, whatever is in the way of the others', async () => {
    const owner = seller();
    world.market.addCategory('gugur');
    const broken = world.market.addCategory('rusak');
    const made = await Promise.all([
      ...['rusak', 'gugur', 'kopi'].map((category) => draft(owner, { category })),
    ]);
    for (const [index, { id }] of made.entries())
      await world.products.publishProduct({ id, publishAt: inMinutes(1 + index) }, owner);
    const attributes = { name: 'asal', kind: Kind.TEXT, required: true };
    world.market.categories.get('gugur')!.attributes = [attributes];
    const lost = Object.defineProperty({ ...broken }, 'attributes', {
      get: () => {
        throw new Error('the catalogue is broken');
      },
    });
    world.market.categories.set('rusak', lost);
    clock.advance(240_000);
    const [tripped, lacking, whole] = made.map(({ id }) => id) as [string, string, string];
    const read = (id: string) => world.products.getProduct({ id }, owner);
    await vi.waitUntil(async () => {
      await publishDue();
      return (await read(whole)).status === Status.PUBLISHED;
    }, wait);
    const refused = await read(lacking);
    expect([refused.status, refused.publishAt]).toEqual([Status.DRAFT, undefined]);
    // Its seller is told once what it lacks.
    const told = () =>
      world.test
        .published(ProductPublicationRefusedSchema)
        .filter(({ sellerId }) => sellerId === owner.sellerId);
    await vi.waitUntil(() => told().length > 0, wait);
    await publishDue();
    expect(told()).toMatchObject([
      {
        productId: lacking,
        title: 'Kopi Gayo',
        code: 'product.incomplete',
        fields: ['product.attributes["asal"]'],
      },
    ]);
    const waiting = await read(tripped);
    expect([waiting.status, waiting.publishAt]).toEqual([Status.DRAFT, expect.anything()]);
    // It is published once nothing is in its way.
    world.market.categories.set('rusak', broken);
    await publishDue();
    expect(await read(tripped)).toMatchObject({ status: Status.PUBLISHED });
  });
});

describe('an offer', () => {
  it('is a listing of its own with the same content, and the best one is featured', async () => {
    const { owner, listing } = await listed();
    const other = seller();
    const prices = [{ variantId: listing.variants[0]!.id, price: idr(90) }];
    const offered = await world.products.createOffer({ id: listing.id, variants: prices }, other);
    expect(offered).toMatchObject({ title: 'Kopi Gayo', sellerId: other.sellerId, status: Status.PUBLISHED });
    const [first, second] = [listing.variants[0]!.id, offered.variants[0]!.id];
    world.market.available[first] = 5n;
    world.market.available[second] = 3n;
    const page = async (id = listing.id) => {
      const { offers, featuredReason } = await world.products.getProduct({ id });
      return [offers.map(({ sellerId }) => sellerId), FeaturedReason[featuredReason]];
    };
    expect(await page()).toEqual([[other.sellerId, owner.sellerId], 'LOWEST_PRICE']);
    expect(await page(offered.id)).toEqual(await page());
    const { offers } = await world.products.getProduct({ id: listing.id });
    expect(offers[0]).toMatchObject({ city: 'Solo', price: idr(90), available: 3, variantIds: [second] });
    world.market.available[second] = 0n;
    expect(await page()).toEqual([[owner.sellerId, other.sellerId], 'IN_STOCK']);
    world.market.available[second] = 3n;
    world.market.scores[other.sellerId] = 20;
    expect(await page()).toEqual([[owner.sellerId, other.sellerId], 'GOOD_STANDING']);
    // What is bought is the other store's, at its price.
    const { variants } = await world.products.batchGetVariants({ ids: [second] });
    expect(variants).toMatchObject([{ sellerId: other.sellerId, price: idr(90), purchasable: true }]);
    const told = () =>
      world.test.published(ProductCreatedSchema).filter(({ productId }) => productId === offered.id);
    await vi.waitUntil(() => told().length === 1, wait);
    expect(told()).toMatchObject([{ sellerId: other.sellerId }]);
    // It stays when the first store goes.
    await world.test.publish(event(SellerSuspendedSchema, owner.sellerId, { sellerId: owner.sellerId }));
    await vi.waitUntil(async () => (await page(offered.id))[1] === 'ONLY_OFFER', wait);
  });

  it('is compared at the price that a flash sale makes of it', async () => {
    const { owner, listing } = await listed();
    const other = seller();
    const variants = [{ variantId: listing.variants[0]!.id, price: idr(90) }];
    const offered = await world.products.createOffer({ id: listing.id, variants }, other);
    for (const { id } of [...listing.variants, ...offered.variants]) world.market.available[id] = 5n;
    const sellers = async () => {
      const { offers } = await world.products.getProduct({ id: offered.id });
      return offers.map(({ sellerId, price }) => [sellerId, price?.amount]);
    };
    expect(await sellers()).toEqual([
      [other.sellerId, 90n],
      [owner.sellerId, 100n],
    ]);
    world.market.flashPrices[listing.variants[0]!.id] = { price: idr(80) };
    expect(await sellers()).toEqual([
      [owner.sellerId, 80n],
      [other.sellerId, 90n],
    ]);
  });

  it('is made once by a store, of what another one shows, in its currency', async () => {
    const { owner, listing } = await listed();
    const [other, variantId] = [seller(), listing.variants[0]!.id];
    const offer = (who: typeof other, facts: object = {}) =>
      codeOf(
        world.products.createOffer(
          { id: listing.id, variants: [{ variantId, price: idr(90), ...facts }] },
          who,
        ),
      );
    const codes = await Promise.all([1, 2, 3, 4].map(() => offer(other)));
    expect(codes.sort()).toEqual([
      'ok',
      'product.offer_exists',
      'product.offer_exists',
      'product.offer_exists',
    ]);
    expect(await offer(owner)).toBe('product.offer_exists');
    expect(await offer(seller(), { variantId: crypto.randomUUID() })).toBe('request.invalid');
    expect(await offer(seller(), { price: { amount: 1n, currency: 'USD' } })).toBe('request.invalid');
    expect(await offer(seller(), { price: idr(0) })).toBe('request.invalid');
    const hidden = await draft(owner, { title: 'Rahasia' });
    const request = { id: hidden.id, variants: [{ variantId: hidden.variants[0]!.id, price: idr(1) }] };
    expect(await codeOf(world.products.createOffer(request, seller()))).toBe('product.not_found');
  });

  it('does not say what the thing is', async () => {
    const { listing } = await listed();
    const other = seller();
    const variants = [{ variantId: listing.variants[0]!.id, price: idr(90) }];
    const { id } = await world.products.createOffer({ id: listing.id, variants }, other);
    const change = (product: object, paths: string[]) =>
      codeOf(world.products.updateProduct({ id, product, updateMask: { paths } }, other));
    expect(await change({ title: 'Teh' }, ['title'])).toBe('product.offer_content');
    expect(await change({ variants: [{ price: idr(80) }] }, ['variants'])).toBe('ok');
  });
});
