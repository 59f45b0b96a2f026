import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Each takes half a minute or more. Begun last, one of them would keep a single worker busy in the end. */
const longest = [
  'tests/storefront.spec.ts',
  'tests/crash-matrix.spec.ts',
  'services/payment/crash.int.spec.ts',
  'tests/kill.spec.ts',
  'packages/platform/messaging.int.spec.ts',
  'packages/platform/embedded-postgres.int.spec.ts',
  'tests/database-restart.spec.ts',
  'tests/relay.spec.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  // Packages are tested from their sources; `source` is the condition in their package.json.
  resolve: { conditions: ['source', ...defaultServerConditions] },
  ssr: { resolve: { conditions: ['source', ...defaultServerConditions] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['**/*.{unit,int}.spec.ts', 'tests/**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['packages/platform/testing/global-setup.ts'],
    setupFiles: ['packages/platform/testing/setup.ts'],
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // The files of a worker share what they import; a fifth of the suite's CPU went into importing it anew for each.
    isolate: false,
    // Generous: a test fails by its assertion, never because the machine was busy.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
