import { DomainError } from '@pasar/platform/errors';
import { type Money, money } from '@pasar/platform/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CheckoutDraft,
  checkExpectedTotal,
  chooseShipping,
  draftOrders,
  type OfferedVariant,
  type Portion,
  type ShippingOption,
  splitBySeller,
  sumItems,
  totalsOf,
} from './checkout.js';
import { applyDiscounts, type Discounts, requireVouchers, summarizeDiscounts } from './discounts.js';
import { type Discount, discountsOf, itemsTotalOf, subsidyOf, sumOf } from './order.js';

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
    ...{ weightGrams: 0, lengthMm: 0, widthMm: 0, heightMm: 0, categoryId: '' },
    ...bend,
  };
  return [id, variant];
}

function option(service: string, amount: bigint): ShippingOption {
  const facts = { carrier: service, minDays: 1, maxDays: 2, chargedWeightGrams: 500 };
  return { service, cost: money(amount, 'IDR'), ...facts };
}

/** A tenth off every line, which the platform bears, and half the shipping, which the seller bears. */
function discountsFor(portions: { lines: { total: Money }[]; shipping: ShippingOption }[]): Discounts {
  const part = (whole: bigint, share: bigint, facts: Partial<Discount>) => {
    const amount = whole / share;
    const discount = {
      promotionId: 'p',
      code: '',
      name: 'Promo',
      kind: 'PERCENTAGE',
      units: 0,
      ...facts,
    } as Discount;
    const discounts = amount > 0n ? [{ ...discount, amount: `${amount}` }] : [];
    return { discounts, cashbacks: [], total: whole - amount };
  };
  return {
    lines: portions.flatMap(({ lines }) =>
      lines.map(({ total }) => part(total.amount, 10n, { bearer: 'PLATFORM' })),
    ),
    fees: portions.map(({ shipping }) =>
      part(shipping.cost.amount, 2n, { promotionId: 'q', bearer: 'SELLER' }),
    ),
    ...{ vouchers: [], uses: [] },
  };
}

const idOf = (n: number) => `0190b0f0-0000-7000-8000-00000000000${n}`;

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
        const portions = splitBySeller(items, offers);
        const shipped = chooseShipping(
          portions,
          portions.map((_, index) => [option('regular', BigInt(index) * 7n)]),
          [],
        );
        const priced = applyDiscounts(shipped, discountsFor(shipped));
        const orders = draftOrders(draft, priced, nextId);
        const totals = totalsOf(priced);
        expect(orders).toHaveLength(new Set(lines.map(({ seller }) => seller)).size);
        const expected = lines.reduce((sum, { price, quantity }) => sum + price * BigInt(quantity), 0n);
        expect(totals.items).toEqual(money(expected, 'IDR'));
        expect(totals.total.amount).toBe(
          totals.items.amount + totals.shipping.amount - totals.discount.amount,
        );
        const taken = sumOf(summarizeDiscounts(priced));
        expect(taken).toBe(totals.discount.amount);
        expect(orders.reduce((sum, order) => sum + BigInt(order.total), 0n)).toBe(totals.total.amount);
        for (const order of orders) {
          const paid = order.lines.reduce((sum, { total }) => sum + BigInt(total), 0n);
          const fee = BigInt(order.shipping.cost) - sumOf(order.shipping.discounts ?? []);
          expect(paid + fee).toBe(BigInt(order.total));
          expect(itemsTotalOf(order) + BigInt(order.shipping.cost) - sumOf(discountsOf(order))).toBe(
            paid + fee,
          );
          expect(subsidyOf(order)).toBe(itemsTotalOf(order) - paid);
        }
      }),
    );
  });

  describe('with shipping', () => {
    const portions = [1, 2].map((n) => ({ sellerId: idOf(n), currency: 'IDR' })) as Portion[];
    const options = [
      [option('regular', 5n), option('express', 9n)],
      [option('cargo', 7n), option('regular', 8n)],
    ];

    it('takes the cheapest where the buyer did not choose', () => {
      const chosen = (choices: { sellerId: string; service: string }[]) =>
        chooseShipping(portions, options, choices).map(({ shipping }) => shipping.service);
      expect(chosen([])).toEqual(['regular', 'cargo']);
      expect(chosen([{ sellerId: idOf(2).toUpperCase(), service: 'regular' }])).toEqual([
        'regular',
        'regular',
      ]);
      expect(chosen([{ sellerId: idOf(1), service: 'express' }])).toEqual(['express', 'cargo']);
    });

    it('refuses choices that make no sense, and places where nobody goes', () => {
      const codeOf = (choices: { sellerId: string; service: string }[], given = options) => {
        try {
          chooseShipping(portions, given, choices);
        } catch (error) {
          return (error as DomainError).code;
        }
        return 'ok';
      };
      const regular = { sellerId: idOf(1), service: 'regular' };
      expect(codeOf([regular])).toBe('ok');
      expect(codeOf([regular, regular])).toBe('request.invalid');
      expect(codeOf([{ sellerId: idOf(3), service: 'regular' }])).toBe('request.invalid');
      expect(codeOf([{ sellerId: idOf(1), service: 'cargo' }])).toBe('checkout.shipping_unavailable');
      expect(codeOf([], [options[0] as ShippingOption[], []])).toBe('checkout.not_deliverable');
    });
  });

  it('is not placed with a voucher that does not count', () => {
    const voucher = { promotionId: 'p', name: '', amount: 5n, missing: 0n };
    expect(() => requireVouchers([{ ...voucher, code: 'GOOD' }])).not.toThrow();
    const short = { ...voucher, code: 'SHORT', refusal: 'MINIMUM_SPEND', amount: 0n, missing: 70n };
    expect(() => requireVouchers([{ ...voucher, code: 'GOOD' }, short])).toThrow(
      expect.objectContaining({
        code: 'checkout.voucher_refused',
        details: { vouchers: [{ code: 'SHORT', refusal: 'MINIMUM_SPEND', missing: '70' }] },
      }),
    );
  });

  it('names the items that are not for sale', () => {
    const offers = new Map([offer('a', 's', 1n), offer('b', 's', 1n, { purchasable: false })]);
    const items = ['a', 'b', 'c'].map((variantId) => ({ variantId, quantity: 1 }));
    expect(() => splitBySeller(items, offers)).toThrow(
      expect.objectContaining({
        code: 'checkout.item_unavailable',
        details: { lines: [{ variantId: 'b' }, { variantId: 'c' }] },
      }),
    );
  });

  it('has one currency', () => {
    const offers = new Map([offer('a', 's', 1n), offer('b', 't', 1n, { price: money(1n, 'USD') })]);
    const items = ['a', 'b'].map((variantId) => ({ variantId, quantity: 1 }));
    expect(() => splitBySeller(items, offers)).toThrow(
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
