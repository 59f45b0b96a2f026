import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client } from '@connectrpc/connect';
import { UserDeactivatedSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Role, StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import { SellerUpdatedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import {
  StaffChangedSchema,
  StaffInvitedSchema,
  StaffService,
} from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { admin, codeOf, openStore, person, type SellerTest, startSeller } from './testing.js';

let world: SellerTest;
let staff: Client<typeof StaffService>;
beforeAll(async () => {
  world = await startSeller();
  staff = world.test.client(StaffService);
});
afterAll(() => world.test.close());

const wait = { timeout: 20_000 };
const { ORDERS, STOCK, STORE } = StorePermission;
type Store = Awaited<ReturnType<typeof openStore>>;

async function tokenFor(email: string): Promise<string> {
  const sent = () => world.test.published(StaffInvitedSchema).findLast((each) => each.email === email);
  await vi.waitUntil(sent, wait);
  return sent()?.token ?? '';
}

async function invite(store: Store, email: string, permissions = [ORDERS]) {
  await staff.inviteStaff({ email, permissions }, store.owner);
  return tokenFor(email);
}

async function join(store: Store, permissions = [ORDERS]) {
  const member = person();
  const token = await invite(store, member.email, permissions);
  await staff.acceptInvitation({ token }, member);
  const roles = [Role.CUSTOMER, Role.SELLER];
  return { ...member, acting: asUser({ id: member.id, roles, sellerId: store.id, permissions }) };
}

const told = (userId: string) =>
  world.test
    .published(StaffChangedSchema)
    .filter((each) => each.userId === userId)
    .map((each) => each.permissions);

describe('staff', () => {
  it('join by the letter they got, once, with what they were permitted', async () => {
    const store = await openStore(world.sellers, 'Toko Kerja');
    const member = person();
    const token = await invite(store, member.email, [STOCK, ORDERS, ORDERS]);
    expect((await staff.listInvitations({}, store.owner)).invitations).toMatchObject([
      { email: member.email },
    ]);
    const codes = await Promise.all(
      [member, person(), person()].map((who) => codeOf(staff.acceptInvitation({ token }, who))),
    );
    expect(codes.sort()).toEqual(['ok', 'seller.invalid_invitation', 'seller.invalid_invitation']);
    const { staff: members } = await staff.listStaff({}, store.owner);
    expect(members).toMatchObject([{ permissions: [STOCK, ORDERS] }]);
    expect((await staff.listInvitations({}, store.owner)).invitations).toEqual([]);
    await vi.waitUntil(() => told(members[0]?.userId ?? '').length === 1, wait);
  });

  it('act for the store in what they are permitted, and for nobody else', async () => {
    const store = await openStore(world.sellers, 'Toko Halaman');
    const keeper = await join(store, [STORE]);
    const packer = await join(store, [ORDERS]);
    const change = { seller: { city: 'Medan' } };
    expect(await world.sellers.updateMySeller(change, keeper.acting)).toMatchObject({
      id: store.id,
      city: 'Medan',
    });
    expect(await codeOf(world.sellers.updateMySeller(change, packer.acting))).toBe('access.forbidden');
    expect(await world.sellers.getMySeller({}, packer)).toMatchObject({ id: store.id });
    for (const { acting } of [keeper, packer]) {
      expect(await codeOf(staff.listStaff({}, acting))).toBe('access.forbidden');
      expect(
        await codeOf(staff.inviteStaff({ email: 'a@example.test', permissions: [ORDERS] }, acting)),
      ).toBe('access.forbidden');
    }
    // A token that is still out does not help who was removed.
    await staff.removeStaff({ userId: keeper.id }, store.owner);
    expect(await codeOf(world.sellers.updateMySeller(change, keeper.acting))).toBe('seller.not_found');
    await vi.waitUntil(() => told(keeper.id).length === 2, wait);
    expect(told(keeper.id)).toEqual([[STORE], []]);
  });

  it('belong to one store, however many invite them, and none of their own', async () => {
    const stores = [];
    for (const name of ['Satu', 'Dua', 'Tiga']) stores.push(await openStore(world.sellers, `Toko ${name}`));
    const member = person();
    const tokens = [];
    for (const store of stores) tokens.push(await invite(store, member.email));
    const attempts = [
      ...tokens.map((token) => codeOf(staff.acceptInvitation({ token }, member))),
      codeOf(world.sellers.applySeller({ name: 'Toko Sendiri', city: 'Solo' }, member)),
    ];
    const codes = (await Promise.all(attempts)).filter((code) => code === 'ok');
    expect(codes).toHaveLength(1);
    const owner = stores[0] as Store;
    const token = await invite(stores[1] as Store, owner.person.email);
    expect(await codeOf(staff.acceptInvitation({ token }, owner.person))).toBe('seller.already_applied');
    // A refusal spends nothing.
    expect(await codeOf(staff.acceptInvitation({ token }, person()))).toBe('ok');
  });

  it('are changed and removed by their owner only', async () => {
    const store = await openStore(world.sellers, 'Toko Milik');
    const other = await openStore(world.sellers, 'Toko Tetangga');
    const member = await join(store);
    const userId = member.id;
    expect(await codeOf(staff.updateStaff({ userId, permissions: [STOCK] }, other.owner))).toBe(
      'staff.not_found',
    );
    expect(await codeOf(staff.removeStaff({ userId }, other.owner))).toBe('staff.not_found');
    expect(await codeOf(staff.updateStaff({ userId, permissions: [] }, store.owner))).toBe('request.invalid');
    expect(await staff.updateStaff({ userId, permissions: [STOCK] }, store.owner)).toMatchObject({
      permissions: [STOCK],
    });
    await invite(store, 'x@example.test');
    const { invitations } = await staff.listInvitations({}, store.owner);
    const id = invitations[0]?.id ?? '';
    expect(await codeOf(staff.cancelInvitation({ id }, other.owner))).toBe('invitation.not_found');
    await staff.cancelInvitation({ id }, store.owner);
    await staff.leaveStaff({}, member);
    await staff.leaveStaff({}, member);
    expect((await staff.listStaff({}, store.owner)).staff).toEqual([]);
  });

  it('lose and regain their role with the store, and go with their account', async () => {
    const store = await openStore(world.sellers, 'Toko Tutup');
    const member = await join(store, [STOCK]);
    await world.sellers.suspendSeller({ id: store.id, reason: 'late' }, admin);
    expect(
      await codeOf(staff.inviteStaff({ email: 'y@example.test', permissions: [STOCK] }, store.owner)),
    ).toBe('seller.closed');
    await world.sellers.approveSeller({ id: store.id }, admin);
    await vi.waitUntil(() => told(member.id).length === 3, wait);
    expect(told(member.id)).toEqual([[STOCK], [], [STOCK]]);
    await world.test.publish(event(UserDeactivatedSchema, member.id, { userId: member.id, reason: '' }));
    await vi.waitUntil(async () => (await staff.listStaff({}, store.owner)).staff.length === 0, wait);
  });

  it('cannot join by a letter that was replaced, or is too old', async () => {
    const store = await openStore(world.sellers, 'Toko Lama');
    const first = await invite(store, 'lama@example.test');
    await staff.inviteStaff({ email: 'lama@example.test', permissions: [STOCK] }, store.owner);
    const second = () =>
      world.test.published(StaffInvitedSchema).findLast(({ email }) => email === 'lama@example.test')?.token;
    await vi.waitUntil(() => second() !== first, wait);
    expect(await codeOf(staff.acceptInvitation({ token: first }, person()))).toBe(
      'seller.invalid_invitation',
    );
    expect((await staff.listInvitations({}, store.owner)).invitations).toHaveLength(1);
  });
});

describe('the store’s page', () => {
  it('has opening hours in the order of the week', async () => {
    const store = await openStore(world.sellers, 'Toko Jam');
    const hours = [
      { weekday: 2, opens: 540, closes: 1020 },
      { weekday: 1, opens: 780, closes: 1020 },
      { weekday: 1, opens: 540, closes: 720 },
    ];
    const set = (openingHours: object[]) =>
      world.sellers.updateMySeller({ seller: { openingHours } }, store.owner);
    await set(hours);
    const { openingHours } = await world.sellers.getSeller({ id: store.slug });
    expect(openingHours.map(({ weekday, opens }) => [weekday, opens])).toEqual([
      [1, 540],
      [1, 780],
      [2, 540],
    ]);
    expect(await codeOf(set([{ weekday: 1, opens: 600, closes: 600 }]))).toBe('request.invalid');
    expect(await codeOf(set([hours[1]!, { weekday: 1, opens: 700, closes: 800 }]))).toBe('request.invalid');
    expect(await codeOf(set([{ weekday: 8, opens: 0, closes: 1 }]))).toBe('request.invalid');
  });

  it('says when the store is on holiday, and so do events', async () => {
    const store = await openStore(world.sellers, 'Toko Libur');
    const in_ = (days: number) =>
      timestampFromDate(new Date(world.clock.now().getTime() + days * 86_400_000));
    const holiday = { startsAt: in_(1), endsAt: in_(8), note: 'Mudik' };
    await world.sellers.setHoliday({ holiday }, store.owner);
    const page = await world.sellers.getSeller({ id: store.id });
    expect(page.holiday).toMatchObject({ note: 'Mudik' });
    expect(timestampDate(page.holiday!.endsAt!)).toEqual(timestampDate(holiday.endsAt));
    await world.sellers.setHoliday({}, store.owner);
    expect((await world.sellers.getSeller({ id: store.id })).holiday).toBeUndefined();
    const events = () =>
      world.test.published(SellerUpdatedSchema).filter(({ sellerId }) => sellerId === store.id);
    await vi.waitUntil(() => events().length === 2, wait);
    expect(events().map((each) => each.holiday?.note)).toEqual(['Mudik', undefined]);
    for (const wrong of [{ endsAt: in_(-1) }, { startsAt: in_(3), endsAt: in_(2) }, { endsAt: in_(400) }, {}])
      expect(await codeOf(world.sellers.setHoliday({ holiday: wrong }, store.owner))).toBe('request.invalid');
  });
});
