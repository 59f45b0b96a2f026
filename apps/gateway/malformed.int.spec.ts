import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './testing/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.services.received.length = 0;
});

/** Sends bytes as they are; gives all that comes back until the gateway or `until` ends it. */
function talk(
  bytes: string | Buffer | (string | Buffer)[],
  until?: (received: string) => boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(gateway.port, '127.0.0.1', () => {
      for (const part of [bytes].flat()) socket.write(part);
    });
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (until?.(received)) socket.destroy();
    });
    // Who goes on talking to a gateway that has hung up learns it like this.
    const hungUp = new Set(['ECONNRESET', 'EPIPE']);
    socket.on('error', (error: NodeJS.ErrnoException) => hungUp.has(error.code ?? '') || reject(error));
    socket.on('close', () => resolve(received));
  });
}

const statusOf = (received: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1] ?? 0);
const host = 'Host: x\r\nConnection: close\r\n';
const json = `${host}Content-Type: application/json\r\n`;
const login = 'POST /api/v1/auth/login HTTP/1.1\r\n';

describe('what is not HTTP', () => {
  it.each<[string, string | Buffer, number]>([
    ['noise', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xff]), 400],
    ['text', 'hello\r\n\r\n', 400],
    ['no host', 'GET /api/v1/cart HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two hosts', `GET /api/v1/cart HTTP/1.1\r\n${host}Host: y\r\n\r\n`, 400],
    ['another protocol', 'GET / FTP/1.0\r\n\r\n', 400],
    ['an unknown method', `FROB /api/v1/cart HTTP/1.1\r\n${host}\r\n`, 400],
    ['a space before the colon', `GET /api/v1/cart HTTP/1.1\r\n${host}X-A : b\r\n\r\n`, 400],
    ['a folded header', `GET /api/v1/cart HTTP/1.1\r\n${host}X-A: b\r\n c\r\n\r\n`, 400],
    ['NUL in a header', `GET /api/v1/cart HTTP/1.1\r\n${host}X-A: b\0c\r\n\r\n`, 400],
    ['a bare CR in a header', `GET /api/v1/cart HTTP/1.1\r\n${host}X-A: b\rX-B: c\r\n\r\n`, 400],
    ['a space in the target', `GET /api/v1/cart x HTTP/1.1\r\n${host}\r\n`, 400],
    ['huge headers', `GET /api/v1/cart HTTP/1.1\r\n${host}X-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['very many headers', `GET /api/v1/cart HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(4000)}\r\n`, 431],
    ['two lengths', `${login}${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    [
      'a length and chunks',
      `${login}${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a negative length', `${login}${json}Content-Length: -1\r\n\r\n`, 400],
    ['a length that is no number', `${login}${json}Content-Length: 0x2\r\n\r\n{}`, 400],
    ['a bad chunk size', `${login}${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, 400],
    [
      'a chunk size with a sign',
      `${login}${json}Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n`,
      400,
    ],
    ['chunked twice', `${login}${json}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, 400],
  ])('is refused: %s', async (_, bytes, status) => {
    const received = await talk(bytes);
    // What was already understood may have been refused by the gateway first; the connection ends either way.
    expect(statusOf(received)).toBe(status);
    expect(received).toContain('\r\nContent-Type: application/problem+json\r\n');
    expect(received).toMatch(/\r\nConnection: close\r\n/i);
    expect(JSON.parse(received.slice(received.indexOf('\r\n\r\n')))).toMatchObject({ status });
    expect(gateway.services.received).toEqual([]);
  });

  it('leaves the gateway well', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, i) => talk(Buffer.from([i, 255 - i, 13, 10, 13, 10]))));
    expect((await fetch(`${gateway.url}/api/v1/cart`)).status).toBe(200);
  });
});

describe('strange but whole requests', () => {
  it.each<[string, string, number]>([
    ['HTTP/1.0', 'GET /api/v1/cart HTTP/1.0\r\n\r\n', 200],
    [
      'chunks',
      `${login}${json}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\nX-Trailer: y\r\n\r\n`,
      200,
    ],
    ['no chunks at all', `${login}${json}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 200],
    ['a body on GET', `GET /api/v1/cart HTTP/1.1\r\n${json}Content-Length: 9\r\n\r\nnot json!`, 200],
    [
      'encoded line breaks in the path',
      `GET /api/v1/products/a%0d%0aX-Evil:%20b HTTP/1.1\r\n${host}\r\n`,
      200,
    ],
    ['an encoded NUL', `GET /api/v1/products/%00 HTTP/1.1\r\n${host}\r\n`, 400],
    ['a fragment', `GET /api/v1/cart#x HTTP/1.1\r\n${host}\r\n`, 404],
    [
      'an upgrade',
      `GET /api/v1/cart HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      200,
    ],
    ['an expectation it cannot meet', `${login}${json}Expect: magic\r\nContent-Length: 2\r\n\r\n{}`, 417],
  ])('are answered: %s', async (_, bytes, status) => {
    const received = await talk(bytes);
    expect(statusOf(received)).toBe(status);
    expect(received).not.toMatch(/^X-Evil/m);
  });

  it('get 100 Continue when they ask for it', async () => {
    const received = await talk(`${login}${json}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}`);
    expect(received).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  it('are told apart when they come at once', async () => {
    const one = `GET /api/v1/cart HTTP/1.1\r\nHost: x\r\nX-Request-Id: `;
    const received = await talk(`${one}a\r\n\r\n${one}b\r\n\r\n${one}c\r\nConnection: close\r\n\r\n`);
    expect([...received.matchAll(/X-Request-Id: (\w)/g)].map(([, id]) => id)).toEqual(['a', 'b', 'c']);
  });

  it('do not hide another request in the body of a refused one', async () => {
    const hidden = 'GET /api/v1/products/hidden HTTP/1.1\r\nHost: x\r\n\r\n';
    const outer = `POST /api/v1/orders HTTP/1.1\r\n${json}Content-Length: ${hidden.length}\r\n\r\n${hidden}`;
    const received = await talk(outer);
    expect(received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(statusOf(received)).toBe(401);
    expect(gateway.services.received).toEqual([]);
  });

  it('cannot put headers into the answer', async () => {
    const bytes = `GET /api/v1/nope HTTP/1.1\r\n${host}X-Request-Id: a%0d%0ab\r\nOrigin: http://x\ty\r\n\r\n`;
    expect(await talk(bytes)).not.toContain('%0d');
  });
});

describe('bodies that never end', () => {
  it('are read up to the limit and a little more, and no further', async () => {
    const chunk = `${(1 << 20).toString(16)}\r\n${'x'.repeat(1 << 20)}\r\n`;
    const head = `${login}Host: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const received = await talk([head, ...Array.from({ length: 24 }, () => chunk)]);
    // Still sending when the gateway hangs up, the client may lose the answer.
    expect([413, 0]).toContain(statusOf(received));
    expect((await talk([head, chunk, chunk, '0\r\n\r\n'], (text) => text.includes('}'))).slice(0, 12)).toBe(
      'HTTP/1.1 413',
    );
  });

  it('are refused by their announced length at once', async () => {
    const head = `${login}Host: x\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n{`;
    expect(statusOf(await talk(head))).toBe(413);
  });

  it('hold nobody up when their sender goes away', async () => {
    const head = `${login}Host: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email"`;
    await new Promise<void>((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () => socket.write(head, () => socket.destroy()));
      socket.on('close', () => resolve());
    });
    expect((await fetch(`${gateway.url}/api/v1/cart`)).status).toBe(200);
    expect(gateway.services.received.map(({ name }) => name)).toEqual(['GetCart']);
  });

  it('are given up when they come too slowly', async () => {
    const slow = await startGateway({ requestTimeoutMs: 50 });
    const fast = gateway;
    gateway = slow;
    try {
      const head = `${login}Host: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
      const [body, headers] = await Promise.all([talk(head), talk('GET / HTTP/1.1\r\nX-A: b')]);
      expect(statusOf(body)).toBe(408);
      expect(statusOf(headers)).toBe(408);
    } finally {
      gateway = fast;
      await slow.close();
    }
  });
});
