import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { ByteCache, type ByteCacheOptions, type FreshAnswer } from './byte-cache.js';
import { eventually } from './testing/eventually.js';

function cacheAt(options: ByteCacheOptions = {}) {
  let now = 1000;
  const cache = new ByteCache({ ...options, now: () => now });
  return { cache, pass: (ms: number) => (now += ms) };
}

function fresh(text: string, names: string[] = [], ttlMs = 60_000): FreshAnswer {
  return { body: Buffer.from(text), contentType: 'application/json', method: 'get', names, ttlMs };
}
const stale = (...names: string[]) => [{ methods: ['list', 'get'], names }];

/** A load that ends when the test says so. */
function slowLoad() {
  const { promise, resolve, reject } = Promise.withResolvers<FreshAnswer>();
  const load = vi.fn(() => promise);
  return { load, resolve, reject };
}

const textOf = (cache: ByteCache, key: string) => cache.get(key)?.body.toString();

describe('ByteCache', () => {
  it('keeps an answer for as long as it may', async () => {
    const { cache, pass } = cacheAt();
    const answer = await cache.fill('k', async () => fresh('one', ['t'], 5000));
    expect(answer.etag).toMatch(/^"[\w-]{27}"$/);
    expect(cache.get('k')).toBe(answer);
    pass(4999);
    expect(textOf(cache, 'k')).toBe('one');
    pass(1);
    expect(cache.get('k')).toBeUndefined();
    expect(cache).toMatchObject({ size: 0, bytes: 0 });
  });

  it('gives equal bytes equal tags, and different ones different tags', async () => {
    const { cache } = cacheAt();
    const [a, b, c] = await Promise.all(
      ['x', 'x', 'y'].map((text, i) => cache.fill(`${i}`, async () => fresh(text))),
    );
    expect(a!.etag).toBe(b!.etag);
    expect(a!.etag).not.toBe(c!.etag);
    expect(a!.gzipEtag).not.toBe(a!.etag);
  });

  it('asks once for all who miss at the same time', async () => {
    const { cache } = cacheAt();
    const { load, resolve } = slowLoad();
    const answers = Promise.all(Array.from({ length: 100 }, () => cache.fill('k', load)));
    resolve(fresh('one'));
    expect(new Set(await answers).size).toBe(1);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('gives an error to all who wait, and keeps none', async () => {
    const { cache } = cacheAt();
    const { load, reject } = slowLoad();
    const answers = Promise.allSettled([cache.fill('k', load), cache.fill('k', load)]);
    reject(new Error('down'));
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await cache.fill('k', async () => fresh('up'))).body.toString()).toBe('up');
  });

  it('drops what shows the name, and nothing else', async () => {
    const { cache } = cacheAt();
    await cache.fill('a', async () => fresh('a', ['x', 'y']));
    await cache.fill('b', async () => fresh('b', ['y']));
    await cache.fill('c', async () => fresh('c', ['z']));
    cache.invalidate(stale('y', 'unknown'));
    expect([textOf(cache, 'a'), textOf(cache, 'b'), textOf(cache, 'c')]).toEqual([undefined, undefined, 'c']);
    cache.invalidate([{ methods: ['other'], names: ['z'] }]);
    expect(textOf(cache, 'c')).toBe('c');
  });

  it('keeps out an answer that was begun before what it shows was invalidated', async () => {
    const { cache, pass } = cacheAt();
    const { load, resolve } = slowLoad();
    const begun = cache.fill('k', load);
    pass(10);
    cache.invalidate(stale('t'));
    resolve(fresh('old', ['t']));
    expect((await begun).body.toString()).toBe('old');
    expect(cache.get('k')).toBeUndefined();
  });

  it('keeps it out even when the same moment saw both, and however long it took', async () => {
    const { cache, pass } = cacheAt({ settleMs: 100 });
    const { load, resolve } = slowLoad();
    const begun = cache.fill('k', load);
    cache.invalidate(stale('t'));
    pass(60_000);
    cache.invalidate(stale('other'));
    resolve(fresh('old', ['t']));
    await begun;
    expect(cache.get('k')).toBeUndefined();
  });

  it('does not give an answer from before the event to who comes after it', async () => {
    const { cache, pass } = cacheAt();
    const before = slowLoad();
    const after = slowLoad();
    const begun = cache.fill('k', before.load);
    pass(1);
    cache.invalidate(stale('t'));
    pass(1);
    const current = cache.fill('k', after.load);
    after.resolve(fresh('new', ['t']));
    expect((await current).body.toString()).toBe('new');
    before.resolve(fresh('old', ['t']));
    await begun;
    expect(textOf(cache, 'k')).toBe('new');
  });

  it('keeps an answer that has nothing to do with the event', async () => {
    const { cache, pass } = cacheAt();
    const { load, resolve } = slowLoad();
    const answer = cache.fill('k', load);
    pass(1);
    cache.invalidate(stale('t'));
    resolve(fresh('kept', ['u']));
    await answer;
    expect(textOf(cache, 'k')).toBe('kept');
  });

  it('keeps an answer only a moment right after the event, since read models may lag behind it', async () => {
    const { cache, pass } = cacheAt({ settleMs: 1000 });
    cache.invalidate(stale('t'));
    pass(500);
    await cache.fill('k', async () => fresh('perhaps old', ['t']));
    pass(999);
    expect(textOf(cache, 'k')).toBe('perhaps old');
    pass(1);
    expect(cache.get('k')).toBeUndefined();
    await cache.fill('k', async () => fresh('settled', ['t']));
    pass(50_000);
    expect(textOf(cache, 'k')).toBe('settled');
  });

  it('knows of an invalidation for as long as it matters, whatever else was invalidated since', async () => {
    const { cache, pass } = cacheAt({ settleMs: 100 });
    const { load, resolve } = slowLoad();
    const begun = cache.fill('slow', load);
    cache.invalidate(stale('t'));
    for (let i = 0; i < 20; i++) {
      pass(30);
      cache.invalidate(stale('u', `${i}`));
    }
    pass(40);
    // Of `u` the last is 40 ms ago, of `19` too, of `16` 130.
    await cache.fill('u', async () => fresh('u', ['16', 'u']));
    await cache.fill('16', async () => fresh('16', ['16', 't']));
    resolve(fresh('old', ['t']));
    await begun;
    expect(cache.get('slow')).toBeUndefined();
    pass(100);
    expect([textOf(cache, 'u'), textOf(cache, '16')]).toEqual([undefined, '16']);
  });

  it('forgets everything at once, and what is being made too', async () => {
    const { cache } = cacheAt();
    await cache.fill('a', async () => fresh('a', ['t']));
    const { load, resolve } = slowLoad();
    const filling = cache.fill('b', load);
    cache.clear();
    resolve(fresh('b'));
    await filling;
    expect(cache).toMatchObject({ size: 0, bytes: 0 });
  });

  it('never outgrows its bytes, and drops what was not used for longest', async () => {
    const { cache } = cacheAt({ maxBytes: 5000 });
    const body = 'x'.repeat(1000);
    for (const key of ['a', 'b', 'c']) await cache.fill(key, async () => fresh(body, [key]));
    expect(cache.size).toBe(3);
    cache.get('a');
    await cache.fill('d', async () => fresh(body, ['d']));
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd']);
    await cache.fill('huge', async () => fresh('x'.repeat(10_000), ['h']));
    expect(cache.bytes).toBeLessThanOrEqual(5000);
    expect(cache.get('huge')).toBeUndefined();
    cache.invalidate(stale('a', 'b', 'c', 'd', 'h'));
    expect(cache).toMatchObject({ size: 0, bytes: 0 });
  });

  it('compresses once, in its own time, and counts the bytes', async () => {
    const { cache } = cacheAt();
    const text = 'pasar '.repeat(1000);
    const answer = await cache.fill('k', async () => fresh(text, ['t']));
    const before = cache.bytes;
    cache.compress(answer);
    cache.compress(answer);
    await eventually(() => answer.gzipBody);
    expect(gunzipSync(answer.gzipBody!).toString()).toBe(text);
    expect(cache.bytes).toBe(before + answer.gzipBody!.length);
    cache.invalidate(stale('t'));
    expect(cache.bytes).toBe(0);
  });
});
