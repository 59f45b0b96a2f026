import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordset } from './recordset.js';
import { type TestDatabase, testDatabase } from './testing/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase([]);
});
afterAll(() => test.drop());

it('gives rows back as they were, in their order', async () => {
  const rows = [
    {
      ...{
        id: '0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000',
        orderId: 'o"1',
        amount: 2n ** 60n,
        count: 3,
        isOpen: true,
      },
      ...{
        at: new Date(1),
        facts: { due: '5', of: [null, 'x'] },
        words: ['a b', '"', '\\', '', 'null', '{,}'],
      },
    },
    {
      id: null,
      orderId: undefined,
      amount: null,
      count: null,
      isOpen: null,
      at: null,
      facts: null,
      words: null,
    },
    { id: null, orderId: '', amount: -1n, count: 0, isOpen: false, at: new Date(0), facts: 'x', words: [] },
  ];
  const columns = `id uuid, orderId text, amount bigint, count int, isOpen boolean,
    at timestamptz, facts jsonb, words text[]`;
  const result = await sql`select * from ${recordset('r', rows, columns)}`.execute(test.database.kysely);
  expect(result.rows).toEqual(rows.map((row) => ({ ...row, orderId: row.orderId ?? null })));
});

it('keeps amounts within JSON whole, and lists of other types', async () => {
  const rows = [{ facts: { amount: 2n ** 60n }, numbers: [1n, -(2n ** 60n)] }];
  const result = await sql`
    select r.facts, r.numbers from ${recordset('r', rows, 'facts jsonb, numbers bigint[]')}`.execute(
    test.database.kysely,
  );
  expect(result.rows).toEqual([
    { facts: { amount: String(2n ** 60n) }, numbers: [String(1n), String(-(2n ** 60n))] },
  ]);
});

it('of nothing is nothing, and of what it does not know is an error', async () => {
  const none = await sql`select * from ${recordset('r', [], 'id uuid, words text[]')}`.execute(
    test.database.kysely,
  );
  expect(none.rows).toEqual([]);
  for (const columns of ['id money', 'id', 'id uuid,', '']) {
    expect(() => recordset('r', [], columns)).toThrow(/no columns of type/);
  }
});
