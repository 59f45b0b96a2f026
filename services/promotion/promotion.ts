import { DomainError, invalidField } from '@pasar/platform/errors';

/** Who pays for a discount: the platform for its own promotions, a seller for those of the store. */
export type Bearer = 'PLATFORM' | 'SELLER';

export type Kind = 'PERCENTAGE' | 'FIXED' | 'FREE_SHIPPING' | 'CASHBACK' | 'BUY_X_GET_Y' | 'BUNDLE';

/** What a promotion gives. Which of the numbers count depends on the kind; those that do not are zero. */
export interface Benefit {
  kind: Kind;
  /** PERCENTAGE, CASHBACK, BUY_X_GET_Y: hundredths of a per cent. */
  basisPoints: number;
  /** FIXED: what it takes off. CASHBACK without basis points: what it gives. BUNDLE: the price of a set. */
  amount: bigint;
  /** At most so much for one checkout; no limit when zero. */
  cap: bigint;
  /** BUY_X_GET_Y: of each `buy` + `get` units the cheapest `get` are reduced. */
  buy: number;
  get: number;
  /** BUY_X_GET_Y: the reduced units are these, and come on top of those that are bought. */
  getProductIds: string[];
  /** BUNDLE: one set. */
  items: { variantId: string; quantity: number }[];
  /** BUY_X_GET_Y, BUNDLE: how often in one checkout; no limit when zero. */
  maxTimes: number;
}

/** Whom a promotion is for, by how many confirmed orders they have. */
export type Segment = 'EVERYONE' | 'FIRST_ORDER' | 'RETURNING' | 'LOYAL';

/** A voucher, or an automatic campaign, which has no code. */
export interface Promotion {
  id: string;
  /** Null for the platform's. */
  sellerId: string | null;
  /** In capital letters; null for a campaign. */
  code: string | null;
  name: string;
  description: string;
  benefit: Benefit;
  /** Null where no amount is named: good in every currency. */
  currency: string | null;
  minSpend: bigint;
  /** Of these or anything below them; of any when there are none, as with products. */
  categoryIds: string[];
  productIds: string[];
  segment: Segment;
  stackable: boolean;
  startsAt: Date;
  endsAt: Date;
  /** Ended before its time. */
  endedAt: Date | null;
  /** Null: no limit. */
  quota: number | null;
  perCustomer: number | null;
  /** A voucher that is shown to everybody; others have to know the code. */
  listed: boolean;
}

/** Why a voucher does not count. */
export type Refusal =
  | 'UNKNOWN'
  | 'NOT_STARTED'
  | 'ENDED'
  | 'USED_UP'
  | 'LIMIT_REACHED'
  | 'NOT_FOR_YOU'
  | 'OTHER_CURRENCY'
  | 'NO_MATCHING_ITEMS'
  | 'MINIMUM_SPEND'
  | 'NOT_COMBINABLE'
  | 'NOTHING_TO_REDUCE'
  | 'SIGN_IN';

/** What has to be known of the world to tell whether somebody may use a promotion. */
export interface UseFacts {
  now: Date;
  /** How often it was used, by anybody and by this customer. */
  used: number;
  usedByCustomer: number;
  /** Confirmed orders of the customer; asked for only where the segment depends on it. */
  orders: number;
  /** Nobody knows who asks. */
  guest?: boolean;
}

/** A limited promotion is counted where it is used; of a campaign without limits nobody keeps count. */
export function isCounted({ code, quota, perCustomer }: Promotion): boolean {
  return code !== null || quota !== null || perCustomer !== null;
}

export function bearerOf({ sellerId }: Pick<Promotion, 'sellerId'>): Bearer {
  return sellerId === null ? 'PLATFORM' : 'SELLER';
}

/** Orders from which on a customer is loyal; nobody needs to count further. */
export const loyalOrders = 5;

export function isInSegment(segment: Segment, orders: number): boolean {
  switch (segment) {
    case 'EVERYONE':
      return true;
    case 'FIRST_ORDER':
      return orders === 0;
    case 'RETURNING':
      return orders > 0;
    case 'LOYAL':
      return orders >= loyalOrders;
  }
}

/** Whether the promotion runs, before anything is known of who asks. */
export function timeRefusal(
  { startsAt, endsAt, endedAt }: Pick<Promotion, 'startsAt' | 'endsAt' | 'endedAt'>,
  now: Date,
): Refusal | undefined {
  if (endedAt !== null || endsAt <= now) return 'ENDED';
  return startsAt > now ? 'NOT_STARTED' : undefined;
}

/** What stands against the use of a promotion, whatever is bought; undefined when nothing does. */
export function refusalOf(promotion: Promotion, facts: UseFacts): Refusal | undefined {
  const { quota, perCustomer, segment } = promotion;
  const closed = timeRefusal(promotion, facts.now);
  if (closed) return closed;
  if (quota !== null && facts.used >= quota) return 'USED_UP';
  if (facts.guest && (perCustomer !== null || segment !== 'EVERYONE')) return 'SIGN_IN';
  if (perCustomer !== null && facts.usedByCustomer >= perCustomer) return 'LIMIT_REACHED';
  return isInSegment(segment, facts.orders) ? undefined : 'NOT_FOR_YOU';
}

/** What its owner may change later; what a promotion gives, and for what, stays as buyers were told. */
export interface Terms {
  name: string;
  description: string;
  startsAt: Date;
  endsAt: Date;
  quota: number | null;
  perCustomer: number | null;
  listed: boolean;
}

const longest = 366 * 86_400_000;

/** @throws DomainError `request.invalid` */
export function requireTerms(terms: Pick<Terms, 'name' | 'startsAt' | 'endsAt'>, now: Date): void {
  if (terms.name.trim().length < 3) throw invalidField('name', 'must have three letters or more');
  if (!(terms.startsAt < terms.endsAt)) throw invalidField('endsAt', 'must be after startsAt');
  if (terms.endsAt <= now) throw invalidField('endsAt', 'must be in the future');
  if (terms.endsAt.getTime() - terms.startsAt.getTime() > longest) {
    throw invalidField('endsAt', 'must be within a year of startsAt');
  }
}

/** A benefit that gives something, and makes sense in one basket. @throws DomainError `request.invalid` */
export function requireBenefit(benefit: Benefit): void {
  const { kind, amount, cap, basisPoints, items } = benefit;
  if (amount < 0n || cap < 0n) throw invalidField('benefit', 'amounts must not be negative');
  if (kind === 'FIXED' && amount === 0n) throw invalidField('benefit.fixed.amount', 'must be more than zero');
  if (kind === 'CASHBACK' && basisPoints > 0 === amount > 0n) {
    throw invalidField('benefit.cashback', 'needs either basisPoints or an amount');
  }
  if (kind !== 'BUNDLE') return;
  if (new Set(items.map(({ variantId }) => variantId)).size < items.length) {
    throw invalidField('benefit.bundle.items', 'must name a variant once');
  }
  if (items.reduce((units, { quantity }) => units + quantity, 0) < 2) {
    throw invalidField('benefit.bundle.items', 'must have two units or more');
  }
}

/** The one currency of all amounts; null when there are none. @throws DomainError `request.invalid` */
export function commonCurrency(currencies: (string | undefined)[]): string | null {
  const named = new Set(currencies.filter((currency) => currency !== undefined));
  if (named.size > 1) throw invalidField('benefit', 'amounts must share one currency');
  return [...named][0] ?? null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isId(text: string | undefined): boolean {
  return text !== undefined && uuid.test(text);
}

export function notRedeemable(uses: { promotionId: string; id: string; refusal: Refusal }[]): DomainError {
  return new DomainError('promotion.not_redeemable', 'conflict', 'A discount cannot be had any more.', {
    details: { uses: uses.map(({ promotionId, refusal }) => ({ promotionId, refusal })) },
  });
}

export function codeTaken(): DomainError {
  return new DomainError('promotion.code_taken', 'conflict', 'This code is taken.');
}

export function quotaBelowUsed(): DomainError {
  return new DomainError('promotion.quota_below_used', 'conflict', 'More than this has been used already.');
}

export function tooMany(limit: number): DomainError {
  return new DomainError('promotion.too_many', 'conflict', `No more than ${limit} can run at once.`, {
    details: { limit },
  });
}

export function hasEnded(): DomainError {
  return new DomainError('promotion.ended', 'conflict', 'This has ended.');
}
