/** A listing of a catalogue product, as far as it matters to which one is featured. */
export interface Offer {
  productId: string;
  /** Of its cheapest variant. */
  price: bigint;
  inStock: boolean;
  /** Of the store, 0 to 100; undefined while there is too little to judge by. */
  score: number | undefined;
}

/** What decided between the featured offer and the one after it. */
export type Reason =
  | 'ONLY_OFFER'
  | 'IN_STOCK'
  | 'GOOD_STANDING'
  | 'LOWEST_PRICE'
  | 'BETTER_SCORE'
  | 'LISTED_FIRST';

/** A store below this is featured only where no other one has the product. */
const goodStanding = 50;

/** By what one offer goes before another, the weightiest first. Ids are in the order of time. */
const criteria: [Reason, (a: Offer, b: Offer) => number][] = [
  ['IN_STOCK', (a, b) => Number(b.inStock) - Number(a.inStock)],
  ['GOOD_STANDING', (a, b) => Number(isGood(b)) - Number(isGood(a))],
  ['LOWEST_PRICE', (a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0)],
  ['BETTER_SCORE', (a, b) => (b.score ?? goodStanding) - (a.score ?? goodStanding)],
  ['LISTED_FIRST', (a, b) => (a.productId < b.productId ? -1 : 1)],
];

/** The offers, the one that is featured first, and why it is that one. */
export function rank<Some extends Offer>(offers: Some[]): { ranked: Some[]; reason: Reason } {
  const ranked = offers.toSorted((a, b) => compare(a, b).order);
  const [first, second] = ranked;
  return { ranked, reason: first && second ? compare(first, second).reason : 'ONLY_OFFER' };
}

function compare(a: Offer, b: Offer): { order: number; reason: Reason } {
  for (const [reason, by] of criteria) {
    const order = by(a, b);
    if (order !== 0) return { order, reason };
  }
  throw new Error('two offers are one');
}

function isGood({ score }: Offer): boolean {
  return score === undefined || score >= goodStanding;
}
