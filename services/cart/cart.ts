import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { DomainError } from '@pasar/platform/errors';
import { add, equals, type Money, money, times } from '@pasar/platform/money';

export const maxQuantity = 999;
export const maxLines = 200;

/** A line as it is stored, with what the customer was last shown. */
export interface StoredLine {
  variantId: string;
  quantity: number;
  selected: boolean;
  seenPrice: Money | undefined;
  /** Whether there was enough of it. */
  seenAvailable: boolean;
}

/** A variant as it is now; undefined when it is no longer sold. */
export interface Offer {
  productId: string;
  sellerId: string;
  title: string;
  variantTitle: string;
  imageUrl: string;
  slug: string;
  /** As it is charged now. */
  price: Money;
  flash?: FlashTerms;
  available: bigint;
}

/** While a flash sale makes the price lower. */
export interface FlashTerms {
  regular: Money;
  /** As many are charged the lower price. */
  units: number;
  endsAt: Timestamp | undefined;
}

export interface Line extends StoredLine {
  offer: Offer | undefined;
  purchasable: boolean;
  total: Money | undefined;
}

export type NoticeKind = 'PRICE_CHANGED' | 'SOLD_OUT' | 'INSUFFICIENT_STOCK' | 'NO_LONGER_SOLD';

export interface Notice {
  variantId: string;
  kind: NoticeKind;
  oldPrice?: Money;
  newPrice?: Money;
  available: bigint;
}

export interface CartView {
  lines: Line[];
  groups: { sellerId: string; variantIds: string[]; subtotal: Money | undefined }[];
  total: Money | undefined;
  notices: Notice[];
}

/** A cart as the customer sees it: fresh prices and stock, and what changed since the last look. */
export function viewCart(stored: StoredLine[], offers: Map<string, Offer>): CartView {
  const lines = stored.map((line): Line => {
    const offer = offers.get(line.variantId);
    const purchasable = offer !== undefined && offer.available > 0n;
    return { ...line, offer, purchasable, total: offer && priceOf(offer, line.quantity) };
  });
  const bySeller = Map.groupBy(lines, (line) => line.offer?.sellerId ?? '');
  bySeller.delete('');
  return {
    lines,
    groups: [...bySeller].map(([sellerId, own]) => ({
      sellerId,
      variantIds: own.map((line) => line.variantId),
      subtotal: totalOf(own),
    })),
    total: totalOf(lines),
    notices: lines.flatMap(noticesOf),
  };
}

/** As a checkout charges it: what is beyond a flash sale's units costs what it always does. */
function priceOf({ price, flash }: Offer, quantity: number): Money {
  const reduced = Math.min(quantity, flash?.units ?? quantity);
  return add(times(price, reduced), times(flash?.regular ?? price, quantity - reduced));
}

/** Of the selected lines that can be bought, in the currency of the first of them: a checkout has one. */
function totalOf(lines: Line[]): Money | undefined {
  const totals = lines.flatMap((line) =>
    line.selected && line.purchasable && line.total ? [line.total] : [],
  );
  const currency = totals[0]?.currency;
  if (!currency) return undefined;
  const same = totals.filter((total) => total.currency === currency);
  return money(
    same.reduce((sum, total) => sum + total.amount, 0n),
    currency,
  );
}

/** Shortage is told as long as it lasts, a changed price once. */
function noticesOf({ variantId, quantity, seenPrice, offer }: Line): Notice[] {
  if (!offer) return [{ variantId, kind: 'NO_LONGER_SOLD', available: 0n }];
  const { available, price } = offer;
  const notices: Notice[] = [];
  if (available <= 0n) notices.push({ variantId, kind: 'SOLD_OUT', available });
  else if (available < BigInt(quantity)) notices.push({ variantId, kind: 'INSUFFICIENT_STOCK', available });
  if (seenPrice && !equals(seenPrice, price)) {
    notices.push({ variantId, kind: 'PRICE_CHANGED', oldPrice: seenPrice, newPrice: price, available });
  }
  return notices;
}

export function tooMany(): DomainError {
  return new DomainError('cart.too_many', 'unprocessable', `A line holds ${maxQuantity} units at most.`);
}

export function cartFull(): DomainError {
  return new DomainError('cart.full', 'unprocessable', `A cart holds ${maxLines} lines at most.`);
}
