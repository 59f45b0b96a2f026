import { money } from '@pasar/platform/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Offer, type StoredLine, viewCart } from './cart.js';

function stored(variantId: string, bend: Partial<StoredLine> = {}): StoredLine {
  return { variantId, quantity: 1, selected: true, seenPrice: undefined, seenAvailable: true, ...bend };
}

function offer(price: bigint, bend: Partial<Offer> & { currency?: string } = {}): Offer {
  const { currency = 'IDR', ...rest } = bend;
  return {
    productId: 'product',
    sellerId: 'seller',
    title: 'Kopi',
    variantTitle: '',
    imageUrl: '',
    slug: 'kopi',
    price: money(price, currency),
    available: 1000n,
    ...rest,
  };
}

const idr = (amount: bigint) => money(amount, 'IDR');

describe('a cart', () => {
  it('that is empty has no total, no groups and no notices', () => {
    expect(viewCart([], new Map())).toEqual({ lines: [], groups: [], total: undefined, notices: [] });
  });

  it('groups by seller in the order in which lines were added', () => {
    const view = viewCart(
      [stored('a'), stored('b'), stored('c', { quantity: 3 })],
      new Map([
        ['a', offer(100n, { sellerId: 'toko' })],
        ['b', offer(10n, { sellerId: 'warung' })],
        ['c', offer(1n, { sellerId: 'toko' })],
      ]),
    );
    expect(view.groups).toEqual([
      { sellerId: 'toko', variantIds: ['a', 'c'], subtotal: idr(103n) },
      { sellerId: 'warung', variantIds: ['b'], subtotal: idr(10n) },
    ]);
    expect(view.total).toEqual(idr(113n));
  });

  it('sums what is selected and can be bought, and nothing else', () => {
    const view = viewCart(
      [stored('a'), stored('b', { selected: false }), stored('sold out'), stored('gone')],
      new Map([
        ['a', offer(100n)],
        ['b', offer(10n)],
        ['sold out', offer(1n, { available: 0n })],
      ]),
    );
    expect(view.total).toEqual(idr(100n));
    expect(view.lines.map(({ purchasable }) => purchasable)).toEqual([true, true, false, false]);
    expect(view.groups.flatMap(({ variantIds }) => variantIds)).toEqual(['a', 'b', 'sold out']);
  });

  it('has no total when nothing in it can be bought', () => {
    const view = viewCart([stored('a')], new Map([['a', offer(5n, { available: 0n })]]));
    expect(view.total).toBeUndefined();
    expect(view.groups).toEqual([{ sellerId: 'seller', variantIds: ['a'], subtotal: undefined }]);
  });

  it('with several currencies sums those of the first line that counts, never different ones', () => {
    const offers = new Map([
      ['a', offer(7n, { currency: 'USD', available: 0n })],
      ['b', offer(100n)],
      ['c', offer(3n, { currency: 'USD', sellerId: 'abroad' })],
    ]);
    const view = viewCart([stored('a'), stored('b'), stored('c')], offers);
    expect(view.total).toEqual(idr(100n));
    expect(view.groups[1]?.subtotal).toEqual(money(3n, 'USD'));
  });

  it.each([
    ['nothing, as long as there is enough', 3, 3n, []],
    ['that there is too little', 3, 2n, ['INSUFFICIENT_STOCK']],
    ['that it is sold out', 3, 0n, ['SOLD_OUT']],
    ['that it is sold out, when more is promised than there is', 3, -1n, ['SOLD_OUT']],
  ])('tells %s', (_, quantity, available, kinds) => {
    const view = viewCart([stored('a', { quantity })], new Map([['a', offer(5n, { available })]]));
    expect(view.notices.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('tells of an old price only who has seen it, also when only the currency changed', () => {
    const offers = new Map(['new', 'same', 'other', 'currency'].map((id) => [id, offer(5n)]));
    const view = viewCart(
      [
        stored('new'),
        stored('same', { seenPrice: idr(5n) }),
        stored('other', { seenPrice: idr(6n) }),
        stored('currency', { seenPrice: money(5n, 'USD') }),
      ],
      offers,
    );
    expect(view.notices).toEqual([
      { variantId: 'other', kind: 'PRICE_CHANGED', oldPrice: idr(6n), newPrice: idr(5n), available: 1000n },
      {
        variantId: 'currency',
        kind: 'PRICE_CHANGED',
        oldPrice: money(5n, 'USD'),
        newPrice: idr(5n),
        available: 1000n,
      },
    ]);
  });

  it('says that what has no offer is no longer sold, whatever its price was', () => {
    const view = viewCart([stored('a', { seenPrice: idr(5n) })], new Map());
    expect(view.notices).toEqual([{ variantId: 'a', kind: 'NO_LONGER_SOLD', available: 0n }]);
  });

  it('of one currency is worth what its groups are worth together, and loses no line', () => {
    const line = fc.record({
      sellerId: fc.constantFrom('a', 'b', 'c'),
      price: fc.bigInt(0n, 10n ** 15n),
      quantity: fc.integer({ min: 1, max: 999 }),
      available: fc.bigInt(-2n, 1000n),
      selected: fc.boolean(),
      known: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const offers = new Map(
          lines.flatMap(({ known, price, ...bend }, index): [string, Offer][] =>
            known ? [[`${index}`, offer(price, { sellerId: bend.sellerId, available: bend.available })]] : [],
          ),
        );
        const own = lines.map(({ quantity, selected }, index) => stored(`${index}`, { quantity, selected }));
        const view = viewCart(own, offers);
        expect(view.lines.map(({ variantId }) => variantId)).toEqual(own.map(({ variantId }) => variantId));
        const grouped = view.groups.flatMap(({ variantIds }) => variantIds);
        expect(grouped.toSorted()).toEqual([...offers.keys()].toSorted());
        const subtotals = view.groups.reduce((sum, { subtotal }) => sum + (subtotal?.amount ?? 0n), 0n);
        expect(view.total?.amount ?? 0n).toBe(subtotals);
      }),
    );
  });

  it('names each shortage once a line, and is silent where nothing changed', () => {
    fc.assert(
      fc.property(fc.bigInt(-5n, 20n), fc.integer({ min: 1, max: 15 }), (available, quantity) => {
        const line = stored('a', { quantity, seenPrice: idr(5n) });
        const { notices } = viewCart([line], new Map([['a', offer(5n, { available })]]));
        expect(notices).toHaveLength(available < BigInt(quantity) ? 1 : 0);
      }),
    );
  });
});
