import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Environment } from '@pasar/platform/config';

/** What production must be given and the embedded profile makes for itself. */
const required = ['PASAR_SECRET_KEY', 'PASAR_SERVICE_SECRET', 'PASAR_SIMULATOR_WEBHOOK_SECRET'] as const;

/**
 * The environment with its secrets: in the embedded profile they are made once and kept in the data folder, readable
 * by their owner only.
 * @throws ConfigError in production when one is missing
 */
export function withSecrets(
  environment: Environment,
  profile: 'embedded' | 'production',
  dataDir: string,
): Environment {
  if (profile === 'embedded') return { ...keptSecrets(join(dataDir, 'secrets.json')), ...environment };
  const missing = required.filter((name) => !environment[name]);
  if (missing.length > 0) throw new ConfigError(`Production needs ${missing.join(', ')}.`);
  return environment;
}

function keptSecrets(path: string): Record<string, string> {
  const random = () => randomBytes(32).toString('base64');
  const made = {
    PASAR_SECRET_KEY: random(),
    PASAR_SERVICE_SECRET: random(),
    // As Standard Webhooks writes it.
    PASAR_SIMULATOR_WEBHOOK_SECRET: `whsec_${random()}`,
  };
  try {
    // Of two processes that start at once, one makes the file; nobody sees half of it for long.
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, JSON.stringify(made, null, 2));
    fsyncSync(file);
    closeSync(file);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return JSON.parse(readFileSync(path, 'utf8'));
  }
}
