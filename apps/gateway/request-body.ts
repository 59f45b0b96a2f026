import type { IncomingMessage } from 'node:http';
import { Refusal } from './problem.js';

/** The client went away before its request or our answer was complete. */
export class ClientGone extends Error {}

/** Read past the limit and thrown away, so that a client that sends somewhat too much gets to read why. */
const drainBytes = 8 << 20;

/**
 * The whole body.
 * @throws Refusal 413 when it is longer than `limit` bytes; ClientGone
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit + drainBytes) throw tooLarge(limit, { Connection: 'close' });
  if (request.destroyed) throw new ClientGone();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > limit + drainBytes) {
        request.pause();
        reject(tooLarge(limit, { Connection: 'close' }));
      }
    });
    request.on('end', () => {
      if (size > limit) reject(tooLarge(limit));
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size));
    });
    request.on('error', () => reject(new ClientGone()));
    request.on('close', () => {
      if (!request.complete) reject(new ClientGone());
    });
  });
}

/**
 * The body as it comes, in pieces of `size` bytes; the last one is what is left, and of a body that breaks off what came
 * of it. An empty body is one empty piece.
 * @throws Refusal 413 when it is longer than `limit` bytes; ClientGone after the last piece of one that broke off
 */
export async function* readPieces(
  request: IncomingMessage,
  size: number,
  limit: number,
): AsyncGenerator<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit, { Connection: 'close' });
  let gathered: Buffer[] = [];
  let held = 0;
  let total = 0;
  let isWhole = true;
  // Left early, the request must live on: its answer goes over the same connection.
  const chunks = request.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await chunks.next().catch(() => undefined);
      if (!next) isWhole = false;
      if (!next || next.done) break;
      let chunk = next.value as Buffer;
      total += chunk.length;
      if (total > limit) throw tooLarge(limit);
      while (held + chunk.length >= size) {
        const room = size - held;
        yield Buffer.concat([...gathered, chunk.subarray(0, room)], size);
        [gathered, held, chunk] = [[], 0, chunk.subarray(room)];
      }
      if (chunk.length > 0) gathered.push(chunk);
      held += chunk.length;
    }
    if (held > 0 || total === 0) yield Buffer.concat(gathered, held);
    if (!isWhole) throw new ClientGone();
  } finally {
    // What is not wanted any more is read and thrown away, so that the client gets to read why.
    await chunks.return?.();
    request.resume();
  }
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const jsonType = /^application\/(json|[a-z0-9.!#$&^_-]+\+json)\s*(;|$)/i;
const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i;

/** @throws Refusal 415 for a body that is not JSON in UTF-8, or is compressed */
export function requireJson({ headers }: IncomingMessage): void {
  const type = headers['content-type'] ?? '';
  const [, encoding = 'utf-8'] = charset.exec(type) ?? [];
  if (!jsonType.test(type) || !/^(utf-?8|us-ascii)$/i.test(encoding)) {
    throw unsupported('Send JSON in UTF-8, with Content-Type: application/json.', {
      Accept: 'application/json',
    });
  }
  requireIdentity({ headers });
}

/** @throws Refusal 415 */
export function requireIdentity({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    throw unsupported('Compressed bodies are not taken.', { 'Accept-Encoding': 'identity' });
  }
}

function unsupported(detail: string, headers: Record<string, string>): Refusal {
  return new Refusal(415, 'request.unsupported_media_type', detail, headers);
}

function tooLarge(limit: number, headers: Record<string, string> = {}): Refusal {
  return new Refusal(413, 'request.too_large', `The body is larger than ${limit} bytes.`, headers, {
    maxBytes: limit,
  });
}
