import { join } from 'node:path';
import type { NextConfig } from 'next';

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
  devIndicators: false,
  compiler: {
    runAfterProductionCompile: async ({ distDir }) => {
      const path = join(import.meta.dirname, 'eager-modules.mts');
      const { compileModulesEagerly }: typeof import('./eager-modules.mts') = await import(path);
      compileModulesEagerly(join(distDir, 'static/chunks'));
    },
  },
  experimental: {
    // Forms carry text only; files are uploaded elsewhere.
    serverActions: { bodySizeLimit: '64kb' },
    optimizePackageImports: ['lucide-react'],
  },
};

export default config;
