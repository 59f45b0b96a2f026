import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { create, toBinary } from '@bufbuild/protobuf';
import {
  OrderConfirmedSchema,
  file_pasar_order_v1_order as orderContract,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { SystemClock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DeadLetters } from '@pasar/platform/dead-letters';
import { eventSchemas } from '@pasar/platform/events';
import { Invariants } from '@pasar/platform/invariants';
import type { Pasar } from '@pasar/server/pasar';
import { services as topology } from '@pasar/server/topology';
import { sql } from 'kysely';
import { services } from 'pasar/databases';
import { examine } from 'pasar/doctor';
import { importCommand } from 'pasar/import';
import { rebuildOrders } from 'pasar/orders';
import { replay } from 'pasar/replay';
import { readIndex, rebuildIndex } from 'pasar/search';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { newCustomer, newMarket, newProduct, World } from './world.js';

const world = new World();
const folder = mkdtempSync(join(tmpdir(), 'pasar-cli-'));
let pasar: Pasar;
let seller: Browser;
let token: string;

beforeAll(async () => {
  pasar = await world.start();
  const { admin, ...market } = await newMarket(pasar);
  seller = market.seller;
  token = admin.headers.authorization?.slice('Bearer '.length) as string;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.end();
});
afterEach(() => vi.restoreAllMocks());

const map = {
  productKey: 'Kode',
  sku: 'Kode',
  title: 'Nama',
  category: 'Kategori',
  store: { constant: 'Toko Impor' },
  storeCity: { constant: 'Solo' },
  price: { column: 'Harga', as: 'price' },
  currency: { constant: 'IDR' },
  onHand: { column: 'Stok', as: 'integer', default: '0' },
};

/** Writes the file and its map, imports it, and gives what was printed and reported. */
async function importText(name: string, content: string | Buffer) {
  const file = join(folder, name);
  const errors = `${file}.errors.csv`;
  writeFileSync(file, content);
  writeFileSync(join(folder, 'map.json'), JSON.stringify(map));
  rmSync(errors, { force: true });
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const url = pasar.url as string;
    const code = await importCommand({
      file,
      map: join(folder, 'map.json'),
      url,
      token,
      errors,
      publish: true,
    });
    return { code, said: printed.mock.calls.flat().join('\n'), report: read(errors) };
  } finally {
    vi.restoreAllMocks();
  }
}

function read(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n');
  } catch {
    return [];
  }
}

async function found(query: string) {
  const { body } = await seller.get(`/api/v1/products?pageSize=100&query=${query}`);
  return body.products as { title: string; variants: { sku: string; price: { amount: string } }[] }[];
}

describe('import', () => {
  it('takes what is right of a file with a byte order mark and semicolons, and reports the rest', async () => {
    const rows = [
      'Kode;Nama;Kategori;Harga;Stok',
      'A-1;Mangkuk Rotan;Dapur;Rp 25.000;5',
      'A-2;"Keranjang ""besar""; rotan";Dapur;1.250.000,50;3',
      'A-1;Mangkuk Rotan;Dapur;Rp 25.000;5',
      'A-1;Mangkuk Rotan;Dapur;Rp 27.000;5',
      'A-3;Tampah Rotan;Dapur;mahal;5',
      'A-4;Tampah Rotan;Dapur',
      '=1+1;;Dapur;Rp 1.000;1',
      'A-5;Tikar Rotan;Dapur;Rp 9.000;',
    ];
    const { code, said, report } = await importText('toko.csv', `\ufeff${rows.join('\r\n')}\r\n`);
    expect(code).toBe(0);
    expect(said).toMatch(/^3 created, 0 updated, 0 unchanged, 4 rejected/m);
    expect(report[0]).toBe('row,code,field,detail');
    expect(report.join('\n')).toMatch(/^4,import\.conflict,price,/m);
    expect(report.join('\n')).toMatch(/^5,import\.invalid,,"""mahal"" is not a price\."$/m);
    expect(report.join('\n')).toMatch(/^6,import\.invalid,,.*3 fields, the header has 5/m);
    expect(report.join('\n')).toMatch(/^7,import\.invalid,title,/m);
    expect(report.join('\n')).toMatch(/,import\.duplicate,/m);
    await vi.waitFor(async () => {
      const titles = (await found('rotan')).map(({ title }) => title).toSorted();
      expect(titles).toEqual(['Keranjang "besar"; rotan', 'Mangkuk Rotan', 'Tikar Rotan']);
    });
    const basket = (await found('keranjang'))[0];
    expect(basket?.variants).toMatchObject([{ sku: 'A-2', price: { amount: '125000050' } }]);
  });

  it('that was cut off goes on where it stopped, and a second one changes nothing', async () => {
    const rows = Array.from(
      { length: 1200 },
      (_, i) => `G-${i},Gelas ${i},Dapur,${i % 400 ? 1000 + i : 'x'},100`,
    );
    const packed = gzipSync(`Kode,Nama,Kategori,Harga,Stok\n${rows.join('\n')}\n`);
    const send = globalThis.fetch;
    let first: Promise<Response> | undefined;
    vi.stubGlobal('fetch', async (input: URL, init: RequestInit) => {
      if (!`${input}`.endsWith(':importRows')) return send(input, init);
      if (first === undefined) {
        first = send(input, init);
        return first;
      }
      await first;
      return Response.json({ code: 'internal', detail: 'cut off' }, { status: 500 });
    });
    await expect(importText('gelas.csv.gz', packed)).rejects.toThrow('cut off');
    vi.unstubAllGlobals();
    const second = await importText('gelas.csv.gz', packed);
    expect(second.said).toContain('Going on after row');
    expect(second.said).toMatch(/^1197 created, 0 updated, 0 unchanged, 3 rejected/m);
    expect(second.report.map((line) => line.split(',')[0])).toEqual(['row', '1', '401', '801']);
    const third = await importText('gelas.csv.gz', packed);
    expect(third.said).toMatch(/^1197 created/m);
    expect(third.report).toEqual(second.report);
    // The same rows in another file are another import.
    const plain = await importText(
      'gelas-2.csv',
      `Kode,Nama,Kategori,Harga,Stok\n${rows.slice(1, 300).join('\n')}`,
    );
    expect(plain.said).toMatch(/^0 created, 0 updated, 299 unchanged, 0 rejected/m);
    expect(plain.report).toEqual([]);
    const updated = await importText(
      'gelas-3.csv',
      'Kode,Nama,Kategori,Harga,Stok\nG-7,Gelas 7,Dapur,500,1\n',
    );
    expect(updated.said).toMatch(/^0 created, 1 updated, 0 unchanged/m);
  });

  it('says before it begins which columns are missing', async () => {
    await expect(importText('lain.csv', 'Kode,Nama\nA,B\n')).rejects.toThrow(
      /no column Kategori, Harga, Stok/,
    );
  });
});

describe('replay', () => {
  it('places baskets as orders, and each once although it is sent twice', async () => {
    await newProduct(seller, 1000);
    const rows = Array.from({ length: 30 }, (_, i) => `${500 + (i >> 1)},ART-${i % 7},3,${i % 5}`);
    const file = join(folder, 'retail.csv');
    writeFileSync(file, `InvoiceNo,StockCode,Quantity,CustomerID\n${rows.join('\n')}\nC999,ART-1,-3,1\n`);
    const options = { file, url: pasar.url as string, rate: 50, limit: 12, customers: 3, method: 'CARD' };
    const ordersOf = async () => {
      const [row] = await world.query<{ n: number }>('order', 'select count(*)::int as n from checkout');
      return row?.n ?? 0;
    };
    const before = await ordersOf();
    const report = await replay({ ...options, twice: true }, () => {});
    expect(report.differing).toBe(0);
    const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
    expect(report.placed + refused).toBe(12);
    expect(report.placed).toBeGreaterThan(0);
    expect(report.refused).not.toHaveProperty('internal');
    expect((await ordersOf()) - before).toBe(12);
  });
});

describe('doctor', () => {
  it('tells what is well and what is not, and never falls over itself', async () => {
    // A server that has none of the databases.
    vi.stubEnv('PASAR_DATABASE_URL', process.env.PASAR_TEST_POSTGRES_URL);
    const here = await examine(pasar.url as string);
    expect(here.find(({ what }) => what.startsWith('gateway'))).toMatchObject({ ok: true });
    expect(here.find(({ what }) => what.startsWith('dead letters'))).toMatchObject({ ok: false });
    const promises = async () =>
      (await examine(pasar.url as string)).find(({ what }) => what.startsWith('promises'));
    expect(await promises()).toMatchObject({ ok: true });
    const invariants = pasar.service('inventory').get(Invariants);
    invariants.report('stock', [{ variantId: 'a' }, { variantId: 'b' }]);
    expect(await promises()).toMatchObject({ ok: false, what: expect.stringContaining('stock (2)') });
    invariants.report('stock', []);
    expect(await promises()).toMatchObject({ ok: true });
    const nowhere = await examine('http://127.0.0.1:1');
    expect(nowhere.find(({ what }) => what.startsWith('gateway'))).toMatchObject({ ok: false });
    vi.unstubAllEnvs();
  });
});

describe('npx pasar', () => {
  const pasarFrom = async (cwd: string, ...args: string[]) => {
    const bin = fileURLToPath(new URL('../apps/cli/bin/pasar.mjs', import.meta.url));
    const env = { ...process.env, PASAR_DATA_DIR: folder, PASAR_DATABASE_URL: '' };
    const child = spawn(process.execPath, [bin, ...args], { cwd, env });
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { output, errors, code };
  };

  it('runs from any folder, takes files from there, and says in one line what is wrong', async () => {
    const missing = await pasarFrom(folder, 'import', 'nothing.csv', '--map', 'prdect-id');
    expect(missing.errors).toContain('nothing.csv: there is no such file\n');
    expect(missing).toMatchObject({ code: 1, output: '' });
    const { output, code } = await pasarFrom(folder, 'doctor', '--url', pasar.url as string);
    expect(output).toContain(`ok    gateway at ${pasar.url}`);
    expect(output).toContain(`FAIL  dead letters: ${folder} holds no databases`);
    expect(code).toBe(1);
  });

  it('knows every service', () => {
    expect([...services].sort()).toEqual(topology.map(({ name }) => name).sort());
  });
});

describe('the index of the search service', () => {
  it('can be looked at, and built anew', async () => {
    const product = await newProduct(seller, 10);
    const guest = new Browser(pasar.url as string);
    const found = async () => (await guest.get(`/api/v1/search/products?pageSize=100`)).body.hits;
    await vi.waitFor(
      async () => expect(await found()).toContainEqual(expect.objectContaining({ id: product.productId })),
      15_000,
    );
    const database = new Database(world.databaseUrl('pasar_search'), { max: 2 });
    try {
      await sql`delete from entry`.execute(database.kysely);
      const said: string[] = [];
      await rebuildIndex(database, (line) => said.push(line));
      expect(said.at(-1)).toMatch(/^[1-9]\d* products are in the new index/);
      expect(await readIndex(database)).toMatchObject({ state: 'done' });
      await vi.waitFor(
        async () => expect(await found()).toContainEqual(expect.objectContaining({ id: product.productId })),
        15_000,
      );
    } finally {
      await database.close();
    }
  });
});

describe('orders', () => {
  it('are made anew from their events', async () => {
    const rows = () =>
      world.query('order', 'select id, status, version, state from order_projection order by id');
    const before = await rows();
    expect(before.length).toBeGreaterThan(0);
    await world.query('order', `update order_projection set status = 'PENDING', state = '{}', version = 1`);
    expect(await rebuildOrders({ url: pasar.url as string, token }, () => {})).toBe(before.length);
    expect(await rows()).toEqual(before);
  });
});

describe('a dead letter', () => {
  it('can be read, and takes effect once when it is replayed', async () => {
    const product = await newProduct(seller, 10);
    const customer = await newCustomer(pasar);
    await customer.post('/api/v1/cart/items', { variantId: product.variantId, quantity: 3 });
    const customerId = customer.user?.id as string;
    const orderId = new SystemClock().id();
    const lines = [{ variantId: product.variantId, quantity: 3 }];
    const data = create(OrderConfirmedSchema, { order: { orderId, customerId, lines, fromCart: true } });
    const database = new Database(world.databaseUrl('pasar_cart'), { max: 2 });
    try {
      const letters = new DeadLetters(database, new SystemClock(), eventSchemas(orderContract));
      await sql`insert into parked_event (consumer, event_id, type, source, subject, occurred_at, traceparent, data,
          attempts, next_at, error, dead_at)
        values ('cart', ${new SystemClock().id()}, 'order.confirmed', 'order', ${orderId}, now(), '',
          ${toBinary(OrderConfirmedSchema, data)}, 10, now(), 'no luck', now())`.execute(database.kysely);
      const [letter] = await letters.list();
      expect(letter).toMatchObject({ type: 'order.confirmed', subject: orderId, error: 'no luck' });
      const number = letter?.number as number;
      expect(await letters.show(number)).toMatchObject({ data: { order: { customerId, fromCart: true } } });
      await letters.replay(number);
      const itemsOf = async () => (await customer.get('/api/v1/cart')).body.items;
      await vi.waitFor(async () => expect(await itemsOf()).toEqual([]), 15_000);
      expect(await letters.list()).toEqual([]);
      await expect(letters.replay(number)).rejects.toMatchObject({ code: 'dead_letter.not_found' });
    } finally {
      await database.close();
    }
  });
});
