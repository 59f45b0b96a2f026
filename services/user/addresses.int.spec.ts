import { fromRpcError } from '@pasar/platform/errors';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, person, startUsers, type TestUsers } from './testing.js';

let test: TestUsers;
beforeAll(async () => {
  test = await startUsers();
});
afterAll(() => test.close());

const address = {
  recipient: 'Ayu Lestari',
  phone: '+62 812-3456',
  line1: 'Jl. Mawar 7',
  city: 'Solo',
  province: 'Jawa Tengah',
  postalCode: '57111',
};
type Person = ReturnType<typeof person>;

const create = (who: Person, changes = {}) =>
  test.users.createAddress({ address: { ...address, ...changes } }, who);
const list = async (who: Person) => (await test.users.listAddresses({}, who)).addresses;
const defaults = async (who: Person) =>
  (await list(who)).filter(({ isDefault }) => isDefault).map(({ id }) => id);

describe('an address', () => {
  it('is whole, or it is refused with everything that is missing', async () => {
    const ayu = person();
    const created = await create(ayu, { recipient: ' Ayu   Lestari ' });
    expect(created).toMatchObject({ recipient: 'Ayu Lestari', country: 'ID', isDefault: true });
    const error = await test.users
      .createAddress({ address: { line1: '  ' } }, ayu)
      .then(() => undefined, fromRpcError);
    expect(error?.kind).toBe('invalid');
    expect(error?.errors.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['recipient', 'phone', 'line1', 'city', 'province', 'postalCode']),
    );
    for (const bad of [
      { phone: 'none' },
      { country: 'Indonesia' },
      { postalCode: '1' },
      { city: '\t' },
      { recipient: 'x'.repeat(121) },
    ]) {
      expect(await codeOf(create(ayu, bad))).toBe('request.invalid');
    }
    expect(await list(ayu)).toHaveLength(1);
  });

  it('changes by mask and stays whole', async () => {
    const ayu = person();
    const { id } = await create(ayu);
    const change = (given: object, ...paths: string[]) =>
      test.users.updateAddress({ id, address: given, updateMask: { paths } }, ayu);
    expect(await change({ city: 'Surakarta', label: 'Rumah' }, 'city', 'label')).toMatchObject({
      city: 'Surakarta',
      label: 'Rumah',
      line1: 'Jl. Mawar 7',
    });
    expect(await codeOf(change({}, 'city'))).toBe('request.invalid');
    expect(await codeOf(change({ id: crypto.randomUUID() }, 'id'))).toBe('request.invalid');
    expect(await list(ayu)).toMatchObject([{ id, city: 'Surakarta' }]);
  });

  it('is its owner’s alone', async () => {
    const [ayu, thief] = [person(), person()];
    const { id } = await create(ayu);
    await create(thief);
    const foreign = 'address.not_found';
    expect(await codeOf(test.users.updateAddress({ id, address: { city: 'X' } }, thief))).toBe(foreign);
    expect(await codeOf(test.users.deleteAddress({ id }, thief))).toBe(foreign);
    expect(await codeOf(test.users.getAddress({ userId: thief.id, id }))).toBe(foreign);
    expect(await test.users.getAddress({ userId: ayu.id, id })).toMatchObject(address);
    expect(await list(ayu)).toMatchObject([{ city: 'Solo', isDefault: true }]);
  });
});

describe('the default', () => {
  it('is the first one, moves when another takes its place, and is never given up', async () => {
    const ayu = person();
    const first = await create(ayu);
    const second = await create(ayu);
    expect(await defaults(ayu)).toEqual([first.id]);
    await test.users.updateAddress({ id: second.id, address: { isDefault: true } }, ayu);
    expect((await list(ayu)).map(({ id }) => id)).toEqual([second.id, first.id]);
    const third = await create(ayu, { isDefault: true });
    expect(await defaults(ayu)).toEqual([third.id]);
    const giveUp = test.users.updateAddress(
      { id: third.id, address: {}, updateMask: { paths: ['is_default'] } },
      ayu,
    );
    expect(await codeOf(giveUp)).toBe('request.invalid');
    expect(await defaults(ayu)).toEqual([third.id]);
  });

  it('goes to the newest of the others when it is deleted', async () => {
    const ayu = person();
    const [first, second, third] = [await create(ayu), await create(ayu), await create(ayu)];
    await test.users.deleteAddress({ id: first.id }, ayu);
    expect(await defaults(ayu)).toEqual([third.id]);
    await test.users.deleteAddress({ id: second.id }, ayu);
    expect(await defaults(ayu)).toEqual([third.id]);
    await test.users.deleteAddress({ id: third.id }, ayu);
    expect(await codeOf(test.users.deleteAddress({ id: third.id }, ayu))).toBe('address.not_found');
    expect(await create(ayu)).toMatchObject({ isDefault: true });
  });

  it('is exactly one, whatever happens at once', async () => {
    for (let round = 0; round < 4; round++) {
      const ayu = person();
      await Promise.all(Array.from({ length: 8 }, (_, n) => create(ayu, { isDefault: n % 2 === 0 })));
      expect(await defaults(ayu)).toHaveLength(1);
      const ids = (await list(ayu)).map(({ id }) => id);
      await Promise.allSettled(
        ids.flatMap((id, n) => [
          test.users.updateAddress({ id, address: { isDefault: true } }, ayu),
          n < 6 ? test.users.deleteAddress({ id }, ayu) : create(ayu, { isDefault: true }),
        ]),
      );
      expect(await defaults(ayu)).toHaveLength(1);
    }
  });

  it('cannot be doubled in the database either', async () => {
    const ayu = person();
    await create(ayu);
    await create(ayu);
    const doubled = sql`update address set is_default = true where user_id = ${ayu.id}`;
    await expect(doubled.execute(test.service.database.kysely)).rejects.toThrow('address_default');
  });
});

describe('the book', () => {
  it('has room for fifty, at any speed', async () => {
    const ayu = person();
    const codes = await Promise.all(Array.from({ length: 60 }, () => codeOf(create(ayu))));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(50);
    expect(codes.filter((code) => code === 'address.too_many')).toHaveLength(10);
    expect(await list(ayu)).toHaveLength(50);
  });
});
