import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Api } from './api.js';
import { type ColumnMap, columnsOf, loadMap, type MappedRow, mapRow } from './column-map.js';
import { type CsvFile, openCsv } from './csv-file.js';
import { type RowError, writeReport } from './import-report.js';
import { Progress } from './progress.js';

export interface ImportOptions {
  file: string;
  /** A preset or a JSON file. */
  map: string;
  url: string;
  /** With `password`; the demo admin when neither they nor a token are given. */
  email?: string;
  password?: string;
  token?: string;
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
const maxAttempts = 12;
const demoAdmin = { email: 'admin@pasar.test', password: 'pasar-demo' };

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

/** Calls for an account: patient while the server is away, and signed in again when the session has ended. */
class Session {
  #api: Api;

  private constructor(
    url: string,
    private readonly account: { email: string; password: string } | undefined,
    token: string | undefined,
  ) {
    this.#api = token ? new Api(url).as(token) : new Api(url);
  }

  static async open({ url, token, email, password }: ImportOptions): Promise<Session> {
    if (email && !password) throw new Error('Give the password with --password or PASAR_PASSWORD.');
    const account = email && password ? { email, password } : demoAdmin;
    const session = new Session(url, token ? undefined : account, token);
    await session.#signIn();
    return session;
  }

  get<Body>(path: string): Promise<Body> {
    return this.#call((api) => api.get<Body>(path));
  }

  post<Body>(path: string, body: unknown): Promise<Body> {
    return this.#call((api) => api.post<Body>(path, body));
  }

  async #call<Body>(call: (api: Api) => Promise<Answer<Body>>): Promise<Body> {
    let answer = await patiently(() => call(this.#api));
    if (answer.status === 401 && this.account) {
      await this.#signIn();
      answer = await patiently(() => call(this.#api));
    }
    return unwrap(answer);
  }

  async #signIn(): Promise<void> {
    const { account } = this;
    if (!account) return;
    const answer = await patiently(() =>
      this.#api.post<{ accessToken: string }>('/api/v1/auth/login', account),
    );
    if (answer.status === 401) throw new Error(`Sign-in as ${account.email} was refused.`);
    this.#api = this.#api.as(unwrap(answer).accessToken);
  }
}

/** Tries again while the server is away or asks for patience; rows may be sent again without harm. */
async function patiently<Body>(call: () => Promise<Answer<Body>>): Promise<Answer<Body>> {
  for (let attempt = 1; ; attempt++) {
    const pause = Math.min(15_000, 100 * 2 ** attempt);
    try {
      const answer = await call();
      // Rows that overtook others wait for those.
      const isEarly = answer.code === 'import.out_of_order';
      if (attempt === maxAttempts || (!isEarly && ![429, 502, 503, 504].includes(answer.status)))
        return answer;
      await delay(answer.retryAfterMs || pause);
    } catch (error) {
      const cause = (error as Error).cause as Error | undefined;
      const why = cause?.message || (error as Error).message;
      if (attempt === maxAttempts) throw new Error(`The server cannot be reached: ${why}`);
      await delay(pause);
    }
  }
}

function unwrap<Body>({ status, body, code }: Answer<Body>): Body {
  if (status < 300) return body;
  const { detail, errors } = body as { detail?: string; errors?: { field: string; detail: string }[] };
  const fields = errors?.map((each) => ` ${each.field}: ${each.detail}`) ?? [];
  throw new Error(`${code}: ${detail ?? ''}${fields.slice(0, 3).join(';')}`);
}
