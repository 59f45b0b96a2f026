import { describe, expect, it } from 'vitest';
import { inBackground, turnsAtOnce } from './background.js';

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
  it('is done in turn, as many at once as half of the cores', async () => {
    const { begun, done } = ask(turnsAtOnce + 2);
    await expect.poll(() => begun.length).toBe(turnsAtOnce);
    begun[0]?.();
    expect(await done[0]).toBe(0);
    await expect.poll(() => begun.length).toBe(turnsAtOnce + 1);
    begun[1]?.();
    expect(await done[1]).toBe(1);
    await expect.poll(() => begun.length).toBe(turnsAtOnce + 2);
    for (const end of begun) end();
    expect(await Promise.all(done)).toEqual(Array.from(done, (_, index) => index));
  });

  it('does not keep its turn while it waits for others, nor when it failed', async () => {
    const endless = ask(turnsAtOnce * 2);
    await expect.poll(() => endless.begun.length).toBe(turnsAtOnce * 2);
    const refused = inBackground(() => Promise.reject(new Error('refused')));
    await expect(refused).rejects.toThrow('refused');
    expect(await inBackground(() => inBackground(async () => 'both'))).toBe('both');
    for (const end of endless.begun) end();
    await Promise.all(endless.done);
  });
});
