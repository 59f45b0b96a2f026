import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { ShippingService } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { TestClock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippingService } from './shipping.module.js';

const clock = new TestClock();
const [bandung, makassar] = [clock.id(), clock.id()];
const asked: string[][] = [];
let kit: TestService;

beforeAll(async () => {
  const stores = [
    { id: bandung, city: 'Bandung', province: 'Jawa Barat' },
    { id: makassar, city: 'Makassar', province: '' },
  ];
  kit = await startTestService(shippingService, {
    clock,
    fakes: [
      fake(SellerService, {
        batchGetSellers: ({ ids }) => {
          asked.push(ids);
          return { sellers: stores.filter(({ id }) => ids.includes(id)) };
        },
      }),
    ],
  });
});
afterAll(() => kit.close());

const goods = [{ quantity: 1, weightGrams: 1000 }];
const home = { city: 'Bandung', province: 'Jawa Barat', country: 'ID' };
const rates = (sellerIds: string[], bend: object = {}) =>
  kit.client(ShippingService).getRates({
    ...{ destination: home, currency: 'IDR' },
    consignments: sellerIds.map((sellerId) => ({ sellerId, goods })),
    ...bend,
  });

describe('rates', () => {
  it('of many sellers come in one call, each from where it is, and ask for origins once', async () => {
    const stranger = clock.id();
    const { sellers } = await rates([bandung, makassar, stranger]);
    expect(sellers.map(({ sellerId }) => sellerId)).toEqual([bandung, makassar, stranger]);
    const cheapest = sellers.map(({ options }) => options[0]?.cost?.amount);
    // Rupiah in minor units: next door, the other island, and nobody knows where.
    expect(cheapest).toEqual([800_000n, 3_800_000n, 6_200_000n]);
    expect(sellers[0]?.options[0]).toMatchObject({
      ...{ service: 'regular', carrier: 'Santai Logistik', minDays: 1, maxDays: 2 },
      ...{ chargedWeightGrams: 1000n, cost: { currency: 'IDR' } },
    });
    expect(asked).toEqual([[bandung, makassar, stranger]]);
    await Promise.all(Array.from({ length: 20 }, () => rates([bandung, makassar])));
    expect(asked).toHaveLength(1);
  });

  it('come in the currency of the checkout, rounded up; none where nobody knows the rate', async () => {
    const inDollars = await rates([bandung], { currency: 'USD' });
    // Rp 8.000 at Rp 16.500.
    expect(inDollars.sellers[0]?.options[0]?.cost).toMatchObject({ amount: 49n, currency: 'USD' });
    const inYen = await rates([bandung], { currency: 'JPY' });
    expect(inYen.sellers[0]?.options[0]?.cost?.amount).toBe(73n);
    expect((await rates([bandung], { currency: 'XPF' })).sellers).toMatchObject([{ options: [] }]);
  });

  it('are told before there is a cart: for one piece, to each city that is to be chosen', async () => {
    const shipping = kit.client(ShippingService);
    const to = { city: 'Bandung', province: 'Jawa Barat' };
    const near = await shipping.estimateRates({ sellerId: bandung, ...to, weightGrams: 1000 });
    expect(near.options).toEqual((await rates([bandung])).sellers[0]?.options);
    const bulky = { lengthMm: 1000, widthMm: 1000, heightMm: 400 };
    const far = await shipping.estimateRates({
      sellerId: makassar,
      city: 'Bandung',
      currency: 'USD',
      ...bulky,
    });
    expect(far.options[0]?.cost?.currency).toBe('USD');
    expect(far.options[0]?.chargedWeightGrams).toBeGreaterThan(50_000n);
    const { provinces } = await shipping.listDestinations({});
    expect(provinces).toHaveLength(38);
    const javan = provinces.find(({ name }) => name === 'Jawa Barat');
    expect(javan?.cities).toContain('Bandung');
    const stranger = shipping.estimateRates({ sellerId: clock.id(), ...to });
    await expect(stranger).rejects.toMatchObject({ code: 'seller.not_found' });
  });

  it('of nonsense are refused', async () => {
    const estimate = (bend: object) =>
      kit.client(ShippingService).estimateRates({ sellerId: bandung, city: 'Bandung', ...bend });
    const refused = [
      estimate({ sellerId: 'nobody' }),
      estimate({ city: '' }),
      estimate({ city: 'x'.repeat(101) }),
      estimate({ currency: 'rupiah' }),
      estimate({ weightGrams: -1 }),
      estimate({ weightGrams: 2_000_000_000 }),
      estimate({ heightMm: 100_001 }),
      rates([]),
      rates(['nobody']),
      rates([bandung], { currency: 'rupiah' }),
      rates([bandung], { destination: undefined }),
      rates([bandung], { destination: { ...home, country: 'Indonesia' } }),
      rates([], { consignments: [{ sellerId: bandung, goods: [] }] }),
      rates([], { consignments: [{ sellerId: bandung, goods: [{ quantity: 0 }] }] }),
      rates([], { consignments: [{ sellerId: bandung, goods: [{ quantity: 1, weightGrams: -1 }] }] }),
    ];
    for (const work of refused) {
      await expect(work).rejects.toSatisfy(
        (error) => error instanceof DomainError && error.code === 'request.invalid',
      );
    }
  });
});
