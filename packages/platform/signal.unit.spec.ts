import { describe, expect, it } from 'vitest';
import { inTime, Rounds } from './signal.js';

describe('Waiting in time', () => {
  it('gives the answer, or says that there was none and tells the work', async () => {
    expect(await inTime(10_000, async () => 'an answer')).toBe('an answer');
    await expect(inTime(10_000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    let told: unknown;
    const never = (signal: AbortSignal) =>
      new Promise<void>(() => signal.addEventListener('abort', () => (told = signal.reason)));
    const late = inTime(1, never, () => new Error('too late'));
    await expect(late).rejects.toThrow('too late');
    expect(told).toEqual(new Error('too late'));
  });
});

describe('Rounds', () => {
  /** Rounds that end when they are told to. */
  function told() {
    const open: PromiseWithResolvers<boolean>[] = [];
    const complaints: unknown[] = [];
    const rounds = new Rounds(
      () => {
        open.push(Promise.withResolvers<boolean>());
        return (open.at(-1) as PromiseWithResolvers<boolean>).promise;
      },
      (error) => complaints.push(error),
    );
    return { open, rounds, complaints };
  }

  it('run one at a time, and once more for whoever asks meanwhile', async () => {
    const { open, rounds } = told();
    const asked = [rounds.run(), rounds.run(), rounds.run()];
    expect(open).toHaveLength(1);
    open[0]?.resolve(false);
    await expect.poll(() => open.length).toBe(2);
    open[1]?.resolve(false);
    await Promise.all(asked);
    expect(open).toHaveLength(2);
  });

  it('go on while there is more, and miss nobody who asks at the very end', async () => {
    const { open, rounds } = told();
    const first = rounds.run();
    open[0]?.resolve(true);
    await expect.poll(() => open.length).toBe(2);
    open[1]?.resolve(false);
    await first;
    const second = rounds.run();
    expect(open).toHaveLength(3);
    open[2]?.resolve(false);
    await second;
  });

  it('tell who waits of an error, complain where nobody does, and begin anew after it', async () => {
    const { open, rounds, complaints } = told();
    const failing = rounds.run();
    open[0]?.reject(new Error('away'));
    await expect(failing).rejects.toThrow('away');
    rounds.runSoon();
    rounds.runSoon();
    await expect.poll(() => open.length).toBe(2);
    open[1]?.reject(new Error('still away'));
    await expect.poll(() => complaints).toEqual([new Error('still away')]);
  });

  it('begin no more once stopped, after the one that runs', async () => {
    const { open, rounds } = told();
    void rounds.run();
    void rounds.run();
    let stopped = false;
    const stopping = rounds.stop().then(() => {
      stopped = true;
    });
    rounds.runSoon();
    await Promise.resolve();
    expect(stopped).toBe(false);
    open[0]?.resolve(true);
    await stopping;
    await rounds.run();
    expect(open).toHaveLength(1);
  });
});
