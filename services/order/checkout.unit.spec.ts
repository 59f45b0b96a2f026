import { DomainError } from '@pasar/platform/errors';
import { money } from '@pasar/platform/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CheckoutDraft,
  checkExpectedTotal,
  draftOrders,
  type OfferedVariant,
  sumItems,
} from './checkout.js';

const draft = { checkoutId: 'c', paymentId: 'p', customerId: 'u' } as CheckoutDraft;
let next = 0;
const nextId = () => `0190b0f0-0000-7000-8000-${(next++).toString().padStart(12, '0')}`;

function offer(
  id: string,
  sellerId: string,
  amount: bigint,
  bend: Partial<OfferedVariant> = {},
): [string, OfferedVariant] {
  const variant = {
    id,
    productId: `product of ${id}`,
    sellerId,
    sku: id,
    title: id,
    variantTitle: '',
    imageUrl: '',
    price: money(amount, 'IDR'),
    purchasable: true,
    ...bend,
  };
  return [id, variant];
}

describe('a checkout', () => {
  it('makes one order per seller, whose totals sum to the whole', () => {
    const line = fc.record({
      seller: fc.constantFrom('a', 'b', 'c', 'd'),
      price: fc.bigInt(1n, 10n ** 15n),
      quantity: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const offers = new Map(lines.map(({ seller, price }, index) => offer(`v${index}`, seller, price)));
        const items = lines.map(({ quantity }, index) => ({ variantId: `v${index}`, quantity }));
        const { orders, total } = draftOrders(draft, items, offers, nextId);
        expect(orders).toHaveLength(new Set(lines.map(({ seller }) => seller)).size);
        const expected = lines.reduce((sum, { price, quantity }) => sum + price * BigInt(quantity), 0n);
        expect(total).toEqual(money(expected, 'IDR'));
        expect(orders.reduce((sum, order) => sum + BigInt(order.total), 0n)).toBe(expected);
        for (const order of orders) {
          expect(order.lines.reduce((sum, { total }) => sum + BigInt(total), 0n)).toBe(BigInt(order.total));
        }
      }),
    );
  });

  it('names the items that are not for sale', () => {
    const offers = new Map([offer('a', 's', 1n), offer('b', 's', 1n, { purchasable: false })]);
    const items = ['a', 'b', 'c'].map((variantId) => ({ variantId, quantity: 1 }));
    expect(() => draftOrders(draft, items, offers, nextId)).toThrow(
      expect.objectContaining({
        code: 'checkout.item_unavailable',
        details: { lines: [{ variantId: 'b' }, { variantId: 'c' }] },
      }),
    );
  });

  it('has one currency', () => {
    const offers = new Map([offer('a', 's', 1n), offer('b', 't', 1n, { price: money(1n, 'USD') })]);
    const items = ['a', 'b'].map((variantId) => ({ variantId, quantity: 1 }));
    expect(() => draftOrders(draft, items, offers, nextId)).toThrow(
      expect.objectContaining({ code: 'checkout.mixed_currencies' }),
    );
  });

  it('sums lines of the same variant, however its id is written', () => {
    expect(
      sumItems([
        { variantId: 'AB', quantity: 1 },
        { variantId: 'x', quantity: 2 },
        { variantId: 'ab', quantity: 3 },
      ]),
    ).toEqual([
      { variantId: 'ab', quantity: 4 },
      { variantId: 'x', quantity: 2 },
    ]);
  });

  it('refuses another total than the buyer was shown, and tells the new one', () => {
    checkExpectedTotal(money(5n, 'IDR'), undefined);
    checkExpectedTotal(money(5n, 'IDR'), money(5n, 'IDR'));
    for (const expected of [money(4n, 'IDR'), money(5n, 'USD')]) {
      expect(() => checkExpectedTotal(money(5n, 'IDR'), expected)).toThrow(DomainError);
    }
    expect(() => checkExpectedTotal(money(5n, 'IDR'), money(4n, 'IDR'))).toThrow(
      expect.objectContaining({
        code: 'checkout.price_changed',
        details: expect.objectContaining({ total: { amount: '5', currency: 'IDR' } }),
      }),
    );
  });
});
