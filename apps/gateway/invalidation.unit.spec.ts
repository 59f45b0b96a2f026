import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { CategoryChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { StockReservedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import {
  PriceChangedSchema,
  ProductCategoryChangedSchema,
  ProductUpdatedSchema,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { RatingChangedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { SellerUpdatedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { type Envelope, eventType, topicOf } from '@pasar/platform/events';
import { describe, expect, it } from 'vitest';
import { readEndpoints } from './endpoint.js';
import { Invalidation, namesShown } from './invalidation.js';
import { allServices } from './testing/contracts.js';
import { anyone, exampleContract, get } from './testing/example-contract.js';

const files = [...new Set(allServices.map(({ file }) => file))];
const invalidation = new Invalidation(files, readEndpoints(allServices));
const getProduct = 'pasar.product.v1.ProductService/GetProduct';
const listProducts = 'pasar.product.v1.ProductService/ListProducts';

function envelope<Desc extends DescMessage>(
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

/** Each method with each name. */
function tagsOf(event: Envelope): string[] {
  const { methods = [], names = [] } = invalidation.staleBy(event) ?? {};
  return methods.flatMap((method) => [...names].map((name) => `${method} ${name}`));
}

describe('Invalidation', () => {
  it('listens for what the contracts name, where it is published', () => {
    expect(invalidation.types).toEqual(
      expect.arrayContaining(['product.updated', 'stock.reserved', 'seller.updated']),
    );
    expect(invalidation.topics).toEqual(
      expect.arrayContaining(['catalog', 'inventory', 'product', 'promotion', 'review', 'seller']),
    );
    expect(invalidation.topics).not.toContain('order');
  });

  it('finds the subject, ids and slugs of a product, and that lists change', () => {
    const tags = tagsOf(
      envelope(ProductUpdatedSchema, 'p1', {
        productId: 'p1',
        sellerId: 's1',
        slug: 'new',
        previousSlug: 'old',
        variants: [{ id: 'v1', sku: 'X' }, { id: 'v2' }],
        removedVariantIds: ['v3'],
      }),
    );
    for (const method of [getProduct, listProducts]) {
      const names = ['p1', 'new', 'old', 'v1', 'v2', 'v3', 'product:list', '*'];
      expect(tags).toEqual(expect.arrayContaining(names.map((name) => `${method} ${name}`)));
    }
    expect(tags.filter((tag) => tag.endsWith(' s1') || tag.endsWith(' X'))).toEqual([]);
  });

  it('finds the variants of a reservation, and leaves lists alone', () => {
    const lines = [
      { variantId: 'v1', quantity: 1n },
      { variantId: 'v2', quantity: 2n },
    ];
    const tags = tagsOf(envelope(StockReservedSchema, 'r1', { reservationId: 'r1', lines }));
    expect(tags).toEqual(expect.arrayContaining([`${getProduct} v1`, `${getProduct} v2`]));
    expect(tags.filter((tag) => tag.endsWith(':list'))).toEqual([]);
  });

  it('finds the products of a category and all lists, once their service knows it', () => {
    const tags = tagsOf(envelope(ProductCategoryChangedSchema, 'c1', { categoryId: 'c1' }));
    expect(tags).toEqual(expect.arrayContaining([`${getProduct} c1`, `${listProducts} product:list`]));
  });

  it('keeps methods apart', () => {
    const changed = tagsOf(envelope(CategoryChangedSchema, 'c1', { categoryId: 'c1', slug: 'buku' }));
    expect(changed.every((tag) => tag.startsWith('pasar.catalog.v1.CatalogService/'))).toBe(true);
    expect(changed).toContain('pasar.catalog.v1.CatalogService/ListCategories catalog:list');
    const seller = tagsOf(envelope(SellerUpdatedSchema, 's1', { sellerId: 's1', slug: 'toko' }));
    expect(seller).toContain('pasar.seller.v1.SellerService/GetSeller s1');
    expect(seller).toContain('pasar.seller.v1.SellerService/ListSellers seller:list');
    const price = tagsOf(envelope(PriceChangedSchema, 'p1', { productId: 'p1', variantId: 'v1' }));
    expect(price).toContain(`${listProducts} product:list`);
  });

  it('finds the product and the store of a review', () => {
    const reviews = 'pasar.review.v1.ReviewService';
    const review = { reviewId: 'r1', productId: 'p1', sellerId: 's1' };
    expect(tagsOf(envelope(ReviewUpdatedSchema, 'r1', { review }))).toEqual(
      expect.arrayContaining([
        `${reviews}/GetReview r1`,
        `${reviews}/ListProductReviews p1`,
        `${reviews}/ListStoreReviews s1`,
      ]),
    );
    const rating = { sellerId: 's1', average: 4.5 };
    expect(tagsOf(envelope(RatingChangedSchema, 's1', rating))).toContain(`${reviews}/GetStoreRating s1`);
  });

  it('has nothing to say about other events', () => {
    const other = { ...envelope(PriceChangedSchema, 'p', {}), type: 'order.created' };
    expect(tagsOf(other)).toEqual([]);
  });

  it('drops an answer without tags at every event of its method', () => {
    const tags = tagsOf(envelope(StockReservedSchema, 'r', {}));
    expect(tags).toEqual(expect.arrayContaining(namesShown([]).map((name) => `${getProduct} ${name}`)));
  });

  it('refuses an event that no contract declares', () => {
    const method = {
      name: 'Do',
      access: anyone,
      rule: get('/x'),
      edge: { cacheSeconds: 1, invalidatedBy: ['no.such'] },
    };
    const { service } = exampleContract([method]);
    expect(() => new Invalidation(files, readEndpoints([service]))).toThrow(
      'no contract declares the event "no.such"',
    );
  });
});
