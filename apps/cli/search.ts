import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@pasar/platform/db';
import { sql } from 'kysely';

export interface IndexState {
  /** Of the last rebuild. */
  state: 'requested' | 'filling' | 'indexing' | 'done';
  products: number;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Products that changed and wait to be looked at. */
  waiting: number;
}

/** How the index is. @param database of the search service */
export async function readIndex(database: Database): Promise<IndexState> {
  const { rows } = await sql<IndexState>`
    select state, products::float8 as products, started_at as "startedAt", ended_at as "endedAt",
      (select count(*) from mark)::float8 as waiting from rebuild`.execute(database.kysely);
  return rows[0] as IndexState;
}

/** Asks for a new index and waits until it is in use. Whoever runs the search service builds it. */
export async function rebuildIndex(database: Database, say: (line: string) => void): Promise<void> {
  await database.write(sql`update rebuild set state = 'requested' where state = 'done'`);
  for (let told = ''; ; await delay(500)) {
    const { state, products, startedAt, endedAt } = await readIndex(database);
    const seconds = startedAt && endedAt ? (endedAt.getTime() - startedAt.getTime()) / 1000 : 0;
    const line = {
      requested: 'waiting for a running Pasar to take it up',
      filling: `${products} products read`,
      indexing: `making an index of ${products} products`,
      done: `${products} products are in the new index, which took ${seconds.toFixed(1)} s`,
    }[state];
    if (line !== told) say(line);
    told = line;
    if (state === 'done') return;
  }
}
