import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaticFiles } from './static-files.js';

const script = 'console.log("selamat datang");'.repeat(100);

describe('static files', () => {
  const home = mkdtempSync(join(tmpdir(), 'pasar-static-'));
  let server: Server;
  let at: (path: string) => string;
  beforeAll(async () => {
    writeFileSync(join(home, '0a~1-x_y.js'), script);
    writeFileSync(join(home, 'secret.json'), '{}');
    const files = new StaticFiles(home);
    server = createServer(async (request, response) => {
      if (!(await files.send(request.url ?? '', request, response))) response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    at = (path) => `http://127.0.0.1:${port}/_next/static/chunks/${path}`;
  });
  afterAll(() => {
    server.close();
    rmSync(home, { recursive: true });
  });

  it.each(['br', 'gzip'])('come as %s where that is taken, again and again', async (encoding) => {
    for (let time = 0; time < 2; time++) {
      const answer = await fetch(at('0a~1-x_y.js'), {
        headers: { 'accept-encoding': `deflate, ${encoding}` },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('content-type')).toBe('application/javascript; charset=UTF-8');
      expect(answer.headers.get('vary')).toBe('Accept-Encoding');
      expect(Number(answer.headers.get('content-length'))).toBeLessThan(script.length / 10);
      expect(await answer.text()).toBe(script);
    }
  });

  it('are left to others where they are no file, not to be had, or wanted in another way', async () => {
    const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      (await fetch(at(path), { method, headers: { 'accept-encoding': 'br, gzip', ...headers } })).status;
    expect(await ask('missing.js')).toBe(404);
    expect(await ask('secret.json')).toBe(404);
    expect(await ask('..%2fsecret.js')).toBe(404);
    expect(await ask('0a~1-x_y.js', { 'accept-encoding': 'identity' })).toBe(404);
    expect(await ask('0a~1-x_y.js', { range: 'bytes=0-9' })).toBe(404);
    expect(await ask('0a~1-x_y.js', {}, 'POST')).toBe(404);
    writeFileSync(join(home, 'missing.js'), script);
    expect(await ask('missing.js')).toBe(200);
    expect(await ask('missing.js', {}, 'HEAD')).toBe(200);
  });
});
