import { OrderCancelledSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  PromotionChangedSchema,
  Redemption_Status,
  VoucherRedeemedSchema,
  VoucherReleasedSchema,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FlashSales } from './flash-sales.js';
import { codeOf, idr, startPromotion, wait } from './testing.js';

const { REDEEMED, RELEASED } = Redemption_Status;
let kit: Awaited<ReturnType<typeof startPromotion>>;
let seller: ReturnType<typeof kit.newSeller>;

beforeAll(async () => {
  kit = await startPromotion();
  seller = kit.newSeller();
});
afterAll(() => kit.test.close());

/** Hundreds at once may take a while where there is much else to do. */
const patient = { timeoutMs: 60_000 };

const newVoucher = (facts: object = {}) =>
  kit.client.createPromotion({ promotion: kit.voucher(facts) }, seller);

function use(id: string, facts: object = {}) {
  return {
    id,
    promotionId: id,
    code: 'CODE',
    units: 1,
    amount: idr(1000),
    orderIds: [kit.clock.id()],
    ...facts,
  };
}

const redeem = (uses: ReturnType<typeof use>[], checkoutId = kit.clock.id(), customerId = kit.clock.id()) =>
  kit.client.redeem({ checkoutId, customerId, uses }, patient);

const usedOf = async (id: string) => (await kit.client.getPromotion({ id }, seller)).used;

async function tally(calls: Promise<unknown>[]) {
  const codes = await Promise.all(calls.map(codeOf));
  return { ok: codes.filter((code) => code === 'ok').length, refused: codes.filter((code) => code !== 'ok') };
}

/** What the counters say is what the uses say. */
async function expectBooksToBalance() {
  const { rows } = await sql`
    select a.id from allotment a where used <> (
        select coalesce(sum(units), 0) from redemption_use u where u.allotment_id = a.id and released_at is null)
    union all
    select c.allotment_id from allotment_customer c where used <> (
        select coalesce(sum(units), 0) from redemption_use u
        where u.allotment_id = c.allotment_id and u.customer_id = c.customer_id and released_at is null)`.execute(
    kit.test.service.database.kysely,
  );
  expect(rows).toEqual([]);
}

describe('a quota', () => {
  it('is met exactly by 500 checkouts at once', async () => {
    const { id } = await newVoucher({ quota: 100 });
    const { ok, refused } = await tally(Array.from({ length: 500 }, () => redeem([use(id)])));
    expect(ok).toBe(100);
    expect(new Set(refused)).toEqual(new Set(['promotion.not_redeemable']));
    expect(await usedOf(id)).toBe(100);
    await expectBooksToBalance();
  });

  it('of several vouchers is met where each checkout wants some of them, all or nothing', async () => {
    const vouchers = await Promise.all([40, 60, 80].map((quota) => newVoucher({ quota })));
    const ids = vouchers.map(({ id }) => id);
    const wants = (n: number) => ids.filter((_, index) => (n >> index) & 1).sort(() => (n % 2 ? 1 : -1));
    const { ok } = await tally(
      Array.from({ length: 500 }, (_, n) => redeem(wants((n % 7) + 1).map((id) => use(id)))),
    );
    expect(ok).toBeGreaterThanOrEqual(80);
    const used = await Promise.all(ids.map(usedOf));
    for (const [index, quota] of [40, 60, 80].entries()) expect(used[index]).toBeLessThanOrEqual(quota);
    // Nobody was refused while there was something left of all that anybody could want alone.
    expect(used).toEqual([40, 60, 80]);
    await expectBooksToBalance();
  });

  it('holds while others give back', async () => {
    const { id } = await newVoucher({ quota: 20 });
    const rounds = Array.from({ length: 300 }, async () => {
      const checkoutId = kit.clock.id();
      const code = await codeOf(redeem([use(id)], checkoutId));
      if (code === 'ok') await kit.client.release({ checkoutId }, patient);
    });
    await Promise.all(rounds);
    expect(await usedOf(id)).toBe(0);
    await expectBooksToBalance();
  });

  it('cannot be lowered below what is used', async () => {
    const { id } = await newVoucher({ quota: 5 });
    await Promise.all([1, 2, 3].map(() => redeem([use(id)])));
    const change = (quota: number) =>
      codeOf(
        kit.client.updatePromotion({ id, promotion: { quota }, updateMask: { paths: ['quota'] } }, seller),
      );
    expect(await change(2)).toBe('promotion.quota_below_used');
    expect(await change(3)).toBe('ok');
    expect(await codeOf(redeem([use(id)]))).toBe('promotion.not_redeemable');
  });
});

describe('a limit per customer', () => {
  it('is met exactly by 100 checkouts of one customer at once, also in several processes', async () => {
    const { id } = await newVoucher({ perCustomer: 3 });
    const customer = kit.clock.id();
    // Many at once share a statement; one at a time, as other processes would send them, each has its own.
    const { Redemptions } = await import('./redemptions.js');
    const services = [1, 2, 3].map(() => {
      const { database } = kit.test.service;
      const known = kit.test.service.get(Redemptions) as unknown as { outbox: never };
      return new Redemptions(database, known.outbox, kit.clock);
    });
    const wanted = { promotionId: id, code: 'X', units: 1, amount: 1n, currency: 'IDR', orderIds: [] };
    const calls = Array.from({ length: 100 }, (_, n) =>
      (services[n % 3] as InstanceType<typeof Redemptions>).redeem(kit.clock.id(), customer, [
        { id, ...wanted },
      ]),
    );
    const { ok, refused } = await tally(calls);
    expect(ok).toBe(3);
    expect(new Set(refused)).toEqual(new Set(['promotion.not_redeemable']));
    expect(await codeOf(redeem([use(id)]))).toBe('ok');
    expect(await usedOf(id)).toBe(4);
    await expectBooksToBalance();
  });
});

describe('redeeming', () => {
  it('is done once for a checkout, however often and at once it is asked for', async () => {
    const { id } = await newVoucher({ quota: 10 });
    const [checkoutId, customerId] = [kit.clock.id(), kit.clock.id()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => redeem([use(id)], checkoutId, customerId)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([REDEEMED]));
    expect(await usedOf(id)).toBe(1);
    const told = () =>
      kit.test.published(VoucherRedeemedSchema).filter((one) => one.checkoutId === checkoutId);
    await vi.waitUntil(() => told().length > 0, wait);
    expect(told()).toMatchObject([{ customerId, uses: [{ id, promotionId: id, units: 1 }] }]);
  });

  it('is all or nothing, and says what is refused and why', async () => {
    const [good, full] = [await newVoucher(), await newVoucher({ quota: 1 })];
    const later = await newVoucher({ startsAt: kit.inHours(1) });
    const ended = await newVoucher();
    await kit.client.endPromotion({ id: ended.id }, seller);
    await redeem([use(full.id)]);
    const unknown = kit.clock.id();
    const refused = await redeem([good.id, full.id, later.id, ended.id, unknown].map((id) => use(id))).catch(
      fromRpcError,
    );
    expect(refused).toMatchObject({ code: 'promotion.not_redeemable', kind: 'conflict' });
    const { uses } = (refused as ReturnType<typeof fromRpcError>).details as {
      uses: { promotionId: string; refusal: string }[];
    };
    expect(Object.fromEntries(uses.map((one) => [one.promotionId, one.refusal]))).toEqual({
      ...{ [full.id]: 'USED_UP', [later.id]: 'NOT_STARTED', [ended.id]: 'ENDED', [unknown]: 'UNKNOWN' },
    });
    expect(await usedOf(good.id)).toBe(0);
  });

  it('cannot follow a release: a request that was under way finds a tombstone', async () => {
    const { id } = await newVoucher();
    const checkoutId = kit.clock.id();
    expect(await kit.client.release({ checkoutId })).toMatchObject({ status: RELEASED });
    expect(await redeem([use(id)], checkoutId)).toMatchObject({ status: RELEASED });
    expect(await usedOf(id)).toBe(0);
    expect(kit.test.published(VoucherReleasedSchema).filter((one) => one.checkoutId === checkoutId)).toEqual(
      [],
    );
  });

  it('and releasing at once end in one of the two, with the books right', async () => {
    const { id } = await newVoucher({ quota: 1000 });
    await Promise.all(
      Array.from({ length: 60 }, async () => {
        const checkoutId = kit.clock.id();
        await Promise.all([redeem([use(id)], checkoutId), kit.client.release({ checkoutId }, patient)]);
        await kit.client.release({ checkoutId }, patient);
      }),
    );
    expect(await usedOf(id)).toBe(0);
    await expectBooksToBalance();
  });
});

describe('orders that are cancelled after all', () => {
  const cancelled = (checkoutId: string, orderId: string, wasConfirmed = true) =>
    event(OrderCancelledSchema, orderId, { order: { checkoutId, orderId }, wasConfirmed });

  it('give back what was only for them, once', async () => {
    const [own, shared] = [await newVoucher({ quota: 5 }), await newVoucher({ quota: 5 })];
    const [checkoutId, first, second] = [kit.clock.id(), kit.clock.id(), kit.clock.id()];
    await redeem(
      [use(own.id, { orderIds: [first] }), use(shared.id, { orderIds: [first, second] })],
      checkoutId,
    );
    await kit.test.publish(
      cancelled(checkoutId, first, false),
      cancelled(checkoutId, first),
      cancelled(checkoutId, first),
    );
    await vi.waitFor(async () => expect(await usedOf(own.id)).toBe(0), wait);
    expect(await usedOf(shared.id)).toBe(1);
    await kit.test.publish(cancelled(checkoutId, second));
    await vi.waitFor(async () => expect(await usedOf(shared.id)).toBe(0), wait);
    const told = () =>
      kit.test.published(VoucherReleasedSchema).filter((one) => one.checkoutId === checkoutId);
    await vi.waitUntil(() => told().length === 2, wait);
    expect(told().map(({ uses }) => uses.map(({ id }) => id))).toEqual([[own.id], [shared.id]]);
    await expectBooksToBalance();
  });
});

describe('the list of redemptions', () => {
  it('comes in pages, newest first, to the owner and staff only', async () => {
    const { id } = await newVoucher();
    const checkouts = [];
    for (let n = 0; n < 5; n++) {
      const checkoutId = kit.clock.id();
      checkouts.unshift(checkoutId);
      await redeem([use(id)], checkoutId);
    }
    await kit.client.release({ checkoutId: checkouts[0] as string });
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await kit.client.listRedemptions({ id, pageSize: 2, pageToken }, seller);
      seen.push(...page.redemptions.map(({ checkoutId }) => checkoutId));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(seen).toEqual(checkouts);
    const [last] = (await kit.client.listRedemptions({ id }, kit.newAdmin())).redemptions;
    expect(last).toMatchObject({ amount: idr(1000), releasedAt: expect.anything() });
    expect(await codeOf(kit.client.listRedemptions({ id }, kit.newSeller()))).toBe('promotion.not_found');
    const forged = Buffer.from('["x","y"]').toString('base64url');
    expect(await codeOf(kit.client.listRedemptions({ id, pageToken: forged }, seller))).toBe(
      'request.invalid',
    );
  });
});

describe('a flash price', () => {
  const flashSale = async (facts: object) => {
    const variantId = kit.onShelf(seller.sellerId);
    const { id, items } = await kit.client.createFlashSale(
      {
        flashSale: {
          ...{ name: 'Kilat', startsAt: kit.inHours(0), endsAt: kit.inHours(1) },
          items: [{ variantId, price: idr(4000), ...facts }],
        },
      },
      seller,
    );
    return { id, variantId, itemId: items[0]?.id as string };
  };

  it('is told with the units that are left to who asks, while it holds', async () => {
    const { variantId, itemId } = await flashSale({ stock: 3, perCustomer: 2 });
    const unitsFor = async (customerId = '') =>
      (await kit.client.batchGetFlashPrices({ variantIds: [variantId, kit.clock.id()], customerId })).prices[
        variantId
      ]?.units;
    const [one, other] = [kit.newCustomer(), kit.newCustomer()];
    expect(await unitsFor()).toBe(2);
    await redeem([use(itemId, { units: 2 })], kit.clock.id(), one.id);
    expect(await unitsFor(one.id)).toBeUndefined();
    expect(await unitsFor(other.id)).toBe(1);
    await redeem([use(itemId)], kit.clock.id(), other.id);
    expect(await unitsFor()).toBeUndefined();
  });

  it('has its turns told once: that it begins, is sold out, is not any more, and ends', async () => {
    const { id, variantId, itemId } = await flashSale({ stock: 1, perCustomer: 0 });
    const sales = kit.test.service.get(FlashSales);
    const told = () => kit.test.published(PromotionChangedSchema).filter((one) => one.promotionId === id);
    const turn = async () => {
      await Promise.all([sales.tellTurns(), sales.tellTurns(), sales.tellTurns()]);
      return told();
    };
    await turn();
    await vi.waitUntil(() => told().length === 2, wait);
    expect(told()[1]).toMatchObject({ variantIds: [variantId], isFlashSale: true });
    const checkoutId = kit.clock.id();
    await redeem([use(itemId)], checkoutId);
    await turn();
    await vi.waitUntil(() => told().length === 3, wait);
    await kit.client.release({ checkoutId });
    await turn();
    await vi.waitUntil(() => told().length === 4, wait);
    kit.clock.advance(2 * 3_600_000);
    await turn();
    await turn();
    await vi.waitUntil(() => told().length === 5, wait);
    expect((await kit.client.batchGetFlashPrices({ variantIds: [variantId] })).prices).toEqual({});
  });
});
