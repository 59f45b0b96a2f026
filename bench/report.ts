import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, type } from 'node:os';
import type { MarketplaceReport } from './marketplace.js';
import type { Measurement } from './measurement.js';

const peersAt = 16;

/** The report in Markdown. */
export function toMarkdown(report: MarketplaceReport): string {
  return [
    ...describeMachine(report),
    ...tabulateMeasurements(report),
    ...tabulateLimits(report),
    ...tabulatePeers(report),
    ...tabulateServer(report),
  ].join('\n');
}

function describeMachine({ postgresVersion, products }: MarketplaceReport): string[] {
  const cores = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return [
    `${date} · ${cores.length} cores, ${cores[0]?.model.trim()} · ${type()} · Node.js ${process.versions.node} · ` +
      `PostgreSQL ${postgresVersion} · ${products} products`,
    '',
  ];
}

function tabulateMeasurements({ measurements, limits }: MarketplaceReport): string[] {
  const rows = measurements.map((row) => {
    const limit = limits.find((one) => one.limit === row.limit && one.connections === row.connections);
    return [...columns(row), limit ? percent(row.perSecond / limit.perSecond) : ''];
  });
  return [...table([...headings, 'of its limit'], rows), ...listFailures(measurements)];
}

function tabulateLimits({ limits }: MarketplaceReport): string[] {
  const missing = limits.every(({ limit }) => limit !== 'checkout');
  return [
    'The limits, measured in the same run:',
    '',
    ...table(headings, limits.map(columns)),
    ...(missing
      ? ['pgbench was not found on PATH (Debian: `postgresql-contrib`), so its rows are missing.', '']
      : []),
  ];
}

function tabulatePeers({ measurements }: MarketplaceReport): string[] {
  const rows = measurements
    .filter(({ peers, connections }) => peers && connections === peersAt)
    .map(({ name, perSecond, peers }) => [
      ...[name, figure(perSecond)],
      ...[peers?.vendure, peers?.medusa].map(
        (other) => `${other} (${figure(perSecond / (other ?? Number.NaN))}×)`,
      ),
    ]);
  if (rows.length === 0) return [];
  return [
    `Beside others, a second, ${peersAt} connections. They were measured separately, once, with PostgreSQL, on such a`,
    'machine, whole guest checkouts for the last row; how many times as many Pasar did is in parentheses:',
    '',
    ...table(['', 'Pasar', 'Vendure 3.7', 'Medusa 2.21'], rows),
  ];
}

function tabulateServer({ cold, warm, idle, residentMiBAfterLoad }: MarketplaceReport): string[] {
  const seconds = (milliseconds: number) => `${figure(milliseconds / 1000)} s`;
  return [
    'The server, with all services in one process:',
    '',
    ...table(
      ['', ''],
      [
        ['first start: ready', seconds(cold.ready)],
        ['first start: demo market loaded', seconds(cold.loaded)],
        [
          `later starts: ready (${warm.length} times)`,
          warm
            .toSorted((a, b) => a - b)
            .map(seconds)
            .join(', '),
        ],
        ['memory, idle', `${figure(idle.residentMiB)} MiB`],
        ['memory, after all of this', `${figure(residentMiBAfterLoad)} MiB`],
        [
          'idle: CPU of server, of PostgreSQL',
          `${percent(idle.serverCpu / 1000)}, ${percent(idle.postgresCpu / 1000)} of a core`,
        ],
        ['idle: commits, transactions', `${figure(idle.commits)}, ${figure(idle.transactions)} a second`],
      ],
    ),
  ];
}

const headings = [
  ...['', 'at once', 'a second', 'p50 ms', 'p95 ms', 'p99 ms'],
  ...['server CPU ms', 'PostgreSQL CPU ms', 'commits', 'transactions'],
];

function columns({ name, connections, ...row }: Measurement): string[] {
  const { perSecond, p50, p95, p99, serverCpu, postgresCpu, commits, transactions } = row;
  const figures = [perSecond, p50, p95, p99, serverCpu, postgresCpu, commits, transactions];
  return [name, `${connections}`, ...figures.map(figure)];
}

function listFailures(measurements: Measurement[]): string[] {
  const lines = measurements.flatMap(({ name, connections, failures }) =>
    Object.entries(failures).map(([what, count]) => `- ${name}, ${connections} at once: ${count} × ${what}`),
  );
  return lines.length === 0 ? ['Nothing failed.', ''] : ['Failures:', '', ...lines, ''];
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line), ''];
}

/** Three digits that matter. */
function figure(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return `${Number(value.toPrecision(2 + Number(value >= 1)))}`;
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${figure(share * 100)} %`;
}

const begin = '<!-- written by `npm run bench -- --write` -->';
const end = '<!-- until here -->';

/** Puts the report between the two marks of a page. */
export function writeInto(page: string, report: string): void {
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place for the report`);
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n\n${report}\n${text.slice(to)}`);
}
