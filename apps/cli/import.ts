import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type ColumnMap, columnsOf, loadMap, type MappedRow, mapRow } from './column-map.js';
import { type CsvFile, openCsv } from './csv-file.js';
import { type RowError, writeReport } from './import-report.js';
import { Progress } from './progress.js';
import { type Account, Session } from './session.js';

export interface ImportOptions extends Account {
  file: string;
  /** A preset or a JSON file. */
  map: string;
  publish: boolean;
  /** Where rejected rows go; when not given, `<file>.errors.csv` in the current folder: the file's own may be closed. */
  errors?: string;
}

interface ImportState {
  id: string;
  lastRow: string;
  created: string;
  updated: string;
  unchanged: string;
  duplicates: string;
  failed: string;
}

interface Batch {
  rows: MappedRow[];
  /** Of the file, from 0 to 1. */
  share: number;
}

const batchRows = 500;
/** The server takes 8 MiB; a row may be larger than it was in the file. */
const batchBytes = 2 << 20;
const maxRowBytes = 256 << 10;
/** So many batches are on their way at once; the server takes them in the order of the file. */
const maxInFlight = 3;

/**
 * Imports a file. The server keeps how far it came: a second run goes on there, whatever ended the first.
 * @returns the exit code: 0 also where rows were rejected
 * @throws Error that says why the import cannot begin or go on
 */
export async function importCommand(options: ImportOptions): Promise<number> {
  const map = loadMap(options.map);
  const file = await openCsv(options.file);
  const missing = columnsOf(map).filter((column) => !file.columns.includes(column));
  if (missing.length > 0) {
    throw new Error(`The file has no column ${missing.join(', ')}. It has: ${file.columns.join(', ')}.`);
  }
  const session = await Session.open(options);
  const key = createHash('sha256')
    .update(JSON.stringify([file.digest, map, options.publish]))
    .digest('hex');
  const started = await session.post<ImportState>('/api/v1/productImports', {
    key,
    name: options.file.slice(-300),
  });
  const already = Number(started.lastRow);
  if (already > 0) console.log(`Going on after row ${already}.`);
  await sendAll(session, started.id, batches(file, map, options.publish, already));
  const path = `/api/v1/productImports/${started.id}`;
  const { created, updated, unchanged, duplicates, failed } = await session.get<ImportState>(path);
  const reportPath = options.errors ?? `${basename(options.file)}.errors.csv`;
  const repeated = await writeReport(reportPath, errorsOf(session, path));
  console.log(`${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} rejected.`);
  if (repeated > 0)
    console.log(`${duplicates} rows repeated what an earlier one had said of ${repeated} of them.`);
  if (failed !== '0' || repeated > 0) console.log(`See ${reportPath}.`);
  return 0;
}

/** Sends batches, a few at a time; an error of any ends it. */
async function sendAll(session: Session, id: string, all: AsyncIterable<Batch>): Promise<void> {
  const progress = new Progress();
  const inFlight: Promise<void>[] = [];
  for await (const { rows, share } of all) {
    if (inFlight.length === maxInFlight) await inFlight.shift();
    const sent = session
      .post<ImportState>(`/api/v1/productImports/${id}:importRows`, { rows })
      .then(({ lastRow, failed }) => progress.show(Number(lastRow), share, Number(failed)));
    // It is met when its turn comes; until then it must not count as unhandled.
    sent.catch(() => {});
    inFlight.push(sent);
  }
  await Promise.all(inFlight);
  progress.end();
}

async function* batches(
  file: CsvFile,
  map: ColumnMap,
  publish: boolean,
  after: number,
): AsyncGenerator<Batch> {
  let rows: MappedRow[] = [];
  let bytes = 0;
  let share = 0;
  for await (const part of file.parts()) {
    share = Math.min(1, part.bytesRead / file.bytes);
    for (const { number, values, problem } of part.rows) {
      if (number <= after) continue;
      const row = problem ? { row: number, problem } : mapRow(map, values, number, publish);
      const size = JSON.stringify(row).length;
      const tooLarge = { row: number, problem: `The row has ${size} letters, that is too many.` };
      rows.push(size > maxRowBytes ? tooLarge : row);
      bytes += Math.min(size, maxRowBytes);
      if (rows.length < batchRows && bytes < batchBytes) continue;
      yield { rows, share };
      rows = [];
      bytes = 0;
    }
  }
  if (rows.length > 0) yield { rows, share };
}

/** Of the whole import, those of earlier runs too, in file order. */
async function* errorsOf(session: Session, path: string): AsyncGenerator<RowError> {
  for (let pageToken = ''; ; ) {
    const page = await session.get<{ errors?: RowError[]; nextPageToken?: string }>(
      `${path}/errors?pageSize=1000&pageToken=${encodeURIComponent(pageToken)}`,
    );
    yield* page.errors ?? [];
    pageToken = page.nextPageToken ?? '';
    if (!pageToken) return;
  }
}
