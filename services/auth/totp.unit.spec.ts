import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  base32,
  codeAt,
  matchStep,
  normaliseRecoveryCode,
  otpauthUri,
  recoveryCode,
  stepAt,
} from './totp.js';

// The secret of RFC 4226, appendix D, and RFC 6238, appendix B.
const secret = Buffer.from('12345678901234567890');

describe('codes', () => {
  it('are those of the standards', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => codeAt(secret, step))).toEqual([
      ...['755224', '287082', '359152', '969429', '338314'],
      ...['254676', '287922', '162583', '399871', '520489'],
    ]);
    const at = (seconds: number) => codeAt(secret, stepAt(new Date(seconds * 1000)));
    expect([59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000].map(at)).toEqual([
      ...['287082', '081804', '050471', '005924', '279037', '353130'],
    ]);
  });

  it('are taken one step early or late, and never one that was used or is older', () => {
    const now = new Date(1_800_000_000_000);
    const step = stepAt(now);
    for (const drift of [-1, 0, 1]) {
      expect(matchStep(secret, codeAt(secret, step + drift), now, 0)).toBe(step + drift);
      expect(matchStep(secret, codeAt(secret, step + drift), now, step + drift)).toBeUndefined();
    }
    expect(matchStep(secret, codeAt(secret, step - 2), now, 0)).toBeUndefined();
    expect(matchStep(secret, codeAt(secret, step + 2), now, 0)).toBeUndefined();
    expect(matchStep(secret, '', now, 0)).toBeUndefined();
  });
});

describe('base32', () => {
  it('is that of RFC 4648', () => {
    const words = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text)));
    expect(words).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
  });
});

describe('what a person sees', () => {
  it('is a URI that names service and account', () => {
    const uri = new URL(otpauthUri(secret, 'Pasar', 'a+b&c@example.com'));
    expect(uri.href).toMatch(/^otpauth:\/\/totp\/Pasar:a%2Bb%26c%40example\.com\?/);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      ...{ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', issuer: 'Pasar' },
      ...{ algorithm: 'SHA1', digits: '6', period: '30' },
    });
  });

  it('is a recovery code, the same however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 32 }), (bytes) => {
        const code = recoveryCode(Buffer.from(bytes));
        expect(code).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
        expect(normaliseRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(code);
      }),
    );
  });
});
