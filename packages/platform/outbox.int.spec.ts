import { fromBinary } from '@bufbuild/protobuf';
import { StockLowSchema, StockReturnedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestClock } from './clock.js';
import { event } from './events.js';
import { Outbox } from './outbox.js';
import { messagingMigrations, type TestDatabase, testDatabase } from './testing/database.js';
import { startSpan } from './tracing.js';

let test: TestDatabase;
let wakes = 0;
const clock = new TestClock(new Date('2026-03-01T10:00:00.123Z'));
const outbox = new Outbox({ source: 'inventory', clock, wake: () => wakes++ });
const low = (subject: string, available = 1n) =>
  event(StockLowSchema, subject, { variantId: subject, available });

beforeAll(async () => {
  test = await testDatabase([messagingMigrations]);
  await sql`create table thing (id text primary key, n integer not null)`.execute(test.database.kysely);
});
afterAll(() => test.drop());
beforeEach(async () => {
  await sql`truncate outbox, thing`.execute(test.database.kysely);
});

async function rows() {
  const result = await sql<{
    id: string;
    type: string;
    subject: string;
    occurred_at: Date;
    traceparent: string;
    data: Buffer;
  }>`
    select * from outbox order by position`.execute(test.database.kysely);
  return result.rows;
}

it('keeps events in their order, with what the envelope needs', async () => {
  const span = startSpan('test');
  const events = Array.from({ length: 300 }, (_, n) => low(`v${n % 3} "quoted" \\ {x},`, BigInt(n)));
  await span.run(() => test.database.transaction((tx) => outbox.append(tx, ...events)));
  const stored = await rows();
  expect(stored.map(({ data }) => fromBinary(StockLowSchema, data))).toEqual(events.map(({ data }) => data));
  expect(stored.map(({ subject }) => subject)).toEqual(events.map(({ subject }) => subject));
  expect(stored[0]).toMatchObject({
    type: 'stock.low',
    occurred_at: new Date('2026-03-01T10:00:00.123Z'),
    traceparent: span.traceparent,
  });
  expect(new Set(stored.map(({ id }) => id)).size).toBe(300);
});

it('forgets events of a transaction that is rolled back', async () => {
  const failing = test.database.transaction(async (tx) => {
    await outbox.append(tx, low('a'));
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await rows()).toEqual([]);
});

it('appends nothing when there is nothing', async () => {
  await test.database.transaction((tx) => outbox.append(tx));
  await outbox.insert(outbox.prepare([])).execute(test.database.kysely);
  expect(await rows()).toEqual([]);
});

it('refuses events of another service', () => {
  expect(() => outbox.prepare([event(OrderConfirmedSchema, 'o', {})])).toThrow('not an event of inventory');
});

it('stores events in the statement that changes things, only where something changed', async () => {
  await sql`insert into thing values ('a', 1), ('b', 5)`.execute(test.database.kysely);
  const take = (ids: string[]) => {
    const columns = outbox.prepare(ids.flatMap((id) => [low(id), event(StockReturnedSchema, id, {})]));
    return test.database.write(sql`
      with taken as (
        update thing set n = n - 1 where id = any(${ids}) and n > 0 returning id
      ), published as (${outbox.insert(columns, sql`taken`, sql`taken.id = o.subject`)})
      select id from taken`);
  };
  await take(['a', 'b', 'unknown']);
  await take(['a', 'b']);
  expect((await rows()).map(({ subject, type }) => [subject, type])).toEqual([
    ['a', 'stock.low'],
    ['a', 'stock.returned'],
    ['b', 'stock.low'],
    ['b', 'stock.returned'],
    ['b', 'stock.low'],
    ['b', 'stock.returned'],
  ]);
});

it('numbers events after the row lock, so that commits of one subject keep their order', async () => {
  await sql`insert into thing values ('a', 0)`.execute(test.database.kysely);
  const raise = async () => {
    const columns = outbox.prepare([low('a')]);
    const [row] = await test.database.write<{ n: number; position: bigint }>(sql`
      with raised as (update thing set n = n + 1 where id = 'a' returning n),
      published as (${outbox.insert(columns, sql`raised`)} returning position)
      select n, position from raised, published`);
    return row;
  };
  const done = await Promise.all(Array.from({ length: 200 }, raise));
  const byPosition = done.toSorted((a, b) => Number((a?.position ?? 0n) - (b?.position ?? 0n)));
  expect(byPosition.map((row) => row?.n)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
});

it('counts what was made, and wakes the relay', async () => {
  const before = outbox.made;
  await test.database.transaction((tx) => outbox.append(tx, low('a'), low('b')));
  expect(outbox.made).toBe(before + 2);
  wakes = 0;
  outbox.wake();
  expect(wakes).toBe(1);
});
