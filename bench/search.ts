import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@connectrpc/connect';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { Index_State, SearchService } from '@pasar/contracts/pasar/search/v1/search_pb';
import type { Database } from '@pasar/platform/db';
import { startPostgres } from '@pasar/platform/embedded-postgres';
import { asUser } from '@pasar/platform/testing/network';
import { startTestService } from '@pasar/platform/testing/service';
import { searchService } from '@pasar/search/search.module';
import { sql } from 'kysely';
import { cpuOfFamily } from './postgres-meter.js';
import {
  Catalogue,
  Dice,
  normalise,
  type QueryKind,
  queryFor,
  queryKinds,
  type RealProduct,
  readRealProducts,
} from './search-catalogue.js';
import { marketOf, slugOf } from './search-market.js';

export interface SearchBenchOptions {
  /** PRDECT-ID. */
  path: string;
  sizes: number[];
  /** Queries of each kind. */
  queries: number;
  say(line: string): void;
}

interface Quality {
  kind: QueryKind;
  mrr: number;
  hit1: number;
  times: Times;
  missed: string[];
}

interface Times {
  p50: number;
  p95: number;
  /** Milliseconds of CPU for each: of this process with the service in it, and of PostgreSQL. */
  nodeCpu: number;
  postgresCpu: number;
}

interface SizeReport {
  size: number;
  buildSeconds: number;
  megabytes: number;
  qualities: Quality[];
  others: { name: string; times: Times }[];
}

const admin = () => asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });

/** How well, and how fast, known products are found in catalogues of some sizes. */
export async function benchSearch({ path, sizes, queries, say }: SearchBenchOptions): Promise<string> {
  const real = readRealProducts(path);
  const dataDir = mkdtempSync(join(tmpdir(), 'pasar-bench-search-'));
  const postgres = await startPostgres({ dataDir, log: () => {} });
  process.env.PASAR_TEST_POSTGRES_URL = postgres.url('postgres');
  try {
    const reports: SizeReport[] = [];
    for (const size of sizes) reports.push(await measureSize(new Catalogue(real, size), queries, say));
    return toMarkdown(reports);
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureSize(
  catalogue: Catalogue,
  queries: number,
  say: (line: string) => void,
): Promise<SizeReport> {
  const { size } = catalogue;
  const began = performance.now();
  const test = await startTestService(searchService, { fakes: marketOf(catalogue) });
  try {
    const search = test.client(SearchService);
    for (let told = 0; ; await delay(100)) {
      const { state, products } = await search.getIndex({}, admin());
      if (state === Index_State.DONE) break;
      if (products - BigInt(told) >= 100_000n) {
        told = Number(products);
        say(`${products} of ${size} products`);
      }
    }
    const buildSeconds = (performance.now() - began) / 1000;
    say(`${size} products are indexed in ${buildSeconds.toFixed(1)} s`);
    const { rows } = await sql<{ bytes: bigint }>`select pg_total_relation_size('entry') as bytes`.execute(
      test.service.database.kysely,
    );
    const measured = await measureQueries(search, test.service.database, catalogue, queries, say);
    return { size, buildSeconds, megabytes: Number(rows[0]?.bytes) / 2 ** 20, ...measured };
  } finally {
    await test.close();
  }
}

/** Asks in every way, of an index that is there. */
export async function measureQueries(
  search: Search,
  database: Database,
  catalogue: Catalogue,
  queries: number,
  say: (line: string) => void,
) {
  const meter = await watch(database);
  const asked = sample(catalogue.real, queries);
  for (const product of asked.slice(0, 100))
    await search.searchProducts({ query: product.title.slice(0, 200) });
  const qualities: Quality[] = [];
  for (const kind of queryKinds) {
    qualities.push(await measureKind(search, kind, asked, meter));
    const { mrr, hit1, times } = qualities.at(-1) as Quality;
    say(
      `${kind}: MRR@10 ${mrr.toFixed(3)}, hit@1 ${hit1.toFixed(3)}, p50 ${times.p50.toFixed(1)}, p95 ${times.p95.toFixed(1)} ms`,
    );
  }
  const others = await measureOthers(search, catalogue, meter);
  for (const { name, times } of others)
    say(`${name}: p50 ${times.p50.toFixed(1)}, p95 ${times.p95.toFixed(1)} ms`);
  return { qualities, others };
}

type Search = Client<typeof SearchService>;
type Meter = <Result>(items: Result[], work: (item: Result) => Promise<void>) => Promise<Times>;

async function measureKind(
  search: Search,
  kind: QueryKind,
  asked: RealProduct[],
  meter: Meter,
): Promise<Quality> {
  const dice = new Dice(kind.length);
  let reciprocal = 0;
  let first = 0;
  const missed: string[] = [];
  const pairs = asked.map((product) => ({
    query: queryFor(kind, product, dice),
    title: normalise(product.title),
  }));
  const times = await meter(pairs, async ({ query, title }) => {
    const { hits } = await search.searchProducts({ query, pageSize: 20 });
    const rank = hits.slice(0, 10).findIndex((hit) => normalise(hit.title) === title) + 1;
    if (rank > 0) reciprocal += 1 / rank;
    if (rank === 1) first++;
    else missed.push(`${rank} ${query}`);
  });
  return { kind, mrr: reciprocal / pairs.length, hit1: first / pairs.length, times, missed };
}

/** Broad queries, browsing and suggestions: there is no right answer, only a time. */
async function measureOthers(search: Search, catalogue: Catalogue, meter: Meter) {
  const counts = new Map<string, number>();
  for (const { title } of catalogue.real) {
    for (const word of new Set(normalise(title).split(' '))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const common = [...counts].sort((a, b) => b[1] - a[1]).flatMap(([word]) => (word.length > 2 ? [word] : []));
  const twice = (words: string[]) => [...words, ...words];
  const dice = new Dice(9);
  const single = common.slice(0, 200);
  const prefixes = Array.from({ length: 300 }, () => {
    const words = normalise(dice.pick(catalogue.real).title).split(' ');
    const count = 1 + dice.below(2);
    return words
      .slice(0, count)
      .join(' ')
      .slice(0, 2 + dice.below(10));
  });
  const categories = [...new Set(catalogue.real.map(({ category }) => slugOf(category)))];
  const cities = [...new Set(catalogue.real.map(({ city }) => city))];
  const city = 'Jakarta Barat';
  const inRange = { minPrice: 5_000_000n, maxPrice: 7_000_000n };
  /** Another one each time, and always the same for a word. */
  const nth = (list: string[], query: string, step: number) =>
    list[(single.indexOf(query) * step + 5) % list.length] as string;
  const run = async (name: string, items: string[], work: (item: string) => Promise<unknown>) => ({
    name,
    times: await meter(items, async (item) => void (await work(item))),
  });
  return [
    await run('the 200 most common words', single, (query) => search.searchProducts({ query })),
    await run('the same again', twice(single), (query) => search.searchProducts({ query })),
    await run('those by price', single, (query) => search.searchProducts({ query, sort: 'price' })),
    await run('those by price, the dearest first', single, (query) =>
      search.searchProducts({ query, sort: '-price' }),
    ),
    await run('those by age', single, (query) => search.searchProducts({ query, sort: 'newest' })),
    await run('those by rating', single, (query) => search.searchProducts({ query, sort: 'rating' })),
    await run('those in a city', single, (query) => search.searchProducts({ query, city })),
    await run('those in a city by price', single, (query) =>
      search.searchProducts({ query, city, sort: 'price' }),
    ),
    await run('those in a category', single, (query) =>
      search.searchProducts({ query, category: nth(categories, query, 1) }),
    ),
    await run('those of a brand', single, (query) =>
      search.searchProducts({ query, brand: `merek-${single.indexOf(query) * 7}` }),
    ),
    await run('those in a range of prices', single, (query) => search.searchProducts({ query, ...inRange })),
    await run('two of them', single, (query) =>
      search.searchProducts({ query: `${query} ${nth(single, query, 17)}` }),
    ),
    await run('a category', categories, (category) => search.searchProducts({ category })),
    await run('a category by price', categories, (category) =>
      search.searchProducts({ category, sort: 'price' }),
    ),
    await run('a city', cities, (each) => search.searchProducts({ city: each })),
    await run('suggestions', prefixes, (prefix) => search.suggestQueries({ prefix })),
  ];
}

async function watch(database: Database): Promise<Meter> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.kysely);
  const postmaster = parentOf(rows[0]?.pid ?? 0);
  return async (items, work) => {
    const milliseconds: number[] = [];
    const before = { node: process.cpuUsage(), postgres: cpuOfFamily(postmaster) };
    for (const item of items) {
      const began = performance.now();
      await work(item);
      milliseconds.push(performance.now() - began);
    }
    const { user, system } = process.cpuUsage(before.node);
    const sorted = milliseconds.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return {
      ...{ p50: at(0.5), p95: at(0.95) },
      nodeCpu: (user + system) / 1000 / items.length,
      postgresCpu: ((cpuOfFamily(postmaster) - before.postgres) * 1000) / items.length,
    };
  };
}

/** Some of them, evenly. */
function sample<Item>(items: Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, n) => items[Math.floor(n * step)] as Item);
}

function parentOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return Number.NaN;
  }
}

function toMarkdown(reports: SizeReport[]): string {
  const number = (value: number, digits: number) => (Number.isNaN(value) ? '–' : value.toFixed(digits));
  const times = ({ p50, p95, nodeCpu, postgresCpu }: Times) =>
    [p50, p95, nodeCpu, postgresCpu].map((value) => number(value, 1)).join(' | ');
  const lines = [
    '| products | query | MRR@10 | hit@1 | p50 ms | p95 ms | Node.js CPU ms | PostgreSQL CPU ms |',
    '| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
  ];
  for (const { size, qualities, others } of reports) {
    const label = size.toLocaleString('en');
    for (const { kind, mrr, hit1, times: taken } of qualities) {
      lines.push(`| ${label} | ${kind} | ${number(mrr, 3)} | ${number(hit1, 3)} | ${times(taken)} |`);
    }
    for (const { name, times: taken } of others)
      lines.push(`| ${label} | ${name} | – | – | ${times(taken)} |`);
  }
  lines.push('', '| products | built in s | MB |', '| ---: | ---: | ---: |');
  for (const { size, buildSeconds, megabytes } of reports) {
    lines.push(`| ${size.toLocaleString('en')} | ${number(buildSeconds, 1)} | ${number(megabytes, 0)} |`);
  }
  return lines.join('\n');
}
