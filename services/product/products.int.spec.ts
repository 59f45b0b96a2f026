import { type Timestamp, timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  BrandChangedSchema,
  CategoryChangedSchema,
  AttributeDefinition_Kind as Kind,
} from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  PriceChangedSchema,
  ProductArchivedSchema,
  ProductCategoryChangedSchema,
  ProductCreatedSchema,
  ProductUpdatedSchema,
  Product_Status as Status,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import {
  SellerApprovedSchema,
  SellerSuspendedSchema,
  SellerUpdatedSchema,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { codeOf, fieldsOf, idr, money, type ProductTest, seller, staff, startProduct } from './testing.js';

let { test, market, products }: ProductTest = {} as ProductTest;
beforeAll(async () => {
  ({ test, market, products } = await startProduct());
  market.addCategory('minuman');
  market.addCategory('kopi', 'minuman', [
    { name: 'sangrai', kind: Kind.CHOICE, options: ['Terang', 'Gelap'], required: true },
    { name: 'asal', kind: Kind.TEXT },
  ]);
  market.addBrand('gayo');
});
afterAll(() => test.close());

const wait = { timeout: 20_000 };
const options = [{ name: 'Berat', values: ['250 g', '1 kg'] }];
const coffee = () => ({
  title: 'Kopi Gayo Wine',
  description: 'Kopi arabika.',
  category: 'kopi',
  brand: 'gayo',
  attributes: { sangrai: 'Gelap' },
  options,
  variants: [
    { sku: `G-${crypto.randomUUID()}`, price: idr(9_500_000), optionValues: ['250 g'], weightGrams: 260 },
    { price: idr(32_000_000), compareAtPrice: idr(36_000_000), optionValues: ['1 kg'] },
  ],
  media: [{ url: '/demo/kopi.svg', alt: 'Kopi' }],
});

async function publish(who = seller(), product: object = coffee()) {
  const { id } = await products.createProduct({ product }, who);
  return products.publishProduct({ id }, who);
}

const patch = (id: string, product: object, paths: string[], who: ReturnType<typeof seller>) =>
  products.updateProduct({ id, product, updateMask: { paths } }, who);

describe('a product', () => {
  it('is made as a draft that its seller and staff see, and then published for all', async () => {
    const owner = seller();
    const draft = await products.createProduct({ product: coffee() }, owner);
    expect(draft).toMatchObject({
      ...{ sellerId: owner.sellerId, status: Status.DRAFT, category: 'kopi', brand: 'gayo', version: 1n },
      price: idr(9_500_000),
      variants: [
        { title: '250 g', weightGrams: 260 },
        { title: '1 kg', compareAtPrice: idr(36_000_000) },
      ],
    });
    for (const stranger of [{}, seller(), asUser({ id: crypto.randomUUID() })]) {
      expect(await codeOf(products.getProduct({ id: draft.id }, stranger))).toBe('product.not_found');
      expect(await codeOf(products.getProduct({ id: draft.slug }, stranger))).toBe('product.not_found');
    }
    expect(await products.getProduct({ id: draft.id }, staff())).toMatchObject({ id: draft.id });
    market.available[draft.variants[0]!.id] = 12n;
    await products.publishProduct({ id: draft.id }, owner);
    // Again, as a client does that lost the answer.
    const published = await products.publishProduct({ id: draft.id }, owner);
    expect(published).toMatchObject({
      status: Status.PUBLISHED,
      version: 2n,
      variants: [{ available: 12 }, { available: 0 }],
    });
    let tags: string[] = [];
    const onHeader = (header: Headers) => (tags = header.get('pasar-cache-tags')!.split(','));
    const read = await products.getProduct({ id: draft.slug }, { onHeader });
    expect(read).toEqual(await products.getProduct({ id: draft.id.toUpperCase() }));
    expect(read).toEqual(await products.getProduct({ id: draft.variants[1]!.id }));
    const shown = [draft.id, draft.slug, ...draft.variants.map(({ id }) => id)];
    expect(tags).toEqual([...shown, market.categories.get('kopi')?.id]);
    const told = () => test.published(ProductCreatedSchema).filter(({ productId }) => productId === draft.id);
    await vi.waitUntil(() => told().length === 1, wait);
    expect(told()).toMatchObject([
      {
        sellerId: owner.sellerId,
        slug: draft.slug,
        status: Status.DRAFT,
        variants: [{ price: idr(9_500_000) }, {}],
      },
    ]);
  });

  it('needs a store', async () => {
    const homeless = asUser({ id: crypto.randomUUID(), roles: [Role.SELLER] });
    expect(await codeOf(products.createProduct({ product: coffee() }, homeless))).toBe('product.no_store');
    expect(await codeOf(products.listMyProducts({}, homeless))).toBe('product.no_store');
    expect(await codeOf(products.publishProduct({ id: crypto.randomUUID() }, homeless))).toBe(
      'product.no_store',
    );
    expect(await codeOf(products.createImport({ key: 'a' }, homeless))).toBe('product.no_store');
  });

  it('is nobody else’s', async () => {
    const { id } = await publish();
    const thief = seller();
    expect(await codeOf(patch(id, { title: 'Curian' }, ['title'], thief))).toBe('product.not_found');
    expect(await codeOf(products.publishProduct({ id }, thief))).toBe('product.not_found');
    expect(await codeOf(products.deleteProduct({ id }, thief))).toBe('product.not_found');
    const admin = asUser({
      id: crypto.randomUUID(),
      roles: [Role.SELLER, Role.ADMIN],
      sellerId: crypto.randomUUID(),
    });
    expect(await codeOf(patch(id, { title: 'Curian' }, ['title'], admin as never))).toBe('product.not_found');
    expect(await codeOf(products.deleteProduct({ id }, admin))).toBe('ok');
  });

  it('is validated against its category and brand', async () => {
    const create = (product: object) => products.createProduct({ product }, seller());
    expect(await fieldsOf(create({ ...coffee(), category: 'tidak-ada' }))).toEqual(['product.category']);
    expect(await fieldsOf(create({ ...coffee(), brand: 'tidak-ada' }))).toEqual(['product.brand']);
    expect(await fieldsOf(create({ ...coffee(), attributes: { sangrai: 'Gosong' } }))).toEqual([
      'product.attributes["sangrai"]',
    ]);
    const owner = seller();
    const { id } = await products.createProduct({ product: { ...coffee(), attributes: {} } }, owner);
    expect(await codeOf(products.publishProduct({ id }, owner))).toBe('product.incomplete');
    const bare = await products.createProduct({ product: { title: '茶' } }, owner);
    expect(bare).toMatchObject({ slug: expect.stringMatching(/^produk/), variants: [] });
    expect(bare.price).toBeUndefined();
    expect(await fieldsOf(products.publishProduct({ id: bare.id }, owner))).toEqual([
      'product.category',
      'product.variants',
    ]);
    expect(await fieldsOf(products.createProduct({ product: { title: ' ' } }, owner))).toEqual([
      'product.title',
    ]);
  });

  it('keeps what is at the limits of its contract', async () => {
    const big = {
      ...coffee(),
      title: '漢'.repeat(200),
      description: '𝕏 "\'; drop table product; -- \\ '.repeat(600),
      attributes: { sangrai: 'Gelap', asal: '<script>'.repeat(60) },
      options: [{ name: 'N', values: Array.from({ length: 100 }, (_, n) => `v${n}`) }],
      variants: Array.from({ length: 100 }, (_, n) => ({ price: idr(n + 1), optionValues: [`v${n}`] })),
    };
    const { id } = await publish(seller(), big);
    const read = await products.getProduct({ id });
    expect(read).toMatchObject({
      title: big.title,
      description: big.description.trim(),
      attributes: big.attributes,
    });
    expect(read.variants.map(({ price }) => price?.amount)).toEqual(
      big.variants.map((_, n) => BigInt(n + 1)),
    );
  });
});

describe('slugs and SKUs', () => {
  it('of one title differ, of many that are made at once', async () => {
    const title = 'Teh Tarik Serbu';
    const made = await Promise.all(
      Array.from({ length: 25 }, () => products.createProduct({ product: { title } }, seller())),
    );
    const slugs = made.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(25);
    expect(slugs.filter((slug) => slug === 'teh-tarik-serbu')).toHaveLength(1);
    expect(slugs.every((slug) => slug.startsWith('teh-tarik-serbu'))).toBe(true);
  });

  it('that are asked for are given once', async () => {
    const product = { title: 'X', slug: 'yang-ini' };
    const codes = await Promise.all(
      Array.from({ length: 12 }, () => codeOf(products.createProduct({ product }, seller()))),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['ok', 'product.slug_taken']));
  });

  it('are unique in a store and free elsewhere, of many that are made at once', async () => {
    const owner = seller();
    const product = { title: 'Sama', variants: [{ sku: 'SAMA-1', price: idr(1) }] };
    const codes = await Promise.all(
      Array.from({ length: 12 }, () => codeOf(products.createProduct({ product }, owner))),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['ok', 'product.sku_taken']));
    expect(await codeOf(products.createProduct({ product }, seller()))).toBe('ok');
  });

  it('come free when the product is archived', async () => {
    const owner = seller();
    const product = { title: 'Sekali', variants: [{ sku: 'LAGI-1', price: idr(1) }] };
    const { id } = await products.createProduct({ product }, owner);
    await products.deleteProduct({ id }, owner);
    expect(await codeOf(products.createProduct({ product }, owner))).toBe('ok');
    expect((await products.getProduct({ id }, owner)).variants).toMatchObject([{ sku: 'LAGI-1' }]);
  });

  it('change places between variants', async () => {
    const owner = seller();
    const { id, variants } = await products.createProduct({ product: coffee() }, owner);
    const [a, b] = variants;
    const swapped = [
      { ...a, sku: b!.sku },
      { ...b, sku: a!.sku },
    ];
    const after = await patch(id, { variants: swapped }, ['variants'], owner);
    expect(after.variants.map(({ id, sku }) => [id, sku])).toEqual([
      [a!.id, b!.sku],
      [b!.id, a!.sku],
    ]);
  });
});

describe('a change', () => {
  it('is of the fields that the mask names, and rises the version', async () => {
    const owner = seller();
    const before = await publish(owner);
    const after = await patch(before.id, { title: 'Kopi Baru', description: 'hilang' }, ['title'], owner);
    expect(after).toMatchObject({
      title: 'Kopi Baru',
      description: before.description,
      slug: before.slug,
      version: 3n,
    });
    // What was read may be sent back whole, with what cannot be changed.
    const paths = [
      'title',
      'variants',
      'options',
      'price.amount',
      'seller_id',
      'status',
      'attributes',
      'version',
    ];
    expect(await patch(before.id, after, paths, owner)).toMatchObject({ version: 3n });
    expect(await codeOf(patch(before.id, {}, ['tidak_ada'], owner))).toBe('request.invalid');
    expect(await codeOf(patch(before.id, {}, ['attributes.asal'], owner))).toBe('request.invalid');
  });

  it('that names an older version is refused', async () => {
    const owner = seller();
    const { id, version } = await publish(owner);
    const codes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        codeOf(patch(id, { title: `Judul ${n}`, version }, ['title'], owner)),
      ),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['ok', 'product.version_conflict']));
    expect((await products.getProduct({ id })).version).toBe(version + 1n);
  });

  it('is not lost among others at once', async () => {
    const owner = seller();
    const { id, variants } = await publish(owner);
    const [a, b] = variants;
    const changes = [
      ...Array.from({ length: 10 }, (_, n) => patch(id, { title: `Judul ${n}` }, ['title'], owner)),
      ...Array.from({ length: 10 }, (_, n) =>
        patch(id, { variants: [{ ...a, price: money(100 + n) }, b] }, ['variants'], owner),
      ),
      patch(id, { description: 'tetap' }, ['description'], owner),
      patch(id, { attributes: { sangrai: 'Terang', asal: 'Aceh' } }, ['attributes'], owner),
    ];
    await Promise.all(changes);
    const after = await products.getProduct({ id });
    expect(after).toMatchObject({ description: 'tetap', attributes: { asal: 'Aceh' }, version: 24n });
    // Price changes tell a story without gaps.
    const told = () => test.published(PriceChangedSchema).filter(({ productId }) => productId === id);
    await vi.waitUntil(() => told().at(-1)?.newPrice?.amount === after.variants[0]?.price?.amount, wait);
    for (const [index, { oldPrice }] of told().entries()) {
      expect(oldPrice).toEqual(index === 0 ? idrMessage(9_500_000) : told()[index - 1]?.newPrice);
    }
  });

  it('of variants keeps ids, tells of prices and of what is gone, and remembers what was sold', async () => {
    const owner = seller();
    const before = await publish(owner);
    const [a, b] = before.variants;
    const after = await patch(
      before.id,
      {
        options: [{ name: 'Berat', values: ['250 g', '500 g'] }],
        variants: [
          { ...a, price: money(8_000_000) },
          { price: idr(15_000_000), optionValues: ['500 g'] },
        ],
      },
      ['options', 'variants'],
      owner,
    );
    expect(after.variants.map(({ id }) => id)).toEqual([a!.id, expect.not.stringMatching(b!.id)]);
    expect(after.price).toMatchObject(idr(8_000_000));
    const { variants } = await products.batchGetVariants({
      ids: [a!.id, b!.id, crypto.randomUUID(), 'bukan-id'],
    });
    const byId = new Map(variants.map((each) => [each.id, each]));
    expect(variants).toHaveLength(2);
    expect(byId.get(a!.id)).toMatchObject({
      ...{
        productId: before.id,
        sellerId: owner.sellerId,
        sku: a!.sku,
        title: 'Kopi Gayo Wine',
        variantTitle: '250 g',
      },
      ...{
        price: idr(8_000_000),
        purchasable: true,
        imageUrl: '/demo/kopi.svg',
        weightGrams: 260,
        slug: before.slug,
      },
    });
    expect(byId.get(b!.id)).toMatchObject({ purchasable: false, price: idr(32_000_000) });
    await vi.waitUntil(
      () => test.published(PriceChangedSchema).some(({ variantId }) => variantId === a!.id),
      wait,
    );
    const updates = test.published(ProductUpdatedSchema).filter(({ productId }) => productId === before.id);
    expect(updates.at(-1)).toMatchObject({
      removedVariantIds: [b!.id],
      status: Status.PUBLISHED,
      variants: after.variants.map(({ id, sku }) => ({ id, sku })),
    });
    // A variant that is gone is no variant any more.
    expect(await fieldsOf(patch(before.id, { variants: [b] }, ['variants'], owner))).toContain(
      'product.variants[0].id',
    );
  });

  it('to another slug tells the old one', async () => {
    const owner = seller();
    const { id, slug } = await publish(owner);
    await patch(id, { slug: `${slug}-baru` }, ['slug'], owner);
    const told = () => test.published(ProductUpdatedSchema).find((each) => each.slug === `${slug}-baru`);
    await vi.waitUntil(told, wait);
    expect(told()).toMatchObject({ productId: id, previousSlug: slug });
    const other = await publish(owner);
    expect(await codeOf(patch(other.id, { slug: `${slug}-baru` }, ['slug'], owner))).toBe(
      'product.slug_taken',
    );
  });
});

describe('archiving', () => {
  it('hides a product, keeps it for its seller, and can be said twice', async () => {
    const owner = seller();
    const { id, variants } = await publish(owner);
    await products.deleteProduct({ id }, owner);
    await products.deleteProduct({ id }, owner);
    expect(await codeOf(products.getProduct({ id }))).toBe('product.not_found');
    expect(await products.getProduct({ id }, owner)).toMatchObject({
      status: Status.ARCHIVED,
      variants: [{}, {}],
    });
    const ids = variants.map((each) => each.id);
    const details = await products.batchGetVariants({ ids });
    expect(details.variants.map(({ purchasable }) => purchasable)).toEqual([false, false]);
    expect(await codeOf(patch(id, { title: 'Hidup' }, ['title'], owner))).toBe('product.illegal_status');
    expect(await codeOf(products.publishProduct({ id }, owner))).toBe('product.illegal_status');
    const told = () => test.published(ProductArchivedSchema).filter(({ productId }) => productId === id);
    await vi.waitUntil(() => told().length > 0, wait);
    expect(told()).toMatchObject([{ sellerId: owner.sellerId, variantIds: ids }]);
  });
});

describe('the catalogue and stores change', () => {
  it('categories and brands get other slugs, move and go', async () => {
    const owner = seller();
    const { id } = await publish(owner);
    const kopi = market.categories.get('kopi')!;
    const gayo = market.brands.get('gayo')!;
    const minuman = market.categories.get('minuman')!;
    const changed = (facts: object) =>
      test.publish(
        event(CategoryChangedSchema, kopi.id!, { categoryId: kopi.id, parentId: minuman.id, ...facts }),
      );
    const listed = async (category: string) => {
      const page = await products.listProducts({ category, sellerId: owner.sellerId });
      return page.products.length === 1;
    };
    expect(await listed('minuman')).toBe(true);
    await changed({ slug: 'kopi-nusantara', previousSlug: 'kopi', parentId: '' });
    await test.publish(
      event(BrandChangedSchema, gayo.id, { brandId: gayo.id, slug: 'tanah-gayo', previousSlug: 'gayo' }),
    );
    await vi.waitUntil(async () => (await products.getProduct({ id })).brand === 'tanah-gayo', wait);
    expect(await products.getProduct({ id })).toMatchObject({ category: 'kopi-nusantara' });
    expect(await listed('kopi-nusantara')).toBe(true);
    // That is told once, for those who keep answers that show it.
    await changed({ slug: 'kopi-nusantara', parentId: '' });
    const told = () => test.published(ProductCategoryChangedSchema).map(({ categoryId }) => categoryId);
    await vi.waitUntil(() => told().includes(kopi.id!), wait);
    let tags: string[] = [];
    const onHeader = (header: Headers) => (tags = header.get('pasar-cache-tags')!.split(','));
    await products.getProduct({ id }, { onHeader });
    expect(tags).toContain(kopi.id);
    expect(await listed('minuman')).toBe(false);
    // What a brand's products are found by follows in the background.
    await vi.waitUntil(async () => {
      const found = await products.listProducts({ query: 'tanah wine', sellerId: owner.sellerId });
      return found.products.length === 1;
    }, wait);
    await changed({ slug: 'kopi-nusantara', deleted: true });
    await test.publish(
      event(BrandChangedSchema, gayo.id, { brandId: gayo.id, slug: 'tanah-gayo', deleted: true }),
    );
    await vi.waitUntil(async () => (await products.getProduct({ id })).brand === '', wait);
    await vi.waitUntil(async () => (await products.getProduct({ id })).category === 'minuman', wait);
    expect(await listed('minuman')).toBe(true);
    expect(told()).toEqual([kopi.id]);
  });

  it('is moved out of a category that is gone, and that is told once', async () => {
    const [owner, above] = [seller(), market.addCategory('alat-tulis')];
    const gone = market.addCategory('pensil', 'alat-tulis');
    const pencil = { title: 'Pensil', category: 'pensil', variants: [{ price: idr(5) }] };
    const made = [await publish(owner, pencil), await publish(owner, pencil)];
    const ids = made.map(({ id }) => id);
    const { id: draft } = await products.createProduct({ product: pencil }, owner);
    const toldOf = (id: string) =>
      test.published(ProductUpdatedSchema).filter(({ productId }) => productId === id).length;
    await vi.waitUntil(() => ids.every((id) => toldOf(id) === 1), wait);
    const facts = { categoryId: gone.id, slug: 'pensil', parentId: above.id, deleted: true };
    const deleted = event(CategoryChangedSchema, gone.id as string, facts);
    await test.publish(deleted, deleted);
    await vi.waitUntil(() => toldOf(draft) === 1 && ids.every((id) => toldOf(id) === 2), wait);
    for (const id of [...ids, draft])
      expect(await products.getProduct({ id }, owner)).toMatchObject({ category: 'alat-tulis' });
    await test.publish(deleted);
    await vi.waitUntil(async () => {
      const { rowCount } = await test.service.database.pool.query('select from category_move');
      return rowCount === 0;
    }, wait);
    for (const id of ids) expect(toldOf(id)).toBe(2);
  });

  it('has the name of its brand, and that is told of each, once', async () => {
    const owner = seller();
    market.addCategory('sepatu');
    const brand = market.addBrand('langkah');
    const shoe = { title: 'Sepatu', category: 'sepatu', brand: 'langkah', variants: [{ price: idr(5) }] };
    const made = [await publish(owner, shoe), await publish(owner, shoe)];
    const { id: draft } = await products.createProduct({ product: shoe }, owner);
    const ids = [...made.map(({ id }) => id), draft];
    const toldOf = (id: string) =>
      test.published(ProductUpdatedSchema).filter(({ productId }) => productId === id).length;
    await vi.waitUntil(() => made.every(({ id }) => toldOf(id) === 1), wait);
    const before = ids.map(toldOf);
    const isTold = (times: number) => ids.every((id, n) => toldOf(id) === (before[n] as number) + times);
    const isDone = async () =>
      (await test.service.database.pool.query('select from brand_change')).rowCount === 0;
    const change = (facts: object) =>
      event(BrandChangedSchema, brand.id, { brandId: brand.id, slug: 'jejak', ...facts });
    const renamed = change({ previousSlug: 'langkah' });
    await test.publish(renamed, renamed);
    await vi.waitUntil(() => isTold(1), wait);
    for (const id of ids) expect(await products.getProduct({ id }, owner)).toMatchObject({ brand: 'jejak' });
    const found = await products.listProducts({ query: 'jejak', sellerId: owner.sellerId });
    expect(found.products).toHaveLength(2);
    const deleted = change({ deleted: true });
    await test.publish(deleted, deleted);
    await vi.waitUntil(() => isTold(2), wait);
    for (const id of ids) expect((await products.getProduct({ id }, owner)).brand).toBe('');
    expect((await products.listProducts({ query: 'jejak', sellerId: owner.sellerId })).products).toEqual([]);
    await vi.waitUntil(isDone, wait);
    expect(isTold(2)).toBe(true);
  });

  it('a store on holiday shows what it sells, and sells none of it from its first to its last moment', async () => {
    const owner = seller();
    market.addCategory('teh');
    const { id, variants } = await publish(owner, {
      title: 'Teh Libur',
      category: 'teh',
      variants: [{ price: idr(5) }],
    });
    const { sellerId } = owner;
    const inHours = (hours: number) => timestampFromDate(new Date(Date.now() + hours * 3_600_000));
    const isPurchasable = async () =>
      (await products.batchGetVariants({ ids: [variants[0]!.id] })).variants[0]?.purchasable;
    const tell = (holiday?: { startsAt: Timestamp; endsAt: Timestamp }) =>
      test.publish(event(SellerUpdatedSchema, sellerId, { sellerId, holiday }));
    await tell({ startsAt: inHours(-1), endsAt: inHours(1) });
    await vi.waitUntil(async () => (await isPurchasable()) === false, wait);
    expect(await products.getProduct({ id })).toMatchObject({ id });
    // Over, and then to come.
    for (const [from, to] of [
      [-2, -1],
      [1, 2],
    ] as const) {
      await tell({ startsAt: inHours(from), endsAt: inHours(to) });
      await vi.waitUntil(isPurchasable, wait);
      await tell({ startsAt: inHours(-1), endsAt: inHours(1) });
      await vi.waitUntil(async () => !(await isPurchasable()), wait);
    }
    await tell();
    await vi.waitUntil(isPurchasable, wait);
  });

  it('a suspended store shows and sells nothing until it is open again', async () => {
    const owner = seller();
    market.addCategory('teh');
    const product = { title: 'Teh Poci', category: 'teh', variants: [{ price: idr(5) }] };
    const { id, variants } = await publish(owner, product);
    const { sellerId } = owner;
    await test.publish(event(SellerSuspendedSchema, sellerId, { sellerId }));
    await vi.waitUntil(async () => (await codeOf(products.getProduct({ id }))) === 'product.not_found', wait);
    expect((await products.listProducts({ sellerId })).products).toEqual([]);
    const ids = [variants[0]!.id];
    expect((await products.batchGetVariants({ ids })).variants).toMatchObject([{ purchasable: false }]);
    expect(await products.getProduct({ id }, owner)).toMatchObject({ id });
    await test.publish(event(SellerApprovedSchema, sellerId, { sellerId }));
    await vi.waitUntil(async () => (await codeOf(products.getProduct({ id }))) === 'ok', wait);
    expect((await products.batchGetVariants({ ids })).variants).toMatchObject([{ purchasable: true }]);
  });
});

function idrMessage(amount: number) {
  return expect.objectContaining(idr(amount));
}
