import { type RawBuilder, sql } from 'kysely';
import { type ElementType, elementTypes } from './array-parameters.js';

/** Fields with their types, by the text that names them. */
const known = new Map<string, { field: string; type: ElementType }[]>();

/**
 * Rows as a relation, for a statement that writes many at once: `from ${recordset('n', orders, 'id uuid, sellerId uuid')}`
 * reads `from unnest($1::uuid[], $2::uuid[]) as n ("id", "sellerId")`. Each column is one parameter, so the text is the
 * same for any number of rows.
 * @param columns fields of the rows and their types; those that are `jsonb` may be whatever JSON knows, and amounts
 */
export function recordset(alias: string, rows: readonly object[], columns: string): RawBuilder<unknown> {
  const fields = fieldsOf(columns);
  const arrays = fields.map(({ field, type }) => {
    const values = rows.map((row) => (row as Record<string, unknown>)[field]);
    return sql`${type === 'jsonb' ? values.map(toJson) : values}::${sql.raw(type)}[]`;
  });
  const names = fields.map(({ field }) => `"${field}"`).join(', ');
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(`${alias} (${names})`)}`;
}

function fieldsOf(columns: string) {
  let fields = known.get(columns);
  if (!fields) {
    fields = columns.split(',').map((column) => {
      const [field = '', type = ''] = column.trim().split(/\s+/);
      if (!elementTypes.has(type)) throw new Error(`a recordset has no columns of type ${type}`);
      return { field, type: type as ElementType };
    });
    known.set(columns, fields);
  }
  return fields;
}

/** Amounts as text: a JSON number would lose money above 2^53. */
function toJson(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part));
}
