export interface CsvRecord {
  cells: string[];
  /** Why it could not be read. */
  problem?: string;
}

/** More than this is no row, but a quote that nobody closed. */
const maxRecord = 1 << 20;

/**
 * Reads CSV (RFC 4180) as it comes in. A quote in an unquoted field is a character like any other (`15" laptop`). A
 * record that cannot be read costs the line it begins on and no more: libraries read on to the next quote, and with it
 * lose all rows in between. Empty lines are passed over.
 */
export function readRecords(delimiter: string): { push(text: string, isLast: boolean): CsvRecord[] } {
  let rest = '';
  return {
    push(text, isLast) {
      const all = rest + text;
      const records: CsvRecord[] = [];
      let from = 0;
      while (from < all.length) {
        const { cells, end, problem } = readRecord(all, from, delimiter, isLast);
        if (end < 0) break;
        from = end;
        if (problem || cells.length > 1 || cells[0]?.trim()) records.push({ cells, problem });
      }
      rest = all.slice(from);
      return records;
    },
  };
}

/** @returns `end` -1 when the record is not all there yet */
function readRecord(
  text: string,
  from: number,
  delimiter: string,
  isLast: boolean,
): CsvRecord & { end: number } {
  const cells: string[] = [];
  const unfinished = { cells, end: -1 };
  const spoilt = (problem: string) => {
    const newline = text.indexOf('\n', from);
    if (newline < 0 && !isLast && text.length - from < maxRecord) return unfinished;
    return { cells: [], end: newline < 0 ? text.length : newline + 1, problem };
  };
  for (let at = from; ; ) {
    const quoted = text[at] === '"';
    const field = quoted ? readQuoted(text, at) : { value: '', end: at };
    if (field === undefined) {
      if (isLast || text.length - from > maxRecord) return spoilt('A quote is not closed.');
      return unfinished;
    }
    const newline = text.indexOf('\n', field.end);
    const lineEnd = newline < 0 ? text.length : newline;
    const mark = text.indexOf(delimiter, field.end);
    const isInLine = mark >= 0 && mark < lineEnd;
    if (!isInLine && newline < 0 && !isLast) {
      return text.length - from > maxRecord ? spoilt('The line is too long.') : unfinished;
    }
    const end = isInLine ? mark : lineEnd;
    const bare = text.slice(
      field.end,
      !isInLine && text[end - 1] === '\r' ? Math.max(field.end, end - 1) : end,
    );
    if (quoted && bare !== '') return spoilt('Something follows a closing quote.');
    cells.push(quoted ? field.value : bare);
    if (!isInLine) return { cells, end: Math.min(text.length, end + 1) };
    at = end + 1;
  }
}

/** The field whose opening quote is at `at`; undefined when it is not closed. */
function readQuoted(text: string, at: number): { value: string; end: number } | undefined {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 2)) {
    if (text[quote + 1] === '"') continue;
    return { value: text.slice(at + 1, quote).replaceAll('""', '"'), end: quote + 1 };
  }
  return undefined;
}
