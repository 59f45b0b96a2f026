import { brands, type DemoBrand } from './brands.js';
import { categories, type DemoCategory } from './categories.js';
import { type Colour, colours } from './colours.js';
import type { DrawingName } from './drawings.js';
import { families } from './families.js';
import type { Attributes, Axis, AxisValue, Family, Line, Style, Text } from './family.js';
import type { Motif } from './motifs.js';
import { hash, type Random, random } from './random.js';
import { type DemoSeller, sellers } from './sellers.js';

/** Everything a new market opens with; references are slugs. */
export interface DemoCatalogue {
  categories: readonly DemoCategory[];
  brands: readonly DemoBrand[];
  sellers: readonly DemoSeller[];
  /** In the order in which they are created, oldest first. */
  products: readonly DemoProduct[];
}

export interface DemoProduct {
  slug: string;
  title: string;
  titleEn: string;
  /** Two to four sentences. */
  description: string;
  descriptionEn: string;
  /** Slug of a sub-category. */
  category: string;
  /** Slug of a brand; empty for none. */
  brand: string;
  /** Slug of a store. */
  seller: string;
  attributes: Attributes;
  options: readonly DemoOption[];
  variants: readonly DemoVariant[];
  /** What `illustrate` draws. */
  picture: Picture;
  /** 1 for the first product of the market. */
  createdOrder: number;
}

export interface DemoOption {
  name: string;
  nameEn: string;
  values: readonly string[];
  /** The values in English, in the same order. */
  valuesEn: readonly string[];
}

export interface DemoVariant {
  sku: string;
  /** The option values joined by ` / `; `Standar` when there is nothing to choose. */
  title: string;
  /** In the order of the product's options. */
  optionValues: readonly string[];
  /** Price in sen, the minor unit of IDR: Rp 53.500 is 5350000. */
  price: number;
  /** The struck-through price in sen, above `price`. */
  compareAtPrice?: number;
  weightGrams: number;
  lengthMm: number;
  widthMm: number;
  heightMm: number;
  /** Units on hand on the first day. */
  stock: number;
}

export interface Picture {
  drawing: DrawingName;
  /** sRGB values, one for each colour the product comes in; at least one. */
  colours: readonly string[];
  motif: Motif;
  /** A word for the label of whatever has one. */
  label: string;
}

const brandNames = new Map(brands.map((brand) => [brand.slug, brand.name]));

/** The demo market. The same at every call and on every machine. */
export function demoCatalogue(): DemoCatalogue {
  const products = families
    .flatMap(productsOf)
    // By a hash, so that the newest products of a young market come from all of its categories.
    .sort((a, b) => hash(a.slug) - hash(b.slug) || (a.slug < b.slug ? -1 : 1))
    .map((product, index) => ({ ...product, createdOrder: index + 1 }));
  return { categories, brands, sellers, products };
}

type Uncreated = Omit<DemoProduct, 'createdOrder'>;

function productsOf(family: Family): Uncreated[] {
  return family.lines.flatMap((line, row) =>
    family.styles.map((style, column) => product(family, line, style, row * family.styles.length + column)),
  );
}

function product(family: Family, line: Line, style: Style, index: number): Uncreated {
  const title = filled(line.title[0], style.name[0]);
  const slug = slugOf(title);
  // Seeded by the product itself: adding a family leaves every other product as it was.
  const rng = random(slug);
  const axes = (line.axes ?? family.axes ?? []).map((axis) => ({ ...axis, values: offered(axis, index) }));
  const brand = style.brand ?? line.brand ?? turn(family.brands, index);
  const [description, descriptionEn] = described(family, line, style, rng);
  return {
    slug,
    title,
    titleEn: filled(line.title[1], style.name[1]),
    description,
    descriptionEn,
    category: family.category,
    brand,
    seller: style.seller ?? line.seller ?? turn(family.sellers, index),
    attributes: { ...family.attributes, ...line.attributes, ...style.attributes },
    options: axes.map(({ name, values }) => ({
      name: name[0],
      nameEn: name[1],
      values: values.map(({ value }) => value[0]),
      valuesEn: values.map(({ value }) => value[1]),
    })),
    variants: variantsOf(slug, line, style, axes, rng),
    picture: {
      drawing: style.drawing ?? line.drawing ?? family.drawing,
      colours: coloursOf(axes, style.tint ?? line.tint),
      motif: style.motif ?? 'polos',
      label: style.label ?? brandNames.get(brand) ?? '',
    },
  };
}

const turn = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;

const filled = (template: string, style: string): string => template.replace('{style}', style);

/** Lower-case ASCII words joined by hyphens. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/(\d)[.,](\d)/g, '$1$2')
    .replace(/%/g, ' persen')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The values of an axis that the product at this place of its family comes in. */
function offered(axis: Axis, index: number): AxisValue[] {
  const { values, take } = axis;
  return take === undefined ? [...values] : Array.from({ length: take }, (_, i) => turn(values, index + i));
}

function described(family: Family, line: Line, style: Style, rng: Random): Text {
  const first = rng.between(0, family.closings.length - 1);
  const second = (first + 1) % family.closings.length;
  const texts = [line.about, style.about, family.closings[first] as Text];
  if (rng.next() < 0.4) texts.push(family.closings[second] as Text);
  return [texts.map(([id]) => id).join(' '), texts.map(([, en]) => en).join(' ')];
}

function coloursOf(axes: readonly Axis[], tint: Colour | undefined): string[] {
  const named = axes.flatMap(({ values }) => values.flatMap(({ colour }) => (colour ? [colour] : [])));
  return (named.length > 0 ? named : [tint ?? 'Krem']).map((name) => colours[name as Colour].hex);
}

function variantsOf(
  slug: string,
  line: Line,
  style: Style,
  axes: readonly { values: AxisValue[] }[],
  rng: Random,
): DemoVariant[] {
  const initials = slug
    .split('-')
    .map((word) => word[0])
    .join('')
    .slice(0, 4)
    .toUpperCase();
  const code = hash(slug).toString(36).toUpperCase().padStart(7, '0').slice(-6);
  const basePrice = line.price * (style.priceFactor ?? 1) * (0.95 + 0.1 * rng.next());
  const discount = rng.next() < 0.25 ? 1 + rng.between(10, 35) / 100 : undefined;
  const [lengthMm, widthMm, heightMm] = line.box;
  const combinations = axes.reduce<AxisValue[][]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
  return combinations.map((values, index) => {
    const priceFactor = values.reduce((factor, value) => factor * value.priceFactor, 1);
    const weightFactor = values.reduce((factor, value) => factor * value.weightFactor, 1);
    // A parcel of more of the same grows in all three directions.
    const stretch = Math.cbrt(weightFactor);
    const price = shopPrice(basePrice * priceFactor);
    return {
      sku: `${initials}-${code}-${String(index + 1).padStart(2, '0')}`,
      title: values.map(({ value }) => value[0]).join(' / ') || 'Standar',
      optionValues: values.map(({ value }) => value[0]),
      price,
      ...(discount && { compareAtPrice: shopPrice((price / 100) * discount) }),
      weightGrams: Math.round(line.grams * weightFactor),
      lengthMm: Math.round(lengthMm * stretch),
      widthMm: Math.round(widthMm * stretch),
      heightMm: Math.round(heightMm * stretch),
      stock: firstStock(price, rng),
    };
  });
}

/** A price a shop would write, in sen: rounded to Rp 500, from Rp 100.000 to 1.000 and from 500.000 to 5.000. */
function shopPrice(rupiah: number): number {
  const step = rupiah < 100_000 ? 500 : rupiah < 500_000 ? 1_000 : 5_000;
  return Math.round(rupiah / step) * step * 100;
}

/** Mostly 10 to 200, fewer of what is dear; sometimes the last few, now and then none. */
function firstStock(price: number, rng: Random): number {
  const roll = rng.next();
  if (roll < 0.03) return 0;
  if (roll < 0.1) return rng.between(1, 5);
  return rng.between(10, price >= 400_000_00 ? 40 : 200);
}
