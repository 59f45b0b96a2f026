import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertStrong, findWeakness } from './password.js';

const person = { email: 'budi.santoso@example.com', name: 'Budi Santoso' };

describe('refusal of weak passwords', () => {
  it.each([
    'password',
    'Password1',
    'P@ssw0rd',
    'p4ssw0rd!',
    'Passw0rd2026!',
    '!!password!!',
    'qwertyuiop',
    'qwerty123456',
    'asdfghjkl',
    '1qaz2wsx',
    '1q2w3e4r5t',
    'abcdefgh',
    'abcd1234',
    '12345678',
    '123456789012',
    '87654321',
    '17081945',
    '17-08-1945',
    'aaaaaaaa',
    'abababab',
    'iloveyou',
    'iloveyou2',
    'letmein123',
    'sunshine1',
    'dragonfire',
    'sayangku',
    'sayang123',
    'indonesia45',
    'bismillah1',
    'cintaku99',
    'rahasia123',
    'persibbandung',
    'kucingkucing',
    'Jakarta2025',
    'admin123',
    'welcome!',
    'ｐａｓｓｗｏｒｄ',
    'budi.santoso1',
    'mysantoso7x',
    'xxBUDI.SANTOSO@example.comxx',
  ])('refuses %s', (password) => {
    expect(findWeakness(password, person)).toBeDefined();
  });

  it.each([
    'correct horse battery staple',
    'kopi susu gula aren',
    'Kopi-Susu-2026!',
    'tr0ub4dor&3',
    'Xk9#mQ2v',
    'h7Kq-2mZp-9xRt',
    'kereta-malam-ke-Solo',
    'wyvern74219385',
    'мой-пароль-42',
    '東京タワー散歩2時',
  ])('accepts %s', (password) => {
    expect(findWeakness(password, person)).toBeUndefined();
  });

  it('does not hold a short name against anybody', () => {
    expect(findWeakness('limau-hijau-7', { email: 'li@example.com', name: 'Li' })).toBeUndefined();
  });

  it('names the field of the request', () => {
    expect(() => assertStrong('password', person, 'newPassword')).toThrow(
      expect.objectContaining({
        code: 'auth.weak_password',
        errors: [expect.objectContaining({ field: 'newPassword' })],
      }),
    );
  });

  it('accepts what a password generator makes', () => {
    const generated = fc
      .uint8Array({ minLength: 12, maxLength: 24 })
      .map((bytes) => Buffer.from(bytes).toString('base64'));
    fc.assert(
      fc.property(generated, (password) => {
        fc.pre(new Set(password).size >= 10);
        expect(findWeakness(password, { email: 'x@example.com', name: 'X' })).toBeUndefined();
      }),
    );
  });

  it('answers fast, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 128 }), (password) => {
        findWeakness(password, person);
      }),
    );
  });
});
