// The walls of the house (docs/architecture.md). Read from the sources by swc, so that type imports count too.
const SPEC = '\\.(unit|int)\\.spec\\.ts$|^tests/';
/** What tests share: the platform's kit, a service's own, and the suites that every adapter of a port passes. */
const TESTING = '/testing/|/testing\\.ts$|[.-]conformance\\.ts$';
/** services/inventory/inventory.ts, services/order/decider.ts: rules and nothing else. */
const DOMAIN = '^services/([^/]+)/(\\1|decider)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Files that import each other in a circle cannot be understood, tested or moved apart.',
      from: {},
      // Types are gone at run time, and with them their circles.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'An import that leads nowhere escapes every other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'service-imports-only-contracts-platform-itself',
      severity: 'error',
      comment:
        'Services meet in contracts and events. That is what lets each one run in a process of its own.',
      from: { path: '^services/([^/]+)/' },
      to: {
        path: '^(services|apps|packages|demo|tests|bench|tools)/',
        pathNot: '^(services/$1|packages/platform)/',
      },
    },
    {
      name: 'only-the-server-composes-services',
      severity: 'error',
      comment:
        'apps/server is the composition root; everybody else uses contracts. Tests and bench may look inside.',
      from: { pathNot: '^(services|apps/server|tests|bench)/' },
      to: { path: '^services/' },
    },
    {
      name: 'platform-stands-alone',
      severity: 'error',
      comment: 'The platform knows no service and no app.',
      from: { path: '^packages/platform/' },
      to: { path: '^(services|apps|demo|tests|bench|tools)/' },
    },
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: '^(packages|services|apps|demo|tests|bench|tools)/' },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      comment: 'Outside developers use it without the rest of the house.',
      from: { path: '^packages/sdk/' },
      to: { path: '^(contracts|services|apps|demo|tests|bench|tools|packages/(?!sdk/))' },
    },
    {
      name: 'ui-stands-alone',
      severity: 'error',
      comment: 'Components know nothing of Pasar, of its API or of the framework that serves them.',
      from: { path: '^packages/ui/' },
      to: {
        path: '^(contracts|services|apps|demo|tests|bench|tools|packages/(?!ui/))|^node_modules/(next|use-intl)/',
      },
    },
    {
      name: 'storefront-is-a-client',
      severity: 'error',
      comment:
        'It reaches the market by the API like everybody else. Only its server reads settings as services do.',
      from: { path: '^apps/storefront/' },
      to: {
        path: '^(contracts|services|apps|demo|tests|bench|tools|packages)/',
        pathNot: '^(apps/storefront|packages/(sdk|ui))/|^packages/platform/config\\.ts$',
      },
    },
    {
      name: 'gateway-imports-only-contracts-platform',
      severity: 'error',
      comment: 'The edge reads routes from descriptors; it knows no service.',
      from: { path: '^apps/gateway/' },
      to: {
        path: '^(services|apps|packages|demo|tests|bench|tools)/',
        pathNot: '^(apps/gateway|packages/platform)/',
      },
    },
    {
      name: 'apps-do-not-import-each-other',
      severity: 'error',
      comment: 'Except the composition root, which may hold the gateway in its process.',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/server/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Rules take time, randomness and stored state as arguments: no framework, SQL, clock or I/O.',
      from: { path: DOMAIN },
      to: {
        pathNot:
          '^(services/[^/]+/|contracts/|packages/platform/(errors|money)\\.ts$|node_modules/@bufbuild/protobuf/)',
      },
    },
    {
      name: 'domain-imports-only-domain',
      severity: 'error',
      comment: 'Rules do not know what stores, serves or calls them.',
      from: { path: DOMAIN },
      to: {
        path: '^services/.*/(store|use-cases|rpc|consumers|config|projections|[^/]+\\.(module|saga))\\.ts$|/adapters/',
      },
    },
    {
      name: 'nothing-imports-a-test',
      severity: 'error',
      from: {},
      to: { path: '\\.spec\\.ts$' },
    },
    {
      name: 'only-tests-import-from-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'testing-kit-only-in-tests',
      severity: 'error',
      comment: 'What serves customers does not carry test code.',
      from: { pathNot: `${SPEC}|${TESTING}|^bench/|^vitest\\.config\\.ts$` },
      to: { path: TESTING },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/.*/node_modules)/' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // The bundler's imports name no extension.
      mainFields: ['module', 'main'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
