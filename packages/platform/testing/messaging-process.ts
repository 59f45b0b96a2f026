import { flushCompileCache } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { StockLowSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { sql } from 'kysely';
import { PostgresBus } from '../bus-postgres.js';
import { SystemClock } from '../clock.js';
import { Database } from '../db.js';
import { event } from '../events.js';
import { Consumers, on } from '../inbox.js';
import { Outbox } from '../outbox.js';
import { Relay } from '../relay.js';
import { createLog, Metrics } from '../telemetry.js';

/**
 * A process with a service that makes events and one that takes them, which its parent kills. Every event has the next
 * number of its subject; the taker writes down what it took, and fails now and then.
 */
const [makerUrl = '', takerUrl = '', busUrl = ''] = process.argv.slice(2);
const clock = new SystemClock();
const log = createLog({ level: 'silent', service: 'test' });
const metrics = new Metrics();
const maker = new Database(makerUrl, { max: 5 });
const taker = new Database(takerUrl, { max: 5 });
const busDatabase = new Database(busUrl, { max: 4 });
const bus = new PostgresBus({ database: busDatabase, log, metrics });
const relay = new Relay({ service: 'inventory', database: maker, bus, log, metrics });
const outbox = new Outbox({ source: 'inventory', clock, wake: () => relay.wake() });
const consumers = new Consumers({
  ...{ service: 'taker', database: taker, bus, clock, log, metrics, maxAttempts: 1_000 },
  outbox: new Outbox({ source: 'taker', clock }),
  subscriptions: [
    on(StockLowSchema, async (tx, { id, subject, data }) => {
      await sql`insert into effect (event_id, subject, n) values (${id}, ${subject}, ${data.available})`.execute(
        tx,
      );
      if (Math.random() < 0.002) throw new Error('bad luck');
    }),
  ],
});

let making = true;

async function make() {
  const subject = `s${Math.floor(Math.random() * 12)}`;
  await maker.transaction(async (tx) => {
    const { rows } = await sql<{
      n: bigint;
    }>`update subject set n = n + 1 where id = ${subject} returning n`.execute(tx);
    await outbox.append(tx, event(StockLowSchema, subject, { available: rows[0]?.n }));
    // Commits late: others with later rows overtake it.
    if (Math.random() < 0.2) await sql`select pg_sleep(${Math.random() * 0.01})`.execute(tx);
  });
  outbox.wake();
}

async function makeMany() {
  while (making) {
    // While PostgreSQL is away, makers fail and try again.
    await make().catch(() => delay(50));
    // Leaves the machine to the others: the more often processes are killed, the better.
    await delay(12);
  }
}

// What it compiled is kept at its end, which never comes for one that is killed.
flushCompileCache();
relay.start();
await consumers.start();
process.send?.({ ready: true });
const makers = [makeMany(), makeMany(), makeMany(), makeMany()];

process.on('message', async (message) => {
  making = false;
  await Promise.all(makers);
  process.send?.({ making });
  if (message !== 'end') return;
  await consumers.stop();
  await relay.stop();
  await bus.close();
  await Promise.all([maker.close(), taker.close(), busDatabase.close()]);
  process.disconnect();
});
