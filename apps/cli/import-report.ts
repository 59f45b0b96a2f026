import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';

export interface RowError {
  row: string;
  code: string;
  field?: string;
  detail?: string;
  /** The earlier row that this one repeats or contradicts. */
  firstRow?: string;
}

/**
 * Writes a CSV file with what was wrong with rows, in file order. Rows that only repeat another one stand there once,
 * behind the others, under the row that they repeat.
 * @returns how many rows were repeated; without any error no file is left
 */
export async function writeReport(path: string, errors: AsyncIterable<RowError>): Promise<number> {
  const file = createWriteStream(path);
  const write = async (text: string) => {
    if (!file.write(text)) await once(file, 'drain');
  };
  // Four bytes a row of the file, however many repeat.
  let repeats = new Uint32Array(1 << 16);
  let count = 0;
  await write(line('row', 'code', 'field', 'detail'));
  for await (const { row, code, field = '', detail = '', firstRow = '0' } of errors) {
    if (code !== 'import.duplicate') {
      await write(line(row, code, field, detail));
      count++;
      continue;
    }
    const first = Number(firstRow);
    if (first >= repeats.length) repeats = grown(repeats, first);
    repeats[first]! += 1;
  }
  let repeated = 0;
  for (const [first, times] of repeats.entries()) {
    if (times === 0) continue;
    repeated++;
    await write(line(String(first), 'import.duplicate', '', `${times} more say the same.`));
  }
  file.end();
  await once(file, 'close');
  if (count + repeated === 0) rmSync(path);
  return repeated;
}

function grown(counts: Uint32Array<ArrayBuffer>, index: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(index + 1, counts.length * 2));
  larger.set(counts);
  return larger;
}

/** RFC 4180; what a spreadsheet would take for a formula is made text. */
function line(...cells: string[]): string {
  const quoted = cells.map((text) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${quoted.join(',')}\n`;
}
