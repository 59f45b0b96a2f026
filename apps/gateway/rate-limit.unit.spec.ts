import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryRateLimiter, rateLimitHeaders } from './rate-limit.js';

function limiterAt(maxKeys?: number) {
  let now = 5_000_000;
  const limiter = new MemoryRateLimiter({ maxKeys, now: () => now });
  return { limiter, pass: (ms: number) => (now += ms) };
}

function allowed(limiter: MemoryRateLimiter, key: string, limit: number, times: number): number {
  return Array.from({ length: times }, () => limiter.take(key, limit)).filter(({ allowed }) => allowed)
    .length;
}

describe('MemoryRateLimiter', () => {
  it('allows the limit at once, and not one more', () => {
    const { limiter } = limiterAt();
    expect(allowed(limiter, 'a', 100, 250)).toBe(100);
    expect(allowed(limiter, 'b', 100, 1)).toBe(1);
  });

  it('tells what is left', () => {
    const { limiter, pass } = limiterAt();
    expect(limiter.take('a', 3)).toEqual({ allowed: true, limit: 3, remaining: 2, resetSeconds: 60 });
    pass(20_500);
    expect(limiter.take('a', 3)).toMatchObject({ remaining: 1, resetSeconds: 40 });
    expect(limiter.take('a', 3)).toMatchObject({ allowed: true, remaining: 0 });
    expect(limiter.take('a', 3)).toMatchObject({ allowed: false, remaining: 0 });
  });

  it('lets the past fade instead of forgetting it at once', () => {
    const { limiter, pass } = limiterAt();
    allowed(limiter, 'a', 100, 100);
    pass(60_000);
    expect(allowed(limiter, 'a', 100, 100)).toBe(0);
    pass(15_000);
    expect(allowed(limiter, 'a', 100, 100)).toBe(25);
    pass(120_000);
    expect(allowed(limiter, 'a', 100, 200)).toBe(100);
  });

  it('says truly when to come again', () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 90_000 }),
      burst: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 12 }), (limit, steps) => {
        const { limiter, pass } = limiterAt();
        for (const { wait, burst } of steps) {
          pass(wait);
          allowed(limiter, 'a', limit, burst);
        }
        const refused = limiter.take('a', limit);
        if (refused.allowed) return;
        pass(refused.resetSeconds * 1000);
        expect(limiter.take('a', limit).allowed).toBe(true);
      }),
    );
  });

  it('forgets who came longest ago when it knows too many', () => {
    const { limiter } = limiterAt(2);
    allowed(limiter, 'a', 1, 1);
    allowed(limiter, 'b', 1, 1);
    expect(allowed(limiter, 'a', 1, 1)).toBe(0);
    allowed(limiter, 'c', 1, 1);
    expect(allowed(limiter, 'a', 1, 1)).toBe(0);
    expect(allowed(limiter, 'b', 1, 1)).toBe(1);
  });
});

describe('rateLimitHeaders', () => {
  it('speaks the current draft and the early ones', () => {
    expect(rateLimitHeaders({ allowed: true, limit: 100, remaining: 42, resetSeconds: 30 })).toEqual({
      'RateLimit-Policy': '"default";q=100;w=60',
      RateLimit: '"default";r=42;t=30',
      'RateLimit-Limit': '100',
      'RateLimit-Remaining': '42',
      'RateLimit-Reset': '30',
    });
  });
});
