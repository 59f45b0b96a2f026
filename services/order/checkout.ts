import { DomainError } from '@pasar/platform/errors';
import { add, equals, type Money, money, times } from '@pasar/platform/money';
import { type Address, type OrderFacts, orderNumber, type PaymentMethod } from './order.js';

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
}

export interface CheckoutDraft {
  checkoutId: string;
  paymentId: string;
  customerId: string;
  paymentMethod: PaymentMethod;
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

/**
 * One order per seller, and their total.
 * @throws DomainError when an item cannot be bought, or the items have several currencies
 */
export function draftOrders(
  draft: CheckoutDraft,
  items: Item[],
  offered: Map<string, OfferedVariant>,
  nextId: () => string,
): { orders: OrderFacts[]; total: Money } {
  const missing = items.filter(({ variantId }) => !offered.get(variantId)?.purchasable);
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
  const bySeller = Map.groupBy(items, ({ variantId }) => (offered.get(variantId) as OfferedVariant).sellerId);
  const currencies = new Set(items.map(({ variantId }) => offered.get(variantId)?.price.currency));
  const [currency] = currencies;
  if (currencies.size !== 1 || !currency) {
    throw new DomainError(
      'checkout.mixed_currencies',
      'unprocessable',
      'Items of one checkout share one currency.',
    );
  }
  let total = money(0n, currency);
  const orders = [...bySeller].map(([sellerId, sold]): OrderFacts => {
    let orderTotal = money(0n, currency);
    const lines = sold.map(({ variantId, quantity }) => {
      const { id, productId, sku, title, variantTitle, imageUrl, price } = offered.get(
        variantId,
      ) as OfferedVariant;
      const lineTotal = times(price, quantity);
      orderTotal = add(orderTotal, lineTotal);
      return {
        variantId: id,
        productId,
        sku,
        title,
        variantTitle,
        imageUrl,
        quantity,
        unitPrice: price.amount.toString(),
        total: lineTotal.amount.toString(),
      };
    });
    total = add(total, orderTotal);
    const id = nextId();
    return {
      id,
      number: orderNumber(id),
      ...draft,
      sellerId,
      lines,
      total: orderTotal.amount.toString(),
      currency,
    };
  });
  return { orders, total };
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
