import { describe, expect, it } from 'vitest';
import { Cache } from './cache.js';

describe('a cache', () => {
  it('loads once for many who miss at once', async () => {
    const cache = new Cache<{ value: number }>({ max: 10, ttlMs: 60_000 });
    let loads = 0;
    const load = async () => ({ value: ++loads });
    const all = await Promise.all(Array.from({ length: 100 }, () => cache.get('a', load)));
    expect(new Set(all)).toEqual(new Set([{ value: 1 }]));
    expect(await cache.get('a', load)).toEqual({ value: 1 });
  });

  it('does not keep what was read before it was told to forget', async () => {
    const cache = new Cache<{ value: string }>({ max: 10, ttlMs: 60_000 });
    const gate = Promise.withResolvers<{ value: string }>();
    const stale = cache.get('a', () => gate.promise);
    cache.delete('a');
    gate.resolve({ value: 'old' });
    expect(await stale).toEqual({ value: 'old' });
    expect(await cache.get('a', async () => ({ value: 'new' }))).toEqual({ value: 'new' });
  });

  it('keeps neither errors nor nothing', async () => {
    const cache = new Cache<{ value: string }>({ max: 10, ttlMs: 60_000 });
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.get('a', async () => undefined)).toBeUndefined();
    expect(await cache.get('a', async () => ({ value: 'there' }))).toEqual({ value: 'there' });
  });
});
