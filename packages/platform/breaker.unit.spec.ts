import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Breaker, type BreakerState } from './breaker.js';
import { Bulkhead } from './bulkhead.js';
import { TestClock } from './clock.js';
import { DomainError } from './errors.js';
import { Metrics } from './telemetry.js';

const fail = () => Promise.reject(new Error('broken'));
const succeed = async () => 'fine';

function breakerOf(options: Partial<ConstructorParameters<typeof Breaker>[0]> = {}) {
  const clock = new TestClock(new Date('2026-01-01'));
  const breaker = new Breaker({
    name: 'bank',
    clock,
    minimumCalls: 4,
    windowMs: 10_000,
    openMs: 5_000,
    ...options,
  });
  const run = async (call: () => Promise<unknown>) => breaker.run(call).catch((error) => error);
  return { breaker, clock, run };
}

describe('a breaker', () => {
  it('opens when enough calls fail, refuses without calling, and says when to come back', async () => {
    const metrics = new Metrics();
    const { breaker, clock, run } = breakerOf({ metrics });
    for (const call of [succeed, fail, succeed]) await run(call);
    expect(breaker.state).toBe('closed');
    await run(fail);
    expect(breaker.state).toBe('open');
    expect(await metrics.text()).toContain('pasar_breaker_state{name="bank"} 2');
    clock.advance(1_500);
    const refused = await run(() => expect.unreachable());
    expect(refused).toMatchObject({ code: 'bank.unavailable', kind: 'unavailable', retryAfter: 4 });
  });

  it('lets one call try after a while; its success closes it', async () => {
    const { breaker, clock, run } = breakerOf();
    for (let i = 0; i < 4; i++) await run(fail);
    clock.advance(5_000);
    const trial = Promise.withResolvers<string>();
    const trying = run(() => trial.promise);
    expect(breaker.state).toBe('half_open');
    expect(await run(succeed)).toMatchObject({ code: 'bank.unavailable' });
    trial.resolve('well again');
    expect(await trying).toBe('well again');
    expect(breaker.state).toBe('closed');
    for (let i = 0; i < 3; i++) await run(fail);
    expect(breaker.state).toBe('closed');
  });

  it('opens again when the trial fails', async () => {
    const { breaker, clock, run } = breakerOf();
    for (let i = 0; i < 4; i++) await run(fail);
    clock.advance(5_000);
    await run(fail);
    expect(breaker.state).toBe('open');
    clock.advance(4_999);
    expect(await run(succeed)).toMatchObject({ code: 'bank.unavailable' });
    clock.advance(1);
    expect(await run(succeed)).toBe('fine');
  });

  it('does not wait for ever for a trial that never ends', async () => {
    const { breaker, clock, run } = breakerOf();
    for (let i = 0; i < 4; i++) await run(fail);
    clock.advance(5_000);
    void run(() => new Promise(() => {}));
    clock.advance(5_000);
    expect(await run(succeed)).toBe('fine');
    expect(breaker.state).toBe('closed');
  });

  it('learns nothing from calls that began before it changed', async () => {
    const { breaker, clock, run } = breakerOf();
    const [slowFailure, slowSuccess] = [Promise.withResolvers(), Promise.withResolvers()];
    const early = [run(() => slowFailure.promise), run(() => slowSuccess.promise)];
    for (let i = 0; i < 4; i++) await run(fail);
    clock.advance(5_000);
    const trial = Promise.withResolvers();
    const trying = run(() => trial.promise);
    slowSuccess.resolve('late');
    slowFailure.reject(new Error('late'));
    await Promise.all(early);
    expect(breaker.state).toBe('half_open');
    trial.resolve('fine');
    await trying;
    expect(breaker.state).toBe('closed');
  });

  it('counts what is ill, not what is refused', async () => {
    const { breaker, run } = breakerOf();
    for (let i = 0; i < 50; i++)
      await run(() => Promise.reject(new DomainError('payment.declined', 'payment_required', '')));
    expect(breaker.state).toBe('closed');
    for (let i = 0; i < 50; i++)
      await run(() => Promise.reject(new DomainError('bank.down', 'unavailable', '')));
    expect(breaker.state).toBe('open');
  });

  it('forgets what lies behind its window', async () => {
    const { breaker, clock, run } = breakerOf();
    for (let i = 0; i < 3; i++) await run(fail);
    clock.advance(10_001);
    await run(fail);
    expect(breaker.state).toBe('closed');
  });

  /** A model that remembers every outcome and counts them anew each time. */
  it('agrees with a naive model, whatever happens', async () => {
    const step = fc.oneof(
      fc.record({ call: fc.constantFrom('ok' as const, 'fail' as const) }),
      fc.record({ advance: fc.integer({ min: 1, max: 40 }).map((tenths) => tenths * 1_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const { breaker, clock, run } = breakerOf();
        const start = clock.now().getTime();
        let now = start;
        let state: BreakerState = 'closed';
        let openedAt = 0;
        let outcomes: { at: number; failed: boolean }[] = [];
        for (const step of steps) {
          if ('advance' in step) {
            now += step.advance;
            clock.advance(step.advance);
            continue;
          }
          const failed = step.call === 'fail';
          let called = false;
          await run(() => {
            called = true;
            return failed ? fail() : succeed();
          });
          if (state === 'open' && now >= openedAt + 5_000) state = 'half_open';
          expect(called).toBe(state !== 'open');
          if (state === 'half_open') {
            state = failed ? 'open' : 'closed';
            if (failed) openedAt = now;
            outcomes = [];
          } else if (state === 'closed') {
            outcomes = [...outcomes, { at: now, failed }].filter(({ at }) => at > now - 10_000);
            const failures = outcomes.filter((outcome) => outcome.failed).length;
            if (failed && outcomes.length >= 4 && failures * 2 >= outcomes.length) {
              state = 'open';
              openedAt = now;
              outcomes = [];
            }
          }
          expect(breaker.state).toBe(state);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a bulkhead', () => {
  it('admits a bounded number, lets some wait in turn, and refuses the rest', async () => {
    const bulkhead = new Bulkhead({ name: 'bank', maxConcurrent: 2, maxWaiting: 2 });
    const calls = Array.from({ length: 5 }, () => new AbortController());
    const order: number[] = [];
    const enter = (i: number) => bulkhead.enter(calls[i]!.signal).then(() => order.push(i));
    const entered = [0, 1, 2, 3].map(enter);
    await expect(enter(4)).rejects.toMatchObject({
      code: 'rpc.overloaded',
      kind: 'unavailable',
      retryAfter: 1,
    });
    await Promise.all(entered.slice(0, 2));
    expect(bulkhead.active).toBe(2);
    calls[1]!.abort();
    await entered[2];
    calls[0]!.abort();
    await entered[3];
    expect(order).toEqual([0, 1, 2, 3]);
    for (const call of calls) call.abort();
    expect(bulkhead.active).toBe(0);
  });

  it('never holds a place for who gave up waiting, or came too late', async () => {
    const bulkhead = new Bulkhead({ name: 'bank', maxConcurrent: 1 });
    const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
    await bulkhead.enter(first.signal);
    const waiting = bulkhead.enter(second.signal);
    const next = bulkhead.enter(third.signal);
    second.abort(new Error('tired of waiting'));
    await expect(waiting).rejects.toThrow('tired of waiting');
    await expect(bulkhead.enter(second.signal)).rejects.toThrow('tired of waiting');
    // Admitted and gone in the same breath.
    first.abort();
    third.abort();
    await next;
    expect(bulkhead.active).toBe(0);
  });
});
