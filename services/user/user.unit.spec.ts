import { describe, expect, it } from 'vitest';
import { assertBelow, normaliseAddress, normaliseName } from './user.js';

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
