import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Account,
  assertAnotherRemains,
  assertMayManage,
  lockSchedule,
  normaliseEmail,
  normaliseName,
  type Role,
  withRole,
} from './auth.js';

const account = (roles: Role[], facts: Partial<Account> = {}): Account => ({
  id: 'a',
  email: 'a@example.com',
  name: 'A',
  roles,
  sellerId: null,
  permissions: null,
  emailVerified: true,
  active: true,
  createdAt: new Date(0),
  ...facts,
});
const role = fc.constantFrom<Role>('CUSTOMER', 'SELLER', 'ADMIN', 'SUPER_ADMIN');

describe('e-mail addresses', () => {
  it.each([
    ['  Budi@Example.COM ', 'budi@example.com'],
    ['ｂｕｄｉ＠example.com', 'budi@example.com'],
    ['bu\u0308di@example.com', 'büdi@example.com'],
  ])('%s is %s', (typed, normal) => {
    expect(normaliseEmail(typed)).toBe(normal);
  });

  it('stay what they are when they are normal', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(normaliseEmail(normaliseEmail(email))).toBe(normaliseEmail(email));
      }),
    );
  });
});

describe('names', () => {
  it('stand on one line, so that they cannot forge a header of a mail', () => {
    expect(normaliseName(' Budi\r\nBcc: all@example.com\t')).toBe('Budi Bcc: all@example.com');
  });

  it('are of something', () => {
    expect(() => normaliseName(' \t\u00a0 ')).toThrow(expect.objectContaining({ code: 'request.invalid' }));
  });
});

describe('the lock', () => {
  it('comes after some failures and doubles up to the longest', () => {
    expect(lockSchedule({ after: 3, firstSeconds: 60, maxSeconds: 500 })).toEqual([
      0, 0, 60, 120, 240, 480, 500,
    ]);
  });

  it('never grows shorter', () => {
    const rule = fc.record({
      after: fc.integer({ min: 1, max: 20 }),
      firstSeconds: fc.integer({ min: 1, max: 1000 }),
      maxSeconds: fc.integer({ min: 1, max: 100_000 }),
    });
    fc.assert(
      fc.property(rule, (given) => {
        const schedule = lockSchedule(given);
        expect(schedule.filter((seconds) => seconds === 0)).toHaveLength(given.after - 1);
        expect(schedule.at(-1)).toBe(given.maxSeconds);
        expect(schedule).toEqual([...schedule].sort((a, b) => a - b));
      }),
    );
  });
});

describe('roles', () => {
  it('are granted and revoked one at a time, in a fixed order, without doubles', () => {
    fc.assert(
      fc.property(fc.uniqueArray(role), role, fc.boolean(), (roles, changed, granted) => {
        const after = withRole(roles, changed, granted);
        expect(after.includes(changed)).toBe(granted);
        expect(new Set(after).size).toBe(after.length);
        expect(new Set(after.filter((each) => each !== changed))).toEqual(
          new Set(roles.filter((each) => each !== changed)),
        );
      }),
    );
  });

  it.each<[Role[], Role, boolean]>([
    [['ADMIN'], 'SELLER', true],
    [['ADMIN'], 'CUSTOMER', true],
    [['ADMIN'], 'ADMIN', false],
    [['ADMIN'], 'SUPER_ADMIN', false],
    [['SUPER_ADMIN'], 'ADMIN', true],
    [['SUPER_ADMIN'], 'SUPER_ADMIN', true],
    [['SELLER', 'CUSTOMER'], 'CUSTOMER', false],
    [[], 'CUSTOMER', false],
  ])('%j may change %s: %s', (actor, changed, may) => {
    const attempt = () => assertMayManage(account(actor), [changed]);
    if (may) attempt();
    else expect(attempt).toThrow(expect.objectContaining({ code: 'access.forbidden' }));
  });

  it('are worth nothing to a closed account', () => {
    const closed = account(['SUPER_ADMIN'], { active: false });
    expect(() => assertMayManage(closed, ['CUSTOMER'])).toThrow(
      expect.objectContaining({ kind: 'forbidden' }),
    );
    expect(() => assertMayManage(undefined, ['CUSTOMER'])).toThrow(
      expect.objectContaining({ kind: 'forbidden' }),
    );
  });

  it('keep the last SUPER_ADMIN', () => {
    const one = account(['SUPER_ADMIN'], { id: 'one' });
    const two = account(['SUPER_ADMIN'], { id: 'two' });
    expect(() => assertAnotherRemains([one], 'one')).toThrow(
      expect.objectContaining({ code: 'auth.last_super_admin' }),
    );
    assertAnotherRemains([one, two], 'one');
    assertAnotherRemains([one], 'somebody else');
    assertAnotherRemains([], 'one');
  });
});
