import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from './testing/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase([]);
});
afterAll(() => test.drop());

/** What PostgreSQL takes an array for, or why it refuses it: as we send it, and as the driver does. */
async function readings(values: unknown[], type: string) {
  const array = sql.raw(`${type}[]`);
  const [ours, theirs] = [
    sql`select ${values}::${array}::text`,
    sql`select cast(${values} as ${array})::text`,
  ];
  return Promise.all(
    [ours, theirs].map((query) =>
      query.execute(test.database.kysely).then(
        ({ rows }) => rows[0],
        (error) => error.code,
      ),
    ),
  );
}

const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', 'null', 'NULL', '"', '\\', '{}', ',', '\0', '\ud800', 'è', '🛒'),
);
const instants = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
const types: Record<string, fc.Arbitrary<unknown>> = {
  text: words,
  uuid: fc.oneof(
    { weight: 9, arbitrary: fc.uuid() },
    fc.uuid().map((id) => id.toUpperCase()),
    words,
  ),
  int: fc.oneof({ weight: 9, arbitrary: fc.integer() }, fc.double(), fc.maxSafeInteger()),
  integer: fc.oneof({ weight: 9, arbitrary: fc.integer() }, fc.constantFrom('7', 'x', -0, 2 ** 31)),
  smallint: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -32_768, max: 32_767 }) },
    fc.integer(),
    words,
  ),
  bigint: fc.oneof(
    { weight: 9, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
    fc.integer(),
    fc.bigInt(),
    fc.double(),
    words,
  ),
  boolean: fc.oneof({ weight: 9, arbitrary: fc.boolean() }, fc.constantFrom('t', 'no', 1, '')),
  timestamptz: fc.oneof({ weight: 9, arbitrary: instants }, fc.constantFrom('2026-01-01', 'infinity', 'x')),
  jsonb: fc.oneof(
    { weight: 9, arbitrary: fc.json() },
    fc.constantFrom('', '{', '"\\u0000"'),
    fc.dictionary(words, fc.integer()),
  ),
  bytea: fc.uint8Array(),
  // Not one that we know.
  numeric: fc.oneof(fc.integer(), words),
};

it.each(Object.entries(types))(
  '%s: an array is what the driver would have made of it',
  async (type, element) => {
    const values = fc.array(fc.oneof({ weight: 6, arbitrary: element }, fc.constantFrom(null, undefined)), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(values, async (array) => {
        const [ours, theirs] = await readings(array, type);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 150 },
    );
  },
);

it('what is no array, or one of arrays, is left to the driver', async () => {
  for (const value of ['{a,b}', null]) {
    const { rows } = await sql<{ list: string[] | null }>`select ${value}::text[] as list`.execute(
      test.database.kysely,
    );
    expect(rows[0]?.list).toEqual(value && ['a', 'b']);
  }
  const { rows } = await sql<{ list: number[][] }>`select ${[[1, 2], [3, 4]]}::int[] as list`.execute(
    test.database.kysely,
  );
  expect(rows[0]?.list).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it('several in a statement are told apart', async () => {
  const id = '0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000';
  const { rows } = await sql`
    select u.* from unnest(${[id, id]}::uuid[], ${['a', null]}::text[], ${[1n, 2n]}::bigint[], ${[new Date(0), null]}::timestamptz[])
      as u (id, word, count, at) where u.id = ${id} and u.count = any(${[2, 3]}::bigint[])`.execute(
    test.database.kysely,
  );
  expect(rows).toEqual([{ id, word: null, count: 2n, at: null }]);
});

it('large ones are whole, and so are small ones after them', async () => {
  const large = ['é'.repeat(700_000), null, 'x'.repeat(1_500_000), ''];
  const { rows } = await sql<{ list: string[]; bytes: Buffer[] }>`
    select ${large}::text[] as list, ${[Buffer.alloc(3_000_000, 7)]}::bytea[] as bytes`.execute(
    test.database.kysely,
  );
  expect(rows[0]?.list).toEqual(large);
  expect(rows[0]?.bytes[0]?.equals(Buffer.alloc(3_000_000, 7))).toBe(true);
  const small = await sql<{ list: number[] }>`select ${[1, 2]}::int[] as list`.execute(test.database.kysely);
  expect(small.rows[0]?.list).toEqual([1, 2]);
});
