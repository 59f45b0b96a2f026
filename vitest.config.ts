import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

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
    // The files of a worker share what they import; a fifth of the suite's CPU went into importing it anew for each.
    isolate: false,
    // Generous: a test fails by its assertion, never because the machine was busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
