import {
  UserDeactivatedSchema,
  UserReactivatedSchema,
  UserRegisteredSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { codeOf, person, startUsers, type TestUsers } from './testing.js';

let test: TestUsers;
beforeAll(async () => {
  test = await startUsers();
});
afterAll(() => test.close());

const wait = { timeout: 20_000 };
const mask = (...paths: string[]) => ({ paths });
const address = {
  recipient: 'Ayu',
  phone: '+62 812 3456',
  line1: 'Jl. Mawar 7',
  city: 'Solo',
  province: 'Jawa Tengah',
  postalCode: '57111',
};

const registered = ({ id, email, name }: ReturnType<typeof person>, locale: string) =>
  event(UserRegisteredSchema, id, { userId: id, email, name, locale });

describe('a profile', () => {
  it('is there at once after registration, before its event, also when many ask', async () => {
    const ayu = person();
    const profiles = await Promise.all(Array.from({ length: 20 }, () => test.users.getMe({}, ayu)));
    for (const profile of profiles) {
      expect(profile).toMatchObject({ id: ayu.id, email: ayu.email, name: 'Ayu', locale: 'id' });
    }
    await test.publish(registered(ayu, 'en'), registered(ayu, 'en'));
    await vi.waitUntil(async () => (await test.users.getMe({}, ayu)).locale === 'en', wait);
  });

  it('keeps what the person chose before the event came', async () => {
    const [ayu, marker] = [person(), person()];
    await test.users.updateMe(
      { user: { locale: 'id', name: 'Ayu Lestari' }, updateMask: mask('locale', 'name') },
      ayu,
    );
    await test.publish(registered(ayu, 'en'), registered(marker, 'en'));
    await vi.waitUntil(
      async () => (await test.users.batchGetContacts({ userIds: [marker.id] })).contacts.length === 1,
      wait,
    );
    expect(await test.users.getMe({}, ayu)).toMatchObject({ locale: 'id', name: 'Ayu Lestari' });
  });

  it('takes the locale of a registration that is heard of after another change', async () => {
    const ayu = person();
    await test.users.updateMe({ user: { name: 'Ayu Lestari' }, updateMask: mask('name') }, ayu);
    await test.publish(registered(ayu, 'en'));
    await vi.waitUntil(async () => (await test.users.getMe({}, ayu)).locale === 'en', wait);
    expect(await test.users.getMe({}, ayu)).toMatchObject({ name: 'Ayu Lestari' });
  });

  it('changes by mask, and tells so', async () => {
    const ayu = person();
    const user = {
      name: ' Ayu  Lestari ',
      phone: '+62 812',
      avatarUrl: '/media/1.webp',
      preferences: { marketingEmail: true },
    };
    const paths = ['name', 'phone', 'avatar_url', 'preferences.marketing_email'];
    const changed = await test.users.updateMe({ user, updateMask: mask(...paths) }, ayu);
    expect(changed).toMatchObject({ name: 'Ayu Lestari', phone: '+62 812', avatarUrl: '/media/1.webp' });
    // Others stay at what they were.
    expect(changed.preferences).toMatchObject({
      marketingEmail: true,
      orderEmail: true,
      priceDropNotice: true,
      salesEmail: true,
    });
    await test.users.updateMe({ user: {}, updateMask: mask('phone') }, ayu);
    expect(await test.users.getMe({}, ayu)).toMatchObject({ phone: '', name: 'Ayu Lestari' });
    const told = () => test.published(UserUpdatedSchema).filter(({ userId }) => userId === ayu.id);
    await vi.waitUntil(() => told().length === 2, wait);
    expect(told()[0]).toMatchObject({
      name: 'Ayu Lestari',
      phone: '+62 812',
      email: ayu.email,
      deleted: false,
    });
  });

  it('does not change in what is not the person’s to change, or not well formed', async () => {
    const ayu = person();
    const change = (user: object, ...paths: string[]) =>
      test.users.updateMe({ user, updateMask: mask(...paths) }, ayu).then(() => undefined, fromRpcError);
    for (const path of ['email', 'id', 'created_at', 'roles', 'deleted_at']) {
      expect(await change({ email: 'thief@example.com' }, path)).toMatchObject({ kind: 'invalid' });
    }
    expect(await change({ email: 'thief@example.com' })).toMatchObject({ errors: [{ field: 'email' }] });
    expect(await change({ name: ' \n' }, 'name')).toMatchObject({ errors: [{ field: 'name' }] });
    expect(await change({ phone: 'call me' }, 'phone')).toMatchObject({ kind: 'invalid' });
    expect(await change({ avatarUrl: 'javascript:alert(1)' }, 'avatar_url')).toMatchObject({
      kind: 'invalid',
    });
    expect(await change({ locale: 'xx' }, 'locale')).toMatchObject({ kind: 'invalid' });
    expect(await test.users.getMe({}, ayu)).toMatchObject({ email: ayu.email, name: 'Ayu', phone: '' });
  });

  it('loses no change of several at once', async () => {
    const ayu = person();
    await Promise.all([
      test.users.updateMe({ user: { phone: '0812345' }, updateMask: mask('phone') }, ayu),
      test.users.updateMe({ user: { locale: 'en' }, updateMask: mask('locale') }, ayu),
      test.users.updateMe({ user: { preferences: {} }, updateMask: mask('preferences.order_push') }, ayu),
      test.users.updateMe({ user: { preferences: {} }, updateMask: mask('preferences.order_email') }, ayu),
      test.users.updateMe({ user: { preferences: {} }, updateMask: mask('preferences.sales_email') }, ayu),
    ]);
    expect(await test.users.getMe({}, ayu)).toMatchObject({
      phone: '0812345',
      locale: 'en',
      preferences: { orderPush: false, orderEmail: false, priceDropNotice: true, salesEmail: false },
    });
  });
});

describe('the export', () => {
  it('has everything', async () => {
    const ayu = person();
    await test.users.createAddress({ address }, ayu);
    await test.users.createWishlist({ name: 'Ulang tahun' }, ayu);
    test.orders.set(ayu.id, ['3', '2', '1']);
    expect(await test.users.exportMe({}, ayu)).toMatchObject({
      user: { id: ayu.id },
      addresses: [{ recipient: 'Ayu' }],
      wishlists: [{ name: 'Ulang tahun' }],
      orders: [{ id: '3' }, { id: '2' }, { id: '1' }],
      reviews: [{ text: `by ${ayu.id}` }],
      exportedAt: expect.anything(),
    });
  });
});

describe('deletion', () => {
  it('needs the password', async () => {
    const ayu = person();
    expect(await codeOf(test.users.deleteMe({ password: 'wrong' }, ayu))).toBe('auth.wrong_password');
    expect(await test.users.getMe({}, ayu)).toMatchObject({ name: 'Ayu' });
  });

  it('leaves nothing personal, tells once, and stays done whoever still has a token', async () => {
    const ayu = person();
    const book = await test.users.createAddress({ address }, ayu);
    await test.users.createWishlist({ name: 'Ulang tahun' }, ayu);
    await test.users.updateMe({ user: { phone: '0812345' }, updateMask: mask('phone') }, ayu);
    await Promise.all([1, 2, 3].map(() => test.users.deleteMe({ password: 'right' }, ayu)));

    const { rows } = await sql<{ text: string }>`
      select jsonb_build_array((select jsonb_agg(p) from profile p where user_id = ${ayu.id}),
        (select jsonb_agg(a) from address a where user_id = ${ayu.id}),
        (select jsonb_agg(w) from wishlist w where user_id = ${ayu.id}))::text as text`.execute(
      test.service.database.kysely,
    );
    for (const personal of ['Ayu', '@example.com', '0812345', 'Mawar', 'Ulang'])
      expect(rows[0]?.text).not.toContain(personal);

    // A late registration and a living token bring nothing back.
    await test.publish(registered(ayu, 'en'));
    expect(await codeOf(test.users.getMe({}, ayu))).toBe('user.not_found');
    expect(await codeOf(test.users.createAddress({ address }, ayu))).toBe('user.closed');
    expect(await codeOf(test.users.createWishlist({ name: 'x' }, ayu))).toBe('user.closed');
    expect(await codeOf(test.users.updateMe({ user: { name: 'Ayu' } }, ayu))).toBe('user.closed');
    expect(await codeOf(test.users.getAddress({ userId: ayu.id, id: book.id }))).toBe('address.not_found');
    expect((await test.users.batchGetContacts({ userIds: [ayu.id] })).contacts).toEqual([]);
    const told = () =>
      test.published(UserUpdatedSchema).filter((each) => each.userId === ayu.id && each.deleted);
    await vi.waitUntil(() => told().length > 0, wait);
    expect(told()).toMatchObject([{ name: '', email: '', phone: '' }]);
  });

  it('is not undone by what the person does at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const ayu = person();
      await Promise.allSettled([
        test.users.deleteMe({ password: 'right' }, ayu),
        ...[1, 2, 3].map(() => test.users.createAddress({ address }, ayu)),
        ...[1, 2, 3].map((n) => test.users.updateMe({ user: { name: `Ayu ${n}` } }, ayu)),
      ]);
      const { rows } = await sql<object>`
        select p.name, p.email, (select count(*)::int from address a where a.user_id = p.user_id) as addresses
        from profile p where user_id = ${ayu.id}`.execute(test.service.database.kysely);
      expect(rows).toEqual([{ name: '', email: '', addresses: 0 }]);
    }
  });
});

describe('a closed account', () => {
  it('changes nothing any more, and is still told about its orders', async () => {
    const ayu = person();
    await test.publish(registered(ayu, 'en'), event(UserDeactivatedSchema, ayu.id, { userId: ayu.id }));
    const closed = () => codeOf(test.users.updateMe({ user: { name: 'Ayu' } }, ayu));
    await vi.waitUntil(async () => (await closed()) === 'user.closed', wait);
    const { contacts } = await test.users.batchGetContacts({ userIds: [ayu.id, crypto.randomUUID()] });
    expect(contacts).toMatchObject([{ userId: ayu.id, email: ayu.email, name: 'Ayu', locale: 'en' }]);
    await test.publish(event(UserReactivatedSchema, ayu.id, { userId: ayu.id }));
    await vi.waitUntil(async () => (await closed()) === 'ok', wait);
  });
});
