import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** A product of the file. */
export interface RealProduct {
  title: string;
  category: string;
  city: string;
  /** Rupiah. */
  price: number;
}

export interface GrownProduct extends RealProduct {
  id: string;
  color: string;
  /** By their number. */
  brand: number;
  seller: number;
  inStock: boolean;
}

/** The distinct products of PRDECT-ID. */
export function readRealProducts(path: string): RealProduct[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(path)), {
    columns: true,
    relax_quotes: true,
  });
  const products = new Map<string, RealProduct>();
  for (const {
    'Product Name': title = '',
    Category: category = '',
    Location: city = '',
    Price: price = '',
  } of rows) {
    if (!products.has(normalise(title))) {
      products.set(normalise(title), { title, category, city, price: Number(price) });
    }
  }
  return [...products.values()];
}

export function normalise(title: string): string {
  return (
    title
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}

/** Mulberry32 (T. Ettinger): small, and the same every time. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

const colors =
  'Hitam Putih Merah Biru Hijau Kuning Abu Coklat Ungu Pink Navy Maroon Krem Tosca Emas Perak'.split(' ');
const additions = [
  ...'Premium Original Terbaru Murah Import Lokal Mini Jumbo Besar Kecil Tebal Tipis Anak Dewasa Pria Wanita'.split(
    ' ',
  ),
  ...'Grosir Garansi Bonus Set Paket Isi2 Isi3 Isi5 Promo Ready Stock Pro Max Plus Lite Super Ultra V2 V3'.split(
    ' ',
  ),
  ...'Katun Kulit Kayu Plastik Besi Kaca Rotan Silikon Aluminium Stainless S M L XL XXL'.split(' '),
];
export const sellers = 10_000;
export const brands = 2_000;

/**
 * A catalogue of any size from real products: the first ones are as they are, the others are variations that other
 * stores would sell, with words added, left out, or taken from another product of the category; now and then with a
 * model number of their own.
 */
export class Catalogue {
  readonly #byCategory: Map<string, RealProduct[]>;

  constructor(
    readonly real: RealProduct[],
    readonly size: number,
  ) {
    this.#byCategory = Map.groupBy(real, ({ category }) => category);
  }

  /** The product of a number from 0 on, the same every time. */
  product(n: number): GrownProduct {
    const dice = new Dice(n * 7919 + 1);
    const origin = this.real[n % this.real.length] as RealProduct;
    const color = dice.pick(colors);
    return {
      ...origin,
      title: n < this.real.length ? origin.title : this.#vary(origin, dice, color),
      price: Math.max(1_000, Math.round((origin.price * (0.5 + dice.next())) / 500) * 500),
      ...{ id: idOf(n, dice), color, brand: dice.below(brands), seller: dice.below(sellers) },
      inStock: dice.next() < 0.95,
    };
  }

  #vary(origin: RealProduct, dice: Dice, color: string): string {
    const words = origin.title.split(/\s+/).filter(Boolean);
    if (words.length > 4 && dice.next() < 0.5) words.splice(dice.below(words.length), 1);
    if (dice.next() < 0.4) {
      const other = dice.pick(this.#byCategory.get(origin.category) ?? [origin]).title.split(/\s+/);
      words[dice.below(words.length)] = dice.pick(other);
    }
    for (let count = 1 + dice.below(3); count > 0; count--)
      words.splice(dice.below(words.length + 1), 0, dice.pick(additions));
    words.push(color);
    if (dice.next() < 0.1)
      words.push(`${String.fromCharCode(65 + dice.below(26))}${100 + dice.below(9_900)}`);
    return words.join(' ').slice(0, 200);
  }
}

/** A UUIDv7: in order of the numbers, and random at its end. */
function idOf(n: number, dice: Dice): string {
  const time = (Date.UTC(2026, 0, 1) + n * 1_000).toString(16).padStart(12, '0');
  const random = () => dice.below(0x1_0000).toString(16).padStart(4, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random().slice(1)}-8${random().slice(1)}-${random()}${random()}${random()}`;
}

export type QueryKind = 'as is' | 'two words' | 'one typo' | 'prefix';
export const queryKinds: QueryKind[] = ['as is', 'two words', 'one typo', 'prefix'];

/** A query that somebody who looks for the product might type. */
export function queryFor(kind: QueryKind, { title }: RealProduct, dice: Dice): string {
  const words = normalise(title).split(' ');
  if (kind === 'as is') return title.slice(0, 200);
  if (kind === 'prefix') return title.slice(0, Math.max(6, Math.round(title.length * 0.6)));
  if (kind === 'two words') {
    const telling = words.filter((word) => word.length > 2);
    const first = dice.pick(telling.length > 0 ? telling : words);
    const others = telling.filter((word) => word !== first);
    return others.length > 0 ? `${first} ${dice.pick(others)}` : first;
  }
  // In a word that can be recognised at all: four letters or more.
  const places = words.flatMap((word, index) => (/^\p{L}{4,}$/u.test(word) ? [index] : []));
  if (places.length === 0) return title;
  const place = dice.pick(places);
  words[place] = misspell(words[place] as string, dice);
  return words.join(' ').slice(0, 200);
}

function misspell(word: string, dice: Dice): string {
  const letter = String.fromCharCode(97 + dice.below(26));
  const at = dice.below(word.length);
  const next = Math.min(at, word.length - 2);
  const wrong = dice.pick([
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at + 1),
    word.slice(0, next) + word[next + 1] + word[next] + word.slice(next + 2),
  ]);
  return wrong === word ? misspell(word, dice) : wrong;
}
