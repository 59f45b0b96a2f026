import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextConfig } from 'next';

/** Has browsers that understand it compile every function beside the page, while the script comes, and not as it is called. */
const hint = '//# allFunctionsCalledOnLoad\n';

const config: NextConfig = {
  // The compiler checks types for the whole house.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ['@pasar/ui'],
  poweredByHeader: false,
  reactStrictMode: true,
  // Pictures come in the right sizes already, or are drawings.
  images: { unoptimized: true },
  turbopack: {
    root: join(import.meta.dirname, '../..'),
    // Texts are compiled by the server (`lib/i18n.ts`).
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  compiler: {
    runAfterProductionCompile: async ({ distDir }) => {
      const folder = join(distDir, 'static/chunks');
      for (const name of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
        const script = readFileSync(join(folder, name), 'utf8');
        if (!script.startsWith(hint)) writeFileSync(join(folder, name), hint + script);
      }
    },
  },
  devIndicators: false,
  experimental: {
    // Forms carry text only; files are uploaded elsewhere.
    serverActions: { bodySizeLimit: '64kb' },
    optimizePackageImports: ['lucide-react'],
  },
};

export default config;
