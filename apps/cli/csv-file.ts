import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readRecords } from './csv-records.js';

export interface CsvRow {
  /** 1 for the first row after the header. */
  number: number;
  values: Record<string, string>;
  /** What is wrong with the row as such; it is reported, and reading goes on. */
  problem?: string;
}

/** Rows that were read together. */
export interface CsvPart {
  rows: CsvRow[];
  /** Of the file as stored, up to the end of these rows, more or less. */
  bytesRead: number;
}

export interface CsvFile {
  columns: string[];
  bytes: number;
  /** Of the contents: the same file is the same import. */
  digest: string;
  parts(): AsyncGenerator<CsvPart>;
}

/** Opens a CSV file, also a gzipped one, with a comma, semicolon or tab between its fields. */
export async function openCsv(path: string): Promise<CsvFile> {
  const { size } = await stat(path);
  const gzipped = await isGzip(path);
  const first = await firstLine(path, gzipped);
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
  const { mark: delimiter } = counts.reduce((best, each) => (each.count > best.count ? each : best));
  const header = [...readRecords(delimiter).push(first, true)][0];
  if (!header || header.problem)
    throw new Error(`${path} has no header: ${header?.problem ?? 'it is empty'}`);
  const columns = header.cells.map((column) => column.trim());
  return {
    columns,
    bytes: size,
    digest: await digestOf(path),
    parts: () => readParts(path, gzipped, delimiter, columns),
  };
}

async function* readParts(
  path: string,
  gzipped: boolean,
  delimiter: string,
  columns: string[],
): AsyncGenerator<CsvPart> {
  const records = readRecords(delimiter);
  const decoder = new TextDecoder();
  // The header is row 0.
  let number = 0;
  const toRows = (text: string, isLast: boolean): CsvRow[] =>
    records.push(text, isLast).flatMap(({ cells, problem }) => {
      const row = { number: number++, ...toValues(cells, columns, problem) };
      return row.number === 0 ? [] : [row];
    });
  const { chunks, position } = openBytes(path, gzipped);
  for await (const chunk of chunks) {
    yield { rows: toRows(decoder.decode(chunk, { stream: true }), false), bytesRead: position() };
  }
  yield { rows: toRows(decoder.decode(), true), bytesRead: position() };
}

function toValues(cells: string[], columns: string[], problem: string | undefined): Omit<CsvRow, 'number'> {
  const values = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  if (problem || cells.length === columns.length) return { values, problem };
  return { values, problem: `The row has ${cells.length} fields, the header has ${columns.length}.` };
}

/** @returns the unpacked bytes, and how far the file was read */
function openBytes(path: string, gzipped: boolean): { chunks: AsyncIterable<Buffer>; position(): number } {
  const raw = createReadStream(path);
  const position = () => raw.bytesRead;
  if (!gzipped) return { chunks: raw, position };
  const unpacked = createGunzip();
  // A failure of either ends the other; whoever reads the unpacked bytes meets it.
  pipeline(raw, unpacked).catch(() => {});
  return { chunks: unpacked, position };
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function firstLine(path: string, gzipped: boolean): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of openBytes(path, gzipped).chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.trimStart().includes('\n') || text.length > 1_000_000) break;
  }
  return text.trimStart().split(/\r?\n/, 1)[0] ?? '';
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
