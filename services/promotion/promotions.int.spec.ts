import { PromotionChangedSchema, Refusal } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { codeOf, idr, startPromotion, wait } from './testing.js';

let kit: Awaited<ReturnType<typeof startPromotion>>;
let admin: ReturnType<typeof kit.newAdmin>;

beforeAll(async () => {
  kit = await startPromotion({ PASAR_PROMOTIONS_PER_STORE: '12' });
  admin = kit.newAdmin();
});
afterAll(() => kit.test.close());

const create = (promotion: object, who: Parameters<typeof kit.client.createPromotion>[1]) =>
  kit.client.createPromotion({ promotion }, who);

describe('a promotion', () => {
  it('belongs to the store of who makes it, or to the platform', async () => {
    const seller = kit.newSeller();
    const own = await create(kit.voucher({ code: 'Kopi10x', sellerId: kit.clock.id() }), seller);
    expect(own).toMatchObject({ sellerId: seller.sellerId, code: 'KOPI10X', used: 0, segment: 1 });
    expect(await create(kit.draft(), admin)).toMatchObject({ sellerId: '', code: '' });
    const told = () =>
      kit.test.published(PromotionChangedSchema).filter(({ promotionId }) => promotionId === own.id);
    await vi.waitUntil(() => told().length > 0, wait);
    expect(told()).toMatchObject([{ sellerId: seller.sellerId, isFlashSale: false }]);
  });

  it('comes back as it was made, whatever it gives', async () => {
    const seller = kit.newSeller();
    const [a, b] = [kit.clock.id(), kit.clock.id()];
    const benefits = [
      { case: 'percentage', value: { basisPoints: 1500, cap: idr(5000) } },
      { case: 'fixed', value: { amount: idr(700) } },
      { case: 'freeShipping', value: { cap: idr(900) } },
      { case: 'cashback', value: { basisPoints: 200, cap: idr(300) } },
      { case: 'cashback', value: { amount: idr(300) } },
      { case: 'buyXGetY', value: { buy: 2, get: 1, basisPoints: 10_000, getProductIds: [a], maxTimes: 3 } },
      {
        case: 'bundle',
        value: {
          items: [
            { variantId: a, quantity: 1 },
            { variantId: b, quantity: 2 },
          ],
          price: idr(99),
        },
      },
    ];
    for (const benefit of benefits) {
      const facts = {
        categoryIds: [kit.categories.coffee.id],
        productIds: [b],
        minSpend: idr(10),
        perCustomer: 2,
      };
      const { id } = await create(kit.draft({ benefit: { benefit }, ...facts, quota: 7 }), seller);
      const found = await kit.client.getPromotion({ id }, seller);
      expect(found).toMatchObject({ benefit: { benefit }, ...facts, quota: 7 });
    }
  });

  it('that makes no sense is refused', async () => {
    const seller = kit.newSeller();
    const bad: [string, object][] = [
      ['a name', { name: ' a ' }],
      ['no end', { endsAt: undefined }],
      ['an end before its start', { startsAt: kit.inHours(5), endsAt: kit.inHours(4) }],
      ['an end in the past', { startsAt: kit.inHours(-5), endsAt: kit.inHours(-4) }],
      ['a life of years', { endsAt: kit.inHours(24 * 400) }],
      ['nothing to give', { benefit: undefined }],
      ['nothing in its benefit', { benefit: {} }],
      ['more than all', { benefit: { benefit: { case: 'percentage', value: { basisPoints: 10_001 } } } }],
      ['less than nothing', { benefit: { benefit: { case: 'fixed', value: { amount: idr(-5) } } } }],
      ['an amount of nothing', { benefit: { benefit: { case: 'fixed', value: { amount: idr(0) } } } }],
      [
        'a cashback of two kinds',
        { benefit: { benefit: { case: 'cashback', value: { basisPoints: 1, amount: idr(1) } } } },
      ],
      [
        'a set of one',
        {
          benefit: {
            benefit: {
              case: 'bundle',
              value: { items: [{ variantId: kit.clock.id(), quantity: 1 }], price: idr(1) },
            },
          },
        },
      ],
      ['two currencies', { minSpend: { amount: 5n, currency: 'USD' } }],
      ['an unknown category', { categoryIds: [kit.clock.id()] }],
      ['a category that is no id', { categoryIds: ['coffee'] }],
      ['a quota below nothing', { quota: -1 }],
      ['a campaign that is listed', { listed: true }],
      ['a code with spaces', { code: 'A B C' }],
      ['a huge name', { name: 'x'.repeat(500) }],
    ];
    for (const [what, facts] of bad) {
      expect([what, await codeOf(create(kit.draft(facts), seller))]).toEqual([what, 'request.invalid']);
    }
  });

  it('has a code of its own in the whole market, however many ask for it at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        codeOf(create(kit.voucher({ code: n % 2 ? 'SAMA' : 'sama' }), kit.newSeller())),
      ),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'promotion.code_taken')).toHaveLength(9);
  });

  it('is one of so many that a store may have running', async () => {
    const seller = kit.newSeller();
    const made = [];
    for (let n = 0; n < 12; n++) made.push(await create(kit.draft(), seller));
    expect(await codeOf(create(kit.draft(), seller))).toBe('promotion.too_many');
    await kit.client.endPromotion({ id: made[0]?.id }, seller);
    expect(await codeOf(create(kit.draft(), seller))).toBe('ok');
  });
});

describe('changing', () => {
  const change = (
    id: string,
    promotion: object,
    paths: string[],
    who: Parameters<typeof kit.client.updatePromotion>[1],
  ) => kit.client.updatePromotion({ id, promotion, updateMask: { paths } }, who);

  it('is for what buyers were not told otherwise', async () => {
    const seller = kit.newSeller();
    const { id } = await create(kit.voucher({ perCustomer: 1 }), seller);
    const changed = await change(
      id,
      { name: 'Nama baru', quota: 9, perCustomer: 0 },
      ['name', 'quota', 'per_customer'],
      seller,
    );
    expect(changed).toMatchObject({ name: 'Nama baru', quota: 9, perCustomer: 0 });
    for (const path of ['benefit', 'min_spend', 'code', 'segment', 'stackable', 'category_ids', 'nonsense']) {
      expect([path, await codeOf(change(id, {}, [path], seller))]).toEqual([path, 'request.invalid']);
    }
    expect(await codeOf(change(id, {}, ['ends_at'], seller))).toBe('request.invalid');
    await kit.client.endPromotion({ id }, seller);
    expect(await codeOf(change(id, { quota: 10 }, ['quota'], seller))).toBe('promotion.ended');
  });

  it('is for its owner; staff may see and end anybody’s', async () => {
    const [seller, stranger] = [kit.newSeller(), kit.newSeller()];
    const { id } = await create(kit.draft(), seller);
    const ofPlatform = await create(kit.draft(), admin);
    for (const [who, one] of [
      [stranger, id],
      [seller, ofPlatform.id],
    ] as const) {
      expect(await codeOf(kit.client.getPromotion({ id: one }, who))).toBe('promotion.not_found');
      expect(await codeOf(change(one, { name: 'Milikku' }, ['name'], who))).toBe('promotion.not_found');
      expect(await codeOf(kit.client.endPromotion({ id: one }, who))).toBe('promotion.not_found');
    }
    expect(await codeOf(kit.client.createPromotion({ promotion: kit.draft() }, kit.newCustomer()))).toBe(
      'access.forbidden',
    );
    expect(await codeOf(change(id, { name: 'Milik kami' }, ['name'], admin))).toBe('promotion.not_found');
    expect(await kit.client.endPromotion({ id }, admin)).toMatchObject({ id, endedAt: expect.anything() });
    const again = await kit.client.endPromotion({ id }, seller);
    expect(again.endedAt).toEqual((await kit.client.getPromotion({ id }, seller)).endedAt);
  });
});

describe('lists', () => {
  it('of a manager come in pages, newest first, by kind', async () => {
    const seller = kit.newSeller();
    for (let n = 0; n < 6; n++)
      await create(n % 2 ? kit.draft({ name: `L${n}xx` }) : kit.voucher({ name: `L${n}xx` }), seller);
    const all = async (facts: object, who: Parameters<typeof kit.client.listPromotions>[1] = seller) => {
      const names: string[] = [];
      let pageToken = '';
      do {
        const page = await kit.client.listPromotions({ pageSize: 2, pageToken, ...facts }, who);
        names.push(...page.promotions.map(({ name }) => name[1] as string));
        pageToken = page.nextPageToken;
      } while (pageToken);
      return names.join('');
    };
    expect(await all({})).toBe('543210');
    expect(await all({ kind: 1 })).toBe('420');
    expect(await all({ kind: 2 })).toBe('531');
    expect(await all({ sellerId: seller.sellerId }, admin)).toBe('543210');
    expect(await all({ sellerId: seller.sellerId }, kit.newSeller())).toBe('');
    expect(await codeOf(kit.client.listPromotions({ pageToken: 'AAAA' }, seller))).toBe('request.invalid');
  });

  it('for buyers show vouchers that can be used, what ends first first', async () => {
    const seller = kit.newSeller();
    const make = (name: string, facts: object = {}) => create(kit.voucher({ name, ...facts }), seller);
    await make('later', { endsAt: kit.inHours(48) });
    await make('sooner', { endsAt: kit.inHours(2) });
    await make('hidden', { listed: false });
    await make('to come', { startsAt: kit.inHours(1) });
    await create(kit.draft({ name: 'campaign' }), seller);
    const full = await make('used up', { quota: 1 });
    const uses = [{ id: full.id, promotionId: full.id, units: 1, amount: idr(1) }];
    await kit.client.redeem({ checkoutId: kit.clock.id(), customerId: kit.clock.id(), uses });
    const { id } = await make('ended');
    await kit.client.endPromotion({ id }, seller);
    const names: string[] = [];
    let pageToken = '';
    do {
      const page = await kit.client.listVouchers({ sellerId: seller.sellerId, pageSize: 1, pageToken });
      names.push(...page.vouchers.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(names).toEqual(['sooner', 'later']);
    expect(
      await codeOf(kit.client.listVouchers({ pageToken: Buffer.from('["x","y"]').toString('base64url') })),
    ).toBe('request.invalid');
  });
});

describe('a buyer', () => {
  it('checks a code: what it gives, and what stands against it', async () => {
    const seller = kit.newSeller();
    const buyer = kit.newCustomer();
    const check = async (facts: object) => {
      const { code } = await create(kit.voucher(facts), seller);
      return (await kit.client.checkVoucher({ code: code.toLowerCase() }, buyer)).refusal;
    };
    expect(await check({})).toBe(Refusal.REFUSAL_UNSPECIFIED);
    expect(await check({ startsAt: kit.inHours(1) })).toBe(Refusal.NOT_STARTED);
    expect(await check({ segment: 2 })).toBe(Refusal.REFUSAL_UNSPECIFIED);
    kit.orders.set(buyer.id, 2);
    expect(await check({ segment: 2 })).toBe(Refusal.NOT_FOR_YOU);
    expect(await check({ segment: 3 })).toBe(Refusal.REFUSAL_UNSPECIFIED);
    expect(await check({ segment: 4 })).toBe(Refusal.NOT_FOR_YOU);
    kit.orders.set(buyer.id, 9);
    expect(await check({ segment: 4 })).toBe(Refusal.REFUSAL_UNSPECIFIED);
    expect(await codeOf(kit.client.checkVoucher({ code: 'NOBODYS' }, buyer))).toBe('voucher.not_found');
    const once = await create(kit.voucher({ perCustomer: 1 }), seller);
    const uses = [{ id: once.id, promotionId: once.id, units: 1, amount: idr(1) }];
    await kit.client.redeem({ checkoutId: kit.clock.id(), customerId: buyer.id, uses });
    expect(await kit.client.checkVoucher({ code: once.code }, buyer)).toMatchObject({
      ...{ refusal: Refusal.LIMIT_REACHED, usedByMe: 1, voucher: { id: once.id } },
    });
  });

  it('keeps vouchers, each once, and finds the ones that have not ended', async () => {
    const seller = kit.newSeller();
    const buyer = kit.newCustomer();
    const [first, second, ended] = [
      await create(kit.voucher(), seller),
      await create(kit.voucher({ startsAt: kit.inHours(1) }), seller),
      await create(kit.voucher(), seller),
    ];
    await Promise.all([1, 2, 3].map(() => kit.client.claimVoucher({ code: first.code }, buyer)));
    expect(await kit.client.claimVoucher({ code: second.code }, buyer)).toMatchObject({
      ...{ refusal: Refusal.NOT_STARTED, claimedAt: expect.anything() },
    });
    await kit.client.claimVoucher({ code: ended.code }, buyer);
    await kit.client.endPromotion({ id: ended.id }, seller);
    expect(await codeOf(kit.client.claimVoucher({ code: ended.code }, kit.newCustomer()))).toBe(
      'promotion.ended',
    );
    const page = await kit.client.listClaimedVouchers({ pageSize: 1 }, buyer);
    const rest = await kit.client.listClaimedVouchers({ pageSize: 5, pageToken: page.nextPageToken }, buyer);
    expect([...page.vouchers, ...rest.vouchers].map(({ voucher }) => voucher?.id)).toEqual([
      second.id,
      first.id,
    ]);
    expect((await kit.client.listClaimedVouchers({}, kit.newCustomer())).vouchers).toEqual([]);
  });
});

describe('a flash sale', () => {
  const sale = (items: object[], facts: object = {}) => ({
    flashSale: { name: 'Kilat', startsAt: kit.inHours(-1), endsAt: kit.inHours(2), items, ...facts },
  });

  it('is of the own shelf, below its price; the platform’s of any', async () => {
    const [seller, other] = [kit.newSeller(), kit.newSeller()];
    const [own, foreign] = [kit.onShelf(seller.sellerId), kit.onShelf(other.sellerId)];
    const item = (variantId: string, price = 4000) => ({ variantId, price: idr(price), stock: 3 });
    const made = await kit.client.createFlashSale(sale([item(own)]), seller);
    expect(made).toMatchObject({
      sellerId: seller.sellerId,
      items: [{ variantId: own, stock: 3, sold: 0, title: 'Kopi', regularPrice: idr(5000) }],
    });
    const refused = async (items: object[]) =>
      (await kit.client.createFlashSale(sale(items), seller).catch(fromRpcError)) as ReturnType<
        typeof fromRpcError
      >;
    expect((await refused([item(foreign)])).errors).toMatchObject([{ field: 'items[0].variantId' }]);
    expect((await refused([item(kit.clock.id())])).code).toBe('request.invalid');
    expect((await refused([item(own, 5000)])).errors).toMatchObject([{ field: 'items[0].price' }]);
    expect((await refused([{ ...item(own), price: { amount: 1n, currency: 'USD' } }])).code).toBe(
      'request.invalid',
    );
    expect((await refused([item(own), item(own)])).code).toBe('request.invalid');
    expect((await refused([])).code).toBe('request.invalid');
    expect((await refused([{ ...item(own), stock: 0 }])).code).toBe('request.invalid');
    expect(await kit.client.createFlashSale(sale([item(own), item(foreign)]), admin)).toMatchObject({
      sellerId: '',
    });
  });

  it('is shown to everybody until it ends, and ended by its owner or staff', async () => {
    const seller = kit.newSeller();
    const items = [{ variantId: kit.onShelf(seller.sellerId), price: idr(10), stock: 1 }];
    const { id } = await kit.client.createFlashSale(sale(items), seller);
    const coming = await kit.client.createFlashSale(sale(items, { startsAt: kit.inHours(1) }), seller);
    const shown = async () =>
      (await kit.client.listFlashSales({ pageSize: 50 })).flashSales.map((one) => one.id);
    expect(await shown()).toEqual(expect.arrayContaining([id, coming.id]));
    expect(await codeOf(kit.client.endFlashSale({ id }, kit.newSeller()))).toBe('flash_sale.not_found');
    await kit.client.endFlashSale({ id }, seller);
    await kit.client.endFlashSale({ id: coming.id }, admin);
    const left = await shown();
    expect(left).not.toContain(id);
    expect(left).not.toContain(coming.id);
    expect(await kit.client.getFlashSale({ id })).toMatchObject({ endedAt: expect.anything() });
    const own = await kit.client.listOwnFlashSales({ pageSize: 1 }, seller);
    const rest = await kit.client.listOwnFlashSales({ pageToken: own.nextPageToken }, seller);
    expect([...own.flashSales, ...rest.flashSales].map((one) => one.id)).toEqual([coming.id, id]);
    expect(await codeOf(kit.client.getFlashSale({ id: kit.clock.id() }))).toBe('flash_sale.not_found');
  });
});
