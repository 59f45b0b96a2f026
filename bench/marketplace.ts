import { join } from 'node:path';
import { BareRoutes } from './bare-route.js';
import { measureCheckoutSql } from './checkout-sql.js';
import { Client } from './load.js';
import { Market, type Scenario } from './market.js';
import {
  type Idleness,
  type Measurement,
  measureBare,
  measureIdleness,
  measureScenario,
} from './measurement.js';
import { PostgresMeter } from './postgres-meter.js';
import { profile } from './profile.js';
import { BenchServer, freePort, type Started } from './server.js';

export interface MarketplaceReport {
  measurements: (Measurement & Pick<Scenario, 'limit' | 'peers'>)[];
  /** What cannot be surpassed here; none from pgbench where that is not installed. */
  limits: (Measurement & Required<Pick<Scenario, 'limit'>>)[];
  cold: Started;
  /** Milliseconds until ready, of several starts. */
  warm: number[];
  idle: Idleness;
  residentMiBAfterLoad: number;
  products: number;
  postgresVersion: string;
}

export interface MarketplaceOptions {
  /** How long each measurement takes. */
  seconds: number;
  /** Names of scenarios; all when empty. */
  only: string[];
  /** Where CPU profiles of the server are written to, one for each measurement. */
  profiles?: string;
  signal: AbortSignal;
  say(line: string): void;
}

const connectionCounts = [1, 16];
const mostConnections = Math.max(...connectionCounts);
const warmStarts = 3;

/** Measures Pasar as its user starts it, and in the same run what limits it. */
export async function benchMarketplace(options: MarketplaceOptions): Promise<MarketplaceReport> {
  const { say } = options;
  await using server = new BenchServer(options.signal);
  say('first start');
  const cold = await server.start();
  const inspector = options.profiles ? await freePort() : undefined;
  const warm: number[] = [];
  for (let start = 1; start <= warmStarts; start++) {
    say(`warm start ${start}`);
    await server.stop();
    warm.push((await server.start(inspector ? [`--inspect=127.0.0.1:${inspector}`] : [])).ready);
  }

  await using postgres = await PostgresMeter.open(server);
  const watched = { server, postgres };
  say('idle');
  await postgres.settle();
  const idle = await measureIdleness(watched);

  say('filling shelves, registering customers, first trade');
  using client = await Client.open(server.url, mostConnections);
  const market = await Market.open(client);
  await postgres.settle();
  const scenarios = market
    .scenarios()
    .filter(({ name }) => options.only.length === 0 || options.only.includes(name));

  const limits = await measureBareRoutes(client, market, options);
  const measurements: MarketplaceReport['measurements'] = [];
  for (const scenario of scenarios) {
    const { name, limit, peers } = scenario;
    for (const connections of connectionCounts) {
      say(`${name}, ${connections} at once`);
      const measure = () => measureScenario(watched, client, scenario, connections, options.seconds);
      const file = join(options.profiles ?? '', `${name.replaceAll(/\W+/g, '-')}-${connections}.cpuprofile`);
      const measurement = inspector ? await profile(inspector, file, measure) : await measure();
      measurements.push({ ...measurement, limit, peers });
    }
  }
  const confirmed = await countConfirmed(postgres);
  if (confirmed !== market.confirmed) {
    throw new Error(`${market.confirmed} checkouts were answered as confirmed, and ${confirmed} are`);
  }
  const { residentMiB: residentMiBAfterLoad } = await server.usage();
  await server.stop();
  if (scenarios.some(({ limit }) => limit === 'checkout')) {
    for (const connections of connectionCounts) {
      say(`pgbench, ${connections} at once`);
      limits.push(...(await measureCheckoutSql(watched, connections, options.seconds)));
    }
  }
  return {
    ...{ measurements, limits, cold, warm, idle, residentMiBAfterLoad },
    products: market.products.length,
    postgresVersion: server.postgres.version,
  };
}

async function measureBareRoutes(
  client: Client,
  { paths }: Market,
  { seconds, say }: MarketplaceOptions,
): Promise<MarketplaceReport['limits']> {
  const bodyOf = async (path: string) => (await client.send({ method: 'GET', path }, 0)).body.toString();
  const bodies = { '/detail': await bodyOf(paths.detail), '/list': await bodyOf(paths.list) };
  using bare = await BareRoutes.start(bodies);
  using visitor = await Client.open(bare.url, mostConnections);
  const limits: MarketplaceReport['limits'] = [];
  for (const limit of ['detail', 'list'] as const) {
    for (const connections of connectionCounts) {
      const name = `bare Fastify, ${limit} (${Buffer.byteLength(bodies[`/${limit}`])} bytes)`;
      say(`${name}, ${connections} at once`);
      limits.push({ ...(await measureBare(bare, visitor, name, `/${limit}`, connections, seconds)), limit });
    }
  }
  return limits;
}

async function countConfirmed(postgres: PostgresMeter): Promise<number> {
  const [row] = await postgres.ask<{ count: string }>(
    'pasar_order',
    `select count(*) from checkout where status = 'CONFIRMED'`,
  );
  return Number(row?.count);
}
