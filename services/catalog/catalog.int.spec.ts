import type { Client } from '@connectrpc/connect';
import {
  BrandChangedSchema,
  CatalogService,
  CategoryChangedSchema,
  AttributeDefinition_Kind as Kind,
} from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { startTestService, type TestService } from '@pasar/platform/testing/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogService } from './catalog.module.js';

let test: TestService;
let catalog: Client<typeof CatalogService>;
beforeAll(async () => {
  test = await startTestService(catalogService);
  catalog = test.client(CatalogService);
});
afterAll(() => test.close());

const wait = { timeout: 20_000 };
const admin = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });

function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

let names = 0;
const create = (name: string, parent = '') => catalog.createCategory({ category: { name, parent } }, admin);
/** A category of a name of its own. */
const some = (parent = '') => create(`Kategori ${++names}`, parent);
const move = (slug: string, parent: string) =>
  catalog.updateCategory({ slug, category: { parent }, updateMask: { paths: ['parent'] } }, admin);
const eventsOf = (id: string) =>
  test.published(CategoryChangedSchema).filter((each) => each.categoryId === id);

describe('categories', () => {
  it('form a tree with breadcrumbs, children and inherited attributes', async () => {
    const root = await catalog.createCategory(
      {
        category: {
          ...{ name: 'Pakaian', nameEn: 'Clothing', imageUrl: '/p.svg' },
          attributes: [
            { name: 'bahan', label: 'Bahan', kind: Kind.CHOICE, options: ['Katun'], required: true },
          ],
        },
      },
      admin,
    );
    const child = await create('Kaus & Kemeja', 'pakaian');
    const leaf = await catalog.createCategory(
      { category: { name: 'Kaus Polos', parent: child.slug, attributes: [{ name: 'kerah' }] } },
      admin,
    );
    expect(root).toMatchObject({ slug: 'pakaian', parent: '' });
    const read = await catalog.getCategory({ slug: 'kaus-polos' });
    expect(read).toMatchObject({
      id: leaf.id,
      parent: 'kaus-kemeja',
      attributes: [
        { name: 'bahan', kind: Kind.CHOICE, required: true },
        { name: 'kerah', kind: Kind.TEXT },
      ],
      breadcrumbs: [
        { slug: 'pakaian', nameEn: 'Clothing', id: root.id },
        { slug: 'kaus-kemeja' },
        { slug: 'kaus-polos' },
      ],
      children: [],
    });
    expect((await catalog.getCategory({ slug: child.id })).children).toMatchObject([{ slug: 'kaus-polos' }]);
    const { categories } = await catalog.listCategories({});
    const slugs = categories.map(({ slug }) => slug);
    expect(slugs.indexOf('pakaian')).toBeLessThan(slugs.indexOf('kaus-kemeja'));
    expect(slugs.indexOf('kaus-kemeja')).toBeLessThan(slugs.indexOf('kaus-polos'));
  });

  it('tell the edge what their answers show', async () => {
    const { slug, id } = await some();
    let tags: string | null = null;
    await catalog.getCategory({ slug }, { onHeader: (header) => (tags = header.get('pasar-cache-tags')) });
    expect(tags).toBe(`${id},${slug},catalog:list`);
    await catalog.listCategories({}, { onHeader: (header) => (tags = header.get('pasar-cache-tags')) });
    expect(tags).toBe('catalog:list');
  });

  it('change only what the mask names, and tell of it once', async () => {
    const parent = await some();
    const before = await catalog.createCategory(
      {
        category: {
          name: 'Lama',
          nameEn: 'Old',
          position: 3,
          parent: parent.slug,
          attributes: [{ name: 'a' }],
        },
      },
      admin,
    );
    const change = {
      slug: 'lama',
      category: { name: 'Baru', slug: 'baru', nameEn: '' },
      updateMask: { paths: ['name', 'slug'] },
    };
    const after = await catalog.updateCategory(change, admin);
    expect(after).toMatchObject({ id: before.id, slug: 'baru', name: 'Baru', nameEn: 'Old', position: 3 });
    expect(after).toMatchObject({ parent: parent.slug, attributes: [{ name: 'a' }] });
    // What was read may be sent back: nothing changes, and nobody is told.
    await catalog.updateCategory({ slug: after.id, category: after }, admin);
    await catalog.updateCategory({ slug: after.id, category: after, updateMask: { paths: ['*'] } }, admin);
    await move('baru', '');
    await vi.waitUntil(() => eventsOf(before.id).length >= 3, wait);
    expect(eventsOf(before.id)).toMatchObject([
      { slug: 'lama', previousSlug: 'lama', parentId: parent.id },
      { slug: 'baru', previousSlug: 'lama', parentId: parent.id },
      { slug: 'baru', previousSlug: 'baru', parentId: '' },
    ]);
    expect(await codeOf(catalog.getCategory({ slug: 'lama' }))).toBe('category.not_found');
  });

  it.each([
    ['no name', { category: { name: '  ' } }],
    ['a parent that is not there', { category: { name: 'Anak', parent: 'tidak-ada' } }],
    ['a bad slug', { category: { name: 'Anak', slug: 'A b' } }],
    ['a slug like an id', { category: { name: 'Anak', slug: crypto.randomUUID() } }],
    ['a choice of nothing', { category: { name: 'Anak', attributes: [{ name: 'a', kind: Kind.CHOICE }] } }],
  ])('refuse %s', async (_, request) => {
    expect(await codeOf(catalog.createCategory(request, admin))).toBe('request.invalid');
  });

  it('refuse a mask with fields that do not exist', async () => {
    const { slug } = await some();
    for (const path of ['nope', 'attributes.name', '']) {
      const change = { slug, category: {}, updateMask: { paths: [path] } };
      expect(await codeOf(catalog.updateCategory(change, admin))).toBe('request.invalid');
    }
  });

  it('of one slug are one, of many that are made at once', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(create('Satu Saja'))));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['ok', 'category.slug_taken']));
    const other = await some();
    const rename = { slug: other.slug, category: { slug: 'satu-saja' }, updateMask: { paths: ['slug'] } };
    expect(await codeOf(catalog.updateCategory(rename, admin))).toBe('category.slug_taken');
  });

  it('are refused to go while they have children, and then go', async () => {
    const parent = await some();
    const child = await some(parent.slug);
    expect(await codeOf(catalog.deleteCategory({ slug: parent.slug }, admin))).toBe('category.has_children');
    await catalog.deleteCategory({ slug: child.id }, admin);
    await catalog.deleteCategory({ slug: parent.slug }, admin);
    expect(await codeOf(catalog.getCategory({ slug: parent.slug }))).toBe('category.not_found');
    expect(await codeOf(catalog.deleteCategory({ slug: parent.slug }, admin))).toBe('category.not_found');
    await vi.waitUntil(() => eventsOf(child.id).length === 2, wait);
    expect(eventsOf(child.id)[1]).toMatchObject({ deleted: true, parentId: parent.id });
  });

  it('get no child while they go', async () => {
    const parents = await Promise.all(Array.from({ length: 10 }, () => some()));
    const codes = await Promise.all(
      parents.flatMap(({ slug }, n) => [
        codeOf(create(`Anak balapan ${n}`, slug)),
        codeOf(catalog.deleteCategory({ slug }, admin)),
      ]),
    );
    for (const [n] of parents.entries()) {
      const pair = [codes[2 * n], codes[2 * n + 1]];
      expect([
        ['ok', 'category.has_children'],
        ['request.invalid', 'ok'],
      ]).toContainEqual(pair);
    }
  });

  it('are never below themselves', async () => {
    const a = await some();
    const b = await some(a.slug);
    const c = await some(b.slug);
    expect(await codeOf(move(a.slug, a.slug))).toBe('category.cycle');
    expect(await codeOf(move(a.slug, c.slug))).toBe('category.cycle');
    expect(await codeOf(move(c.slug, ''))).toBe('ok');
    expect(await codeOf(move(a.slug, c.slug))).toBe('ok');
  });

  it('are never in a circle, however they are moved at once', async () => {
    const nodes = await Promise.all(Array.from({ length: 6 }, () => some()));
    for (let round = 0; round < 15; round++) {
      const moves = nodes.map(({ slug }, n) => {
        const parent = nodes[(n + 1 + ((round * 7 + n) % 5)) % 6];
        return codeOf(move(slug, parent && parent.slug !== slug ? parent.slug : ''));
      });
      expect(['ok', 'category.cycle']).toEqual(
        expect.arrayContaining([...new Set(await Promise.all(moves))]),
      );
      const { categories } = await catalog.listCategories({});
      // A circle hangs in the air: what is in it is not reached from any root.
      expect(categories.map(({ id }) => id)).toEqual(expect.arrayContaining(nodes.map(({ id }) => id)));
    }
  });

  it('are changed by admins only', async () => {
    const seller = asUser({ id: crypto.randomUUID(), roles: [Role.SELLER], sellerId: crypto.randomUUID() });
    expect(await codeOf(catalog.createCategory({ category: { name: 'X' } }, seller))).toBe(
      'access.forbidden',
    );
    expect(await codeOf(catalog.deleteCategory({ slug: 'pakaian' }, seller))).toBe('access.forbidden');
  });
});

describe('ensuring', () => {
  const wanted = {
    categories: [
      { slug: 'kopi', name: 'Kopi' },
      { slug: 'arabika', name: 'Arabika', parent: 'kopi' },
    ],
  };

  it('makes what is missing once, of many who ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        catalog.ensureCategories({ ...wanted, brands: [{ slug: 'gayo', name: 'Gayo' }], create: true }),
      ),
    );
    const ids = answers.map(({ categories, brands }) =>
      [...categories, ...brands].map(({ id }) => id).join(),
    );
    expect(new Set(ids).size).toBe(1);
    expect(answers[0]?.categories[1]).toMatchObject({
      parent: 'kopi',
      breadcrumbs: [{ slug: 'kopi' }, { slug: 'arabika' }],
    });
  });

  it('answers in order and leaves a gap for what does not exist', async () => {
    const { categories, brands } = await catalog.ensureCategories({
      categories: [{ slug: 'tidak-ada' }, { slug: 'arabika' }],
      brands: [{ name: 'tidak ada' }, { name: 'GAYO' }],
    });
    expect(categories.map(({ slug }) => slug)).toEqual(['', 'arabika']);
    expect(brands.map(({ slug }) => slug)).toEqual(['', 'gayo']);
  });

  it('finds by name, in any script', async () => {
    const first = await catalog.ensureCategories({
      categories: [{ name: '茶' }, { name: 'Teh & Co.' }],
      create: true,
    });
    const again = await catalog.ensureCategories({
      categories: [{ name: '茶' }, { name: 'teh-co' }],
      create: true,
    });
    expect(again.categories.map(({ id }) => id)).toEqual(first.categories.map(({ id }) => id));
    expect(first.categories[1]?.slug).toBe('teh-co');
  });

  it('gives a category the attributes that it lacks, and never changes the others', async () => {
    const { slug } = await catalog.createCategory(
      { category: { name: 'Lampu', attributes: [{ name: 'watt', kind: Kind.NUMBER, required: true }] } },
      admin,
    );
    const attributes = [
      { name: 'watt', kind: Kind.TEXT },
      { name: 'rating', kind: Kind.TEXT },
    ];
    const found = await catalog.ensureCategories({ categories: [{ slug, attributes }] });
    expect(found.categories[0]?.attributes.map(({ name }) => name)).toEqual(['watt']);
    const { categories } = await catalog.ensureCategories({
      categories: [{ slug, attributes }],
      create: true,
    });
    expect(categories[0]?.attributes).toMatchObject([
      { name: 'watt', kind: Kind.NUMBER, required: true },
      { name: 'rating', kind: Kind.TEXT },
    ]);
  });

  it('is all or nothing', async () => {
    const request = {
      categories: [
        { slug: 'jadi', name: 'Jadi' },
        { slug: 'anak', name: 'Anak', parent: 'hilang' },
      ],
      create: true,
    };
    expect(await codeOf(catalog.ensureCategories(request))).toBe('request.invalid');
    expect(await codeOf(catalog.getCategory({ slug: 'jadi' }))).toBe('category.not_found');
  });
});

describe('brands', () => {
  it('are listed by name, page by page, each once', async () => {
    const made = await Promise.all(
      ['zeta', 'Alfa', 'beta', 'Beta', 'éclair'].map((name, n) =>
        catalog.createBrand({ brand: { name, slug: `merek-${n}` } }, admin),
      ),
    );
    const listed: string[] = [];
    for (let pageToken = ''; ; ) {
      const page = await catalog.listBrands({ pageSize: 2, pageToken });
      listed.push(...page.brands.map(({ id }) => id));
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    expect(new Set(listed).size).toBe(listed.length);
    const order = listed.filter((id) => made.some((brand) => brand.id === id));
    const lower = order.map((id) => made.find((brand) => brand.id === id)?.name.toLowerCase());
    expect(lower).toEqual(['alfa', 'beta', 'beta', 'zeta', 'éclair']);
    expect(await codeOf(catalog.listBrands({ pageToken: 'rusak' }))).toBe('request.invalid');
    expect(
      await codeOf(catalog.listBrands({ pageToken: Buffer.from('["a","b"]').toString('base64url') })),
    ).toBe('request.invalid');
  });

  it('change and go, and tell of it', async () => {
    const { id } = await catalog.createBrand({ brand: { name: 'Nusa Karya' } }, admin);
    await catalog.updateBrand({ slug: 'nusa-karya', brand: { slug: 'nusa', name: 'Nusa' } }, admin);
    await catalog.deleteBrand({ slug: 'nusa' }, admin);
    const told = () => test.published(BrandChangedSchema).filter(({ brandId }) => brandId === id);
    await vi.waitUntil(() => told().length === 3, wait);
    expect(told()).toMatchObject([
      { slug: 'nusa-karya', deleted: false },
      { slug: 'nusa', previousSlug: 'nusa-karya', deleted: false },
      { slug: 'nusa', deleted: true },
    ]);
    expect(await codeOf(catalog.deleteBrand({ slug: 'nusa' }, admin))).toBe('brand.not_found');
  });
});
