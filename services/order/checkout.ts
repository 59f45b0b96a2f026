import { DomainError, invalidField } from '@pasar/platform/errors';
import { equals, type Money, sum, times } from '@pasar/platform/money';
import type { PricedLine, PricedPortion } from './discounts.js';
import {
  type Address,
  type OrderFacts,
  type OrderLine,
  type OrderShipping,
  orderNumber,
  type PaymentMethod,
} from './order.js';

export type CheckoutStatus = 'PENDING' | 'AWAITING_PAYMENT' | 'CONFIRMED' | 'CANCELLED';

/** A variant as the product service tells it at the moment of checkout. */
export interface OfferedVariant {
  id: string;
  productId: string;
  sellerId: string;
  sku: string;
  title: string;
  variantTitle: string;
  imageUrl: string;
  price: Money;
  purchasable: boolean;
  onHoliday?: boolean;
  weightGrams: number;
  lengthMm: number;
  widthMm: number;
  heightMm: number;
  categoryId: string;
}

export interface CheckoutDraft {
  checkoutId: string;
  paymentId: string;
  customerId: string;
  paymentMethod: PaymentMethod;
  useCredit?: true;
  shippingAddress: Address;
  note: string;
  fromCart: boolean;
}

export interface Item {
  variantId: string;
  quantity: number;
}

/** Lines of the same variant as one, in the order in which they were first named. */
export function sumItems(items: Item[]): Item[] {
  const quantities = new Map<string, number>();
  for (const { variantId, quantity } of items) {
    const id = variantId.toLowerCase();
    quantities.set(id, (quantities.get(id) ?? 0) + quantity);
  }
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }));
}

/** What a checkout buys of one seller. */
export interface Portion {
  sellerId: string;
  currency: string;
  lines: { variant: OfferedVariant; quantity: number; total: Money }[];
  itemsTotal: Money;
}

/** A way to send a portion. */
export interface ShippingOption extends Omit<OrderShipping, 'cost'> {
  cost: Money;
}

/** A portion with the ways to send it, and the one that was chosen. */
export interface ShippedPortion extends Portion {
  options: ShippingOption[];
  shipping: ShippingOption;
}

/** Which service the buyer wants for which seller. */
export interface ShippingChoice {
  sellerId: string;
  service: string;
}

/**
 * What is bought of each seller.
 * @throws DomainError when an item cannot be bought, or the items have several currencies
 */
export function splitBySeller(items: Item[], offered: Map<string, OfferedVariant>): Portion[] {
  const missing = items.filter(({ variantId }) => !offered.get(variantId)?.purchasable);
  const away = items.filter(({ variantId }) => offered.get(variantId)?.onHoliday);
  if (away.length > 0 && away.length === missing.length) {
    const sellerIds = new Set(away.map(({ variantId }) => offered.get(variantId)?.sellerId ?? ''));
    throw new DomainError(
      'checkout.store_on_holiday',
      'conflict',
      'The store is on holiday; its things can be bought afterwards.',
      { details: { sellerIds: [...sellerIds], lines: away.map(({ variantId }) => ({ variantId })) } },
    );
  }
  if (missing.length > 0) {
    throw new DomainError(
      'checkout.item_unavailable',
      'conflict',
      'Some of the items are not for sale (any more).',
      {
        details: { lines: missing.map(({ variantId }) => ({ variantId })) },
      },
    );
  }
  const sold = items.map(({ variantId, quantity }) => {
    const variant = offered.get(variantId) as OfferedVariant;
    return { variant, quantity, total: times(variant.price, quantity) };
  });
  const currencies = new Set(sold.map(({ variant }) => variant.price.currency));
  const [currency] = currencies;
  if (currencies.size !== 1 || !currency) {
    throw new DomainError(
      'checkout.mixed_currencies',
      'unprocessable',
      'Items of one checkout share one currency.',
    );
  }
  return [...Map.groupBy(sold, ({ variant }) => variant.sellerId)].map(([sellerId, lines]) => {
    const totals = lines.map(({ total }) => total);
    return { sellerId, currency, lines, itemsTotal: sum(totals, currency) };
  });
}

/**
 * Sends each portion as the buyer chose, or as cheaply as can be.
 * @param options of each portion, in their order, the cheapest first
 * @throws DomainError when a choice makes no sense, or nobody goes there
 */
export function chooseShipping(
  portions: Portion[],
  options: ShippingOption[][],
  choices: ShippingChoice[],
): ShippedPortion[] {
  const wanted = new Map<string, string>();
  for (const [index, { sellerId, service }] of choices.entries()) {
    const id = sellerId.toLowerCase();
    const field = `shipping[${index}].sellerId`;
    if (wanted.has(id)) throw invalidField(field, 'This seller is named before.');
    if (!portions.some((portion) => portion.sellerId === id))
      throw invalidField(field, 'Nothing is bought of this seller.');
    wanted.set(id, service);
  }
  const unserved = portions.filter((_, index) => options[index]?.length === 0);
  if (unserved.length > 0) {
    throw new DomainError(
      'checkout.not_deliverable',
      'unprocessable',
      'No carrier brings all of these items to this address.',
      { details: { sellerIds: unserved.map(({ sellerId }) => sellerId) } },
    );
  }
  return portions.map((portion, index) => {
    const own = options[index] as ShippingOption[];
    const service = wanted.get(portion.sellerId);
    const shipping = own.find((option) => service === undefined || option.service === service);
    if (shipping) return { ...portion, options: own, shipping };
    throw new DomainError(
      'checkout.shipping_unavailable',
      'conflict',
      `These items cannot be sent by ${service} to this address.`,
      { details: { sellerId: portion.sellerId, options: own.map((option) => option.service) } },
    );
  });
}

/** Of a checkout: items + shipping - discount = total. */
export function totalsOf(
  portions: PricedPortion[],
): Record<'items' | 'shipping' | 'discount' | 'total', Money> {
  const { currency } = portions[0] as PricedPortion;
  const sumOfAll = (amount: (portion: PricedPortion) => Money) => sum(portions.map(amount), currency);
  return {
    items: sumOfAll(({ itemsTotal }) => itemsTotal),
    shipping: sumOfAll(({ shipping }) => shipping.cost),
    discount: sumOfAll(({ discountTotal }) => discountTotal),
    total: sumOfAll(({ total }) => total),
  };
}

/** One order per seller. */
export function draftOrders(
  draft: CheckoutDraft,
  portions: PricedPortion[],
  nextId: () => string,
): OrderFacts[] {
  return portions.map(({ sellerId, currency, lines, shipping, shippingDiscounts, total }) => {
    const id = nextId();
    return {
      id,
      number: orderNumber(id),
      ...draft,
      sellerId,
      lines: lines.map(toOrderLine),
      shipping: {
        ...shipping,
        cost: shipping.cost.amount.toString(),
        ...(shippingDiscounts.length > 0 && { discounts: shippingDiscounts }),
      },
      total: total.amount.toString(),
      currency,
    };
  });
}

/** Most have no discounts, and an order is stored as often as it moves: what is not there is not written. */
export function toOrderLine({ variant, quantity, total, discounts, cashbacks }: PricedLine): OrderLine {
  const { id, productId, sku, title, variantTitle, imageUrl, price } = variant;
  return {
    variantId: id,
    ...{ productId, sku, title, variantTitle, imageUrl, quantity },
    unitPrice: price.amount.toString(),
    total: total.amount.toString(),
    ...(discounts.length > 0 && { discounts }),
    ...(cashbacks.length > 0 && { cashbacks }),
  };
}

/** The buyer pays what the buyer was shown, or is asked again. */
export function checkExpectedTotal(total: Money, expected: Money | undefined): void {
  if (!expected || equals(total, expected)) return;
  throw new DomainError('checkout.price_changed', 'conflict', 'The total has changed.', {
    details: {
      total: { amount: total.amount.toString(), currency: total.currency },
      expectedTotal: { amount: expected.amount.toString(), currency: expected.currency },
    },
  });
}

/** The same cart, with another key: two windows, or a buyer who came back before the cart was emptied. */
export function alreadyPlaced(checkoutId: string): DomainError {
  return new DomainError(
    'checkout.already_placed',
    'conflict',
    'What is in the cart has been ordered already.',
    {
      details: { checkoutId },
    },
  );
}

export function keyReused(): DomainError {
  return new DomainError(
    'idempotency.key_reused',
    'unprocessable',
    'This Idempotency-Key was used for another request.',
  );
}

export function keyInProgress(): DomainError {
  return new DomainError(
    'idempotency.in_progress',
    'conflict',
    'The first request with this key is in progress.',
    {
      retryAfter: 1,
    },
  );
}
