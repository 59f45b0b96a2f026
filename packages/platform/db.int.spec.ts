import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Executor } from './db.js';
import { countBlocked, type TestDatabase, testDatabase } from './testing/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase([]);
  await test.database.pool.query(
    'create table account (id int primary key, balance int not null); insert into account values (1, 0), (2, 0)',
  );
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.pool.query('update account set balance = 0');
});

const put = (executor: Executor<unknown>, id: number) =>
  sql`update account set balance = balance + 1 where id = ${id}`.execute(executor);
const balances = async () =>
  (await test.database.pool.query('select balance from account order by id')).rows.map(
    ({ balance }) => balance,
  );

/** Resolves for everybody when so many have come; who comes again is let through. */
function meeting(size: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    if (++come === size) resolve();
    return promise;
  };
}

describe('who is chosen to give way in a deadlock', () => {
  it('runs the transaction once more, and both are done once', async () => {
    const bothHold = meeting(2);
    let runs = 0;
    const crosswise = (first: number, second: number) =>
      test.database.transaction(async (tx) => {
        runs++;
        await put(tx, first);
        await bothHold();
        await put(tx, second);
        return first;
      });
    expect(await Promise.all([crosswise(1, 2), crosswise(2, 1)])).toEqual([1, 2]);
    expect(runs).toBe(3);
    expect(await balances()).toEqual([2, 2]);
  });

  it('runs a single statement once more', async () => {
    const other = await test.database.pool.connect();
    // Gives way itself only long after the statement.
    await other.query(
      `begin; set local deadlock_timeout = '60s'; update account set balance = 5 where id = 2`,
    );
    const both = test.database.write(sql`
      with first as materialized (select from account where id = 1 for update)
      update account set balance = balance + 1 from first where id = 2 returning balance`);
    await expect.poll(() => countBlocked(test.database)).toBe(1);
    await other.query('update account set balance = 5 where id = 1');
    await other.query('commit');
    other.release();
    expect(await both).toEqual([{ balance: 6 }]);
    expect(await balances()).toEqual([5, 6]);
  });

  it('is told after some such runs', async () => {
    let runs = 0;
    const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' });
    const endless = test.database.transaction(async (tx) => {
      runs++;
      await put(tx, 1);
      throw deadlock;
    });
    await expect(endless).rejects.toBe(deadlock);
    expect(runs).toBe(3);
    expect(await balances()).toEqual([0, 0]);
  });
});

it('a transaction that fails for anything else is not run again', async () => {
  let runs = 0;
  const failing = test.database.transaction(async (tx) => {
    runs++;
    await put(tx, 1);
    await sql`insert into account values (1, 0)`.execute(tx);
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(runs).toBe(1);
  expect(await balances()).toEqual([0, 0]);
});
