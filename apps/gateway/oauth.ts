import { create } from '@bufbuild/protobuf';
import {
  ExchangeRequestSchema,
  type ExchangeResponse,
  OAuthService,
} from '@pasar/contracts/pasar/auth/v1/oauth_pb';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Calls, countedAs, from, refuseExcess } from './api.js';
import type { Edge } from './edge.js';
import type { RateLimiter } from './rate-limit.js';

export interface OAuthOptions {
  calls: Calls;
  limiter: RateLimiter;
  /** Of one network; 0 for no limit. */
  rateLimitPerMinute: number;
  timeoutMs: number;
}

/** Several users of an app's server come from one address. */
const shareOfLimit = 5;
const maxBodyBytes = 32 << 10;

/** What the authorization server is told of a request. */
const forwarded = [
  ...['accept', 'accept-language', 'authorization', 'content-type', 'cookie', 'origin', 'user-agent'],
  ...['sec-fetch-site', 'x-request-id'],
];
/** Decided here for the whole connection. */
const ownHeaders = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/**
 * The pages and endpoints of the authorization server, which are HTTP by their standards and no methods of a contract:
 * requests go to the auth service as they came, wherever it runs.
 */
export function addOAuth(app: FastifyInstance, edge: Edge, options: OAuthOptions): void {
  const { calls, limiter, rateLimitPerMinute, timeoutMs } = options;
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const exchange = edge.exchangeOf(request.raw, reply.raw);
    if (rateLimitPerMinute > 0) {
      const who = `${countedAs(exchange.client)} oauth`;
      refuseExcess(exchange, await limiter.take(who, rateLimitPerMinute * shareOfLimit));
    }
    const headers = forwarded.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [{ name, value }] : [];
    });
    const { method, originalUrl: url } = request;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const message = create(ExchangeRequestSchema, { method, url, headers, body });
    const call = { from, headers: { 'x-request-id': exchange.id }, timeoutMs };
    const answered = await calls.call(OAuthService.method.exchange, message, call);
    const { status, headers: told, body: bytes } = answered.message as ExchangeResponse;
    reply.status(status);
    for (const { name, value } of told) if (!ownHeaders.has(name)) reply.header(name, value);
    return reply.send(Buffer.from(bytes));
  };
  app.register(async (scope) => {
    // The bytes as they came: a parser before the server would leave it nothing.
    scope.removeAllContentTypeParsers();
    const asBytes = { parseAs: 'buffer', bodyLimit: maxBodyBytes } as const;
    scope.addContentTypeParser('*', asBytes, (_request, body, done) => done(null, body));
    scope.route({ method: ['GET', 'POST'], url: '/oauth2/*', handler: answer });
    scope.get('/.well-known/openid-configuration', answer);
  });
}
