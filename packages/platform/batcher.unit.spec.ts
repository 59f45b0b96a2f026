import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Batcher, batchesAtOnce } from './batcher.js';

/** A batcher whose batches end when they are told to. */
function heldBatcher(options?: { key?: (item: number) => string; isRemote?: boolean }) {
  const batches: { items: number[]; end(): void }[] = [];
  const batcher = new Batcher(async (items: number[]) => {
    const ended = Promise.withResolvers<void>();
    batches.push({ items, end: ended.resolve });
    await ended.promise;
    return items.map((item) => item * 2);
  }, options);
  return { batcher, batches, shown: () => batches.map(({ items }) => items) };
}

describe('a batcher', () => {
  it('does together what comes meanwhile, and gives everybody their own result', async () => {
    const { batcher, batches, shown } = heldBatcher();
    const first = Promise.all([1, 2, 3].map((item) => batcher.submit(item)));
    await setImmediate();
    expect(shown()).toEqual([[1, 2, 3]]);
    const second = Promise.all([4, 5].map((item) => batcher.submit(item)));
    await setImmediate();
    expect(shown()).toEqual([[1, 2, 3]]);
    batches[0]?.end();
    expect(await first).toEqual([2, 4, 6]);
    await setImmediate();
    batches[1]?.end();
    expect(await second).toEqual([8, 10]);
    expect(shown()).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('never puts two with the same key into one batch', async () => {
    const { batcher, batches, shown } = heldBatcher({ key: (item) => `${item % 10}` });
    const results = Promise.all([1, 11, 2, 21].map((item) => batcher.submit(item)));
    for (let n = 0; n < 3; n++) {
      await setImmediate();
      batches[n]?.end();
    }
    expect(await results).toEqual([2, 22, 4, 42]);
    expect(shown()).toEqual([[1, 2], [11], [21]]);
  });

  it('makes no batch larger than the limit', async () => {
    const usual = Batcher.limit;
    Batcher.limit = 2;
    const { batcher, batches, shown } = heldBatcher();
    const results = Promise.all([1, 2, 3, 4, 5].map((item) => batcher.submit(item)));
    for (let n = 0; n < 3; n++) {
      await setImmediate();
      batches[n]?.end();
    }
    expect(await results).toEqual([2, 4, 6, 8, 10]);
    expect(shown()).toEqual([[1, 2], [3, 4], [5]]);
    Batcher.limit = usual;
  });

  it('waits while enough others are at work, and gathers', async () => {
    const others = Array.from({ length: batchesAtOnce }, () => heldBatcher());
    const busy = Promise.all(others.map(({ batcher }) => batcher.submit(0)));
    const late = heldBatcher();
    const first = late.batcher.submit(1);
    await setImmediate();
    const second = late.batcher.submit(2);
    await setImmediate();
    expect(others.flatMap(({ shown }) => shown())).toHaveLength(batchesAtOnce);
    expect(late.shown()).toEqual([]);
    const remote = heldBatcher({ isRemote: true });
    const answered = remote.batcher.submit(3);
    await setImmediate();
    remote.batches[0]?.end();
    expect(await answered).toBe(6);
    others[0]?.batches[0]?.end();
    await setImmediate();
    expect(late.shown()).toEqual([[1, 2]]);
    for (const { batches } of [...others, late]) batches[0]?.end();
    expect(await Promise.all([first, second])).toEqual([2, 4]);
    await busy;
  });

  it('does each for itself where PostgreSQL refused the batch', async () => {
    const batcher = new Batcher(async (items: number[]) => {
      if (items.includes(0)) throw Object.assign(new Error('duplicate'), { code: '23505' });
      return items;
    });
    const results = await Promise.allSettled([1, 0, 2].map((item) => batcher.submit(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('repeats nothing whose outcome is not known', async () => {
    let calls = 0;
    const batcher = new Batcher(async () => {
      calls++;
      throw Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
    });
    const results = await Promise.allSettled([1, 2].map((item) => batcher.submit(item)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls).toBe(1);
  });

  it('goes on after a failure', async () => {
    const batcher = new Batcher(async (items: number[]) => {
      if (items.includes(0)) throw new Error('bad');
      return items;
    });
    await expect(batcher.submit(0)).rejects.toThrow('bad');
    expect(await batcher.submit(1)).toBe(1);
  });
});
