import { availableParallelism } from 'node:os';
import { Bulkhead, over } from './bulkhead.js';

/** Half of the cores work behind the requests of this process, the other half is there for who waits for an answer. */
export const turnsAtOnce = Math.max(1, Math.floor(availableParallelism() / 2));
/** Whatever takes longer waits for somebody else, and keeps no core from the others. */
const LONGEST_TURN_MS = 100;
/** After each turn nobody has it for this part of the time that it took. */
const BREATH = 0.5;

const turns = new Bulkhead({
  name: 'background',
  maxConcurrent: turnsAtOnce,
  maxWaiting: Number.POSITIVE_INFINITY,
});

/**
 * Does what no request waits for when it is its turn, after what asked before it, in the whole process. What several
 * consumers do at once takes the cores away from a checkout, which is then twice as slow as the one before it; one by one,
 * with breath between them, they make all of them a little slower. May be asked for within such work: a turn ends by
 * itself, so nobody can wait for it forever.
 */
export async function inBackground<Result>(work: () => Promise<Result>): Promise<Result> {
  const turn = new AbortController();
  await turns.enter(turn.signal);
  const end = () => turn.abort(over);
  const overdue = setTimeout(end, LONGEST_TURN_MS).unref();
  const began = performance.now();
  try {
    return await work();
  } finally {
    const took = performance.now() - began;
    clearTimeout(overdue);
    setTimeout(end, Math.min(took, LONGEST_TURN_MS) * BREATH).unref();
  }
}
