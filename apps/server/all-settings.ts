import type { Environment, SettingsClass } from '@pasar/platform/config';
import { StorefrontConfig } from '@pasar/storefront/config';
import { ServerConfig } from './config.js';
import { services } from './topology.js';

/** Every setting there is, by what has it. */
export const allSettings: [string, SettingsClass][] = [
  ['The process', ServerConfig],
  ['storefront', StorefrontConfig],
  ...services.map(({ name, config }): [string, SettingsClass] => [name, config]),
];

/** Of the command line tool, and of tests. */
const others = /^PASAR_(URL|TOKEN|PASSWORD|CHROMIUM|TEST_.*)$/;

/** What looks like a setting and is none: most likely a slip, and what it should set has its default. */
export function unknownSettings(environment: Environment): string[] {
  const known = new Set(allSettings.flatMap(([, { shape }]) => Object.values(shape).map(({ name }) => name)));
  return Object.keys(environment).filter(
    (name) => name.startsWith('PASAR_') && !known.has(name) && !others.test(name),
  );
}
