import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ClientGone, readPieces } from './request-body.js';

let server: Server;
let url: string;
let handle: (request: IncomingMessage, response: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((...exchange) => handle(...exchange));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** Reads every body in such pieces. */
function readInPieces(size: number, limit: number) {
  const pieces: Buffer[] = [];
  let error: unknown;
  handle = async (incoming, response) => {
    try {
      for await (const piece of readPieces(incoming, size, limit)) pieces.push(piece);
    } catch (cause) {
      error = cause;
    }
    response.end('read');
  };
  return { pieces, error: () => error };
}

describe('a body in pieces', () => {
  it('is the same body, however it comes, and no piece is larger than asked for', async () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 200 }), async (chunks, size) => {
        const { pieces, error } = readInPieces(size, 10_000);
        const sent = Buffer.concat(chunks);
        const body = new ReadableStream({
          start(controller) {
            for (const chunk of chunks) controller.enqueue(chunk);
            controller.close();
          },
        });
        const answer = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);
        expect(await answer.text()).toBe('read');
        expect(error()).toBeUndefined();
        expect(Buffer.concat(pieces).equals(sent)).toBe(true);
        expect(pieces.slice(0, -1).every((piece) => piece.length === size)).toBe(true);
        expect(pieces.at(-1)?.length).toBeLessThanOrEqual(size);
        expect(pieces.length).toBe(Math.max(1, Math.ceil(sent.length / size)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['says', { 'content-length': '5001' }],
    ['does not say', {}],
  ])('is refused when it is too long and %s so, and the client is told', async (_, headers) => {
    const { error } = readInPieces(1000, 5000);
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(url, { method: 'POST', headers }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
      });
      outgoing.on('error', reject);
      for (let n = 0; n < 5; n++) outgoing.write(Buffer.alloc(1000));
      outgoing.end(Buffer.alloc(1));
    });
    expect(status).toBe(200);
    expect(error()).toMatchObject({ status: 413 });
  });

  it('that breaks off gives what came of it, and tells', async () => {
    const { pieces, error } = readInPieces(1000, 5000);
    const outgoing = request(url, { method: 'POST', headers: { 'content-length': '4000' } });
    outgoing.on('error', () => {});
    outgoing.write(Buffer.alloc(2500));
    await vi.waitFor(() => expect(pieces).toHaveLength(2));
    outgoing.destroy();
    await vi.waitFor(() => expect(error()).toBeInstanceOf(ClientGone));
    expect(pieces.map(({ length }) => length)).toEqual([1000, 1000, 500]);
  });

  it('that nobody reads to its end keeps its connection', async () => {
    handle = async (incoming, response) => {
      for await (const piece of readPieces(incoming, 10, 1_000_000)) {
        if (piece.length > 0) break;
      }
      response.end('enough');
    };
    for (let n = 0; n < 3; n++) {
      const answer = await fetch(url, { method: 'POST', body: Buffer.alloc(500_000) });
      expect(await answer.text()).toBe('enough');
    }
  });
});
