import { describe, expect, it } from 'vitest';
import { type DemoProduct, demoCatalogue } from './catalogue.js';
import { drawings } from './drawings.js';
import { illustrate, illustrateCategory, storeBanner, storeLogo, viewsOf } from './illustration.js';

const { categories, brands, sellers, products } = demoCatalogue();
const categoryOf = new Map(categories.map((category) => [category.slug, category]));
const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const repeated = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i);

describe('the demo catalogue', () => {
  it('is a whole market', () => {
    expect(categories.filter(({ parent }) => parent === '')).toHaveLength(12);
    expect(sellers).toHaveLength(30);
    expect(brands.length).toBeGreaterThanOrEqual(40);
    expect(products.length).toBeGreaterThanOrEqual(590);
    expect(products.length).toBeLessThanOrEqual(620);
    expect(new Set(products.map(({ picture }) => picture.drawing)).size).toBeGreaterThanOrEqual(45);
    expect(new Set(sellers.map(({ province }) => province)).size).toBeGreaterThanOrEqual(15);
  });

  it('is the same at every call', () => {
    expect(demoCatalogue()).toEqual(demoCatalogue());
    expect(JSON.stringify(demoCatalogue())).toBe(JSON.stringify({ categories, brands, sellers, products }));
  });

  it('names everything once, fit for a path', () => {
    for (const things of [categories, brands, sellers, products]) {
      const slugs = things.map(({ slug }) => slug);
      expect(repeated(slugs)).toEqual([]);
      expect(slugs.filter((slug) => !slugPattern.test(slug) || slug.length > 120)).toEqual([]);
    }
    expect(repeated(products.map(({ title }) => title))).toEqual([]);
    expect(repeated(products.map(({ titleEn }) => titleEn))).toEqual([]);
    const skus = products.flatMap(({ variants }) => variants.map(({ sku }) => sku));
    expect(repeated(skus)).toEqual([]);
    expect(skus.filter((sku) => !/^[A-Z0-9-]{8,64}$/.test(sku))).toEqual([]);
  });

  it('hangs together: what is referred to exists and is used', () => {
    const used = {
      categories: new Set(products.map(({ category }) => category)),
      brands: new Set(products.map(({ brand }) => brand).filter(Boolean)),
      sellers: new Set(products.map(({ seller }) => seller)),
    };
    const leaves = categories.filter(({ parent }) => parent !== '');
    expect([...used.categories].sort()).toEqual(leaves.map(({ slug }) => slug).sort());
    expect([...used.brands].sort()).toEqual(brands.map(({ slug }) => slug).sort());
    expect([...used.sellers].sort()).toEqual(sellers.map(({ slug }) => slug).sort());
    expect(leaves.filter(({ parent }) => categoryOf.get(parent)?.parent !== '')).toEqual([]);
    expect(products.map(({ createdOrder }) => createdOrder)).toEqual(products.map((_, i) => i + 1));
  });

  it('puts parents before children, siblings in their order', () => {
    const seen = new Map<string, number>([['', -1]]);
    const next = new Map<string, number>();
    for (const { slug, parent, position } of categories) {
      expect(seen.has(parent), slug).toBe(true);
      expect(position, slug).toBe(next.get(parent) ?? 0);
      next.set(parent, position + 1);
      seen.set(slug, position);
    }
  });
});

describe('every product', () => {
  it('speaks both languages, in whole sentences', () => {
    for (const product of products) {
      const { slug, title, titleEn, description, descriptionEn, options } = product;
      for (const text of [title, titleEn, description, descriptionEn]) {
        expect(text, slug).not.toMatch(/[{}]|undefined|^\s|\s$|\s\s/);
      }
      expect(title.length, slug).toBeLessThanOrEqual(200);
      for (const text of [description, descriptionEn]) {
        const sentences = text.split(/(?<=[.?!]) /);
        expect(sentences.length, slug).toBeGreaterThanOrEqual(2);
        expect(sentences.length, slug).toBeLessThanOrEqual(6);
        expect(
          sentences.filter((sentence) => !/^[\p{Lu}\d].*[.?!]$/u.test(sentence)),
          slug,
        ).toEqual([]);
      }
      for (const { name, nameEn, values, valuesEn } of options) {
        expect([name, nameEn, ...values, ...valuesEn], slug).not.toContain('');
        expect(valuesEn, slug).toHaveLength(values.length);
      }
    }
  });

  it('is made by brands and sold by stores that introduce themselves in both languages', () => {
    const texts = [
      ...brands.flatMap(({ name, description, descriptionEn }) => [name, description, descriptionEn]),
      ...categories.flatMap(({ name, nameEn }) => [name, nameEn]),
      ...sellers.flatMap(({ name, city, province, ...store }) => [
        name,
        city,
        province,
        store.description,
        store.descriptionEn,
        store.story,
        store.storyEn,
      ]),
    ];
    expect(texts.filter((text) => text.trim() === '' || text !== text.trim())).toEqual([]);
  });

  it('has the attributes of its category, with values that fit them', () => {
    expect(products.flatMap(unfitAttributes)).toEqual([]);
  });

  it('has one variant for every choice', () => {
    for (const { slug, options, variants } of products) {
      const choices = options.reduce((count, { values }) => count * values.length, 1);
      expect(variants.length, slug).toBe(choices);
      expect(repeated(variants.map(({ optionValues }) => optionValues.join('\n'))), slug).toEqual([]);
      for (const { optionValues } of variants) {
        expect(optionValues, slug).toHaveLength(options.length);
        optionValues.forEach((value, i) => {
          expect(options[i]?.values, slug).toContain(value);
        });
      }
      expect(repeated(options.flatMap(({ values }) => [...values])), slug).toEqual([]);
    }
  });

  it('costs, weighs and measures what a thing can', () => {
    const whole = (value: number, most: number) => Number.isInteger(value) && value > 0 && value <= most;
    const wrong = products.flatMap(({ variants }) =>
      variants.filter(
        ({ price, compareAtPrice, weightGrams, lengthMm, widthMm, heightMm, stock }) =>
          !whole(price, 10_000_000_00) ||
          // Whole rupiah, ending in 500 or 000.
          price % 500_00 !== 0 ||
          (compareAtPrice !== undefined &&
            !(whole(compareAtPrice, 20_000_000_00) && compareAtPrice > price)) ||
          !whole(weightGrams, 60_000) ||
          ![lengthMm, widthMm, heightMm].every((size) => whole(size, 2_500)) ||
          !(stock === 0 || whole(stock, 200)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('is in stock, but for a few that are scarce or sold out', () => {
    const stock = products.flatMap(({ variants }) => variants.map((variant) => variant.stock));
    const share = (test: (units: number) => boolean) => stock.filter(test).length / stock.length;
    expect(share((units) => units === 0)).toBeGreaterThan(0.01);
    expect(share((units) => units >= 1 && units <= 5)).toBeGreaterThan(0.03);
    expect(share((units) => units >= 10)).toBeGreaterThan(0.8);
    expect(
      products.filter(({ variants }) => variants.every((variant) => variant.stock === 0)).length,
    ).toBeLessThan(20);
  });
});

describe('every picture', () => {
  it.each(Object.keys(drawings))('of a %s is well-formed in every colour', (drawing) => {
    const shown = products.filter(({ picture }) => picture.drawing === drawing);
    expect(shown).not.toEqual([]);
    for (const product of shown) {
      for (let view = 0; view < viewsOf(product) + 1; view++) expectPicture(illustrate(product, view));
    }
  });

  it('is the same at every call, and another for another colour', () => {
    const [product] = products.filter(({ picture }) => picture.colours.length > 2) as [DemoProduct];
    expect(illustrate(product, 1)).toBe(illustrate(product, 1));
    expect(new Set([0, 1, 2].map((view) => illustrate(product, view))).size).toBe(3);
  });

  it('keeps its ids apart from those of other pictures, so that many can stand in one page', () => {
    const ids = products
      .slice(0, 80)
      .flatMap((product) => [...illustrate(product).matchAll(/ id="([^"]+)"/g)]);
    expect(repeated(ids.map(([, id]) => id as string))).toEqual([]);
  });

  it('takes any title and label for text', () => {
    const [product] = products.filter(({ picture }) => picture.drawing === 'coffee-bag') as [DemoProduct];
    const hostile = `"'><script>alert(1)</script>&amp;]]>`;
    const picture = illustrate({
      ...product,
      title: hostile,
      picture: { ...product.picture, label: hostile },
    });
    expectPicture(picture);
    expect(picture).toContain('&lt;script&gt;');
  });

  it('of categories and stores is well-formed too', () => {
    for (const { slug } of categories) expectPicture(illustrateCategory(slug));
    for (const { slug } of sellers) {
      expectPicture(storeBanner(slug));
      expectPicture(storeLogo(slug));
    }
    expect(() => illustrateCategory('tidak-ada')).toThrow('tidak-ada');
    expect(() => storeBanner('tidak-ada')).toThrow('tidak-ada');
    expect(() => storeLogo('tidak-ada')).toThrow('tidak-ada');
  });
});

function unfitAttributes({ slug, category, attributes }: DemoProduct): string[] {
  const leaf = categoryOf.get(category);
  const known = [...(leaf?.attributes ?? []), ...(categoryOf.get(leaf?.parent ?? '')?.attributes ?? [])];
  const fits = {
    TEXT: (value: string) => value.trim() !== '',
    NUMBER: (value: string) => /^\d+$/.test(value),
    BOOLEAN: (value: string) => value === 'true' || value === 'false',
  };
  const missing = known.filter(({ name, required }) => required && !attributes[name]).map(({ name }) => name);
  const unfit = Object.entries(attributes).filter(([name, value]) => {
    const definition = known.find((one) => one.name === name);
    if (!definition) return true;
    return definition.kind === 'CHOICE' ? !definition.options.includes(value) : !fits[definition.kind](value);
  });
  return [
    ...missing.map((name) => `${slug}: no ${name}`),
    ...unfit.map((pair) => `${slug}: ${pair.join('=')}`),
  ];
}

/** A small SVG document: well-formed, drawn wholly by itself, every reference inside it resolved. */
function expectPicture(svg: string): void {
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
  expect(misformed(svg)).toBe('');
  expect(
    svg.match(/<(script|style|foreignObject|image|use|a)\b|\b(href|on\w+)=|url\((?!#)/i)?.[0],
  ).toBeUndefined();
  expect(svg.match(/\b(undefined|NaN|null)\b|\[object/)?.[0]).toBeUndefined();
  expect(svg.length).toBeLessThan(6_000);
  const ids = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids, id).toContain(id);
}

/** What is wrong with an XML document of elements, double-quoted attributes and text; empty when nothing is. */
function misformed(xml: string): string {
  const open: string[] = [];
  const token =
    /<(?<close>\/)?(?<name>[A-Za-z]+)(?<attributes>(?:\s+[A-Za-z][A-Za-z-]*="[^"<&]*")*)\s*(?<empty>\/)?>|(?<text>(?:[^<&]|&(?:amp|lt|gt|quot|#39);)+)/y;
  let end = 0;
  for (let match = token.exec(xml); match; match = token.exec(xml)) {
    end = token.lastIndex;
    const { close, name, attributes = '', empty, text } = match.groups ?? {};
    const names = [...attributes.matchAll(/([A-Za-z-]+)="/g)].map(([, attribute]) => attribute as string);
    if (repeated(names).length > 0) return `attribute twice in ${match[0]}`;
    if (text !== undefined) {
      if (open.length === 0) return `text outside the root: ${text}`;
    } else if (close) {
      if (open.pop() !== name) return `</${name}> closes nothing at ${end}`;
    } else if (!empty) {
      open.push(name as string);
    }
  }
  if (end !== xml.length) return `not markup: ${xml.slice(end, end + 60)}`;
  return open.length > 0 ? `left open: ${open.join(' ')}` : '';
}
