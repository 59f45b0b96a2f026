import { create } from '@bufbuild/protobuf';
import { FieldMaskSchema } from '@bufbuild/protobuf/wkt';
import { UserSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { describe, expect, it } from 'vitest';
import { readUpdateMask } from './update-mask.js';
import { assertBelow, normaliseAddress, normaliseName } from './user.js';

describe('what an update changes', () => {
  const changeable = ['name', 'phone', 'preferences.order_email', 'preferences.order_push'] as const;
  const read = (paths: string[] | undefined, user = {}) =>
    [
      ...readUpdateMask(
        UserSchema,
        create(UserSchema, user),
        paths && create(FieldMaskSchema, { paths }),
        changeable,
      ),
    ].sort();

  it('is what its mask names, set or not', () => {
    expect(read(['name', 'phone'], { phone: '' })).toEqual(['name', 'phone']);
  });

  it('is what is set, when there is no mask', () => {
    expect(read(undefined, { name: 'Ayu' })).toEqual(['name']);
    expect(read([], { name: 'Ayu' })).toEqual(['name']);
    expect(read(undefined, {})).toEqual([]);
  });

  it('takes a message for all fields in it, and a star for everything', () => {
    expect(read(['preferences'])).toEqual(['preferences.order_email', 'preferences.order_push']);
    expect(read(['preferences.order_push'])).toEqual(['preferences.order_push']);
    expect(read(undefined, { preferences: {} })).toEqual([
      'preferences.order_email',
      'preferences.order_push',
    ]);
    expect(read(['*'])).toEqual([...changeable].sort());
  });

  it.each([['email'], ['id'], ['created_at'], ['preferences.marketing_email'], ['nam'], ['name.x'], ['']])(
    'refuses %s',
    (path) => {
      expect(() => read([path])).toThrow(expect.objectContaining({ code: 'request.invalid' }));
    },
  );

  it('refuses what is set and may not be, and names all of it as JSON does', () => {
    expect(() => read(undefined, { email: 'a@b.c', avatarUrl: '/x' })).toThrow(
      expect.objectContaining({
        errors: [
          { field: 'email', detail: 'cannot be changed' },
          { field: 'avatarUrl', detail: 'cannot be changed' },
        ],
      }),
    );
  });
});

describe('text', () => {
  it('of a name stands on one line and is not blank', () => {
    expect(normaliseName('  Ayu \n Lestari\u0000')).toBe('Ayu Lestari');
    expect(() => normaliseName('\u3000\t')).toThrow(expect.objectContaining({ code: 'request.invalid' }));
  });

  it('of an address has no stray blanks, and the country is Indonesia unless it is said', () => {
    const address = {
      id: '',
      recipient: ' Ayu  Lestari ',
      phone: ' 0812 ',
      line1: 'Jl. Mawar\r\n7',
      line2: '',
      city: 'Solo ',
      province: ' Jawa Tengah',
      postalCode: ' 57111',
      country: '',
      label: '',
      isDefault: false,
    };
    expect(normaliseAddress(address)).toMatchObject({
      recipient: 'Ayu Lestari',
      line1: 'Jl. Mawar 7',
      country: 'ID',
    });
    expect(normaliseAddress({ ...address, country: 'SG' }).country).toBe('SG');
  });
});

it('there is room below a limit and none at it', () => {
  assertBelow(49, 50, 'address');
  expect(() => assertBelow(50, 50, 'address')).toThrow(expect.objectContaining({ code: 'address.too_many' }));
});
