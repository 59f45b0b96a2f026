import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SystemClock } from '@pasar/platform/clock';
import { ConfigError, type Environment, readEnvironment } from '@pasar/platform/config';
import { startPostgres } from '@pasar/platform/embedded-postgres';
import { createLog, type Log, Metrics } from '@pasar/platform/telemetry';
import { unknownSettings } from './all-settings.js';
import { ServerConfig } from './config.js';
import { demoAccounts, seedDemo } from './demo.js';
import { type Pasar, startPasar } from './pasar.js';
import { withSecrets } from './secrets.js';
import type { Storefront } from './storefront.js';
import { resolveTarget } from './topology.js';

/** A database server and how to leave it. */
interface DatabaseServer {
  url(database: string): string;
  stop(): Promise<void>;
}

async function main(): Promise<void> {
  refuseOldNode();
  const { settings, offersStorefront } = readArguments();
  const given = withStorefrontKey(readEnvironment('.env', { ...process.env, ...settings }));
  const config = ServerConfig.read(given);
  const target = resolveTarget(config.target);
  const embedded = config.profile === 'embedded';
  const dataDir = resolve(config.dataDir);
  refuseUnsafe(config);
  if (embedded) makeDataDir(dataDir);
  const environment: Environment = {
    ...withSecrets(given, config.profile, dataDir),
    PASAR_PROFILE: config.profile,
    PASAR_MEDIA_DIR: given.PASAR_MEDIA_DIR ?? resolve(dataDir, 'media'),
    PASAR_PUBLIC_URL: config.publicUrl ?? `http://${config.host}:${config.port}`,
  };
  const log = createLog({ level: config.logLevel ?? (embedded ? 'warn' : 'info'), service: 'pasar' });
  const unknown = unknownSettings(given);
  if (unknown.length > 0) log.warn({ settings: unknown }, 'there are no such settings: see docs/settings.md');
  const stopTracing = config.otlpEndpoint ? await traceTo(config.otlpEndpoint) : undefined;

  const storefront =
    offersStorefront && config.storefront !== 'off' && target.gateway
      ? await startStorefront(environment)
      : undefined;
  // Links in messages lead there.
  environment.PASAR_SHOP_URL ??= storefront?.url;
  const server = await openDatabaseServer(config, dataDir, log);
  let pasar: Pasar;
  try {
    pasar = await startPasar({
      config,
      environment,
      target,
      databaseUrl: (name) => server.url(name),
      serviceSecret: environment.PASAR_SERVICE_SECRET as string,
      clock: new SystemClock(),
      log,
      metrics: new Metrics().collectProcess(),
    });
    if (embedded && (config.demo ?? true) && config.target.includes('all'))
      await seedDemo(pasar, resolve(dataDir, 'demo.json'), say);
  } catch (error) {
    await storefront?.stop();
    await server.stop();
    throw error;
  }
  stopOnSignal(log, async () => {
    await storefront?.stop();
    await pasar.close();
    await server.stop();
    await stopTracing?.();
  });
  await storefront?.open(pasar.url as string);
  welcome(config, pasar, storefront);
}

/** `--port 9000` and `--target order,payment` for what is set most often. */
function readArguments(): { settings: Environment; offersStorefront: boolean } {
  const values = parseOptions();
  const settings = Object.fromEntries(
    [
      ['PASAR_PORT', values.port],
      ['PASAR_TARGET', values.target],
      ['PASAR_DATA_DIR', values['data-dir']],
    ].filter(([, value]) => value !== undefined),
  );
  return { settings, offersStorefront: values.storefront };
}

function parseOptions() {
  const options = {
    port: { type: 'string' },
    target: { type: 'string' },
    'data-dir': { type: 'string' },
    // Whoever gives it has built it.
    storefront: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\nThere are --port, --target and --data-dir.`);
  }
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new ConfigError(`PASAR_DATA_DIR: the folder cannot be made. ${(error as Error).message}`);
  }
}

/** Known to nobody but the two processes, unless they are not started together. */
function withStorefrontKey(environment: Environment): Environment {
  return { PASAR_STOREFRONT_KEY: randomBytes(32).toString('base64url'), ...environment };
}

/** Its code is not read where it does not run. */
async function startStorefront(environment: Environment): Promise<Storefront> {
  const { Storefront } = await import('./storefront.js');
  return Storefront.start(environment, say);
}

/** It would start, and fail where it uses what an older one does not have. */
function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 6)) return;
  throw new ConfigError(
    `Pasar needs Node.js 24.6 or newer, and this is ${process.version}. "npm start" brings its own.`,
  );
}

function refuseUnsafe(config: ServerConfig): void {
  if (config.profile !== 'production') return;
  if (config.demo)
    throw new ConfigError('PASAR_DEMO: demo accounts have a known password and do not exist in production.');
  if (!config.databaseUrl) throw new ConfigError('PASAR_DATABASE_URL: production needs a PostgreSQL server.');
}

async function openDatabaseServer(config: ServerConfig, dataDir: string, log: Log): Promise<DatabaseServer> {
  if (config.databaseUrl) {
    const base = new URL(config.databaseUrl);
    const url = (name: string) => Object.assign(new URL(base), { pathname: `/${name}` }).href;
    return { url, stop: async () => {} };
  }
  return startPostgres({ dataDir: resolve(dataDir, 'postgres'), log: (line) => log.warn({}, line) });
}

/** The exporter costs start-up time and memory that nobody pays who does not trace. */
async function traceTo(endpoint: string): Promise<() => Promise<void>> {
  const { startTracing } = await import('@pasar/platform/tracing-otlp');
  return startTracing({ endpoint, serviceName: 'pasar' });
}

function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      // Whatever hangs must not keep the process: everything that matters is durable already.
      setTimeout(() => process.exit(1), 10_000).unref();
      stop().then(
        () => process.exit(0),
        (error) => {
          log.error({ err: error }, 'could not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
}

function say(line: string): void {
  console.log(line);
}

function welcome(config: ServerConfig, { url, rpcPort }: Pasar, storefront: Storefront | undefined): void {
  // In development the process may have been there before it was asked to be the server.
  const [asked] = performance.getEntriesByName('asked');
  const lines = [`\nPasar is ready in ${Math.round(performance.now() - (asked?.startTime ?? 0))} ms.\n`];
  if (storefront) lines.push(`  Storefront ${storefront.url}`);
  if (rpcPort !== undefined) lines.push(`  gRPC       ${config.rpcHost}:${rpcPort}`);
  if (url) {
    lines.push(
      `  API        ${url}/api/v1/products`,
      `  API docs   ${url}/docs`,
      `  Health     ${url}/readyz`,
    );
  }
  if (url && config.profile === 'embedded' && (config.demo ?? true)) {
    lines.push('', '  Demo accounts (password pasar-demo):');
    for (const { email, what } of demoAccounts) lines.push(`    ${email.padEnd(22)} ${what}`);
  }
  if (config.profile === 'embedded') lines.push('', `  Ctrl-C stops it. Data is kept in ${config.dataDir}.`);
  console.log(`${lines.join('\n')}\n`);
}

main().catch((error) => {
  const { code, port } = error as { code?: string; port?: number };
  if (error instanceof ConfigError) console.error(`\n${error.message}\n`);
  else if (code === 'EADDRINUSE') console.error(`\nPort ${port} is taken. Choose another with --port.\n`);
  else console.error(error);
  process.exit(1);
});
