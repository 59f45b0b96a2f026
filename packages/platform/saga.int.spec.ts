import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SystemClock } from './clock.js';
import { DomainError } from './errors.js';
import { packageResource } from './resource.js';
import {
  type Fence,
  type SagaDefinition,
  type SagaFailure,
  Sagas,
  startSagas,
  throughFences,
} from './saga.js';
import { createLog } from './telemetry.js';
import { type TestDatabase, testDatabase } from './testing/database.js';

interface Data {
  amount: number;
  seen?: string;
}

const clock = new SystemClock();
const refused = new DomainError('step.refused', 'conflict', 'no');
const away = new DomainError('step.unavailable', 'unavailable', 'away');
let own: TestDatabase;

beforeAll(async () => {
  own = await testDatabase([packageResource(import.meta.url, 'migrations/saga')]);
});
afterAll(() => own.drop());

/** A saga of two steps that writes down what happens, in a process of its own name. */
function process(
  bend: Partial<{
    first(data: Data): Promise<void>;
    second: SagaDefinition<Data, string>['steps'][0]['invoke'];
    undo(step: string): Promise<void>;
    leaseMs: number;
    name: string;
  }> = {},
) {
  const log: string[] = [];
  const end = (what: string) => async (_data: Data, failure: unknown, fence?: Fence) => {
    const [row] = await own.database.write(throughFences([fence ?? (failure as Fence)]));
    if (!row) return undefined;
    log.push(what);
    return what;
  };
  type Definition = SagaDefinition<Data, string>;
  const compensate = (step: string) => async (_data: Data, _failure: SagaFailure) => {
    await bend.undo?.(step);
    log.push(`undo ${step}`);
  };
  const definition: Definition = {
    name: bend.name ?? 'test',
    steps: [
      {
        name: 'first',
        async invoke(data) {
          await bend.first?.(data);
          log.push('first');
        },
        compensate: compensate('first'),
      },
      {
        name: 'second',
        async invoke(data, attempt) {
          const wait = await bend.second?.(data, attempt);
          log.push(wait ? 'wait' : 'second');
          return wait;
        },
        compensate: compensate('second'),
      },
    ],
    complete: end('completed'),
    fail: end('failed'),
  };
  const options = {
    database: own.database,
    clock,
    log: createLog({ level: 'silent', service: 'test' }),
    owner: clock.id(),
    leaseMs: bend.leaseMs ?? 10_000,
  };
  return { sagas: new Sagas(definition, options), log };
}

async function start(sagas: Sagas<Data, string>, data: Data = { amount: 1 }) {
  const id = clock.id();
  await own.database.write(startSagas([sagas.start(id, data)]));
  return { id, outcome: await sagas.run(id, data) };
}

async function stateOf(id: string) {
  const { rows } = await sql<{ state: string }>`select state from saga where id = ${id}`.execute(
    own.database.kysely,
  );
  return rows[0]?.state;
}

const endLease = (id: string) =>
  own.database.write(
    sql`update saga set leased_until = now() - interval '1 s' where id = ${id} and state <> 'waiting'`,
  );

describe('a saga', () => {
  it('runs its steps in order and completes', async () => {
    const { sagas, log } = process();
    const { id, outcome } = await start(sagas);
    expect(outcome).toEqual({ state: 'completed', result: 'completed' });
    expect(log).toEqual(['first', 'second', 'completed']);
    expect(await stateOf(id)).toBe('completed');
  });

  it('undoes what was done, and only that, when a step is refused', async () => {
    const { sagas, log } = process({ second: () => Promise.reject(refused) });
    const { outcome } = await start(sagas);
    expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'step.refused', kind: 'conflict' } });
    expect(log).toEqual(['first', 'undo first', 'failed']);
  });

  it('undoes a step whose outcome is not known, too', async () => {
    const { sagas, log } = process({ second: () => Promise.reject(away) });
    await start(sagas);
    expect(log).toEqual(['first', 'undo second', 'undo first', 'failed']);
  });

  it('has nothing to undo when the first step is refused', async () => {
    const { sagas, log } = process({ first: () => Promise.reject(refused) });
    await start(sagas);
    expect(log).toEqual(['failed']);
  });

  it('is taken over from its first step when its process died, and undone whole if need be', async () => {
    const dying = process({ second: () => new Promise<void>(() => {}), name: 'dying' });
    const id = clock.id();
    await own.database.write(startSagas([dying.sagas.start(id, { amount: 1 })]));
    void dying.sagas.run(id, { amount: 1 });
    await vi.waitFor(() => expect(dying.log).toEqual(['first']));
    const heir = process({ first: () => Promise.reject(refused), name: 'dying' });
    expect(await heir.sagas.recover()).toBe(0);
    await endLease(id);
    expect(await heir.sagas.recover()).toBe(1);
    expect(heir.log).toEqual(['undo second', 'undo first', 'failed']);
  });

  it('ends once when two processes hold it to be theirs', async () => {
    const gate = Promise.withResolvers<void>();
    const slow = process({ second: () => gate.promise, name: 'raced' });
    const id = clock.id();
    await own.database.write(startSagas([slow.sagas.start(id, { amount: 1 })]));
    const running = slow.sagas.run(id, { amount: 1 });
    await endLease(id);
    const heir = process({ name: 'raced' });
    await heir.sagas.recover();
    gate.resolve();
    expect(await running).toEqual({ state: 'pending' });
    expect(slow.log).not.toContain('completed');
    expect(heir.log).toContain('completed');
  });

  it('is completed by one of many that recover at once', async () => {
    const dead = process({ name: 'many' });
    const ids = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const id = clock.id();
        await own.database.write(startSagas([dead.sagas.start(id, { amount: 1 })]));
        await endLease(id);
        return id;
      }),
    );
    const heirs = Array.from({ length: 4 }, () => process({ name: 'many' }));
    await Promise.all(heirs.map(({ sagas }) => sagas.recover(100)));
    expect(heirs.flatMap(({ log }) => log).filter((entry) => entry === 'completed')).toHaveLength(ids.length);
  });

  it('retries a compensation until it succeeds', async () => {
    let failures = 2;
    const stubborn = process({
      second: () => Promise.reject(refused),
      undo: async () => {
        if (failures-- > 0) throw new Error('not yet');
      },
      name: 'stubborn',
    });
    const { id, outcome } = await start(stubborn.sagas);
    expect(outcome).toEqual({ state: 'pending' });
    await vi.waitFor(async () => {
      await endLease(id);
      await stubborn.sagas.recover();
      expect(await stateOf(id)).toBe('failed');
    });
    expect(stubborn.log.at(-1)).toBe('failed');
  });

  it('waits out somebody who is away when nobody waits for the answer any more', async () => {
    let isAway = true;
    const waiting = process({
      second: async () => {
        if (isAway) throw away;
      },
      name: 'patient',
    });
    const id = clock.id();
    await own.database.write(startSagas([waiting.sagas.start(id, { amount: 1 })]));
    await endLease(id);
    await waiting.sagas.recover();
    expect(await stateOf(id)).toBe('running');
    isAway = false;
    await endLease(id);
    await waiting.sagas.recover();
    expect(await stateOf(id)).toBe('completed');
  });
});

describe('a waiting saga', () => {
  const until = (milliseconds: number) => new Date(Date.now() + milliseconds);
  const hold = async (fence: Fence) => (await own.database.write(throughFences([fence]))).length > 0;

  it('goes on with the news it waits for', async () => {
    let paid = false;
    const { sagas, log } = process({
      second: async () => (paid ? undefined : { until: until(60_000), write: hold }),
      name: 'woken',
    });
    const { id, outcome } = await start(sagas);
    expect(outcome).toEqual({ state: 'waiting' });
    paid = true;
    expect(await sagas.recover()).toBe(0);
    await own.database.transaction((tx) => sagas.wake(tx, [id]));
    await sagas.recover();
    expect(log.slice(-3)).toEqual(['first', 'second', 'completed']);
  });

  it('does not miss news that come while it lies down', async () => {
    let paid = false;
    const { sagas } = process({
      second: async () => {
        if (paid) return undefined;
        return {
          until: until(60_000),
          write: async (fence) => {
            paid = true;
            await own.database.transaction((tx) => sagas.wake(tx, [id]));
            return hold(fence);
          },
        };
      },
      name: 'early news',
    });
    const id = clock.id();
    await own.database.write(startSagas([sagas.start(id, { amount: 1 })]));
    await sagas.run(id, { amount: 1 });
    await sagas.recover();
    expect(await stateOf(id)).toBe('completed');
  });

  it('is told that its time is over, once', async () => {
    const due: boolean[] = [];
    const { sagas, log } = process({
      second: async (_data, attempt) => {
        due.push(attempt.due);
        if (attempt.due) throw refused;
        return { until: until(30), write: hold };
      },
      name: 'deadline',
    });
    const { id } = await start(sagas);
    await vi.waitFor(async () => {
      await sagas.recover();
      expect(await stateOf(id)).toBe('failed');
    });
    expect(due).toEqual([false, true]);
    expect(log.at(-1)).toBe('failed');
    expect(await sagas.expire(id)).toBeUndefined();
  });

  it('keeps what it has learnt', async () => {
    const seen: (string | undefined)[] = [];
    const { sagas } = process({
      second: async (data) => {
        seen.push(data.seen);
        if (data.seen) return undefined;
        data.seen = 'instructions';
        return { until: until(60_000), write: hold };
      },
      name: 'learning',
    });
    const { id } = await start(sagas);
    await own.database.transaction((tx) => sagas.wake(tx, [id]));
    await sagas.recover();
    expect(seen).toEqual([undefined, 'instructions']);
  });
});
