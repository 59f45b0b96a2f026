import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBaskets } from './baskets.js';
import { replay } from './replay.js';

interface Answer {
  status: number;
  body: object;
}

const folder = mkdtempSync(join(tmpdir(), 'pasar-replay-'));
const placed = (checkoutId: string): Answer => ({ status: 201, body: { checkoutId } });
const refused = (status: number, code: string): Answer => ({ status, body: { code } });
const busy = refused(409, 'idempotency.in_progress');

/** What the shop answers to the orders with a key, in turn; the last one again and again. */
let answers: (order: number) => Answer[];
let orders: { key: string; items: { variantId: string; quantity: number }[] }[] = [];
const keys: string[] = [];

const shop = createServer(async (request, response) => {
  const body = JSON.parse((await text(request)) || '{}');
  const send = ({ status, body }: Answer) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const path = request.url?.split('?')[0];
  if (path === '/api/v1/products') {
    const variants = ['a', 'b', 'gone'].map((id) => ({ id, available: id === 'gone' ? '0' : '9' }));
    return send({ status: 200, body: { products: [{ variants }], nextPageToken: '' } });
  }
  if (path === '/api/v1/auth/register') return send({ status: 201, body: { accessToken: 'token' } });
  const key = request.headers['idempotency-key'] as string;
  if (!keys.includes(key)) keys.push(key);
  const earlier = orders.filter((order) => order.key === key).length;
  orders.push({ key, items: body.items });
  const all = answers(keys.indexOf(key));
  return send(all[Math.min(earlier, all.length - 1)] as Answer);
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
});
afterAll(() => {
  shop.close();
  shop.closeAllConnections();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  orders = [];
  keys.length = 0;
});

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

function fileOf(rows: string[], pack = (content: string): Buffer => Buffer.from(content)): string {
  const file = join(folder, `${rows.length}-${Math.random()}.csv`);
  writeFileSync(file, pack(`${[header, ...rows].join('\n')}\n`));
  return file;
}

const run = (file: string, twice = false) =>
  replay({ file, url, rate: 1000, limit: 100, customers: 2, method: 'CARD', twice }, () => {});

async function baskets(file: string) {
  const all: unknown[] = [];
  for await (const basket of readBaskets(file)) all.push(basket);
  return all;
}

describe('baskets', () => {
  const rows = [
    '1,A,"Mug, ""large""",6,,2.55,17850,UK',
    '1,B,Lamp,2,,1,17850,UK',
    'C2,A,Mug,-6,,2.55,17850,UK',
    '3,A,Mug,-1,,2.55,,UK',
    '3,,Nothing,1,,1,,UK',
    '4,A,Mug,1,,1,,UK',
  ];
  const expected = [
    {
      id: '1',
      customer: '17850',
      lines: [
        { code: 'A', quantity: 6 },
        { code: 'B', quantity: 2 },
      ],
    },
    { id: '4', customer: 'guest', lines: [{ code: 'A', quantity: 1 }] },
  ];

  it('are the invoices without what was cancelled, returned or names no article', async () => {
    expect(await baskets(fileOf(rows))).toEqual(expected);
    expect(await baskets(fileOf(rows, gzipSync))).toEqual(expected);
    expect(await baskets(fileOf(rows, (content) => Buffer.from(`\ufeff${content}`)))).toEqual(expected);
  });

  it('of a damaged or missing file are an error, not a crash', async () => {
    const cut = fileOf(rows, (content) => gzipSync(content).subarray(0, 60));
    await expect(baskets(cut)).rejects.toThrow(/unexpected end/);
    await expect(baskets(join(folder, 'nowhere.csv'))).rejects.toThrow(/ENOENT/);
  });
});

describe('a replay', () => {
  it('orders the same variant for the same article, and only what can be sold', async () => {
    answers = (order) => [placed(`${order}`)];
    const rows = ['1,A,,50,,1,7,UK', '1,B,,1,,1,7,UK', '2,B,,1,,1,8,UK', '2,C,,1,,1,8,UK', '3,A,,1,,1,9,UK'];
    const report = await run(fileOf(rows));
    expect(report).toMatchObject({ placed: 3, refused: {}, differing: 0 });
    expect(orders.map(({ items }) => items)).toEqual([
      [
        { variantId: 'a', quantity: 2 },
        { variantId: 'b', quantity: 1 },
      ],
      [
        { variantId: 'b', quantity: 1 },
        { variantId: 'a', quantity: 1 },
      ],
      [{ variantId: 'a', quantity: 1 }],
    ]);
  });

  it('sent twice counts an order once, and tells only of answers that contradict each other', async () => {
    const pairs = [
      [placed('0'), placed('0')],
      [busy, placed('1')],
      [placed('2'), busy],
      [refused(409, 'inventory.insufficient_stock'), refused(409, 'inventory.insufficient_stock')],
      [placed('4'), placed('another')],
      [refused(409, 'inventory.insufficient_stock'), refused(402, 'payment.declined')],
      [placed('6'), refused(500, 'internal')],
    ];
    answers = (order) => pairs[order] as Answer[];
    const report = await run(fileOf(pairs.map((_, index) => `${index + 1},A,,1,,1,7,UK`)), true);
    expect(orders).toHaveLength(14);
    expect(report).toMatchObject({ placed: 5, differing: 3 });
    expect(Object.values(report.refused).reduce((sum, count) => sum + count, 0)).toBe(2);
  });
});
