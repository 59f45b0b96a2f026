import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Benefit, Kind, Promotion } from './promotion.js';
import { type Basket, type Line, type Offer, type Quote, quote } from './quote.js';

const none: Benefit = {
  kind: 'FIXED',
  ...{ basisPoints: 0, amount: 0n, cap: 0n, buy: 0, get: 0, getProductIds: [], items: [], maxTimes: 0 },
};
let made = 0;

function promotion(benefit: Partial<Benefit>, facts: Partial<Promotion> = {}): Promotion {
  const id = `p${String(++made).padStart(6, '0')}`;
  return {
    ...{ id, sellerId: null, code: null, name: id, description: '', benefit: { ...none, ...benefit } },
    ...{
      currency: 'IDR',
      minSpend: 0n,
      categoryIds: [],
      productIds: [],
      segment: 'EVERYONE',
      stackable: true,
    },
    ...{
      startsAt: new Date(0),
      endsAt: new Date(1),
      endedAt: null,
      quota: null,
      perCustomer: null,
      listed: true,
    },
    ...facts,
  };
}

const voucher = (benefit: Partial<Benefit>, facts: Partial<Promotion> = {}) =>
  promotion(benefit, { code: `CODE${made}`, ...facts });

function line(variantId: string, quantity: number, unitPrice: bigint, facts: Partial<Line> = {}): Line {
  return {
    variantId,
    quantity,
    unitPrice,
    productId: `of-${variantId}`,
    sellerId: 's1',
    categoryIds: [],
    ...facts,
  };
}

function offer(variantId: string, price: bigint, left: number, facts: Partial<Offer> = {}): Offer {
  return {
    id: `o-${variantId}`,
    flashSaleId: 'f',
    name: 'Flash',
    sellerId: 's1',
    variantId,
    price,
    left,
    ...facts,
  };
}

function price(
  lines: Line[],
  basket: Partial<Omit<Basket, 'vouchers'>> & { vouchers?: Promotion[] } = {},
): Quote {
  const vouchers = (basket.vouchers ?? []).map((one) => ({ promotion: one }));
  return quote({ currency: 'IDR', fees: [], offers: [], campaigns: [], ...basket, lines, vouchers });
}

const amounts = (of: Quote, variantId: string) =>
  of.lines.find((one) => one.variantId === variantId)?.discounts.map(({ amount }) => amount);

describe('a voucher', () => {
  it('takes a percentage, at most its cap, spread to the last unit', () => {
    const lines = [line('a', 1, 333n), line('b', 1, 333n), line('c', 1, 334n)];
    const ten = price(lines, { vouchers: [voucher({ kind: 'PERCENTAGE', basisPoints: 1000 })] });
    expect(ten.total).toBe(900n);
    expect(ten.lines.map(({ total }) => total).reduce((a, b) => a + b)).toBe(900n);
    const capped = price(lines, { vouchers: [voucher({ kind: 'PERCENTAGE', basisPoints: 1000, cap: 7n })] });
    expect(capped.total).toBe(993n);
  });

  it('of a store takes from its own lines, and that store bears it', () => {
    const lines = [line('a', 1, 1000n), line('b', 1, 1000n, { sellerId: 's2' })];
    const priced = price(lines, { vouchers: [voucher({ kind: 'FIXED', amount: 300n }, { sellerId: 's2' })] });
    expect(priced.lines).toMatchObject([
      { total: 1000n, discounts: [] },
      { total: 700n, discounts: [{ amount: 300n, bearer: 'SELLER' }] },
    ]);
    expect(priced.uses).toMatchObject([{ units: 1, amount: 300n, sellerIds: ['s2'] }]);
  });

  it('never takes more than there is', () => {
    const priced = price([line('a', 1, 50n)], { vouchers: [voucher({ kind: 'FIXED', amount: 1000n })] });
    expect(priced).toMatchObject({ total: 0n, vouchers: [{ amount: 50n }] });
  });

  it('counts only lines of its categories, and says what is missing to its minimum', () => {
    const lines = [line('a', 1, 400n, { categoryIds: ['child', 'root'] }), line('b', 1, 5000n)];
    const rule = { minSpend: 1000n, categoryIds: ['root'] };
    const short = voucher({ kind: 'FIXED', amount: 100n }, rule);
    expect(price(lines, { vouchers: [short] })).toMatchObject({
      total: 5400n,
      vouchers: [{ refusal: 'MINIMUM_SPEND', missing: 600n, amount: 0n }],
      uses: [],
    });
    const elsewhere = voucher({ kind: 'FIXED', amount: 100n }, { categoryIds: ['other'] });
    expect(price(lines, { vouchers: [elsewhere] }).vouchers).toMatchObject([
      { refusal: 'NO_MATCHING_ITEMS' },
    ]);
  });

  it('that does not stack stands alone, and the buyer gets what saves most', () => {
    const lines = [line('a', 1, 10_000n)];
    const small = voucher({ kind: 'FIXED', amount: 1000n });
    const smaller = voucher({ kind: 'FIXED', amount: 500n });
    const alone = (amount: bigint) => voucher({ kind: 'FIXED', amount }, { stackable: false });
    const best = price(lines, { vouchers: [small, alone(2000n), smaller] });
    expect(best.total).toBe(8000n);
    expect(best.vouchers.map(({ refusal }) => refusal ?? 'used').sort()).toEqual([
      'NOT_COMBINABLE',
      'NOT_COMBINABLE',
      'used',
    ]);
    expect(price(lines, { vouchers: [small, alone(1200n), smaller] }).total).toBe(8500n);
    expect(price(lines, { vouchers: [alone(10n), alone(20n)] }).total).toBe(9980n);
  });

  it('for shipping takes from the fees of the sellers it is about', () => {
    const lines = [line('a', 1, 1000n), line('b', 1, 1000n, { sellerId: 's2' })];
    const fees = [
      { sellerId: 's1', amount: 900n },
      { sellerId: 's2', amount: 300n },
    ];
    const free = price(lines, { fees, vouchers: [voucher({ kind: 'FREE_SHIPPING', cap: 1000n })] });
    expect(free.fees.map(({ total }) => total)).toEqual([150n, 50n]);
    const own = price(lines, { fees, vouchers: [voucher({ kind: 'FREE_SHIPPING' }, { sellerId: 's2' })] });
    expect(own.fees.map(({ total }) => total)).toEqual([900n, 0n]);
    expect(price(lines, { vouchers: [voucher({ kind: 'FREE_SHIPPING' })] }).vouchers).toMatchObject([
      { refusal: 'NOTHING_TO_REDUCE' },
    ]);
  });

  it('for cashback takes nothing off, and is reckoned on what is paid', () => {
    const vouchers = [
      voucher({ kind: 'CASHBACK', basisPoints: 1000 }),
      voucher({ kind: 'PERCENTAGE', basisPoints: 5000 }),
    ];
    const priced = price([line('a', 1, 1000n)], { vouchers });
    expect(priced.total).toBe(500n);
    expect(priced.lines[0]?.cashbacks).toMatchObject([{ amount: 50n, kind: 'CASHBACK' }]);
  });

  it('in another currency, or refused before, is told why', () => {
    const dollars = voucher({ kind: 'FIXED', amount: 1n }, { currency: 'USD' });
    expect(price([line('a', 1, 10n)], { vouchers: [dollars] }).vouchers).toMatchObject([
      { refusal: 'OTHER_CURRENCY' },
    ]);
    const vouchers = [{ promotion: voucher({ kind: 'FIXED', amount: 1n }), refusal: 'USED_UP' as const }];
    const used = quote({
      currency: 'IDR',
      lines: [line('a', 1, 10n)],
      fees: [],
      offers: [],
      campaigns: [],
      vouchers,
    });
    expect(used).toMatchObject({ total: 10n, vouchers: [{ refusal: 'USED_UP' }], uses: [] });
  });
});

describe('a flash sale', () => {
  it('prices the units that are left at its price, and the rest as always', () => {
    const priced = price([line('a', 5, 1000n)], { offers: [offer('a', 600n, 3)] });
    expect(priced.total).toBe(3800n);
    expect(priced.lines[0]?.discounts).toMatchObject([
      { kind: 'FLASH_SALE', amount: 1200n, units: 3, bearer: 'SELLER' },
    ]);
    expect(priced.uses).toMatchObject([{ id: 'o-a', promotionId: 'f', units: 3 }]);
  });

  it('that is sold out, or dearer than the shelf, changes nothing', () => {
    const lines = [line('a', 1, 1000n)];
    expect(price(lines, { offers: [offer('a', 600n, 0)] })).toMatchObject({ total: 1000n, uses: [] });
    expect(price(lines, { offers: [offer('a', 1200n, 5)] })).toMatchObject({ total: 1000n, uses: [] });
  });

  it('is left alone by campaigns, and not by vouchers', () => {
    const campaigns = [promotion({ kind: 'PERCENTAGE', basisPoints: 5000 })];
    const offers = [offer('a', 600n, 1)];
    expect(price([line('a', 2, 1000n)], { offers, campaigns }).total).toBe(1100n);
    const vouchers = [voucher({ kind: 'PERCENTAGE', basisPoints: 1000 })];
    expect(price([line('a', 2, 1000n)], { offers, vouchers }).total).toBe(1440n);
  });
});

describe('campaigns', () => {
  const third = { kind: 'BUY_X_GET_Y', buy: 2, get: 1, basisPoints: 10_000 } as const;

  it('make the cheapest units free, as often as they may', () => {
    const lines = [line('a', 4, 1000n), line('b', 2, 300n)];
    expect(price(lines, { campaigns: [promotion(third)] }).total).toBe(4000n);
    expect(price(lines, { campaigns: [promotion({ ...third, maxTimes: 1 })] }).total).toBe(4300n);
    expect(price([line('a', 2, 1000n)], { campaigns: [promotion(third)] }).total).toBe(2000n);
  });

  it('make something else free along with what is bought', () => {
    const gift = promotion({ ...third, getProductIds: ['of-g'] }, { productIds: ['of-a'] });
    const lines = [line('a', 4, 1000n), line('g', 3, 200n), line('x', 9, 10n)];
    expect(price(lines, { campaigns: [gift] })).toMatchObject({ total: 4290n });
    expect(amounts(price(lines, { campaigns: [gift] }), 'g')).toEqual([400n]);
  });

  it('sell sets at a price', () => {
    const items = [
      { variantId: 'a', quantity: 1 },
      { variantId: 'b', quantity: 2 },
    ];
    const set = promotion({ kind: 'BUNDLE', items, amount: 1500n });
    const lines = [line('a', 3, 1000n), line('b', 5, 400n)];
    expect(price(lines, { campaigns: [set] }).total).toBe(5000n - 600n);
    expect(price([line('a', 3, 1000n), line('b', 1, 400n)], { campaigns: [set] }).total).toBe(3400n);
    expect(price(lines, { campaigns: [promotion({ kind: 'BUNDLE', items, amount: 9999n })] }).total).toBe(
      5000n,
    );
  });

  it('meet on a line only if both stack, and what saves most comes first', () => {
    const fifth = promotion({ kind: 'PERCENTAGE', basisPoints: 2000 }, { stackable: false });
    const tenth = promotion({ kind: 'PERCENTAGE', basisPoints: 1000 });
    const other = promotion({ kind: 'PERCENTAGE', basisPoints: 1000 });
    const lines = [line('a', 1, 1000n)];
    expect(amounts(price(lines, { campaigns: [tenth, fifth, other] }), 'a')).toEqual([200n]);
    expect(amounts(price(lines, { campaigns: [other, tenth] }), 'a')).toEqual([100n, 90n]);
  });

  it('are counted only where they are limited', () => {
    const open = promotion({ kind: 'FIXED', amount: 1n });
    const limited = promotion({ kind: 'FIXED', amount: 1n }, { quota: 10 });
    const { uses } = price([line('a', 1, 1000n)], { campaigns: [open, limited] });
    expect(uses).toMatchObject([{ id: limited.id, units: 1 }]);
  });
});

const kinds: Kind[] = ['PERCENTAGE', 'FIXED', 'FREE_SHIPPING', 'CASHBACK', 'BUY_X_GET_Y', 'BUNDLE'];
const variants = ['a', 'b', 'c', 'd', 'e'];
const sellers = ['s1', 's2', 's3'];
const amount = (max: number) => fc.bigInt(0n, BigInt(max));

const anyPromotion = (isVoucher: boolean) =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      basisPoints: fc.integer({ min: 1, max: 10_000 }),
      amount: amount(50_000),
      cap: fc.oneof(fc.constant(0n), amount(5_000)),
      buy: fc.integer({ min: 1, max: 3 }),
      get: fc.integer({ min: 1, max: 3 }),
      gifts: fc.subarray(variants),
      items: fc.subarray(variants, { minLength: 1 }),
      maxTimes: fc.integer({ min: 0, max: 3 }),
      sellerId: fc.constantFrom(null, ...sellers),
      products: fc.subarray(variants),
      minSpend: fc.oneof(fc.constant(0n), amount(20_000)),
      stackable: fc.boolean(),
      quota: fc.constantFrom(null, 5),
    })
    .map(({ sellerId, products, minSpend, stackable, quota, gifts, items, ...benefit }) =>
      (isVoucher ? voucher : promotion)(
        {
          ...benefit,
          getProductIds: gifts.map((one) => `of-${one}`),
          items: items.map((variantId, index) => ({ variantId, quantity: 1 + (index % 2) })),
        },
        { sellerId, productIds: products.map((one) => `of-${one}`), minSpend, stackable, quota },
      ),
    );

const anyBasket = fc.record({
  lines: fc
    .uniqueArray(
      fc.record({
        variantId: fc.constantFrom(...variants),
        quantity: fc.integer({ min: 1, max: 9 }),
        unitPrice: amount(9_999),
        sellerId: fc.constantFrom(...sellers),
      }),
      { selector: ({ variantId }) => variantId, minLength: 1 },
    )
    .map((lines) =>
      lines.map(({ variantId, quantity, unitPrice, ...facts }) =>
        line(variantId, quantity, unitPrice, facts),
      ),
    ),
  fees: fc
    .array(amount(3_000), { maxLength: 3 })
    .map((fees) => fees.map((fee, index) => ({ sellerId: sellers[index] as string, amount: fee }))),
  offers: fc
    .uniqueArray(
      fc.record({
        variantId: fc.constantFrom(...variants),
        price: amount(5_000),
        left: fc.integer({ min: 0, max: 9 }),
      }),
      { selector: ({ variantId }) => variantId },
    )
    .map((offers) => offers.map(({ variantId, price, left }) => offer(variantId, price, left))),
  campaigns: fc.array(anyPromotion(false), { maxLength: 5 }),
  vouchers: fc.array(anyPromotion(true), { maxLength: 5 }),
});

const total = (parts: { amount: bigint }[]) => parts.reduce((sum, part) => sum + part.amount, 0n);
/** As it is whatever it was made from, in an order of its own. */
const essence = (of: Quote) => ({
  ...of,
  vouchers: [...of.vouchers].sort((a, b) => (a.promotionId < b.promotionId ? -1 : 1)),
  uses: [...of.uses].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

describe('any basket', () => {
  const check = (law: (of: Quote, basket: Parameters<typeof price>[1] & { lines: Line[] }) => void) =>
    fc.assert(
      fc.property(anyBasket, (basket) => law(price(basket.lines, basket), basket)),
      { numRuns: 1500 },
    );

  it('never costs less than nothing, nor more than the sum of its parts', () =>
    check(({ lines, fees, total: paid }) => {
      expect(paid).toBeGreaterThanOrEqual(0n);
      for (const part of [...lines, ...fees]) {
        expect(part.total).toBeGreaterThanOrEqual(0n);
        expect(part.total).toBeLessThanOrEqual(part.subtotal);
      }
    }));

  it('costs its parts less their discounts, to the last unit', () =>
    check(({ lines, fees, total: paid }, { lines: asked }) => {
      for (const part of [...lines, ...fees]) {
        expect(part.subtotal - total(part.discounts)).toBe(part.total);
        for (const { amount } of part.discounts) expect(amount).toBeGreaterThan(0n);
      }
      expect([...lines, ...fees].reduce((sum, part) => sum + part.total, 0n)).toBe(paid);
      expect(lines.map(({ subtotal }) => subtotal)).toEqual(
        asked.map(({ unitPrice, quantity }) => unitPrice * BigInt(quantity)),
      );
    }));

  it('explains every voucher: what it took is what stands on the lines', () =>
    check(({ lines, fees, vouchers, uses }) => {
      const told = [...lines, ...fees].flatMap(({ discounts }) => discounts);
      const given = lines.flatMap(({ cashbacks }) => cashbacks);
      for (const { promotionId, refusal, amount } of vouchers) {
        const taken = [...told, ...given].filter((one) => one.promotionId === promotionId);
        expect(total(taken)).toBe(amount);
        expect(amount > 0n).toBe(refusal === undefined);
        expect(uses.some(({ id }) => id === promotionId)).toBe(refusal === undefined);
      }
      expect(total(given)).toBeLessThanOrEqual(lines.reduce((sum, one) => sum + one.total, 0n));
    }));

  it('keeps caps, and units that are left', () =>
    check(({ lines, fees }, { campaigns = [], vouchers = [], offers = [] }) => {
      for (const { id, benefit } of [...campaigns, ...vouchers]) {
        if (benefit.cap === 0n || benefit.kind === 'BUNDLE' || benefit.kind === 'FIXED') continue;
        const parts = [
          ...lines.flatMap((one) => [...one.discounts, ...one.cashbacks]),
          ...fees.flatMap((f) => f.discounts),
        ];
        expect(total(parts.filter(({ promotionId }) => promotionId === id))).toBeLessThanOrEqual(benefit.cap);
      }
      for (const { variantId, discounts } of lines) {
        const flash = discounts.find(({ kind }) => kind === 'FLASH_SALE');
        const left = offers.find((one) => one.variantId === variantId)?.left ?? 0;
        expect(flash?.units ?? 0).toBeLessThanOrEqual(left);
      }
    }));

  it('costs the same in whatever order its promotions come', () =>
    fc.assert(
      fc.property(
        anyBasket.chain((basket) => {
          const shuffle = <T>(parts: T[]) => fc.shuffledSubarray(parts, { minLength: parts.length });
          return fc.tuple(
            fc.constant(basket),
            fc.record({
              campaigns: shuffle(basket.campaigns),
              vouchers: shuffle(basket.vouchers),
              offers: shuffle(basket.offers),
            }),
          );
        }),
        ([basket, shuffled]) => {
          const other = price(basket.lines, { ...basket, ...shuffled });
          expect(essence(other)).toEqual(essence(price(basket.lines, basket)));
        },
      ),
      { numRuns: 1500 },
    ));

  it('does not cost more with one voucher that stacks than without', () =>
    fc.assert(
      fc.property(anyBasket, anyPromotion(true), (basket, more) => {
        const vouchers = basket.vouchers.filter(({ stackable }) => stackable);
        const before = price(basket.lines, { ...basket, vouchers });
        const after = price(basket.lines, {
          ...basket,
          vouchers: [...vouchers, { ...more, stackable: true }],
        });
        // A unit per line: each of several percentages is rounded by itself.
        expect(after.total).toBeLessThanOrEqual(before.total + BigInt(vouchers.length));
      }),
    ));
});
