import { type RawBuilder, sql } from 'kysely';
import { type ElementType, elementTypes } from './array-parameters.js';
import { toJson } from './json.js';

interface Column {
  field: string;
  type: ElementType;
  /** Holds lists of that type. */
  isList: boolean;
}

/** By the text that names them. */
const known = new Map<string, Column[]>();

/**
 * Rows as a relation, for a statement that writes many at once: `from ${recordset('n', orders, 'id uuid, sellerId uuid')}`
 * reads `from unnest($1::uuid[], $2::uuid[]) as n ("id", "sellerId")`. Each column is one parameter, so the text is the
 * same for any number of rows.
 * @param columns fields of the rows and their types. Those that are `jsonb` may be whatever JSON knows, and amounts;
 * lists (`text[]`) are of text without gaps, or of what has no need of quotes
 */
export function recordset(alias: string, rows: readonly object[], columns: string): RawBuilder<unknown> {
  const parsed = columnsOf(columns);
  const arrays = parsed.map(({ field, type, isList }) => {
    const values = rows.map((row) => (row as Record<string, unknown>)[field]);
    if (isList) return sql`${mapPresent(values, toLiteral)}::text[]`;
    return sql`${type === 'jsonb' ? mapPresent(values, toJson) : values}::${sql.raw(type)}[]`;
  });
  const names = parsed.map(({ field }) => `"${field}"`).join(', ');
  const relation = sql`unnest(${sql.join(arrays)}) as ${sql.raw(`${alias} (${names})`)}`;
  if (!parsed.some(({ isList }) => isList)) return relation;
  // An array of arrays would have to have as many of each, so a list goes as the text of one.
  const casts = parsed.map(({ field, type, isList }) =>
    isList ? `"${field}"::${type}[] as "${field}"` : `"${field}"`,
  );
  return sql`(select ${sql.raw(casts.join(', '))} from ${relation}) as ${sql.raw(alias)}`;
}

function columnsOf(text: string): Column[] {
  let columns = known.get(text);
  if (!columns) {
    columns = text.split(',').map((column) => {
      const [field = '', named = ''] = column.trim().split(/\s+/);
      const type = named.replace('[]', '');
      if (!elementTypes.has(type)) throw new Error(`a recordset has no columns of type ${named}`);
      return { field, type: type as ElementType, isList: type !== named };
    });
    known.set(text, columns);
  }
  return columns;
}

function mapPresent(values: unknown[], map: (value: unknown) => string): (string | null)[] {
  return values.map((value) => (value === null || value === undefined ? null : map(value)));
}

function toLiteral(list: unknown): string {
  return `{${(list as unknown[]).map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
