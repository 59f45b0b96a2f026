import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { readSettings, withDatabase } from './databases.js';
import {
  discardDeadLetter,
  editDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  showDeadLetter,
} from './dead-letters.js';
import { examine } from './doctor.js';
import { explain } from './errors.js';
import { importCommand } from './import.js';
import { rebuildOrders } from './orders.js';
import { printReport, replay } from './replay.js';
import { listSagas, retrySaga } from './sagas.js';
import { readIndex, rebuildIndex } from './search.js';

const say = (line: string) => console.log(line);
const program = new Command('pasar').description('Work with a running Pasar.').showHelpAfterError();
const { PASAR_URL, PASAR_PORT, PASAR_PASSWORD, PASAR_TOKEN } = readSettings();
const defaultUrl = PASAR_URL ?? `http://127.0.0.1:${PASAR_PORT || 8080}`;
const withUrl = (command: Command) => command.option('--url <url>', 'address of the gateway', defaultUrl);

withUrl(program.command('import <file>'))
  .description('Import products from a CSV file (also .gz); resumes where it stopped')
  .requiredOption('--map <preset or file>', 'how columns become fields: prdect-id, or a JSON file')
  .option('--email <email>', 'account that imports; the demo admin when not given')
  .option('--password <password>', 'its password, or PASAR_PASSWORD', PASAR_PASSWORD)
  .option('--draft', 'leave the products unpublished')
  .option(
    '--errors <file>',
    'where rejected rows are written; <file>.errors.csv in this folder when not given',
  )
  .action(async (file: string, options) => {
    process.exitCode = await importCommand({
      file,
      token: PASAR_TOKEN,
      publish: !options.draft,
      ...options,
    });
  });

withUrl(program.command('replay <file>'))
  .description('Place real baskets (UCI Online Retail) as orders through the public API')
  .option('--rate <n>', 'baskets per second', positive, 10)
  .option('--limit <n>', 'how many', positive, 500)
  .option('--customers <n>', 'accounts they are spread over', positive, 20)
  .option('--method <method>', 'payment method', 'CARD')
  .option('--twice', 'send every order twice at once with one key', false)
  .action(async (file: string, options) => {
    const report = await replay({ file, ...options }, say);
    printReport(report, say);
    if (report.differing > 0) process.exitCode = 1;
  });

withUrl(program.command('doctor'))
  .description('Look whether everything is well')
  .action(async ({ url }) => {
    const findings = await examine(url);
    for (const { ok, what } of findings) say(`${ok ? 'ok  ' : 'FAIL'}  ${what}`);
    if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
  });

const sagas = program.command('sagas').description('Checkouts that have not ended');
sagas
  .command('list', { isDefault: true })
  .action(async () => show(await listSagas(), 'All checkouts have ended.'));
sagas.command('retry <id>').description('take one up at once').action(retrySaga);

const orders = program.command('orders').description('Orders as everybody sees them');
withUrl(orders.command('rebuild'))
  .description('make them anew from their events, when a table was damaged; a running Pasar does it')
  .option('--email <email>', 'account of staff; the demo admin when not given')
  .option('--password <password>', 'its password, or PASAR_PASSWORD', PASAR_PASSWORD)
  .action(async (options) => {
    say(`${await rebuildOrders({ token: PASAR_TOKEN, ...options }, say)} orders are what their events say`);
  });

const search = program.command('search').description('The index of the search service');
search
  .command('status', { isDefault: true })
  .description('how the index is')
  .action(async () => console.table([await withDatabase('search', readIndex)]));
search
  .command('rebuild')
  .description('build the index anew beside the one in use; a running Pasar does it')
  .action(() => withDatabase('search', (database) => rebuildIndex(database, say)));

const letters = program.command('dead-letters').description('Events that a service gave up on');
letters.command('list [service]', { isDefault: true }).action(async (service?: string) =>
  show(
    (await listDeadLetters(service)).map(({ service, number, type, subject, error }) => ({
      service,
      number,
      type,
      subject,
      error,
    })),
    'There are none.',
  ),
);
letters
  .command('show <service> <number>')
  .action(async (service: string, number: string) =>
    say(JSON.stringify(await showDeadLetter(service, positive(number)), null, 2)),
  );
letters
  .command('edit <service> <number> <file>')
  .description('replace its data by the JSON in the file')
  .action((service: string, number: string, file: string) =>
    editDeadLetter(service, positive(number), JSON.parse(readFileSync(file, 'utf8'))),
  );
letters
  .command('replay <service> <number>')
  .action((service, number) => replayDeadLetter(service, positive(number)));
letters
  .command('discard <service> <number>')
  .action((service, number) => discardDeadLetter(service, positive(number)));

function show(rows: object[], none: string): void {
  if (rows.length > 0) console.table(rows);
  else say(none);
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}

program.parseAsync().catch((error: Error) => {
  console.error(explain(error));
  process.exitCode = 1;
});
