import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findChromium } from '@pasar/platform/testing/chromium';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { Shop } from './shop.js';
import { testAccess } from './storefront-access.js';
import { testAccount } from './storefront-account.js';
import { testBuying } from './storefront-buying.js';
import { testPush } from './storefront-push.js';
import { testTrouble } from './storefront-trouble.js';

const isBuilt = existsSync(resolve(import.meta.dirname, '../apps/storefront/.next/BUILD_ID'));
const program = findChromium();
if (!program)
  console.log(
    'No browser here: the journeys in the storefront are left out. On Debian: apt-get install chromium',
  );
else if (!isBuilt)
  console.log('The storefront is not built: its journeys are left out. `npm test` builds it.');

/** One server and one browser for all of it. */
describe.runIf(program && isBuilt)('the storefront', () => {
  const shop = new Shop();
  beforeAll(() => shop.open());
  afterEach(() => shop.clear());
  afterAll(() => shop.close());

  testBuying(shop);
  testTrouble(shop);
  testAccount(shop);
  testPush(shop);
  testAccess(shop);
});
