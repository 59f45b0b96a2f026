import {
  Bearer,
  Discount_Kind,
  PromotionChangedSchema,
  Refusal,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { event } from '@pasar/platform/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { codeOf, idr, startPromotion, wait } from './testing.js';

let kit: Awaited<ReturnType<typeof startPromotion>>;

beforeAll(async () => {
  kit = await startPromotion();
});
afterAll(() => kit.test.close());

const percent = (basisPoints: number) =>
  ({ benefit: { case: 'percentage', value: { basisPoints } } }) as const;

describe('a quote', () => {
  it('of a basket that nothing is about asks nobody and no table', async () => {
    const [sellerId, customerId] = [kit.clock.id(), kit.clock.id()];
    await kit.quote(customerId, { sellerId });
    const connect = vi.spyOn(kit.test.service.database.pool, 'connect');
    const before = { ...kit.calls };
    const priced = await kit.quote(customerId, { sellerId, quantity: 3 }, [], {
      fees: [{ sellerId, amount: 800n }],
    });
    expect(priced).toMatchObject({
      lines: [{ total: 30_000n }],
      fees: [{ total: 800n }],
      uses: [],
      vouchers: [],
    });
    expect(connect).not.toHaveBeenCalled();
    expect(kit.calls).toEqual(before);
    connect.mockRestore();
  });

  it('tells a guest what everybody gets, and of nothing else whether there is such a thing', async () => {
    const seller = kit.newSeller();
    const made = (facts: object) => kit.client.createPromotion({ promotion: kit.voucher(facts) }, seller);
    const [open, once, first, secret, spent] = await Promise.all([
      made({ quota: 5 }),
      made({ perCustomer: 1 }),
      made({ segment: 2 }),
      made({ listed: false }),
      made({ minSpend: idr(999_999) }),
    ]);
    const campaigns = [
      { benefit: percent(1000), perCustomer: 1 },
      { benefit: percent(2000), segment: 2 },
    ];
    for (const facts of campaigns) await kit.client.createPromotion({ promotion: kit.draft(facts) }, seller);
    const codes = [open, once, first, secret, spent].map(({ code }) => code);
    const before = { ...kit.calls };
    const priced = await kit.quote('', { sellerId: seller.sellerId }, [...codes, 'NOSUCH']);
    expect(kit.calls).toEqual(before);
    expect(priced.lines).toMatchObject([{ discounts: [{ code: open.code }], total: 9000n }]);
    const said = new Map(priced.vouchers.map(({ code, ...voucher }) => [code, voucher]));
    expect(codes.map((code) => said.get(code)?.refusal)).toEqual([
      ...[0, Refusal.SIGN_IN, Refusal.SIGN_IN, Refusal.SIGN_IN, Refusal.MINIMUM_SPEND],
    ]);
    // What is not shown to everybody is as if nobody had given it out.
    expect(said.get(secret.code)).toEqual(said.get('NOSUCH'));
    expect((await kit.quote(kit.newCustomer().id, { sellerId: seller.sellerId }, codes)).lines).toMatchObject(
      [{ discounts: expect.arrayContaining([expect.objectContaining({ code: secret.code })]) }],
    );
  });

  it('explains line by line what vouchers and campaigns take off, and who bears it', async () => {
    const seller = kit.newSeller();
    const { id: customerId } = kit.newCustomer();
    await kit.client.createPromotion({ promotion: kit.draft({ benefit: percent(1000) }) }, seller);
    const store = await kit.client.createPromotion({ promotion: kit.voucher({ name: 'Toko' }) }, seller);
    const platform = kit.voucher({ name: 'Pasar', benefit: percent(5000), quota: 3, segment: 2 });
    const general = await kit.client.createPromotion({ promotion: platform }, kit.newAdmin());
    const priced = await kit.quote(customerId, { sellerId: seller.sellerId }, [
      general.code,
      store.code,
      'NOSUCH',
      store.code,
    ]);
    expect(priced.lines).toMatchObject([
      {
        discounts: [
          { kind: Discount_Kind.PERCENTAGE, amount: idr(1000), bearer: Bearer.SELLER, code: '' },
          {
            kind: Discount_Kind.FIXED,
            amount: idr(1000),
            bearer: Bearer.SELLER,
            code: store.code,
            name: 'Toko',
          },
          { kind: Discount_Kind.PERCENTAGE, amount: idr(4000), bearer: Bearer.PLATFORM, code: general.code },
        ],
        total: 4000n,
      },
    ]);
    const byCode = new Map(priced.vouchers.map((voucher) => [voucher.code, voucher]));
    expect(byCode.size).toBe(3);
    expect(byCode.get('NOSUCH')).toMatchObject({ refusal: Refusal.UNKNOWN });
    expect(byCode.get(store.code)).toMatchObject({ refusal: 0, amount: idr(1000), name: 'Toko' });
    expect(priced.uses.map(({ id, code }) => [id, code]).sort()).toEqual(
      [
        [general.id, general.code],
        [store.id, store.code],
      ].sort(),
    );
  });

  it('knows categories by all that is above them, and asks the catalog once', async () => {
    const seller = kit.newSeller();
    const { root, coffee } = kit.categories;
    const promotion = kit.voucher({ categoryIds: [root.id] });
    const { code } = await kit.client.createPromotion({ promotion }, seller);
    const { id } = kit.newCustomer();
    const refusal = async (categoryId: string) =>
      (await kit.quote(id, { sellerId: seller.sellerId, categoryId }, [code])).vouchers[0]?.refusal;
    const before = kit.calls.catalog;
    expect(await refusal(coffee.id)).toBe(0);
    expect(await refusal(root.id)).toBe(0);
    expect(await refusal('')).toBe(Refusal.NO_MATCHING_ITEMS);
    expect(kit.calls.catalog - before).toBeLessThanOrEqual(1);
  });

  it('counts what is left: of a campaign’s quota, and of a customer’s share', async () => {
    const seller = kit.newSeller();
    const [one, two] = [kit.newCustomer(), kit.newCustomer()];
    const promotion = kit.draft({ quota: 2, perCustomer: 1 });
    const campaign = await kit.client.createPromotion({ promotion }, seller);
    const price = async (customerId: string) => {
      const { lines, uses } = await kit.quote(customerId, { sellerId: seller.sellerId });
      return [lines[0]?.total, uses.length];
    };
    const redeem = (customerId: string) =>
      kit.client.redeem({
        ...{ checkoutId: kit.clock.id(), customerId },
        uses: [{ id: campaign.id, promotionId: campaign.id, units: 1, amount: idr(1) }],
      });
    expect(await price(one.id)).toEqual([9000n, 1]);
    await redeem(one.id);
    expect(await price(one.id)).toEqual([10_000n, 0]);
    expect(await price(two.id)).toEqual([9000n, 1]);
    await redeem(two.id);
    expect(await price(kit.clock.id())).toEqual([10_000n, 0]);
  });

  it('has flash prices as long as there are units, also for one customer', async () => {
    const seller = kit.newSeller();
    const variantId = kit.onShelf(seller.sellerId, 10_000);
    const flash = await kit.client.createFlashSale(
      {
        flashSale: {
          ...{ name: 'Kilat', startsAt: kit.inHours(-1), endsAt: kit.inHours(1) },
          items: [{ variantId, price: idr(6000), stock: 5, perCustomer: 2 }],
        },
      },
      seller,
    );
    const [{ id: itemId }] = flash.items as [(typeof flash.items)[0]];
    const { id: customerId } = kit.newCustomer();
    const line = { sellerId: seller.sellerId, variantId, quantity: 3 };
    const priced = await kit.quote(customerId, line);
    expect(priced.lines[0]).toMatchObject({
      total: 22_000n,
      discounts: [{ kind: Discount_Kind.FLASH_SALE, units: 2 }],
    });
    expect(priced.uses).toMatchObject([{ id: itemId, promotionId: flash.id, units: 2 }]);
    await kit.client.redeem({ checkoutId: kit.clock.id(), customerId, uses: priced.uses });
    expect((await kit.quote(customerId, line)).lines[0]?.total).toBe(30_000n);
    const calls = Array.from({ length: 60 }, () =>
      codeOf(
        kit.client.redeem({
          ...{ checkoutId: kit.clock.id(), customerId: kit.clock.id() },
          uses: [{ id: itemId, promotionId: flash.id, units: 1, amount: idr(4000) }],
        }),
      ),
    );
    expect((await Promise.all(calls)).filter((code) => code === 'ok')).toHaveLength(3);
    expect((await kit.client.getFlashSale({ id: flash.id })).items).toMatchObject([{ sold: 5, stock: 5 }]);
    expect((await kit.quote(kit.clock.id(), line)).lines[0]?.total).toBe(30_000n);
  });

  it('hears of what another process changed', async () => {
    const seller = kit.newSeller();
    const { id: customerId } = kit.newCustomer();
    const promotion = kit.draft();
    const { id } = await kit.client.createPromotion({ promotion }, seller);
    const total = async () => (await kit.quote(customerId, { sellerId: seller.sellerId })).lines[0]?.total;
    expect(await total()).toBe(9000n);
    // As another process would: its database knows, and the event tells.
    await sql`update promotion set ended_at = now() where id = ${id}`.execute(
      kit.test.service.database.kysely,
    );
    expect(await total()).toBe(9000n);
    await kit.test.publish(event(PromotionChangedSchema, id, { promotionId: id }));
    await vi.waitFor(async () => expect(await total()).toBe(10_000n), wait);
  });

  it('of nonsense is refused', async () => {
    const { id } = kit.newCustomer();
    const line = { sellerId: kit.clock.id() };
    expect(
      await codeOf(
        kit.quote(
          id,
          line,
          Array.from({ length: 11 }, (_, n) => `C${n}`),
        ),
      ),
    ).toBe('request.invalid');
    expect(await codeOf(kit.quote(id, { ...line, quantity: -1 }))).toBe('request.invalid');
    expect(await codeOf(kit.quote(id, { ...line, unitPrice: -1n }))).toBe('request.invalid');
    expect(await codeOf(kit.quote('somebody', line))).toBe('request.invalid');
    const twice = { variantId: kit.clock.id(), quantity: 1, unitPrice: 1n };
    expect(await codeOf(kit.client.quote({ customerId: id, currency: 'IDR', lines: [twice, twice] }))).toBe(
      'request.invalid',
    );
  });

  it('follows time', async () => {
    const seller = kit.newSeller();
    const { id: customerId } = kit.newCustomer();
    const total = async () => (await kit.quote(customerId, { sellerId: seller.sellerId })).lines[0]?.total;
    expect(await total()).toBe(10_000n);
    const promotion = kit.draft({ startsAt: kit.inHours(1), endsAt: kit.inHours(3) });
    await kit.client.createPromotion({ promotion }, seller);
    expect(await total()).toBe(10_000n);
    kit.clock.advance(2 * 3_600_000);
    expect(await total()).toBe(9000n);
    kit.clock.advance(2 * 3_600_000);
    expect(await total()).toBe(10_000n);
  });
});
