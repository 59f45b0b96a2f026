import { Media_Kind, Product_Status } from '@pasar/contracts/pasar/product/v1/product_pb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, idr, type ProductTest, seller, startProduct } from './testing.js';

let { test, market, products }: ProductTest = {} as ProductTest;
const owner = seller();
let published: string;
let draft: string;

beforeAll(async () => {
  ({ test, market, products } = await startProduct());
  market.addCategory('kopi');
  market.addBrand('gayo');
  const product = {
    ...{ title: 'Kopi Gayo', description: 'a'.repeat(5_000), category: 'kopi', brand: 'gayo' },
    variants: [{ price: idr(7) }],
    media: [{ url: '/kopi.mp4', kind: Media_Kind.VIDEO }, { url: '/kopi.svg' }],
  };
  published = (await products.createProduct({ product }, owner)).id;
  await products.publishProduct({ id: published }, owner);
  draft = (await products.createProduct({ product: { title: 'Rancangan' } }, owner)).id;
});
afterAll(() => test.close());

describe('summaries', () => {
  it('tell what read models keep, of drafts too', async () => {
    const ids = [published, draft, crypto.randomUUID(), 'x'];
    const { summaries } = await products.batchGetSummaries({ ids });
    expect(summaries).toHaveLength(2);
    const byId = new Map(summaries.map((each) => [each.id, each]));
    expect(byId.get(published)).toMatchObject({
      ...{ title: 'Kopi Gayo', slug: 'kopi-gayo', sellerId: owner.sellerId, imageUrl: '/kopi.svg' },
      ...{ categoryId: market.categories.get('kopi')?.id, category: 'kopi' },
      ...{ brandId: market.brands.get('gayo')?.id, brand: 'gayo', status: Product_Status.PUBLISHED },
      ...{ price: idr(7), variantIds: [expect.any(String)], description: 'a'.repeat(1_000) },
    });
    expect(byId.get(draft)).toMatchObject({ status: Product_Status.DRAFT, category: '', brand: '' });
    expect(byId.get(draft)?.publishedAt).toBeUndefined();
  });

  it('of all published products come in pages', async () => {
    const second = (
      await products.createProduct(
        { product: { title: 'Teh', category: 'kopi', variants: [{ price: idr(1) }] } },
        owner,
      )
    ).id;
    await products.publishProduct({ id: second }, owner);
    const first = await products.listSummaries({ pageSize: 1 });
    const rest = await products.listSummaries({ pageSize: 10, pageToken: first.nextPageToken });
    expect([...first.summaries, ...rest.summaries].map(({ id }) => id)).toEqual([published, second]);
    expect(rest.nextPageToken).toBe('');
    expect(await codeOf(products.listSummaries({ pageToken: 'x' }))).toBe('request.invalid');
  });
});
