import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { files } from '@pasar/contracts/files';
import { type Environment, readEnvironment } from '@pasar/platform/config';
import { Database } from '@pasar/platform/db';
import { type EmbeddedPostgres, startPostgres } from '@pasar/platform/embedded-postgres';
import { packageResource } from '@pasar/platform/resource';

/** Everybody who has a contract has a database. */
export const services = [
  ...new Set(
    files.filter((file) => file.services.length > 0).map((file) => file.proto.package.split('.')[1]),
  ),
] as string[];

/** The folder that holds Pasar, wherever this is called from: the server finds its data and settings there, too. */
const root = packageResource(import.meta.url, '../..');

export function readSettings(): Environment {
  return readEnvironment(join(root, '.env'));
}

/** Opens the database of a service for an operator: the server by URL, or the one under the data folder. */
export async function withDatabase<Result>(
  service: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  if (!services.includes(service))
    throw new Error(`No service ${service}. There are: ${services.join(', ')}.`);
  const { PASAR_DATABASE_URL: given, PASAR_DATA_DIR } = readSettings();
  const name = `pasar_${service}`;
  const embedded = given ? undefined : await openEmbedded(resolve(root, PASAR_DATA_DIR || '.pasar'));
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

function openEmbedded(folder: string): Promise<EmbeddedPostgres> {
  const dataDir = join(folder, 'postgres');
  if (!existsSync(dataDir))
    throw new Error(
      `${folder} holds no databases. PASAR_DATA_DIR or PASAR_DATABASE_URL says where they are.`,
    );
  return startPostgres({ dataDir, log: (line) => console.error(line) });
}
