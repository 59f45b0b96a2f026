import type { DemoCatalogue, DemoProduct } from './catalogue.js';
import { type Random, random } from './random.js';
import {
  byCategory,
  bySubcategory,
  closings,
  deliveredBadly,
  deliveredWell,
  firstNames,
  lastNames,
  openings,
  repliesToComplaints,
  repliesToPraise,
  type Words,
} from './review-words.js';

export interface DemoReview {
  /** Tells it apart from all others. */
  key: string;
  /** Slug of the product, and SKU of what was bought. */
  product: string;
  sku: string;
  authorName: string;
  anonymous: boolean;
  stars: number;
  /** Empty for one who gave stars only. */
  text: string;
  /** Of the store; empty for none. */
  reply: string;
  /** How long before the market opened. */
  hoursAgo: number;
}

const monthsOfHours = 9 * 30 * 24;

/** What buyers said of the demo market's products. The same at every call and on every machine. */
export function demoReviews({
  products,
  categories,
}: Pick<DemoCatalogue, 'products' | 'categories'>): DemoReview[] {
  const parents = new Map(categories.map(({ slug, parent }) => [slug, parent]));
  return products.flatMap((product) => {
    const words = byCategory[parents.get(product.category) ?? ''];
    const own = bySubcategory[product.category];
    if (!words || !own) throw new Error(`nobody knows what to say of ${product.category}`);
    return reviewsOf(product, { good: [...own, ...words.good], bad: words.bad });
  });
}

function reviewsOf(product: DemoProduct, words: Words): DemoReview[] {
  // Seeded by the product itself: adding one leaves the reviews of all others as they are.
  const rng = random(`reviews of ${product.slug}`);
  const quality = 0.55 + 0.43 * Math.sqrt(rng.next());
  const said = new Set<string>();
  return Array.from({ length: countFor(rng) }, (_, index) => {
    const stars = starsFor(quality, rng);
    const text = rng.next() < 0.15 ? '' : wordsFor(stars, words, rng);
    const isNew = !said.has(text);
    said.add(text);
    return {
      key: `demo:${product.slug}:${index + 1}`,
      product: product.slug,
      sku: rng.pick(product.variants).sku,
      authorName: `${rng.pick(firstNames)} ${rng.pick(lastNames)}`.trim(),
      anonymous: rng.next() < 0.2,
      stars,
      text: isNew ? text : '',
      reply: replyTo(stars, rng),
      hoursAgo: rng.between(30, monthsOfHours),
    };
  });
}

/** Most things have a few reviews, some have none, and what everybody buys has dozens. */
function countFor(rng: Random): number {
  const roll = rng.next();
  if (roll < 0.12) return 0;
  if (roll < 0.65) return rng.between(1, 6);
  if (roll < 0.93) return rng.between(7, 15);
  return rng.between(16, 36);
}

function starsFor(quality: number, rng: Random): number {
  const roll = rng.next();
  if (roll < quality * 0.74) return 5;
  if (roll < quality * 0.98) return 4;
  const rest = rng.next();
  return rest < 0.55 ? 3 : rest < 0.8 ? 2 : 1;
}

function wordsFor(stars: number, { good, bad }: Words, rng: Random): string {
  const sentences = [rng.pick(openings[stars - 1] ?? [])];
  if (stars >= 4) {
    const first = rng.between(0, good.length - 1);
    sentences.push(good[first] as string);
    if (rng.next() < 0.35) sentences.push(good[(first + 2) % good.length] as string);
    if (stars === 4 && rng.next() < 0.5) sentences.push(`Hanya saja: ${lowerFirst(rng.pick(bad))}`);
    else if (rng.next() < 0.5) sentences.push(rng.pick(deliveredWell));
    if (stars === 5 && rng.next() < 0.35) sentences.push(rng.pick(closings));
  } else {
    sentences.push(rng.pick(bad));
    if (stars === 3) sentences.push(`Untungnya ${lowerFirst(rng.pick(good))}`);
    if (rng.next() < 0.4) sentences.push(rng.pick(deliveredBadly));
  }
  return sentences.join(' ');
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function replyTo(stars: number, rng: Random): string {
  if (stars <= 3) return rng.next() < 0.6 ? rng.pick(repliesToComplaints) : '';
  return rng.next() < 0.2 ? rng.pick(repliesToPraise) : '';
}
