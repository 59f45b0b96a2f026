import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { AuthService } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { createGateway, type Gateway } from '@pasar/gateway/gateway';
import { TokenVerifier } from '@pasar/platform/access-token';
import type { Bus } from '@pasar/platform/bus';
import { PostgresBus } from '@pasar/platform/bus-postgres';
import type { Clock } from '@pasar/platform/clock';
import { ConfigError, type Environment } from '@pasar/platform/config';
import { Database, ensureDatabase, migrate } from '@pasar/platform/db';
import { Health } from '@pasar/platform/health';
import type { Probe } from '@pasar/platform/probe';
import { packageResource } from '@pasar/platform/resource';
import { RpcNetwork } from '@pasar/platform/rpc';
import {
  platformMigrations,
  type RunningService,
  type ServiceResources,
  startService,
} from '@pasar/platform/service';
import type { Log, Metrics } from '@pasar/platform/telemetry';
import type { ServerConfig } from './config.js';
import { demoRoutes } from './demo-routes.js';
import { services as everyService, type Target } from './topology.js';

export interface PasarOptions {
  config: ServerConfig;
  /** Of the services' own settings. */
  environment: Environment;
  target: Target;
  /** Connection string of a database, by its name. */
  databaseUrl(database: string): string;
  serviceSecret: string;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Where tests make the process die. */
  probe?: Probe;
}

export interface Pasar {
  /** Of the gateway, when this process runs it. */
  readonly url: string | undefined;
  readonly rpcPort: number | undefined;
  readonly network: RpcNetwork;
  readonly bus: Bus;
  service(name: string): RunningService;
  /** Stops taking calls, ends those in flight, then consumers, relays and databases. */
  close(): Promise<void>;
}

const contracts = everyService.flatMap(({ serves }) => serves.map(([contract]) => contract));

/** Composes a process: migrate → init → consumers → listen → ready; and the other way round at its end. */
export async function startPasar(options: PasarOptions): Promise<Pasar> {
  const { config, environment, target, databaseUrl, clock, log, metrics, probe } = options;
  const names = target.services.map((service) => `pasar_${service.name}`);
  await Promise.all(['pasar_bus', ...names].map((name) => ensureDatabase(databaseUrl(name))));
  await migrate(databaseUrl('pasar_bus'), [platformMigrations.bus]);
  const busDatabase = new Database(databaseUrl('pasar_bus'), {
    max: config.poolSize,
    applicationName: 'pasar-bus',
    plans: 'generic',
  });
  const bus = new PostgresBus({ database: busDatabase, log, metrics });

  const health = new Health();
  const verifier: TokenVerifier = new TokenVerifier({
    clock,
    keys: async () => (await keys.getKeys({})).keys,
  });
  const network = new RpcNetwork({
    addresses: contractAddresses(config.rpcAddresses),
    serviceSecret: options.serviceSecret,
    verifier,
    clock,
    metrics,
    log,
  });
  const keys = network.client(AuthService, { from: 'gateway' });

  const resources: ServiceResources = {
    environment,
    clock,
    log,
    metrics,
    network,
    bus,
    processName: `${hostname()}:${process.pid}:${randomUUID()}`,
    databaseUrl: (service) => databaseUrl(`pasar_${service}`),
    poolSize: config.poolSize,
    probe,
  };
  const running: RunningService[] = [];
  let gateway: Gateway | undefined;
  const close = async () => {
    health.serving = false;
    await gateway?.close();
    await network.close(config.drainSeconds * 1000);
    await Promise.all(running.map((service) => service.close()));
    await bus.close();
    await busDatabase.close();
  };
  try {
    const started = await Promise.allSettled(
      target.services.map((service) => startService(service, resources)),
    );
    for (const result of started) if (result.status === 'fulfilled') running.push(result.value);
    for (const result of started) if (result.status === 'rejected') throw result.reason;
    // Everybody checks tokens with the keys of auth.
    network.checkCallees([AuthService, ...target.services.flatMap(({ calls }) => calls)]);
    if (target.gateway) network.checkCallees(contracts);
    for (const { name, database } of running) {
      health.add(name, async () => void (await database.pool.query('select')));
    }
    await Promise.all(running.map((service) => service.begin()));

    const rpcPort =
      config.rpcPort === undefined
        ? undefined
        : await network.serve({ host: config.rpcHost, port: config.rpcPort, health });
    if (target.gateway) {
      gateway = await createGateway({
        settings: {
          host: config.host,
          port: config.port,
          rateLimitPerMinute: config.rateLimitPerMinute,
          corsOrigins: config.corsOrigins,
          adminAllowList: config.adminAllowList,
          trustProxy: config.trustedProxies,
          storefrontKey: config.storefrontKey,
          upstreams: config.upstreams,
          metricsAllow: config.metricsAllowList,
          callTimeoutMs: 30_000,
          drainMs: config.drainSeconds * 1000,
        },
        version: packageVersion(),
        services: contracts,
        calls: {
          call: (method, message, call) => network.call(method, message, { ...call, from: 'gateway' }),
          stream: (method, message, call) => network.stream(method, message, { ...call, from: 'gateway' }),
        },
        tokens: verifier,
        bus,
        health,
        log: log.child({ service: 'gateway' }),
        metrics,
        extraRoutes: config.profile === 'embedded' ? demoRoutes : undefined,
      });
    }
    const url = await gateway?.listen();
    health.serving = true;
    return {
      url,
      rpcPort,
      network,
      bus,
      service(name) {
        const service = running.find((candidate) => candidate.name === name);
        if (!service) throw new Error(`${name} does not run in this process`);
        return service;
      },
      close,
    };
  } catch (error) {
    await close().catch((cause) => log.error({ err: cause }, 'could not stop cleanly after a failed start'));
    throw error;
  }
}

export function packageVersion(): string {
  return JSON.parse(readFileSync(packageResource(import.meta.url, 'package.json'), 'utf8')).version;
}

/** `order=host:port` for every contract that the service serves. */
function contractAddresses(entries: string[]): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const [name, address] = entry.split('=', 2);
      const service = everyService.find((candidate) => candidate.name === name);
      if (!service || !address)
        throw new ConfigError(`PASAR_RPC_ADDRESSES: "${entry}" is not <service>=<host>:<port>`);
      return service.serves.map(([contract]) => [contract.typeName, address]);
    }),
  );
}
