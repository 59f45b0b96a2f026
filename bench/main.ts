import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchBus } from './bus.js';
import { benchGateway } from './gateway.js';
import { benchMarketplace } from './marketplace.js';
import { toMarkdown, writeInto } from './report.js';
import { benchRpc } from './rpc.js';
import { benchSearch } from './search.js';
import { benchStores } from './stores.js';
import { benchWeb } from './web.js';

const usage = `Usage: npm run bench [-- [suite …] [options]]

Suites
  marketplace        Pasar as its user starts it, beside its limits (default)
  gateway            the edge by itself
  rpc                a call from service to service
  bus                events of checkouts from outbox to effect
  stores             lists and queries of staff with 10,000 stores and 1,000,000 products
  search             finding known products by real names, in catalogues of three sizes
  web                the storefront: pages a second, and Lighthouse on five of them

Options of marketplace
  --seconds <n>      how long each measurement takes (5)
  --only <scenario>  measures this one only; may be given several times
  --profile <dir>    writes a CPU profile of the server for each measurement
  --write            puts the report into docs/performance.md

Options of web
  --seconds <n>      how long each load takes (5)
  --runs <n>         of Lighthouse on each page, of which the median is reported (3)

Options of stores
  --products <n>     (1000000)
  --orders <n>       and as many payments, shipments, reviews and redemptions (200000)
  --data <folder>    keeps the filled market there, or asks the one that is there already
  --only <text>      asks lists with it in their address only; may be given several times

Options of search
  --names <file>     PRDECT-ID, gzipped (../shared/data/prdect_id.csv.gz)
  --sizes <list>     products (1300,43000,1000000)
  --queries <n>      of each kind (500)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: [] },
    profile: { type: 'string' },
    write: { type: 'boolean', default: false },
    names: { type: 'string', default: '../shared/data/prdect_id.csv.gz' },
    sizes: { type: 'string', default: '1300,43000,1000000' },
    queries: { type: 'string', default: '500' },
    runs: { type: 'string', default: '3' },
    products: { type: 'string', default: '1000000' },
    orders: { type: 'string', default: '200000' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interrupted.abort(new Error('interrupted')));
}

const suites: Record<string, () => Promise<void>> = {
  async marketplace() {
    const report = await benchMarketplace({
      seconds: Number(values.seconds),
      only: values.only,
      profiles: values.profile,
      signal: interrupted.signal,
      say: (line) => console.error(`• ${line}`),
    });
    const text = toMarkdown(report);
    console.log(text);
    if (values.write) writeInto(fileURLToPath(new URL('../../docs/performance.md', import.meta.url)), text);
  },
  async gateway() {
    console.log(await benchGateway());
  },
  rpc: benchRpc,
  async bus() {
    console.log(await benchBus());
  },
  async stores() {
    const text = await benchStores({
      ...{ products: Number(values.products), orders: Number(values.orders), runs: 100 },
      ...{ keptIn: values.data, only: values.only },
      signal: interrupted.signal,
      say: (line) => console.error(`• ${line}`),
    });
    console.log(text);
  },
  async web() {
    const options = {
      seconds: Number(values.seconds),
      runs: Number(values.runs),
      signal: interrupted.signal,
    };
    console.log(await benchWeb({ ...options, say: (line) => console.error(`• ${line}`) }));
  },
  async search() {
    const text = await benchSearch({
      path: values.names,
      sizes: values.sizes.split(',').map(Number),
      queries: Number(values.queries),
      say: (line) => console.error(`• ${line}`),
    });
    console.log(text);
  },
};

const chosen = positionals.length > 0 ? positionals : ['marketplace'];
const unknown = chosen.find((name) => !Object.hasOwn(suites, name));
if (values.help || unknown !== undefined || !(Number(values.seconds) > 0)) {
  console.error(unknown === undefined ? usage : `There is no suite "${unknown}".\n\n${usage}`);
  process.exitCode = values.help ? 0 : 2;
} else {
  for (const name of chosen) await suites[name]?.();
}
