import { Safe } from '@pasar/platform/safe';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextKeyAt, publishedAt, type SigningKey, signerAt } from './signing-key.js';

const minute = 60_000;
const life = { maxAgeMs: 24 * 60 * minute, leadMs: 10 * minute, tokenLifeMs: 16 * minute };
const start = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);

describe('signing keys over time', () => {
  it('begin with one that signs at once', () => {
    expect(nextKeyAt([], start, life)).toEqual({ generation: 1, signsFrom: start });
  });

  it('are published before they sign, and not made twice', () => {
    const first = { generation: 1, signsFrom: start };
    expect(nextKeyAt([first], after(life.maxAgeMs - life.leadMs - 1), life)).toBeUndefined();
    const now = after(life.maxAgeMs - life.leadMs);
    const second = nextKeyAt([first], now, life) as SigningKey;
    expect(second).toEqual({ generation: 2, signsFrom: after(life.maxAgeMs) });
    expect(nextKeyAt([first, second], now, life)).toBeUndefined();
    expect(signerAt([second, first], now)).toBe(first);
    expect(publishedAt([first, second], now, life)).toEqual([first, second]);
  });

  it('sign although the clock is behind that of their maker', () => {
    const key = { generation: 1, signsFrom: after(minute) };
    expect(signerAt([key], start)).toBe(key);
  });

  it('at every moment the signer is published, was published for the lead, and so it stays until its tokens are dead', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 3 * 24 * 60 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, (minutes) => {
        const keys: (SigningKey & { publishedFrom: Date })[] = [];
        const tokens: { generation: number; deadAt: number }[] = [];
        let elapsed = 0;
        for (const step of minutes) {
          elapsed += step * minute;
          const now = after(elapsed);
          const next = nextKeyAt(keys, now, life);
          if (next) keys.push({ ...next, publishedFrom: now });
          const signer = signerAt(keys, now);
          const published = publishedAt(keys, now, life);
          expect(published).toContain(signer);
          if (signer.generation > 1)
            expect(now.getTime()).toBeGreaterThanOrEqual(signer.publishedFrom.getTime() + life.leadMs);
          tokens.push({ generation: signer.generation, deadAt: now.getTime() + life.tokenLifeMs });
          for (const token of tokens.filter(({ deadAt }) => deadAt > now.getTime())) {
            expect(published.map(({ generation }) => generation)).toContain(token.generation);
          }
        }
      }),
    );
  });
});

describe('private keys at rest', () => {
  const safe = new Safe(Buffer.alloc(32, 7), 'test');
  const secret = Buffer.from('a private key');

  it('open again, and never look the same twice', () => {
    const [one, two] = [safe.seal(secret, 'kid'), safe.seal(secret, 'kid')];
    expect(safe.open(one, 'kid')).toEqual(secret);
    expect(one).not.toEqual(two);
    expect(one.includes(secret)).toBe(false);
  });

  it('do not open under another secret, for another row, or changed', () => {
    const sealed = safe.seal(secret, 'kid');
    expect(() => new Safe(Buffer.alloc(32, 8), 'test').open(sealed, 'kid')).toThrow();
    expect(() => safe.open(sealed, 'other')).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => safe.open(changed, 'kid')).toThrow();
    }
  });
});
