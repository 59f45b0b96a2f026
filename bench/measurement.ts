import type { BareRoutes } from './bare-route.js';
import { type Client, type Load, load } from './load.js';
import type { Scenario } from './market.js';
import type { PostgresMeter } from './postgres-meter.js';
import type { BenchServer } from './server.js';

/** What one scenario gave. NaN is what could not be known or makes no sense. */
export interface Measurement extends Omit<Load, 'count'> {
  name: string;
  connections: number;
  /** Milliseconds of CPU for each time that the work was done. */
  serverCpu: number;
  postgresCpu: number;
  /** Each time, with all that its events led to: transactions that wrote, and all transactions. */
  commits: number;
  transactions: number;
}

/** What is watched while something is measured. */
export interface Watched {
  server: BenchServer;
  postgres: PostgresMeter;
}

const warmUpSeconds = 2;

export async function measureScenario(
  { server, postgres }: Watched,
  client: Client,
  { name, work, writes }: Scenario,
  connections: number,
  seconds: number,
): Promise<Measurement> {
  await load(client, connections, warmUpSeconds, work);
  if (writes) await postgres.settle();
  const transactionsBefore = writes ? await postgres.transactions() : Number.NaN;
  const before = await look({ server, postgres });
  const { count, ...measured } = await load(client, connections, seconds, work);
  if (writes) await postgres.settle();
  const after = await look({ server, postgres });
  const transactionsAfter = writes ? await postgres.transactions() : Number.NaN;
  return {
    ...{ name, connections, ...measured },
    serverCpu: ((after.serverCpu - before.serverCpu) * 1000) / count,
    postgresCpu: ((after.postgresCpu - before.postgresCpu) * 1000) / count,
    commits: writes ? (after.commits - before.commits) / count : 0,
    transactions: (transactionsAfter - transactionsBefore) / count,
  };
}

/** The same for a route of bare Fastify. */
export async function measureBare(
  bare: BareRoutes,
  client: Client,
  name: string,
  path: string,
  connections: number,
  seconds: number,
): Promise<Measurement> {
  const work: Scenario['work'] = async (client, connection) => {
    const { status } = await client.send({ method: 'GET', path }, connection);
    return status === 200 ? undefined : `${status}`;
  };
  await load(client, connections, warmUpSeconds, work);
  const before = await bare.cpu();
  const { count, ...measured } = await load(client, connections, seconds, work);
  const serverCpu = (((await bare.cpu()) - before) * 1000) / count;
  return { name, connections, ...measured, serverCpu, postgresCpu: 0, commits: 0, transactions: 0 };
}

/** What a server does that nobody calls, per second. */
export interface Idleness {
  residentMiB: number;
  /** Milliseconds. */
  serverCpu: number;
  postgresCpu: number;
  commits: number;
  transactions: number;
}

export async function measureIdleness({ server, postgres }: Watched): Promise<Idleness> {
  const transactionsBefore = await postgres.transactions();
  const began = performance.now();
  const before = await look({ server, postgres });
  const transactions = (await postgres.transactions()) - transactionsBefore;
  const after = await look({ server, postgres });
  const seconds = (performance.now() - began) / 1000;
  return {
    residentMiB: after.residentMiB,
    serverCpu: ((after.serverCpu - before.serverCpu) * 1000) / seconds,
    postgresCpu: ((after.postgresCpu - before.postgresCpu) * 1000) / seconds,
    commits: (after.commits - before.commits) / seconds,
    transactions: transactions / seconds,
  };
}

async function look({ server, postgres }: Watched) {
  const { cpu: serverCpu, residentMiB } = await server.usage();
  const { cpu: postgresCpu, commits } = await postgres.work();
  return { serverCpu, residentMiB, postgresCpu, commits };
}
