import { execFile } from 'node:child_process';
import { mkdtempDisposableSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureDatabase, migrate } from '@pasar/platform/db';
import { packageResource } from '@pasar/platform/resource';
import { services } from '@pasar/server/topology';
import pg from 'pg';
import { percentiles } from './load.js';
import type { Measurement, Watched } from './measurement.js';

const database = 'checkout_limit';
/** For how many checkouts at once consumers do their work, on average. */
const batch = 8;
const variants = 1_500;

/** Statements that are run in the services' own databases, for what the last checkout with one order left there. */
const samples: Record<string, string> = {
  pasar_order: `
    select s.data as saga, e.data as facts, p.state, c.answer
    from checkout c join saga s using (id) join order_projection p on p.checkout_id = c.id
      join event e on e.stream = p.id and e.version = 1
    where c.status = 'CONFIRMED' and jsonb_array_length(s.data -> 'orders') = 1 order by c.id desc limit 1`,
  pasar_payment: `select shares from payment where status = 'CAPTURED' order by id desc limit 1`,
  pasar_notification: `
    select d.params as message, m.subject as mail_subject, m.text as mail_text, m.html as mail_html
    from delivery d join mail m using (id) where d.template = 'order-confirmed' order by d.id desc limit 1`,
  pasar_bus: `
    select max(data) filter (where type = 'order.created') as order_created,
      max(data) filter (where type = 'order.confirmed') as order_confirmed,
      max(data) filter (where type = 'stock.reserved') as stock_reserved,
      max(data) filter (where type = 'stock.deducted') as stock_deducted,
      max(data) filter (where type = 'payment.completed') as payment_completed
    from (select distinct on (type) type, data from bus_log order by type, position desc) as latest`,
};

/**
 * Runs `checkout.sql` by pgbench, on tables from the services' own migrations.
 * @returns nothing when there is no pgbench
 */
export async function measureCheckoutSql(
  { server, postgres }: Watched,
  connections: number,
  seconds: number,
): Promise<(Measurement & { limit: 'checkout' })[]> {
  const variables: Record<string, string> = { batch: `${batch}`, variants: `${variants}` };
  for (const [from, text] of Object.entries(samples)) {
    const [row] = await postgres.ask<Record<string, unknown>>(from, text);
    for (const [name, value] of Object.entries(row ?? {})) variables[name] = toText(value);
  }
  await makeTables((name) => server.postgres.url(name));
  const { socketDir, port } = server.postgres;
  using logs = mkdtempDisposableSync(join(tmpdir(), 'pasar-pgbench-'));
  const run = (clients: number, duration: number, options: string[] = []) =>
    promisify(execFile)(
      'pgbench',
      [
        ...['--no-vacuum', '--protocol=prepared', `--client=${clients}`, `--time=${duration}`],
        ...[`--host=${socketDir}`, `--port=${port}`, '--username=postgres'],
        ...Object.entries(variables).map(([name, value]) => `--define=${name}=${value}`),
        `--file=${fileURLToPath(new URL('../checkout.sql', import.meta.url))}`,
        ...options,
        database,
      ],
      // The ledger's trigger finds its tables by the search path, as it does in the service.
      {
        env: { PATH: process.env.PATH, PGOPTIONS: '-c search_path=pasar_payment' },
        timeout: (duration + 30) * 1000,
      },
    );
  try {
    await run(connections, 2);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
  const before = await postgres.work();
  const { stdout } = await run(connections, seconds, ['--log', `--log-prefix=${join(logs.path, 'log')}`]);
  const after = await postgres.work();
  const [, processed] = /transactions actually processed: (\d+)/.exec(stdout) ?? [];
  const [, perSecond] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
  const count = Number(processed);
  return [
    {
      name: `pgbench, one checkout's SQL`,
      limit: 'checkout',
      connections,
      perSecond: Number(perSecond),
      ...percentiles(readTimes(logs.path)),
      failures: {},
      serverCpu: 0,
      postgresCpu: ((after.cpu - before.cpu) * 1000) / count,
      commits: (after.commits - before.commits) / count,
      transactions: Number.NaN,
    },
  ];
}

/** Milliseconds of each transaction, from the logs of pgbench: client, number, microseconds, … */
function readTimes(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
    return lines.map((line) => Number(line.split(' ')[2]) / 1000);
  });
}

/** One database with the tables of every service, each in the schema that is called as its database. */
async function makeTables(url: (database: string) => string): Promise<void> {
  const admin = new pg.Client({ connectionString: url('postgres') });
  await admin.connect();
  await admin.query(`drop database if exists ${database}`);
  await admin.end();
  await ensureDatabase(url(database));
  const client = new pg.Client({ connectionString: url(database) });
  // Whatever goes wrong below is told by itself, and not by the end of the server that follows.
  client.on('error', () => {});
  await client.connect();
  const migrations: Record<string, string[]> = {
    pasar_bus: [packageResource(import.meta.resolve('@pasar/platform/bus'), 'migrations/bus')],
    pasar_simulator: [
      packageResource(import.meta.resolve('@pasar/payment/payment.module'), 'adapters/simulator-migrations'),
    ],
    ...Object.fromEntries(services.map((service) => [`pasar_${service.name}`, service.migrations])),
  };
  // An extension is there once, for all of them.
  await client.query('create extension if not exists pg_trgm');
  for (const [schema, folders] of Object.entries(migrations)) {
    await client.query(`create schema ${schema}`);
    await migrate(`${url(database)}&options=-c%20search_path%3D${schema},public`, folders);
  }
  await client.query(fill);
  await client.query('vacuum analyze');
  await client.end();
}

const fill = `
  insert into pasar_bus.bus_topic (name) values ('order'), ('inventory'), ('payment');
  insert into pasar_product.product (id, seller_id, key, slug, title, description, status, options, attributes, media,
    currency, created_at, updated_at, published_at, words)
  select md5('product' || n)::uuid, md5('seller' || n % 30)::uuid, n, n, 'Kopi Gayo', 'Kopi arabika.', 'published', '[]',
    '{}', '[{"kind": "IMAGE", "url": "/demo/products/kopi-gayo.svg"}]', 'IDR', now(), now(), now(), ''
  from generate_series(1, ${variants}) n;
  insert into pasar_product.variant (id, product_id, seller_id, position, sku, title, option_values, price, weight_grams,
    length_mm, width_mm, height_mm)
  select md5('variant' || n)::uuid, md5('product' || n)::uuid, md5('seller' || n % 30)::uuid, 0, n, '', '{}', 150000, 250,
    0, 0, 0
  from generate_series(1, ${variants}) n;
  insert into pasar_inventory.warehouse (id, seller_id, name, created_at)
  select md5('seller' || n)::uuid, md5('seller' || n)::uuid, '', now() from generate_series(0, 29) n;
  insert into pasar_inventory.sku (variant_id, seller_id)
  select md5('variant' || n)::uuid, md5('seller' || n % 30)::uuid from generate_series(1, ${variants}) n;
  insert into pasar_inventory.stock (variant_id, warehouse_id, on_hand)
  select variant_id, seller_id, 1000000000 from pasar_inventory.sku;`;

function toText(value: unknown): string {
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
