import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CachedAnswer } from './byte-cache.js';
import type { Client } from './client-address.js';
import { type Problem, toProblem } from './problem.js';
import { ClientGone } from './request-body.js';

/** One request and its answer, on their way through the gateway. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  /** Raw, without the query. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  readonly client: Client;
  readonly startedAt: number;
  /** Headers of the answer, whatever it will be. */
  readonly headers: Record<string, string>;
  /** What metrics and logs call it: the template, never the path itself. */
  route: string;
  /** Of the gateway, which may begin to close while the answer is made. */
  readonly lifecycle: { readonly closing: boolean };
}

/** Begins the answer. While the gateway closes, its client is asked to come again on another connection. */
export function writeHead(exchange: Exchange, status: number, own: Record<string, string>): void {
  const { response, headers, lifecycle } = exchange;
  if (lifecycle.closing) own.Connection = 'close';
  response.writeHead(status, { ...headers, ...own });
}

/** Answers with a finished body; HEAD gets everything but the bytes (RFC 9110, 9.3.2). */
export function send(
  exchange: Exchange,
  status: number,
  own: Record<string, string>,
  body: string | Buffer = '',
): void {
  if (status !== 204) own['Content-Length'] = String(Buffer.byteLength(body));
  writeHead(exchange, status, own);
  exchange.response.end(exchange.request.method === 'HEAD' ? undefined : body);
}

/** Answers from the cache: with 304 when the client has these bytes already. */
export function sendCached(exchange: Exchange, answer: CachedAnswer, compress: () => void): void {
  const { request, response } = exchange;
  const wantsGzip = acceptsGzip(request.headers['accept-encoding']);
  if (wantsGzip && !answer.gzipBody) compress();
  const gzipBody = wantsGzip ? answer.gzipBody : undefined;
  const own: Record<string, string> = {
    ETag: gzipBody ? answer.gzipEtag : answer.etag,
    'Cache-Control': 'public, max-age=0, must-revalidate',
    Vary: 'Accept-Encoding, Origin',
  };
  const known = request.headers['if-none-match'];
  if (known !== undefined && matches(known, answer)) {
    writeHead(exchange, 304, own);
    response.end();
    return;
  }
  const body = gzipBody ?? answer.body;
  own['Content-Type'] = answer.contentType;
  own['Content-Length'] = String(body.length);
  if (gzipBody) own['Content-Encoding'] = 'gzip';
  writeHead(exchange, 200, own);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2); both codings are the same answer. */
function matches(header: string, { etag, gzipEtag }: CachedAnswer): boolean {
  if (header === etag || header === gzipEtag || header.trim() === '*') return true;
  return header.split(',').some((part) => {
    const tag = part.trim().replace(/^W\//, '');
    return tag === etag || tag === gzipEtag;
  });
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return (
    typeof header === 'string' && header.includes('gzip') && !/gzip\s*;\s*q=0(\.0*)?\s*(,|$)/.test(header)
  );
}

/** RFC 6750, 3: what is wanted, and whether what was sent is the trouble. */
function challenge({ request }: Exchange): string {
  const realm = 'Bearer realm="pasar"';
  return request.headers.authorization === undefined ? realm : `${realm}, error="invalid_token"`;
}

/** Answers with problem details. @returns the problem, for the log */
export function sendError(exchange: Exchange, error: unknown): Problem | undefined {
  const { response } = exchange;
  if (error instanceof ClientGone) {
    response.destroy();
    return undefined;
  }
  const problem = toProblem(error, exchange.id, exchange.path);
  if (response.headersSent || response.destroyed) {
    // Too late for a status: a connection that breaks off tells the client that the body is not whole.
    response.destroy();
  } else {
    const own: Record<string, string> = { ...problem.headers, 'Cache-Control': 'no-store' };
    own['Content-Type'] = 'application/problem+json';
    if (problem.status === 401) own['WWW-Authenticate'] = challenge(exchange);
    send(exchange, problem.status, own, JSON.stringify(problem.body));
  }
  return problem;
}
