import { existsSync } from 'node:fs';

/** Where it usually is. The one without windows does the same for three quarters of the CPU. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that tests and measurements drive: the one that is named, or one that is there. */
export function findChromium(environment = process.env): string | undefined {
  const named = [environment.PASAR_CHROMIUM, environment.CHROME_PATH].filter(Boolean) as string[];
  return [...named, ...places].find((path) => existsSync(path));
}

/** It asks nobody on the network for anything of its own. */
export const chromiumFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];
