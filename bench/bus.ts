import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DescMessage } from '@bufbuild/protobuf';
import { StockDeductedSchema, StockReservedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { OrderConfirmedSchema, OrderCreatedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { PaymentCompletedSchema, PaymentPendingSchema } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PostgresBus } from '@pasar/platform/bus-postgres';
import { SystemClock } from '@pasar/platform/clock';
import { Database, ensureDatabase, migrate } from '@pasar/platform/db';
import { startPostgres } from '@pasar/platform/embedded-postgres';
import { event } from '@pasar/platform/events';
import { Consumers, onBatch } from '@pasar/platform/inbox';
import { Outbox } from '@pasar/platform/outbox';
import { Relay } from '@pasar/platform/relay';
import { packageResource } from '@pasar/platform/resource';
import { createLog, Metrics } from '@pasar/platform/telemetry';
import { sql } from 'kysely';

/** What the events of a checkout cost, in one process with PostgreSQL beside it. */
export interface BusBench {
  checkoutsPerSecond: number;
  /** Events made, and effects of them in subscribers, per checkout. */
  events: number;
  effects: number;
  /** Transactions that wrote: those of the checkout itself, and those of relays, bus and consumers. */
  ownCommits: number;
  messagingCommits: number;
  /** All transactions, reading ones too, per checkout. */
  transactions: number;
  nodeCpuMs: number;
  postgresCpuMs: number;
  latency: Latency;
  /** Of single events in quiet moments. */
  loneLatency: Latency;
}

/** From the event to the commit of its effect, in milliseconds. */
export interface Latency {
  p50: number;
  p95: number;
  p99: number;
}

export interface IdleBench {
  services: number;
  transactionsPerSecond: number;
  writesPerSecond: number;
  nodeCpuPercent: number;
}

const makers: Record<string, DescMessage[]> = {
  order: [OrderCreatedSchema, OrderConfirmedSchema],
  inventory: [StockReservedSchema, StockDeductedSchema],
  payment: [PaymentPendingSchema, PaymentCompletedSchema],
};
/** Each event of a checkout has two to four subscribers. */
const takers: Record<string, DescMessage[]> = {
  order: [PaymentCompletedSchema, StockDeductedSchema],
  inventory: [OrderConfirmedSchema],
  payment: [OrderConfirmedSchema, OrderCreatedSchema],
  cart: [OrderCreatedSchema, OrderConfirmedSchema, StockReservedSchema],
  product: [StockReservedSchema, StockDeductedSchema, PaymentPendingSchema],
  notification: [OrderCreatedSchema, OrderConfirmedSchema, PaymentPendingSchema, PaymentCompletedSchema],
};
const quiet = ['auth', 'user', 'catalog', 'seller'];
const services = [...new Set([...Object.keys(makers), ...Object.keys(takers), ...quiet])];

const log = createLog({ level: 'warn', service: 'bench' });
const metrics = new Metrics();
const clock = new SystemClock();

/** Runs checkouts' events at a rate (per second), then does nothing for a while. */
export async function benchBus({
  rate = 300,
  seconds = 8,
} = {}): Promise<{ load: BusBench; idle: IdleBench }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pasar-bench-'));
  const postgres = await startPostgres({ dataDir, log: () => {} });
  const folder = (name: string) =>
    packageResource(import.meta.resolve('@pasar/platform/bus'), `migrations/${name}`);
  const open = async (name: string, migrations: string) => {
    await ensureDatabase(postgres.url(name));
    await migrate(postgres.url(name), [folder(migrations)]);
    return new Database(postgres.url(name), { max: 6 });
  };
  const busDatabase = await open('pasar_bus', 'bus');
  const bus = new PostgresBus({ database: busDatabase, log, metrics });
  const running = [];
  const outboxes = new Map<string, Outbox>();
  const databases = new Map<string, Database>();
  const latencies: number[] = [];
  let effects = 0;

  for (const service of services) {
    const database = await open(`pasar_${service}`, 'service');
    await sql`create table effect (event_id uuid primary key)`.execute(database.kysely);
    const relay = new Relay({ service, database, bus, log, metrics });
    const outbox = new Outbox({ source: service, clock, wake: () => relay.wake() });
    const subscriptions = (takers[service] ?? []).map((schema) =>
      onBatch(schema, async (tx, events, { afterCommit }) => {
        await sql`insert into effect select unnest(${events.map(({ id }) => id)}::uuid[])`.execute(tx);
        afterCommit(() => {
          effects += events.length;
          for (const { time } of events) latencies.push(Date.now() - time.getTime());
        });
      }),
    );
    const consumers = new Consumers({ service, database, bus, clock, log, metrics, outbox, subscriptions });
    relay.start();
    await consumers.start();
    running.push({ consumers, relay, database });
    outboxes.set(service, outbox);
    databases.set(service, database);
  }

  const total = rate * seconds;
  const expected = total * Object.values(takers).flat().length;
  const order = {
    orderId: clock.id(),
    number: 'PSR-ABCDEFGHIJKL',
    lines: [{ title: 'A thing of some kind', quantity: 2 }],
  };
  const facts: Record<string, unknown> = { order, reservationId: order.orderId, lines: [] };
  const make = async (service: string, schema: DescMessage | undefined, subject: string) => {
    const outbox = outboxes.get(service);
    const database = databases.get(service);
    if (!outbox || !database || !schema) return;
    await outbox.insert(outbox.prepare([event(schema, subject, facts)])).execute(database.kysely);
    outbox.wake();
  };
  const checkOut = async () => {
    const subject = clock.id();
    for (const n of [0, 1]) {
      for (const [service, schemas] of Object.entries(makers)) await make(service, schemas[n], subject);
    }
  };

  // Warm: plans, buffers, compiled code.
  for (let n = 0; n < 200; n++) await checkOut();
  await until(() => effects >= 200 * (expected / total));
  effects = 0;
  latencies.length = 0;

  const before = await look(busDatabase);
  const began = performance.now();
  const checkouts = [];
  for (let n = 0; n < total; n++) {
    const wait = began + (n * 1_000) / rate - performance.now();
    if (wait > 1) await delay(wait);
    checkouts.push(checkOut());
  }
  await Promise.all(checkouts);
  await until(() => effects >= expected);
  const elapsed = (performance.now() - began) / 1_000;
  const after = await look(busDatabase);
  const per = (key: 'writes' | 'transactions' | 'nodeCpuMs' | 'postgresCpuMs') =>
    (after[key] - before[key]) / total;
  const events = Object.values(makers).flat().length;
  const latency = percentiles(latencies);
  latencies.length = 0;
  for (let n = 0; n < 50; n++) {
    await make('order', OrderConfirmedSchema, clock.id());
    await delay(100);
  }

  const load: BusBench = {
    checkoutsPerSecond: total / elapsed,
    events,
    effects: effects / total,
    ownCommits: events,
    messagingCommits: per('writes') - events,
    transactions: per('transactions'),
    nodeCpuMs: per('nodeCpuMs'),
    postgresCpuMs: per('postgresCpuMs'),
    latency,
    loneLatency: percentiles(latencies),
  };

  const quietBefore = await look(busDatabase);
  await delay(10_000);
  const quietAfter = await look(busDatabase);
  const span = (quietAfter.at - quietBefore.at) / 1_000;
  const idle: IdleBench = {
    services: services.length,
    transactionsPerSecond: (quietAfter.transactions - quietBefore.transactions) / span,
    writesPerSecond: (quietAfter.writes - quietBefore.writes) / span,
    nodeCpuPercent: (quietAfter.nodeCpuMs - quietBefore.nodeCpuMs) / span / 10,
  };

  await Promise.all(running.map(({ consumers }) => consumers.stop()));
  await Promise.all(running.map(({ relay }) => relay.stop()));
  await bus.close();
  await Promise.all([...running.map(({ database }) => database.close()), busDatabase.close()]);
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return { load, idle };
}

async function until(done: () => boolean) {
  while (!done()) await delay(5);
}

async function look(database: Database) {
  // Sessions that become idle report their counts within ten seconds.
  await delay(11_000);
  const { rows } = await sql<{ pid: number; writes: bigint; transactions: bigint }>`
    select pg_backend_pid() as pid, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as writes,
      (select sum(xact_commit + xact_rollback)::bigint from pg_stat_database) as transactions`.execute(
    database.kysely,
  );
  const [row] = rows;
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now(),
    writes: Number(row?.writes),
    transactions: Number(row?.transactions),
    nodeCpuMs: (user + system) / 1_000,
    postgresCpuMs: measureFamily(row?.pid ?? 0),
  };
}

/** CPU time of a PostgreSQL server, by one of its backends; Linux only. */
function measureFamily(backend: number): number {
  const stat = (pid: string | number) => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const ticks = fields.slice(11, 15);
    return { parent, ticks };
  };
  const { parent: postmaster } = stat(backend);
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const process = stat(pid);
      // Of the postmaster also the children that have ended.
      if (pid === String(postmaster)) ticks += process.ticks.reduce((sum, tick) => sum + tick, 0);
      else if (process.parent === postmaster) ticks += (process.ticks[0] ?? 0) + (process.ticks[1] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * 10;
}

function percentiles(values: number[]): Latency {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

if (import.meta.main) console.log(await benchBus());
