import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { importCommand } from './import.js';

interface Row {
  row: number;
  title?: string;
  productKey?: string;
  problem?: string;
}

/** The import as the API offers it: rows in order, once each; repeats and problems are reported. */
class Market {
  readonly rows: Row[] = [];
  readonly errors: object[] = [];
  readonly keys: string[] = [];
  logins = 0;
  largest = 0;
  /** What befalls the calls that send rows, in turn: a status, or a connection that breaks before or after. */
  faults: (number | 'before' | 'after')[] = [];
  #token = '';
  #server!: Server;

  async start(): Promise<string> {
    this.#server = createServer(async (request, response) => {
      const body = await text(request);
      const fault = request.url?.endsWith(':importRows') ? this.faults.shift() : undefined;
      if (fault === 'before') return void request.socket.destroy();
      if (typeof fault === 'number') this.#token = fault === 401 ? '' : this.#token;
      const { status, answer } =
        typeof fault === 'number'
          ? { status: fault, answer: {} }
          : this.#answer(request.url ?? '', request.headers.authorization, body);
      if (fault === 'after') return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(url: string, authorization: string | undefined, body: string): { status: number; answer: object } {
    if (url === '/api/v1/auth/login') {
      if (JSON.parse(body).password !== 'pasar-demo') return { status: 401, answer: {} };
      this.#token = `token ${++this.logins}`;
      return { status: 200, answer: { accessToken: this.#token } };
    }
    if (authorization !== `Bearer ${this.#token}`)
      return { status: 401, answer: { code: 'access.unauthenticated' } };
    if (url === '/api/v1/productImports') this.keys.push(JSON.parse(body).key);
    if (url.endsWith(':importRows')) {
      this.largest = Math.max(this.largest, body.length);
      const { rows } = JSON.parse(body) as { rows: Row[] };
      if (rows[0]!.row > this.rows.length + 1)
        return { status: 409, answer: { code: 'import.out_of_order' } };
      for (const row of rows) if (row.row > this.rows.length) this.#take(row);
    }
    if (url.includes('/errors')) {
      const from = Number(new URL(url, 'http://x').searchParams.get('pageToken'));
      const next = from + 3 < this.errors.length ? String(from + 3) : '';
      return { status: 200, answer: { errors: this.errors.slice(from, from + 3), nextPageToken: next } };
    }
    const counts = {
      created: '1',
      updated: '0',
      unchanged: '0',
      failed: String(this.errors.length),
      duplicates: '0',
    };
    return { status: 200, answer: { id: 'i', lastRow: String(this.rows.length), ...counts } };
  }

  #take(row: Row): void {
    const first = this.rows.find(({ productKey }) => productKey && productKey === row.productKey);
    if (row.problem) this.errors.push({ row: `${row.row}`, code: 'import.invalid', detail: row.problem });
    else if (first)
      this.errors.push({ row: `${row.row}`, code: 'import.duplicate', firstRow: `${first.row}` });
    this.rows.push(row);
  }
}

let folder: string;
let file: string;
let market: Market;
let url: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pasar-import-'));
  const map = {
    productKey: 'id',
    title: 'name',
    price: 'price',
    currency: { constant: 'IDR' },
    description: 'text',
  };
  writeFileSync(join(folder, 'map.json'), JSON.stringify(map));
  vi.spyOn(console, 'log').mockReturnValue();
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
beforeEach(async () => {
  file = join(folder, `${++files}.csv`);
  market = new Market();
  url = await market.start();
});
afterEach(() => market.stop());

const run = (more: object = {}) =>
  importCommand({
    file,
    map: join(folder, 'map.json'),
    url,
    publish: true,
    errors: `${file}.errors.csv`,
    ...more,
  });
const report = () => readFileSync(`${file}.errors.csv`, 'utf8');
const lines = (count: number, cell = (n: number) => `${n},Barang ${n},${n}000,x`) =>
  ['id,name,price,text', ...Array.from({ length: count }, (_, index) => cell(index + 1))].join('\n');

describe('an import', () => {
  it.each([
    ['commas', 'id,name,price,text\n1,"A, b",5,\n', undefined],
    ['semicolons, a BOM and CRLF', '\ufeffid;name;price;text\r\n1;"A, b";5;\r\n', undefined],
    ['tabs', 'id\tname\tprice\ttext\n1\tA, b\t5\t\n', undefined],
    ['gzip', 'id,name,price,text\n1,"A, b",5,\n', gzipSync],
  ])('reads a file with %s', async (_, content, pack) => {
    writeFileSync(file, pack ? pack(content) : content);
    expect(await run()).toBe(0);
    expect(market.rows).toMatchObject([
      { row: 1, productKey: '1', title: 'A, b', price: '500', publish: true },
    ]);
    expect(() => report()).toThrow();
  });

  it('reports rows one by one, those that repeat once, and goes on', async () => {
    const broken = ['1,A,5,', '2,B,5', '3,"C"x,5,', '1,A,5,', '4,D,murah,', '1,A,5,', '5,"E,5,', '6,F,5,'];
    writeFileSync(file, ['id,name,price,text', ...broken].join('\n'));
    expect(await run()).toBe(0);
    expect(report().split('\n')).toEqual([
      'row,code,field,detail',
      '2,import.invalid,,"The row has 3 fields, the header has 4."',
      '3,import.invalid,,Something follows a closing quote.',
      '5,import.invalid,,"""murah"" is not a price."',
      '7,import.invalid,,A quote is not closed.',
      '1,import.duplicate,,2 more say the same.',
      '',
    ]);
    expect(market.rows.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('sends every row once and in order, whatever befalls its calls', async () => {
    writeFileSync(file, lines(4000));
    market.faults = [503, 'after', 'before', 429, 401, 'after', 502, 504, 'before'];
    await run();
    expect(market.rows.map(({ row }) => row)).toEqual(Array.from({ length: 4000 }, (_, n) => n + 1));
    expect(market.logins).toBe(2);
  });

  it('goes on where an earlier run stopped', async () => {
    writeFileSync(file, lines(2600));
    market.faults = [0, 0, 400].map((fault) => fault || 'after');
    await expect(run()).rejects.toThrow('400');
    const before = market.rows.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(2600);
    await run();
    expect(market.rows.map(({ row }) => row)).toEqual(Array.from({ length: 2600 }, (_, n) => n + 1));
    expect(new Set(market.keys).size).toBe(1);
    // Another way to read the file is another import.
    await run({ publish: false });
    expect(new Set(market.keys).size).toBe(2);
  });

  it('cuts batches by size too, and leaves out rows that are too large', async () => {
    const cell = (n: number) => `${n},B,5,${'x'.repeat(n === 7 ? 300_000 : 20_000)}`;
    writeFileSync(file, lines(600, cell));
    await run();
    expect(market.rows).toHaveLength(600);
    expect(market.rows[6]?.problem).toMatch(/too many/);
    expect(market.largest).toBeLessThan(4 << 20);
  });

  it('says what is wrong before it begins', async () => {
    writeFileSync(file, 'id,name\n1,A\n');
    await expect(run()).rejects.toThrow('The file has no column text, price. It has: id, name.');
    writeFileSync(file, '');
    await expect(run()).rejects.toThrow('no header');
    await expect(run({ file: join(folder, 'missing.csv') })).rejects.toThrow('ENOENT');
    writeFileSync(file, lines(1));
    await expect(run({ email: 'a@pasar.test', password: 'wrong' })).rejects.toThrow('refused');
    await expect(run({ email: 'a@pasar.test' })).rejects.toThrow('password');
    await expect(run({ map: 'nope' })).rejects.toThrow('There is no map nope');
    expect(market.rows).toEqual([]);
  });

  it('of a damaged archive fails', async () => {
    writeFileSync(file, gzipSync(lines(50_000)).subarray(0, 60_000));
    await expect(run()).rejects.toThrow(/unexpected end/);
  });
});
