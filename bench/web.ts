import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';
import { BareRoutes } from './bare-route.js';
import { Client, failureOf, load } from './load.js';
import { type BenchServer, freePort } from './server.js';
import { Shopfront } from './shopfront.js';

export interface WebOptions {
  /** Of each load. */
  seconds: number;
  /** Lighthouse's of each page; the median counts. */
  runs: number;
  signal: AbortSignal;
  say(line: string): void;
}

/** What of Lighthouse is reported, by its own ids. */
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const audits = {
  'first-contentful-paint': 'FCP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
  'cumulative-layout-shift': 'CLS',
} as const;
const lighthouseVersion = '13.5.0';
/** Beside the Node.js that Pasar brings: a tool that nobody needs to run or to build it. */
const tools = fileURLToPath(new URL('../../.toolchain/lighthouse', import.meta.url));
const program = join(tools, 'node_modules/lighthouse/cli/index.js');
const warmUpSeconds = 2;

/** The storefront as its visitors find it: what Lighthouse says of its pages, and how many pages it serves. */
export async function benchWeb({ seconds, runs, signal, say }: WebOptions): Promise<string> {
  await using shop = await Shopfront.open(signal, say);
  await installLighthouse(say);
  const [{ slug }] = await list(shop.server, 'products');
  const [category] = await list(shop.server, 'categories');
  const at = (path: string) => `${shop.url}/en${path}`;
  const [home, shelf, product] = [at(''), at(`/c/${category.slug}`), at(`/p/${slug}`)];
  const loads = [
    ...(await measurePage('home', home, seconds, say)),
    ...(await measurePage('category, 24 cards', shelf, seconds, say)),
    ...(await measurePage('product', product, seconds, say)),
  ];
  const pages = {
    home,
    category: shelf,
    product,
    cart: at('/cart'),
    checkout: at('/checkout'),
  };
  const scores = await scoreAll(shop, pages, runs, signal, say);
  return `${toTable(['page', 'at once', 'a second', 'p50 ms', 'p95 ms', 'of its limit'], loads)}

${toTable(['page', ...categories, ...Object.values(audits), 'speed of the machine'], scores)}
`;
}

type Named = [{ slug: string }];

async function list(server: BenchServer, what: 'products' | 'categories'): Promise<Named> {
  const answer = await fetch(`${server.url}/api/v1/${what}`);
  return ((await answer.json()) as Record<typeof what, Named>)[what];
}

type Row = (string | number)[];

/**
 * A page from the cache, and rendered for each request (each asks for an address of its own); beside Fastify with the
 * same bytes.
 */
async function measurePage(
  name: string,
  url: string,
  seconds: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const { origin, pathname } = new URL(url);
  const body = await (await fetch(url)).text();
  using bare = await BareRoutes.start({ '/page': body });
  const rows: Row[] = [];
  for (const connections of [1, 16]) {
    let nth = 0;
    const limit = await measure(bare.url, connections, seconds, () => '/page');
    for (const [kind, path] of [
      ['cached', () => pathname],
      ['rendered', () => `${pathname}?n=${connections}-${nth++}`],
    ] as const) {
      say(`Loading ${name}, ${kind}, ${connections} at once`);
      const { perSecond, p50, p95 } = await measure(origin, connections, seconds, path);
      const share = kind === 'cached' ? `${((perSecond / limit.perSecond) * 100).toPrecision(3)} %` : '';
      rows.push([`${name}, ${kind}`, connections, round(perSecond), round(p50), round(p95), share]);
    }
  }
  return rows;
}

async function measure(url: string, connections: number, seconds: number, path: () => string) {
  using client = await Client.open(url, connections);
  const work = async (client: Client, connection: number) =>
    failureOf(await client.send({ method: 'GET', path: path() }, connection), 200);
  await load(client, connections, warmUpSeconds, work);
  const measured = await load(client, connections, seconds, work);
  if (Object.keys(measured.failures).length > 0)
    throw new Error(`${url}: ${JSON.stringify(measured.failures)}`);
  return measured;
}

/** By a signed-in customer who has something in the cart; Lighthouse's own mobile profile, which empties the browser's cache. */
async function scoreAll(
  { browser }: Shopfront,
  pages: Record<string, string>,
  runs: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<Row[]> {
  const cookies = await withBrowser(browser, (context) => fillCart(context, pages));
  const rows: Row[] = [];
  for (const [name, url] of Object.entries(pages)) {
    say(`Lighthouse looks at ${name}`);
    const reports: Report[] = [];
    for (let run = 0; run < runs; run++)
      reports.push(
        await withBrowser(browser, async (context, port) => {
          await context.addCookies(cookies);
          return look(url, port, signal);
        }),
      );
    reports.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
    const median = reports[Math.floor(runs / 2)] as Report;
    for (const { id, title } of failedOf(median)) say(`  ${id}: ${title}`);
    rows.push([
      name,
      ...categories.map((category) => Math.round(median.categories[category].score * 100)),
      ...Object.keys(audits).map((id) => median.audits[id]?.displayValue ?? ''),
      Math.round(median.environment.benchmarkIndex),
    ]);
  }
  return rows;
}

/**
 * A browser for one thing, as Lighthouse starts one for each look by itself: in one that showed pages before, 60 to 345 ms of
 * work come before the first byte of the next is read, and count as the page's.
 */
async function withBrowser<Result>(
  { executablePath, args }: Shopfront['browser'],
  use: (context: BrowserContext, port: number) => Promise<Result>,
): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), 'pasar-bench-browser-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...args, `--remote-debugging-port=${port}`],
  });
  try {
    return await use(context, port);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** @returns the cookies of its session */
async function fillCart(context: BrowserContext, { home, product, cart }: Record<string, string>) {
  const page = await context.newPage();
  await page.goto(`${home}/login`);
  await page.getByLabel('E-mail').fill('customer@pasar.test');
  await page.getByLabel('Password').fill('pasar-demo');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
  await page.goto(product as string);
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByText('is in your basket').first().waitFor();
  await page.goto(cart as string);
  await page.getByRole('link', { name: 'Go to checkout' }).waitFor();
  return context.cookies();
}

interface Report {
  runtimeError?: { message: string };
  categories: Record<
    (typeof categories)[number],
    { score: number; auditRefs: { id: string; weight: number }[] }
  >;
  /** Of the machine just then; Lighthouse slows the processor down four times, which is meant for 1,500 to 2,000. */
  environment: { benchmarkIndex: number };
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

/** What keeps a page from full marks, except for its speed, which is no yes or no. */
function failedOf(report: Report): { id: string; title: string }[] {
  return categories.slice(1).flatMap((category) =>
    report.categories[category as (typeof categories)[number]].auditRefs.flatMap(({ id, weight }) => {
      const { score, title } = report.audits[id] ?? {};
      return weight > 0 && score === 0 ? [{ id, title: title ?? '' }] : [];
    }),
  );
}

async function look(url: string, port: number, signal: AbortSignal): Promise<Report> {
  const text = await run(
    process.execPath,
    [
      ...[program, url, `--port=${port}`, '--output=json', '--quiet'],
      ...['--no-enable-error-reporting', `--only-categories=${categories.join(',')}`],
    ],
    signal,
  );
  const report: Report = JSON.parse(text);
  if (report.runtimeError) throw new Error(`${url}: ${report.runtimeError.message}`);
  return report;
}

async function installLighthouse(say: (line: string) => void): Promise<void> {
  const manifest = join(tools, 'node_modules/lighthouse/package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === lighthouseVersion)
    return;
  say('Installing Lighthouse');
  mkdirSync(tools, { recursive: true });
  await run('npm', [
    ...['install', '--prefix', tools, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'],
    `lighthouse@${lighthouseVersion}`,
  ]);
}

/** @returns what it printed */
function run(command: string, args: string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], signal });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString());
      else reject(new Error(`${command} ended with ${code}`));
    });
  });
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function toTable(head: string[], rows: Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
