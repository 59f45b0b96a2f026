import type { Log, Metrics } from './telemetry.js';

/** Promises that jobs compare in production. One that is broken is logged, and shows at /metrics until it holds again. */
export class Invariants {
  readonly #broken;

  constructor(
    private readonly log: Pick<Log, 'error'>,
    metrics: Metrics,
  ) {
    this.#broken = metrics.gauge(
      'pasar_invariant_violations',
      'Where a promise does not hold, as it was compared last',
      ['invariant'],
    );
  }

  /** @param broken where it does not hold, with what helps to find out why @returns how many */
  report(invariant: string, broken: readonly object[]): number {
    this.#broken.set({ invariant }, broken.length);
    if (broken.length > 0)
      this.log.error({ invariant, broken: broken.slice(0, 20) }, 'an invariant is broken');
    return broken.length;
  }
}
