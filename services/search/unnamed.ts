import type { Database } from '@pasar/platform/db';
import { invalidField } from '@pasar/platform/errors';
import type { RawBuilder } from 'kysely';

/**
 * Runs a query as an unnamed statement: its best plan depends on how many rows its filters leave, and a named one would
 * soon be planned for filters that are not known.
 */
export async function runUnnamed<Row>(
  database: Database,
  hasToken: boolean,
  query: RawBuilder<Row>,
): Promise<Row[]> {
  const { sql: text, parameters } = query.compile(database.kysely);
  try {
    const { rows } = await database.pool.query({ text, values: [...parameters] });
    return rows;
  } catch (error) {
    // Data exceptions can only come from a token that was made up: everything else was checked.
    const isForged = hasToken && (error as { code?: string }).code?.startsWith('22');
    throw isForged ? invalidField('pageToken', 'This is not a page token of this list.') : error;
  }
}
