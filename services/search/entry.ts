import { readWords, rootsOf } from './text.js';

export interface Flash {
  /** The price otherwise, as decimal text. */
  regular: string;
  endsAt: string;
}

/** What is known of a product before it is indexed. */
export interface Facts {
  id: string;
  slug: string;
  title: string;
  description: string;
  sellerId: string;
  categoryId: string | null;
  brandId: string | null;
  /** Names of brand and categories that it is found by. */
  names: string[];
  attributes: Record<string, string>;
  image: string;
  price: bigint;
  currency: string;
  /** While a flash sale makes the price lower. */
  flash?: Flash;
  variantIds: string[];
  publishedAt: Date;
  inStock: boolean;
}

/** What a hit shows beside what is searched by. */
export interface Card {
  slug: string;
  title: string;
  image: string;
  currency: string;
  flash?: Flash;
}

/** A product as it is written into the index. */
export interface Entry
  extends Omit<Facts, 'description' | 'names' | 'attributes' | 'slug' | 'title' | 'image' | 'flash'> {
  priceBand: number;
  /** Whether it stands for others, and for how many: see `sampleOf`. */
  sample: number;
  /** A tsvector as text. */
  titleVector: string;
  /** Distinct words of the title. */
  titleWords: number;
  /** Words, and roots with a `~` before them. */
  lexemes: string[];
  /** Those that it can be counted and filtered by. */
  attributes: { name: string; value: string }[];
  card: Card;
}

/** Of long texts, what they begin with says what they are about. */
const maxTitleWords = 40;
const maxLexemes = 250;
const maxAttributes = 20;
const maxAttributeValue = 40;

/** Ends of price ranges, in minor units of a currency with two decimals: 1, 2.5, 5 and ten times as much. */
export const priceSteps: bigint[] = Array.from({ length: 9 }, (_, power) => 10n ** BigInt(power + 2)).flatMap(
  (unit) => [unit * 10n, unit * 25n, unit * 50n],
);

export function priceBand(price: bigint): number {
  const band = priceSteps.findIndex((end) => price < end);
  return band < 0 ? priceSteps.length : band;
}

/** As if everybody had this average and so many ratings to begin with: one voice says little (a Bayesian average). */
const priorStars = 3.5;
const priorCount = 5;

/** What ratings say for a product: 0 without any, up to a few hundred, and below 0 for a bad one. */
export function qualityOf(average: number, count: number): number {
  const stars = (average * count + priorStars * priorCount) / (count + priorCount);
  return Math.round((stars - priorStars) * 100 + Math.log10(count + 1) * 50);
}

/** At least 1 for one in sixteen, 2 for one in 64, 3 for one in 256, by chance: the end of a UUIDv7 is random. */
export function sampleOf(id: string): number {
  const end = Number.parseInt(id.slice(-2), 16);
  return [16, 64, 256].filter((rate) => end % rate === 0).length;
}

export function toEntry({ description, names, slug, title, image, flash, ...facts }: Facts): Entry {
  const words = readWords(title);
  const rest = [...names, ...Object.values(facts.attributes), description].flatMap(readWords);
  const lexemes = new Set<string>();
  for (const word of [...words.slice(0, maxTitleWords), ...rest]) {
    if (lexemes.size >= maxLexemes) break;
    lexemes.add(word);
    for (const root of rootsOf(word)) lexemes.add(`~${root}`);
  }
  return {
    ...facts,
    priceBand: priceBand(facts.price),
    sample: sampleOf(facts.id),
    titleVector: toVector(words.slice(0, maxTitleWords)),
    titleWords: new Set(words.slice(0, maxTitleWords)).size,
    lexemes: [...lexemes],
    attributes: Object.entries(facts.attributes)
      .filter(([, value]) => value !== '' && value.length <= maxAttributeValue)
      .slice(0, maxAttributes)
      .map(([name, value]) => ({ name, value })),
    card: { slug, title, image, currency: facts.currency, ...(flash && { flash }) },
  };
}

/** Words and their roots at their places. There is no quote in them, nor anything else that a tsvector would read. */
function toVector(words: string[]): string {
  const places = new Map<string, number[]>();
  const note = (lexeme: string, place: number) => {
    const known = places.get(lexeme);
    if (known) known.push(place);
    else places.set(lexeme, [place]);
  };
  for (const [index, word] of words.entries()) {
    note(word, index + 1);
    for (const root of rootsOf(word)) note(`~${root}`, index + 1);
  }
  const weight = (lexeme: string) => (lexeme.startsWith('~') ? 'B' : 'A');
  return [...places]
    .map(([lexeme, at]) => `'${lexeme}':${at.map((place) => `${place}${weight(lexeme)}`).join(',')}`)
    .join(' ');
}
