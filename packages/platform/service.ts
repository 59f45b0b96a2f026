import 'reflect-metadata';
import type { DescService } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { type Abstract, Inject, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Bus, Subscription } from './bus.js';
import { Clock } from './clock.js';
import type { Environment, SettingsClass } from './config.js';
import { Database, migrate } from './db.js';
import { Consumers, type Subscriptions } from './inbox.js';
import { Invariants } from './invariants.js';
import { type Job, Jobs } from './jobs.js';
import { type Listener, listen } from './listener.js';
import { Outbox } from './outbox.js';
import { Probe } from './probe.js';
import { Relay } from './relay.js';
import { packageResource } from './resource.js';
import type { RpcNetwork } from './rpc.js';
import { Log, Metrics } from './telemetry.js';

/** A service on one page: what it serves, calls, consumes, its jobs and its settings. */
export interface ServiceDefinition {
  name: string;
  config: SettingsClass;
  /** Folders of .sql files, in order: the platform mechanisms it uses (see `platformMigrations`), then its own. */
  migrations: string[];
  /**
   * `generic` plans each statement once per connection. For services whose statements want the same plan whatever
   * their parameters are: PostgreSQL by itself plans one with a list in it anew every time, which can take longer than
   * running it. Not for free searching and filtering.
   */
  plans?: 'generic' | 'auto';
  /** Contracts and the classes that implement them. */
  serves: [DescService, Type][];
  /** Contracts of the services that it calls; each must be in the process or have an address. */
  calls: DescService[];
  consumes: Type<Consumer>[];
  /** What keeps in memory what events make stale. */
  listens?: Type<Listener>[];
  jobs: Type<Worker>[];
  providers: Provider[];
}

/** What a class of `consumes` looks like. */
export interface Consumer {
  readonly subscriptions: Subscriptions;
}

/** What a class of `jobs` looks like. `stop` is awaited at shutdown, before the database goes. */
export interface Worker {
  readonly jobs: Job[];
  stop?(): Promise<void>;
}

/** Injects the typed client of another service's contract. */
export const Calls = (contract: DescService) => Inject(contract.typeName);

/** Names this process: no other one and no earlier one has the same. */
export class ProcessName {
  constructor(readonly value: string) {}
}

export const platformMigrations = {
  messaging: packageResource(import.meta.url, 'migrations/service'),
  eventStore: packageResource(import.meta.url, 'migrations/event-store'),
  saga: packageResource(import.meta.url, 'migrations/saga'),
  /** Of the bus's own database. */
  bus: packageResource(import.meta.url, 'migrations/bus'),
};

/** What the composition root gives to every service. */
export interface ServiceResources {
  environment: Environment;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  network: RpcNetwork;
  bus: Bus;
  processName: string;
  databaseUrl(service: string): string;
  poolSize: number;
  probe?: Probe;
}

export interface RunningService {
  readonly name: string;
  readonly database: Database;
  /** The service's objects by class, for the composition root and tests. */
  get<T>(token: Type<T> | Abstract<T>): T;
  /** Begins to consume events, to publish and to run jobs; after every service of the process is initialised. */
  begin(): Promise<void>;
  /** Stops consumers, jobs and relay, then closes the database. Calls in flight are drained before. */
  close(): Promise<void>;
}

/** Migrates, wires and registers a service; `begin` starts its background work. */
export async function startService(
  definition: ServiceDefinition,
  resources: ServiceResources,
): Promise<RunningService> {
  const { clock, bus, network, metrics } = resources;
  const { name } = definition;
  const config = definition.config.read(resources.environment);
  const log = resources.log.child({ service: name });
  const url = resources.databaseUrl(name);
  const applied = await migrate(url, definition.migrations);
  if (applied.length > 0) log.info({ applied }, 'database migrated');

  const probe = resources.probe ?? new Probe();
  const database = new Database(url, {
    ...{ max: resources.poolSize, applicationName: `pasar-${name}`, probe, plans: definition.plans },
  });
  const { pool } = database;
  const connections = metrics.gauge('pasar_db_connections', 'Connections of a pool, and who waits for one', [
    ...['service', 'state'],
  ]);
  metrics.beforeRead(() => {
    connections.set({ service: name, state: 'used' }, pool.totalCount - pool.idleCount);
    connections.set({ service: name, state: 'idle' }, pool.idleCount);
    connections.set({ service: name, state: 'waiting' }, pool.waitingCount);
    connections.set({ service: name, state: 'most' }, resources.poolSize);
  });
  const relay = new Relay({ service: name, database, bus, log, metrics });
  const outbox = new Outbox({ source: name, clock, wake: () => relay.wake() });
  const value = (provide: unknown, useValue: unknown) => ({ provide, useValue }) as Provider;
  const listening = definition.listens ?? [];
  const classes = [
    ...definition.serves.map(([, type]) => type),
    ...definition.consumes,
    ...listening,
    ...definition.jobs,
  ];
  const app = await NestFactory.createApplicationContext(
    {
      providers: [
        value(definition.config, config),
        value(Clock, clock),
        value(Log, log),
        value(Metrics, metrics),
        value(Invariants, new Invariants(log, metrics)),
        value(Database, database),
        value(Outbox, outbox),
        value(Probe, probe),
        value(ProcessName, new ProcessName(resources.processName)),
        ...definition.calls.map((contract) =>
          value(contract.typeName, network.client(contract, { from: name })),
        ),
        ...definition.providers,
        ...new Set(classes),
      ],
    },
    { logger: false, abortOnError: false },
  );
  for (const [contract, type] of definition.serves) {
    network.register(name, contract, app.get(type) as ServiceImpl<typeof contract>);
  }

  const subscriptions = definition.consumes.flatMap((type) => app.get(type).subscriptions);
  const workers = definition.jobs.map((type) => app.get(type));
  const consumers = new Consumers({
    service: name,
    database,
    bus,
    clock,
    log,
    metrics,
    outbox,
    subscriptions,
  });
  const everyJob = [...consumers.jobs, ...workers.flatMap((worker) => worker.jobs)];
  const jobs = new Jobs({ database, clock, log, metrics, jobs: everyJob });
  let heard: Subscription[] = [];
  return {
    name,
    database,
    get: (token) => app.get(token),
    async begin() {
      await relay.start();
      heard = await Promise.all(listening.map((type) => listen(bus, app.get(type))));
      await consumers.start();
      jobs.start();
    },
    async close() {
      await consumers.stop();
      await Promise.all(heard.map((subscription) => subscription.stop()));
      await jobs.stop();
      for (const worker of workers) await worker.stop?.();
      await relay.stop();
      await app.close();
      await database.close();
    },
  };
}
