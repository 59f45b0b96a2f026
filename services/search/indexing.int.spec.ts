import { BrandChangedSchema, CategoryChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { StockChangedSchema, StockReservedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Product_Status } from '@pasar/contracts/pasar/product/v1/product_pb';
import { RatingChangedSchema, ReviewCreatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import {
  SellerApprovedSchema,
  SellerSuspendedSchema,
  SellerUpdatedSchema,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { event } from '@pasar/platform/events';
import { countBlocked } from '@pasar/platform/testing/database';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changed, created, idr, type Market, type SearchTest, startSearch, waitFor } from './testing.js';

let it_: SearchTest;
let market: Market;

beforeAll(async () => {
  it_ = await startSearch();
  market = it_.market;
});
beforeEach(async () => {
  await it_.reset();
  market.addStore('solo', 'Kota Surakarta');
  market.addCategory('makanan', 'Makanan', '', 'Food');
  market.addCategory('kopi', 'Kopi', 'makanan', 'Coffee');
  market.addBrand('gayo', 'Gayo Mountain');
});
afterAll(() => it_.test.close());

const words = async () => {
  const { rows } = await sql<{ word: string; products: number }>`
    select word, products from word where products <> 0 order by word`.execute(
    it_.test.service.database.kysely,
  );
  return Object.fromEntries(rows.map(({ word, products }) => [word, products]));
};

describe('a product', () => {
  it('is found by what its service tells of it, with the names of what it belongs to', async () => {
    const product = market.addProduct('Kopi Arabika 250 g', {
      ...{ category: 'kopi', brand: 'gayo', imageUrl: '/kopi.svg', price: idr(7_500_000) },
    });
    await it_.told(product);
    const { hits } = await it_.search.searchProducts({ query: 'arabika food mountain' });
    expect(hits).toEqual([
      expect.objectContaining({
        ...{ id: product.id, slug: product.slug, title: 'Kopi Arabika 250 g', image: '/kopi.svg' },
        ...{
          sellerId: product.sellerId,
          sellerSlug: 'solo',
          sellerName: 'Toko solo',
          city: 'Kota Surakarta',
        },
        ...{ category: 'kopi', brand: 'gayo', inStock: true, rating: 0 },
        price: expect.objectContaining({ amount: 7_500_000n, currency: 'IDR' }),
      }),
    ]);
  });

  it('is gone when it is archived, and never there as a draft', async () => {
    const product = market.addProduct('Teh Melati');
    const draft = market.addProduct('Teh Hijau', { status: Product_Status.DRAFT });
    await it_.told(product, draft);
    expect(await it_.titles({ query: 'teh' })).toEqual(['Teh Melati']);
    product.status = Product_Status.ARCHIVED;
    await it_.told(product);
    expect(await it_.titles({ query: 'teh' })).toEqual([]);
    expect(await words()).toEqual({});
  });

  it('is as it was told last, whatever came twice or late', async () => {
    const product = market.addProduct('Kemeja Batik');
    const first = created(product);
    await it_.told(product);
    product.title = 'Kemeja Lurik';
    product.price = idr(5);
    await it_.test.publish(first, changed(product), first, changed(product));
    await waitFor(async () => (await it_.titles({ query: 'lurik' })).length === 1);
    await it_.settled();
    expect(await it_.titles({})).toEqual(['Kemeja Lurik']);
    expect(await words()).toEqual({ kemeja: 1, lurik: 1 });
  });

  it('that changes while it is being read is read again', async () => {
    const product = market.addProduct('Sepatu Lama');
    market.meanwhile = async () => {
      market.meanwhile = undefined;
      product.title = 'Sepatu Baru';
      const before = (await inboxSize()) + 1;
      await it_.test.publish(changed(product));
      await waitFor(async () => (await inboxSize()) >= before);
    };
    await it_.test.publish(created(product));
    await waitFor(async () => (await it_.titles({ query: 'baru' })).length === 1);
    await it_.settled();
    expect(await it_.titles({ query: 'sepatu' })).toEqual(['Sepatu Baru']);
  });

  it('waits while the product service is away', async () => {
    market.isAway = true;
    const product = market.addProduct('Tas Rotan');
    await it_.test.publish(created(product));
    await waitFor(async () => (await inboxSize()) === 1);
    expect(await it_.titles({ query: 'rotan' })).toEqual([]);
    market.isAway = false;
    await waitFor(async () => (await it_.titles({ query: 'rotan' })).length === 1);
  });

  it('of hundreds is asked for with others', async () => {
    const products = Array.from({ length: 300 }, (_, n) => market.addProduct(`Barang nomor ${n}`));
    market.calls = 0;
    await it_.told(...products);
    const { facets } = await it_.search.searchProducts({ query: 'barang' });
    expect(facets?.matches).toBe(300n);
    expect(market.calls).toBeLessThan(100);
  });
});

const inboxSize = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from inbox`.execute(
    it_.test.service.database.kysely,
  );
  return rows[0]?.n ?? 0;
};

describe('stock', () => {
  it('is seen when it goes and comes', async () => {
    const product = market.addProduct('Gelas Kaca');
    const [variantId = ''] = product.variantIds ?? [];
    await it_.told(product);
    const inStock = async () => (await it_.search.searchProducts({ query: 'gelas' })).hits[0]?.inStock;
    expect(await inStock()).toBe(true);
    market.stock[variantId] = 0n;
    market.calls = 0;
    await it_.test.publish(
      event(StockReservedSchema, variantId, {
        reservationId: variantId,
        lines: [{ variantId, quantity: 10n }],
      }),
    );
    await waitFor(async () => (await inStock()) === false);
    // Only stock is asked for.
    expect(market.calls).toBe(0);
    expect(await it_.titles({ inStock: true })).toEqual([]);
    market.stock[variantId] = 3n;
    await it_.test.publish(event(StockChangedSchema, variantId, { variantId, sellerId: product.sellerId }));
    await waitFor(async () => (await inStock()) === true);
  });
});

describe('ratings', () => {
  const rate = (productId: string, average: number, count: bigint) =>
    it_.test.publish(event(RatingChangedSchema, productId, { productId, average, count }));

  it('are shown, filtered and sorted by, and lift what is rated well', async () => {
    const [bad, good] = [market.addProduct('Sandal Jepit'), market.addProduct('Sandal Jepit')];
    await it_.told(bad, good);
    await rate(bad.id, 1.5, 40n);
    await rate(good.id, 4.9, 9n);
    await it_.test.publish(
      event(RatingChangedSchema, good.sellerId ?? '', { sellerId: good.sellerId, average: 1 }),
    );
    await rate(good.id, 4.8, 10n);
    await waitFor(
      async () => (await it_.search.searchProducts({ minRating: 4.8 })).hits[0]?.ratingCount === 10,
    );
    const { hits, facets } = await it_.search.searchProducts({ query: 'sandal' });
    expect(hits.map(({ id, rating, ratingCount }) => [id, rating, ratingCount])).toEqual([
      [good.id, 4.8, 10],
      [bad.id, 1.5, 40],
    ]);
    expect(facets?.ratings).toEqual([
      expect.objectContaining({ minRating: 4, count: 1n }),
      ...[3, 2].map((minRating) => expect.objectContaining({ minRating, count: 1n })),
      expect.objectContaining({ minRating: 1, count: 2n }),
    ]);
  });

  it('that come before their product wait for it', async () => {
    const product = market.addProduct('Sandal Gunung');
    await rate(product.id, 4, 2n);
    await waitFor(async () => (await inboxSize()) === 1);
    await it_.test.publish(created(product));
    await waitFor(async () => (await it_.search.searchProducts({})).hits[0]?.rating === 4);
  });

  it('that come while the entry of their product is made are not missed', async () => {
    await it_.told(market.addProduct('Sandal Jepit'));
    const product = market.addProduct('Sandal Gunung');
    const { database } = it_.test.service;
    const { kysely } = database;
    const count = async (query: RawBuilder<{ count: number }>) =>
      (await query.execute(kysely)).rows[0]?.count ?? 0;
    // A word is the last that is written: it holds the entry up, which nobody else sees until then.
    await kysely.transaction().execute(async (tx) => {
      await sql`select from word where word = 'sandal' for update`.execute(tx);
      await it_.test.publish(created(product));
      await waitFor(async () => (await countBlocked(database)) === 1);
      await rate(product.id, 4, 2n);
      // It has done what it could, or waits too.
      await waitFor(
        async () =>
          (await count(sql`select count(*)::int as count from rating`)) + (await countBlocked(database)) ===
          2,
      );
    });
    await waitFor(
      async () => (await it_.search.searchProducts({ query: 'gunung' })).hits[0]?.rating === 4,
      15_000,
    );
  });
});

describe('what is trending', () => {
  const bought = (...productIds: string[]) =>
    event(OrderConfirmedSchema, crypto.randomUUID(), {
      order: { lines: productIds.map((productId) => ({ productId, quantity: 50 })) },
    });
  const reviewed = (productId: string) =>
    event(ReviewCreatedSchema, crypto.randomUUID(), { review: { productId } });
  const trending = async (category = '') =>
    (await it_.search.listTrending({ category })).hits.map(({ id }) => id);

  it('is what most have bought and reviewed, of what can be bought', async () => {
    const products = ['Kopi Gayo', 'Kopi Toraja', 'Sandal', 'Topi', 'Payung'].map((title, index) =>
      market.addProduct(title, index < 2 ? { category: 'kopi' } : {}),
    );
    const [gayo, toraja, sandal, sold, unsold] = products.map(({ id }) => id) as [
      string,
      string,
      string,
      string,
      string,
    ];
    market.stock[products[3]?.variantIds?.[0] ?? ''] = 0n;
    await it_.told(...products);
    await it_.test.publish(
      bought(toraja, sandal, sandal),
      bought(toraja, sold),
      bought(sold, crypto.randomUUID()),
      reviewed(toraja),
      reviewed(gayo),
      reviewed(gayo),
    );
    await waitFor(async () => (await trending()).length === 3 && (await inboxSize()) === products.length + 6);
    expect(await trending()).toEqual([toraja, gayo, sandal]);
    expect(await trending('makanan')).toEqual([toraja, gayo]);
    expect(await trending('nothing')).toEqual([]);
    expect(await trending()).not.toContain(unsold);
    expect((await it_.search.listTrending({ pageSize: 1 })).hits).toHaveLength(1);
    for (const bad of [{ pageSize: 101 }, { pageSize: -1 }, { category: 'x'.repeat(121) }])
      await expect(it_.search.listTrending(bad)).rejects.toThrow();
  });
});

describe('names', () => {
  it('of a category follow it, for what is below it too', async () => {
    const id = market.categories.get('makanan')?.id as string;
    await it_.told(market.addProduct('Arabika', { category: 'kopi' }));
    market.categories.set('makanan', { id, slug: 'santapan', name: 'Santapan', parent: '' });
    market.categories.get('kopi')!.parent = 'santapan';
    await it_.test.publish(
      event(CategoryChangedSchema, id, { categoryId: id, slug: 'santapan', previousSlug: 'makanan' }),
    );
    await waitFor(async () => (await it_.titles({ query: 'santapan' })).length === 1);
    expect(await it_.titles({ category: 'santapan' })).toEqual(['Arabika']);
    expect(await it_.titles({ category: 'makanan' })).toEqual([]);
  });

  it('of a category that is gone are those of the one above', async () => {
    const id = market.categories.get('kopi')?.id as string;
    const parentId = market.categories.get('makanan')?.id as string;
    await it_.told(market.addProduct('Arabika', { category: 'kopi' }));
    market.categories.delete('kopi');
    await it_.test.publish(
      event(CategoryChangedSchema, id, { categoryId: id, slug: 'kopi', deleted: true, parentId }),
    );
    await waitFor(async () => {
      const { hits } = await it_.search.searchProducts({ category: 'makanan' });
      return hits[0]?.category === 'makanan';
    });
  });

  it('of a brand follow it', async () => {
    const id = market.brands.get('gayo')?.id as string;
    await it_.told(market.addProduct('Arabika', { brand: 'gayo' }));
    market.brands.clear();
    market.brands.set('toraja', { id, slug: 'toraja', name: 'Toraja Utara' });
    await it_.test.publish(
      event(BrandChangedSchema, id, { brandId: id, slug: 'toraja', previousSlug: 'gayo' }),
    );
    await waitFor(async () => (await it_.titles({ query: 'toraja', brand: 'toraja' })).length === 1);
    await it_.test.publish(event(BrandChangedSchema, id, { brandId: id, slug: 'toraja', deleted: true }));
    await waitFor(async () => (await it_.titles({ brand: 'toraja' })).length === 0);
    expect(await it_.titles({ query: 'arabika' })).toEqual(['Arabika']);
  });

  it('and the city of a store follow it', async () => {
    const [sellerId = ''] = market.stores.keys();
    await it_.told(market.addProduct('Arabika'));
    expect(await it_.titles({ city: 'kota surakarta' })).toEqual(['Arabika']);
    Object.assign(market.stores.get(sellerId) ?? {}, { name: 'Toko Baru', city: 'Jakarta Barat' });
    await it_.test.publish(
      event(SellerUpdatedSchema, sellerId, { sellerId, name: 'Toko Baru', slug: 'solo' }),
    );
    await waitFor(async () => (await it_.titles({ city: 'Jakarta Barat' })).length === 1);
    expect(await it_.titles({ city: 'Kota Surakarta' })).toEqual([]);
    const { hits } = await it_.search.searchProducts({});
    expect(hits[0]).toMatchObject({ sellerName: 'Toko Baru', city: 'Jakarta Barat' });
  });
});

describe('a store', () => {
  it('that is suspended shows nothing until it is approved again', async () => {
    const [sellerId = ''] = market.stores.keys();
    await it_.told(market.addProduct('Arabika'));
    market.stores.get(sellerId)!.isOpen = false;
    await it_.test.publish(event(SellerSuspendedSchema, sellerId, { sellerId }));
    await waitFor(async () => (await it_.titles({})).length === 0);
    market.stores.get(sellerId)!.isOpen = true;
    await it_.test.publish(
      event(SellerApprovedSchema, sellerId, { sellerId, name: 'Toko solo', slug: 'solo' }),
    );
    await waitFor(async () => (await it_.titles({})).length === 1);
  });
});
