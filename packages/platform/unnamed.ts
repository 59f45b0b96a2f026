import type { RawBuilder } from 'kysely';
import type { Database } from './db.js';
import { checkToken } from './page.js';

/**
 * Runs the query of a list as an unnamed statement: its best plan depends on how many rows its filters leave, and a named
 * one would soon be planned for filters that are not known.
 * @param hasToken whether a page token is part of it
 * @throws DomainError `request.invalid` for a token that was made up
 */
export async function runUnnamed<Row>(
  database: Database,
  hasToken: boolean,
  query: RawBuilder<Row>,
): Promise<Row[]> {
  const { sql: text, parameters } = query.compile(database.kysely);
  const { rows } = await checkToken(hasToken, database.pool.query({ text, values: [...parameters] }));
  return rows;
}
