import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inBackground, turnsAtOnce } from './background.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  // No turn is left over for the next test.
  await vi.advanceTimersByTimeAsync(1_000);
  vi.useRealTimers();
});

/** Asks for turns of work that ends when it is told to. */
function ask(count: number) {
  const begun: (() => void)[] = [];
  const done = Array.from({ length: count }, (_, index) =>
    inBackground(async () => {
      const ended = Promise.withResolvers<void>();
      begun.push(ended.resolve);
      await ended.promise;
      return index;
    }),
  );
  return { begun, done };
}

describe('Work in the background', () => {
  it('is done in turn, as many at once as half of the cores, with breath after each', async () => {
    const { begun, done } = ask(turnsAtOnce + 2);
    await vi.advanceTimersByTimeAsync(40);
    expect(begun).toHaveLength(turnsAtOnce);
    begun[0]?.();
    expect(await done[0]).toBe(0);
    await vi.advanceTimersByTimeAsync(19);
    expect(begun).toHaveLength(turnsAtOnce);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toHaveLength(turnsAtOnce + 1);
    begun[1]?.();
    expect(await done[1]).toBe(1);
    await vi.advanceTimersByTimeAsync(30);
    expect(begun).toHaveLength(turnsAtOnce + 2);
    for (const end of begun) end();
    expect(await Promise.all(done)).toEqual(Array.from(done, (_, index) => index));
  });

  it('does not keep its turn while it waits for others, nor when it failed', async () => {
    const endless = ask(turnsAtOnce * 2);
    await vi.advanceTimersByTimeAsync(99);
    expect(endless.begun).toHaveLength(turnsAtOnce);
    await vi.advanceTimersByTimeAsync(1);
    expect(endless.begun).toHaveLength(turnsAtOnce * 2);
    const refused = expect(inBackground(() => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
    await vi.advanceTimersByTimeAsync(100);
    await refused;
    const both = inBackground(() => inBackground(async () => 'both'));
    await vi.advanceTimersByTimeAsync(200);
    expect(await both).toBe('both');
    for (const end of endless.begun) end();
    await Promise.all(endless.done);
  });
});
