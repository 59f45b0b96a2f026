import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { resolve } from 'node:path';
import { ConfigError, readEnvironment } from '@pasar/platform/config';
import { createPasarClient } from '@pasar/sdk';
import type { NextServerOptions, RequestHandler, UpgradeHandler } from 'next/dist/server/next.js';
import { StorefrontConfig } from './config.js';
import { Front } from './front.js';
import { Sessions } from './sessions.js';
import { StaticFiles } from './static-files.js';
import { Clients, Turnstile } from './turnstile.js';

/** What the server that started us says, when its API answers. */
export interface Go {
  apiUrl: string;
  shopUrl: string;
}
/** What we tell it: where customers find us, and that they do. */
export type Progress = { listening: string } | { ready: true };

/** Its types say a namespace where a function is. */
type CreateNext = (options: NextServerOptions) => {
  prepare(): Promise<void>;
  getRequestHandler(): RequestHandler;
  getUpgradeHandler(): UpgradeHandler;
};

const usualPort = 3000;
const root = resolve(import.meta.dirname, '../..');
const development = process.argv.includes('--dev');

async function main(): Promise<void> {
  Object.assign(process.env, {
    NODE_ENV: development ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  const config = StorefrontConfig.read(readEnvironment('.env', process.env));
  let listener: RequestListener = (_request, response) => {
    response
      .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' })
      .end('Pasar is starting. Try again in a moment.');
  };
  const server = createServer((request, response) => listener(request, response));
  const url = await listen(server, config);
  stopInTime(server);
  tell({ listening: url });
  const { apiUrl, shopUrl } = process.send
    ? await new Promise<Go>((resolve) => process.once('message', (go: Go) => resolve(go)))
    : { apiUrl: config.apiUrl, shopUrl: config.shopUrl ?? url };
  Object.assign(process.env, { PASAR_API_URL: apiUrl, PASAR_SHOP_URL: shopUrl });

  // Only now: it takes half a second of a processor that the API needs to start.
  const { default: next } = (await import('next')) as unknown as { default: CreateNext };
  const { hostname, port } = new URL(url);
  const app = next({ dev: development, dir: root, httpServer: server, hostname, port: Number(port) });
  const handle = app.getRequestHandler();
  await app.prepare();
  const front = new Front({
    handler: (request, response) => handle(request, response),
    files: development ? undefined : new StaticFiles(resolve(root, '.next/static/chunks')),
    sessions: new Sessions({
      secure: shopUrl.startsWith('https:'),
      client: (headers) =>
        createPasarClient({
          url: apiUrl,
          headers: { ...headers, ...(config.key && { 'pasar-storefront-key': config.key }) },
        }),
    }),
    apiUrl,
    shopUrl,
    turnstile: new Turnstile(config.requestsPerMinute),
    clients: new Clients(config.trustedProxies),
    development,
  });
  listener = (request, response) => void front.handle(request, response);
  const upgrade = app.getUpgradeHandler();
  server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head));
  tell({ ready: true });
  if (!process.send) console.log(`The storefront is at ${url}`);
}

function tell(progress: Progress): void {
  process.send?.(progress);
}

/** A predecessor that was killed may hold the port a moment longer. */
async function listen(server: Server, { host, port }: StorefrontConfig): Promise<string> {
  const wanted = port ?? usualPort;
  const until = Date.now() + 1_000;
  for (let at = wanted; ; ) {
    try {
      server.listen(at, host);
      await once(server, 'listening');
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : at;
      const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
      return `http://${name.includes(':') ? `[${name}]` : name}:${bound}`;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (Date.now() < until && at === wanted) await new Promise((resolve) => setTimeout(resolve, 100));
      else if (port === undefined && at < usualPort + 100) at += 1;
      else throw new ConfigError(`Port ${at} is taken. Choose another with PASAR_STOREFRONT_PORT.`);
    }
  }
}

function stopInTime(server: Server): void {
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 3_000).unref();
  };
  // Who was started by the server ends with it, however that ends. A signal may reach the whole group, and is for it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, process.send ? () => {} : stop);
  process.on('disconnect', stop);
}

main().catch((error) => {
  console.error(error instanceof ConfigError ? `\n${error.message}\n` : error);
  process.exit(1);
});
