import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client } from '@connectrpc/connect';
import {
  CommissionService,
  Commission_Source as Source,
} from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, codeOf, openStore, type SellerTest, startSeller } from './testing.js';

let world: SellerTest;
let commissions: Client<typeof CommissionService>;
beforeAll(async () => {
  world = await startSeller();
  commissions = world.test.client(CommissionService);
});
afterAll(() => world.test.close());

const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000);
const ask = async (sellerId: string, categoryId = '', at?: Date) => {
  const request = { sales: [{ sellerId, categoryId }], at: at && timestampFromDate(at) };
  return (await commissions.batchGetCommissions(request)).commissions[0];
};

describe('commission', () => {
  it('is that of the plan that everybody is on, also for stores nobody knows yet', async () => {
    const { id } = await openStore(world.sellers, 'Toko Baru');
    for (const sellerId of [id, crypto.randomUUID(), id.toUpperCase()])
      expect(await ask(sellerId)).toMatchObject({
        basisPoints: 500,
        source: Source.PLAN,
        planName: 'Standar',
      });
  });

  it('follows plan, category and store from the moment they are set, and stays as it was before', async () => {
    const { id: sellerId } = await openStore(world.sellers, 'Toko Naik');
    const root = world.addCategory();
    const leaf = world.addCategory(root);
    const name = `Perak ${crypto.randomUUID()}`;
    const plan = await commissions.createCommissionPlan({ name, basisPoints: 300 }, admin);
    const start = inDays(0);
    const from = (days: number) => timestampFromDate(inDays(days));
    await commissions.assignCommissionPlan({ id: plan.id, sellerId, effectiveFrom: from(1) }, admin);
    const category = { planId: plan.id, categoryId: root, basisPoints: 200, effectiveFrom: from(2) };
    await commissions.setCommissionRate(category, admin);
    await commissions.setCommissionRate({ sellerId, basisPoints: 100, effectiveFrom: from(3) }, admin);
    await commissions.setCommissionRate({ sellerId, effectiveFrom: from(4) }, admin);
    const rates = [];
    for (let day = 0; day <= 4; day++)
      rates.push(await ask(sellerId, leaf, new Date(start.getTime() + (day + 0.5) * 86_400_000)));
    expect(rates.map((rate) => rate?.basisPoints)).toEqual([500, 300, 200, 100, 200]);
    expect(rates[2]).toMatchObject({ source: Source.PLAN_CATEGORY, categoryId: root, planId: plan.id });
    expect((await ask(sellerId, leaf, inDays(-1000)))?.basisPoints).toBe(500);
    const { rates: history } = await commissions.listCommissionRates({ sellerId }, admin);
    expect(history.map(({ basisPoints }) => basisPoints)).toEqual([undefined, 100]);
  });

  it('answers many sales in their order', async () => {
    const { id } = await openStore(world.sellers, 'Toko Banyak');
    await commissions.setCommissionRate({ sellerId: id, basisPoints: 50 }, admin);
    const sales = Array.from({ length: 500 }, (_, n) => ({ sellerId: n % 2 ? id : crypto.randomUUID() }));
    const answer = await commissions.batchGetCommissions({ sales });
    expect(answer.commissions.map(({ basisPoints }) => basisPoints)).toEqual(
      sales.map((_, n) => (n % 2 ? 50 : 500)),
    );
  });

  it('is told to the store that it is taken from', async () => {
    const { id, owner } = await openStore(world.sellers, 'Toko Tanya');
    await commissions.setCommissionRate({ sellerId: id, basisPoints: 250 }, admin);
    expect(await commissions.getMyCommission({}, owner)).toMatchObject({
      basisPoints: 250,
      source: Source.STORE,
    });
  });

  it('cannot be set for the past, for nobody, or for what does not exist', async () => {
    const { id: sellerId, owner } = await openStore(world.sellers, 'Toko Lampau');
    const set = (request: object) => codeOf(commissions.setCommissionRate(request, admin));
    const past = timestampFromDate(inDays(-1));
    expect(await set({ sellerId, basisPoints: 1, effectiveFrom: past })).toBe('request.invalid');
    expect(await set({ basisPoints: 1 })).toBe('request.invalid');
    expect(await set({ sellerId, planId: sellerId, basisPoints: 1 })).toBe('request.invalid');
    expect(await set({ sellerId, basisPoints: 10_001 })).toBe('request.invalid');
    expect(await set({ sellerId, basisPoints: 1, categoryId: crypto.randomUUID() })).toBe('request.invalid');
    expect(await set({ sellerId: crypto.randomUUID(), basisPoints: 1 })).toBe('seller.not_found');
    expect(await set({ planId: crypto.randomUUID(), basisPoints: 1 })).toBe('plan.not_found');
    const { plans } = await commissions.listCommissionPlans({}, admin);
    const standard = plans.find(({ isDefault }) => isDefault);
    expect(await set({ planId: standard?.id })).toBe('request.invalid');
    expect(await codeOf(commissions.setCommissionRate({ sellerId, basisPoints: 0 }, owner))).toBe(
      'access.forbidden',
    );
  });

  it('has one plan of a name, however many make it at once, and lists them in pages', async () => {
    const name = `Emas ${crypto.randomUUID()}`;
    const codes = await Promise.all(
      Array.from({ length: 8 }, () =>
        codeOf(commissions.createCommissionPlan({ name, basisPoints: 10 }, admin)),
      ),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'seller.plan_name_taken')).toHaveLength(7);
    const names: string[] = [];
    let pageToken = '';
    do {
      const page = await commissions.listCommissionPlans({ pageSize: 1, pageToken }, admin);
      names.push(...page.plans.map((plan) => plan.name));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toContain(name);
  });
});
