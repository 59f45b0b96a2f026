import { notFound } from '@pasar/platform/errors';
import { sql } from 'kysely';
import { withDatabase } from './databases.js';

interface OpenSaga {
  id: string;
  name: string;
  state: string;
  attempts: number;
  error: string | null;
  createdAt: Date;
  dueAt: Date | null;
}

/** Sagas that have not ended, oldest first. */
export function listSagas(): Promise<OpenSaga[]> {
  return withDatabase('order', async (database) => {
    const { rows } = await sql<OpenSaga>`
      select id, name, state, attempts, error, created_at as "createdAt", due_at as "dueAt" from saga
      where state in ('running', 'waiting', 'compensating') order by created_at limit 200`.execute(
      database.kysely,
    );
    return rows;
  });
}

/** Has a saga that is being put off taken up at once. */
export function retrySaga(id: string): Promise<void> {
  return withDatabase('order', async (database) => {
    const rows = await database.write(sql`
      update saga set leased_until = now() - interval '1 ms'
      where id = ${id}::uuid and state in ('running', 'compensating') returning id`);
    if (rows.length === 0) throw notFound('saga');
  });
}
