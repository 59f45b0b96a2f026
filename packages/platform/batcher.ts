import { AsyncLocalStorage } from 'node:async_hooks';
import { availableParallelism } from 'node:os';
import { Bulkhead } from './bulkhead.js';

/**
 * Batches of statements that are at work in the process, of all batchers together, at most. More statements at once than
 * there are cores only wait for each other, and what waits here can still gather.
 */
export const batchesAtOnce = availableParallelism() + 1;

// Each batcher waits for one turn at a time, so no more wait than there are batchers.
const turns = new Bulkhead({
  name: 'batches',
  maxConcurrent: batchesAtOnce,
  maxWaiting: Number.POSITIVE_INFINITY,
});

interface Waiting<Item, Result> {
  item: Item;
  /** Runs something as part of what it was asked for in. */
  inContext: ReturnType<typeof AsyncLocalStorage.snapshot>;
  done: PromiseWithResolvers<Result>;
}

/**
 * Does together what is asked for at the same time: while a batch is at work the next one gathers, so the more there is
 * to do the fewer statements and commits it takes, and one alone never waits. For commits this is known as group commit
 * (D. DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984).
 */
export class Batcher<Item, Result> {
  /** Items of a batch, at most. A test that follows a single piece of work sets it to 1. */
  static limit = 64;

  readonly #work: (items: Item[]) => Promise<Result[]>;
  readonly #key: ((item: Item) => string) | undefined;
  readonly #isRemote: boolean;
  #gathering: Waiting<Item, Result>[] = [];
  #working = false;

  /**
   * @param work gives the results in the order of the items; must not wait for another batcher, whose turn it may hold
   * @param options.key items with the same key never share a batch: the later one waits for the next
   * @param options.isRemote the work asks another service: however long that takes, it takes no turn from statements
   */
  constructor(
    work: (items: Item[]) => Promise<Result[]>,
    { key, isRemote = false }: { key?: (item: Item) => string; isRemote?: boolean } = {},
  ) {
    this.#work = work;
    this.#key = key;
    this.#isRemote = isRemote;
  }

  submit(item: Item): Promise<Result> {
    const done = Promise.withResolvers<Result>();
    this.#gathering.push({ item, inContext: AsyncLocalStorage.snapshot(), done });
    if (!this.#working) {
      this.#working = true;
      // What is asked for in the same turn of the event loop joins the first batch.
      setImmediate(() => void this.#run());
    }
    return done.promise;
  }

  async #run(): Promise<void> {
    const settle = () => this.#settle(this.#next());
    while (this.#gathering.length > 0) await (this.#isRemote ? settle() : turns.run(settle));
    this.#working = false;
  }

  #next(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    const keys = new Set<string>();
    for (const waiting of this.#gathering) {
      const key = this.#key?.(waiting.item);
      if (batch.length === Batcher.limit || (key !== undefined && keys.has(key))) later.push(waiting);
      else batch.push(waiting);
      if (key !== undefined) keys.add(key);
    }
    this.#gathering = later;
    return batch;
  }

  async #settle(batch: Waiting<Item, Result>[]): Promise<void> {
    const [first] = batch as [Waiting<Item, Result>];
    try {
      const results = await first.inContext(() => this.#work(batch.map(({ item }) => item)));
      for (const [index, { done }] of batch.entries()) done.resolve(results[index] as Result);
    } catch (error) {
      // The statement was refused and changed nothing, perhaps for the sake of one: now each for itself. Of anything
      // else, as a lost connection, nobody knows how it ended.
      if (batch.length > 1 && wasRefused(error)) await Promise.all(batch.map((one) => this.#settle([one])));
      else for (const { done } of batch) done.reject(error);
    }
  }
}

/** PostgreSQL answered with an error about the statement: SQLSTATE of the classes 22, 23 and 40. */
function wasRefused(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(22|23|40)\w{3}$/.test(code);
}
