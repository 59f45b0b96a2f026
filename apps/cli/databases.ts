import { resolve } from 'node:path';
import { readEnvironment } from '@pasar/platform/config';
import { Database } from '@pasar/platform/db';
import { startPostgres } from '@pasar/platform/embedded-postgres';

export const services = [
  'auth',
  'user',
  'seller',
  'catalog',
  'product',
  'inventory',
  'cart',
  'promotion',
  'order',
  'payment',
  'shipping',
  'notification',
  'search',
];

/** Opens the database of a service for an operator: the server by URL, or the one under the data folder. */
export async function withDatabase<Result>(
  service: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  if (!services.includes(service))
    throw new Error(`No service ${service}. There are: ${services.join(', ')}.`);
  const environment = readEnvironment('.env');
  const name = `pasar_${service}`;
  const given = environment.PASAR_DATABASE_URL;
  const embedded = given
    ? undefined
    : await startPostgres({
        dataDir: resolve(environment.PASAR_DATA_DIR || '.pasar', 'postgres'),
        log: (line) => console.error(line),
      });
  const url = embedded
    ? embedded.url(name)
    : Object.assign(new URL(given as string), { pathname: `/${name}` }).href;
  const database = new Database(url, { max: 2, applicationName: 'pasar-cli' });
  try {
    return await work(database);
  } finally {
    await database.close();
    await embedded?.stop();
  }
}
