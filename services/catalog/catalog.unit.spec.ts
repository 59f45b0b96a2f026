import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttributeDefinition,
  assertNoCycle,
  attributesOf,
  type Category,
  inTreeOrder,
  missingAttributes,
  ownAttributes,
  pick,
  self,
  slugify,
  slugOf,
} from './catalog.js';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

function category(n: number, parent: number | null, facts: Partial<Category> = {}): Category {
  return {
    ...{ id: id(n), slug: `c${n}`, name: `C${n}`, nameEn: '', position: 0, imageUrl: '', attributes: [] },
    parentId: parent === null ? null : id(parent),
    ...facts,
  };
}

const text = (name: string, facts: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  ...{ name, label: name, labelEn: '', kind: 'TEXT', options: [], required: false },
  ...facts,
});

describe('slugs', () => {
  it.each([
    ['Tas & Koper Pria', 'tas-koper-pria'],
    ['  Crème brûlée!  ', 'creme-brulee'],
    ['ﬁlter № 5', 'filter-no-5'],
    ['日本', ''],
  ])('of %j is %j', (name, slug) => {
    expect(slugify(name)).toBe(slug);
  });

  it('fit the contract, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const slug = slugOf({ slug: '', name }, id(1));
        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(120);
        expect(slugify(slug)).toBe(slug);
      }),
    );
  });

  it('never look like an id', () => {
    expect(slugOf({ slug: '', name: id(7) }, id(1))).not.toBe(id(7));
    expect(() => slugOf({ slug: id(7), name: 'x' }, id(1))).toThrow('must not look like an id');
  });
});

describe('the tree', () => {
  it('lists parents before children and siblings by position, then name', () => {
    const tree = [
      category(1, null, { position: 2 }),
      category(2, null, { position: 1 }),
      category(3, 1, { name: 'Zebra' }),
      category(4, 1, { name: 'Ayam' }),
      category(5, 4),
    ];
    const order = inTreeOrder(tree).map((chain) => chain.map(({ slug }) => slug).join('/'));
    expect(order).toEqual(['c2', 'c1', 'c1/c4', 'c1/c4/c5', 'c1/c3']);
  });

  it('lists every category once, behind its parent, at any depth', () => {
    const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(parents, (seeds) => {
        const tree = seeds.map((seed, n) => category(n, n === 0 || seed % 5 === 0 ? null : seed % n));
        const listed = inTreeOrder(tree).map((chain) => self(chain));
        expect(listed.map((each) => each.id).sort()).toEqual(tree.map((each) => each.id).sort());
        const seen = new Set<string | null>([null]);
        for (const each of listed) {
          expect(seen).toContain(each.parentId);
          seen.add(each.id);
        }
      }),
    );
  });

  it('is as deep as it likes', () => {
    const deep = Array.from({ length: 5000 }, (_, n) => category(n, n === 0 ? null : n - 1));
    expect(inTreeOrder(deep).at(-1)).toHaveLength(5000);
  });

  it('has no circle', () => {
    const [root, child] = [category(1, null), category(2, 1)];
    expect(() => assertNoCycle(root, [root, child])).toThrow('below itself');
    expect(() => assertNoCycle(root, [root])).toThrow('below itself');
    expect(() => assertNoCycle(child, [root])).not.toThrow();
  });
});

describe('attributes', () => {
  const parent = category(1, null, { attributes: [text('bahan'), text('asal')] });

  it('are inherited, and the nearest definition counts', () => {
    const child = category(2, 1, { attributes: [text('bahan', { required: true }), text('ukuran')] });
    expect(attributesOf([parent, child])).toEqual([
      text('bahan', { required: true }),
      text('asal'),
      text('ukuran'),
    ]);
  });

  it('that are sent back as they were inherited do not become own ones', () => {
    const given = [text('bahan'), text('asal', { label: 'Daerah' }), text('ukuran')];
    expect(ownAttributes(given, [parent])).toEqual([text('asal', { label: 'Daerah' }), text('ukuran')]);
  });

  it.each([
    ['two of one name', [text('a'), text('a')], 'attributes[1].name'],
    ['a choice of nothing', [text('a', { kind: 'CHOICE' })], 'attributes[0].options'],
    ['a choice twice', [text('a', { kind: 'CHOICE', options: ['x', 'x'] })], 'attributes[0].options'],
  ])('refuse %s', (_, given, field) => {
    expect(() => ownAttributes(given as AttributeDefinition[], [])).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: `category.${field}` })] }),
    );
  });

  it('that a category lacks are those that neither it nor an ancestor has', () => {
    const draft = { ...category(3, null), parent: '', attributes: [text('asal'), text('rating')] };
    expect(missingAttributes(draft, [parent, category(2, 1)])).toEqual([text('rating')]);
  });
});

describe('finding what is meant', () => {
  const found = [
    category(1, null, { slug: 'sepatu-pria', name: 'Sepatu' }),
    category(2, null, { slug: 'sepatu', name: 'Alas Kaki' }),
  ];

  it('goes by the slug where one is given, and by nothing else', () => {
    expect(pick({ slug: 'sepatu', name: 'Sepatu' }, found)?.id).toBe(id(2));
    expect(pick({ slug: 'tas', name: 'Sepatu' }, found)).toBeUndefined();
  });

  it('takes a name for a slug first', () => {
    expect(pick({ slug: '', name: ' Sepatu ' }, found)?.id).toBe(id(2));
    expect(pick({ slug: '', name: 'alas kaki' }, found)?.id).toBe(id(2));
    expect(pick({ slug: '', name: 'Sepatu Pria' }, found)?.id).toBe(id(1));
  });
});
