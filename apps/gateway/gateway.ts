import { createServer, type RequestListener, type Server } from 'node:http';
import type { DescService } from '@bufbuild/protobuf';
import { comments } from '@pasar/contracts/comments';
import { OAuthService } from '@pasar/contracts/pasar/auth/v1/oauth_pb';
import type { Bus, Subscription } from '@pasar/platform/bus';
import type { Envelope } from '@pasar/platform/events';
import type { Health } from '@pasar/platform/health';
import type { Log, Metrics } from '@pasar/platform/telemetry';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { Api, type Calls, type Tokens } from './api.js';
import { ByteCache } from './byte-cache.js';
import { AddressRanges, StorefrontKey } from './client-address.js';
import { Cors } from './cors.js';
import { addDocs } from './docs.js';
import { answerClientError, Edge, refuseUnknown } from './edge.js';
import { createRouteTable, readEndpoints } from './endpoint.js';
import { HttpMetrics } from './http-metrics.js';
import { Invalidation } from './invalidation.js';
import { addOAuth } from './oauth.js';
import { describeApi } from './openapi.js';
import { Refusal } from './problem.js';
import { MemoryRateLimiter, type RateLimiter } from './rate-limit.js';
import { Upstreams } from './upstreams.js';

export interface GatewaySettings {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Origins of browsers' pages that may call; `*` for all. */
  corsOrigins: string[];
  /** For one user, or one guest's network; 0 for no limits at all. The contracts' own limits grow and shrink with it. */
  rateLimitPerMinute: number;
  /** Addresses that may call methods of staff; all when empty. */
  adminAllowList: string[];
  /** Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  trustProxy: string[];
  /** Who sends it is believed too, and not held to `rateLimitPerMinute`. */
  storefrontKey?: string;
  /** Path prefixes that other servers answer: `<prefix>=<origin>[@<percent>%]`. */
  upstreams: string[];
  /** Addresses that may read /metrics. */
  metricsAllow: string[];
  maxBodyBytes: number;
  cacheBytes: number;
  /** How long a call of a service may take. */
  callTimeoutMs: number;
  /** How long a request may take to arrive whole. */
  requestTimeoutMs: number;
  /** How long calls in flight may take to end after `close`. */
  drainMs: number;
  accessLog: 'all' | 'errors' | 'none';
}

export const defaultSettings: GatewaySettings = {
  host: '127.0.0.1',
  port: 8080,
  corsOrigins: ['http://localhost:3000', 'http://localhost:3100'],
  rateLimitPerMinute: 100,
  adminAllowList: [],
  trustProxy: [],
  upstreams: [],
  metricsAllow: ['loopback'],
  maxBodyBytes: 1 << 20,
  cacheBytes: 64 << 20,
  callTimeoutMs: 15_000,
  requestTimeoutMs: 60_000,
  drainMs: 8_000,
  accessLog: 'errors',
};

export interface GatewayOptions {
  settings: Partial<GatewaySettings>;
  version: string;
  /** The contracts whose public methods are served, and whose events invalidate cached answers. */
  services: DescService[];
  calls: Calls;
  tokens: Tokens;
  /** Without one, cached answers only age. */
  bus?: Bus;
  limiter?: RateLimiter;
  log: Log;
  metrics: Metrics;
  health: Health;
  /** Routes that are no contract's, such as images and development pages. */
  extraRoutes?(app: FastifyInstance): void | Promise<void>;
}

export interface Gateway {
  /** Begins to answer. @returns the address, such as `http://127.0.0.1:8080` */
  listen(): Promise<string>;
  /** Takes no more connections, lets calls in flight end, and stops. */
  close(): Promise<void>;
  readonly app: FastifyInstance;
}

const maxHeaderBytes = 16 << 10;
/** Longer than load balancers keep theirs (60 s), so that none sends on a connection that is just being closed. */
const keepAliveTimeoutMs = 72_000;
/** A connection on which nothing moves for this long is given up: a reader that stalled, a peer that vanished. */
const idleTimeoutMs = 120_000;

/** @throws Error for a contract that cannot be served, two routes that conflict, or a setting that makes no sense */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const settings = { ...defaultSettings, ...options.settings };
  const { log, metrics, calls, tokens, bus } = options;
  const endpoints = readEndpoints(options.services);
  const files = [...new Set(options.services.map(({ file }) => file))];
  const invalidation = new Invalidation(files, endpoints);
  const cache = new ByteCache({ maxBytes: settings.cacheBytes });
  const limiter = options.limiter ?? new MemoryRateLimiter();
  const api = new Api({
    calls,
    tokens,
    cache,
    limiter,
    rateLimitPerMinute: settings.rateLimitPerMinute,
    adminAllowList: new AddressRanges(settings.adminAllowList),
    maxBodyBytes: settings.maxBodyBytes,
    callTimeoutMs: settings.callTimeoutMs,
  });
  const upstreams = new Upstreams(settings.upstreams, {
    timeoutMs: settings.callTimeoutMs,
    maxBodyBytes: settings.maxBodyBytes,
  });
  const edge = new Edge({
    table: createRouteTable(endpoints),
    api,
    cors: new Cors(settings.corsOrigins),
    upstreams,
    trustedProxies: new AddressRanges(settings.trustProxy),
    storefrontKey: new StorefrontKey(settings.storefrontKey),
    metrics: new HttpMetrics(metrics),
    log,
    accessLog: settings.accessLog,
  });

  const fail = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    edge.fail(edge.exchangeOf(request.raw, reply.raw), asRefusal(error));
  };
  const app = fastify({
    // Methods of contracts are answered before Fastify; it answers everything else.
    serverFactory: (handler) =>
      createHttpServer(settings, (request, response) => {
        edge.handle(request, response, () => handler(request, response));
      }),
    clientErrorHandler: answerClientError,
    frameworkErrors: fail,
    bodyLimit: settings.maxBodyBytes,
    return503OnClosing: false,
  });
  app.addHook('onRequest', async (request, reply) => {
    edge.exchangeOf(request.raw, reply.raw).route = request.routeOptions.url ?? 'unknown';
  });
  app.setNotFoundHandler((request, reply) => {
    throw refuseUnknown(edge.exchangeOf(request.raw, reply.raw));
  });
  app.setErrorHandler(fail);
  addOperations(app, edge, options, new AddressRanges(settings.metricsAllow));
  addDocs(app, JSON.stringify(describeApi(endpoints, { version: options.version, comments })));
  if (options.services.some(({ typeName }) => typeName === OAuthService.typeName)) {
    addOAuth(app, edge, {
      calls,
      limiter,
      rateLimitPerMinute: settings.rateLimitPerMinute,
      timeoutMs: settings.callTimeoutMs,
    });
  }
  await options.extraRoutes?.(app);
  await app.ready();

  const dropStale = (events: Envelope[]) => {
    try {
      cache.invalidate(events.flatMap((event) => invalidation.staleBy(event) ?? []));
    } catch (error) {
      // An event that cannot be read may concern anything, and would come again and again.
      log.error({ error }, 'an event could not be read; the whole cache is dropped');
      cache.clear();
    }
  };
  let subscription: Subscription | undefined;
  return {
    app,
    async listen() {
      if (bus && invalidation.types.length > 0) {
        const { topics, types } = invalidation;
        subscription = bus.broadcast({
          topics,
          types,
          onBatch: async (events) => dropStale(events),
        });
        await subscription.ready;
      }
      return app.listen({ host: settings.host, port: settings.port });
    },
    async close() {
      edge.beginClosing();
      const server = app.server as Server;
      const force = setTimeout(() => server.closeAllConnections(), settings.drainMs);
      await app.close();
      clearTimeout(force);
      upstreams.close();
      await subscription?.stop();
    },
  };
}

function createHttpServer(settings: GatewaySettings, listener: RequestListener): Server {
  // Node's own answer to a missing Host header has no body; the edge checks it.
  const options = {
    maxHeaderSize: maxHeaderBytes,
    requireHostHeader: false,
    connectionsCheckingInterval: 1_000,
  };
  const server = createServer(options, listener);
  server.requestTimeout = settings.requestTimeoutMs;
  server.headersTimeout = Math.min(settings.requestTimeoutMs, 20_000);
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.timeout = idleTimeoutMs;
  return server;
}

/** Liveness, readiness and metrics. */
function addOperations(
  app: FastifyInstance,
  edge: Edge,
  { health, metrics }: GatewayOptions,
  operators: AddressRanges,
): void {
  // Somebody else's proxy beside us must not make the world look like this machine.
  const isOperator = (request: FastifyRequest, reply: FastifyReply) => {
    const { client } = edge.exchangeOf(request.raw, reply.raw);
    return !client.forwarded && operators.has(client.address);
  };
  const report = async (part: 'live' | 'ready', request: FastifyRequest, reply: FastifyReply) => {
    const { checks, ...report } = await health.report();
    const isGood = report[part] && !(part === 'ready' && edge.isClosing);
    // Why a check failed may name hosts and users of databases.
    const told = Object.entries(checks).map(([name, { ok, milliseconds, error }]) => [
      name,
      { ok, milliseconds, ...(error !== undefined && isOperator(request, reply) && { error }) },
    ]);
    return reply
      .status(isGood ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({ status: isGood ? part : `not ${part}`, checks: Object.fromEntries(told) });
  };
  app.get('/healthz', (request, reply) => report('live', request, reply));
  app.get('/readyz', (request, reply) => report('ready', request, reply));
  app.get('/metrics', async (request, reply) => {
    if (!isOperator(request, reply))
      throw new Refusal(403, 'access.address_refused', 'Not allowed from this address.');
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

/** What Fastify itself refuses (a body that is too large, an unknown content type) is the client's to mend. */
function asRefusal(error: FastifyError): Error {
  const { code, statusCode = 500, message } = error;
  return code?.startsWith('FST_') && statusCode < 500
    ? new Refusal(statusCode, 'request.malformed', message)
    : error;
}
