import { duration, flag, list, port, setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

/** Settings of the process. Each service has its own besides, in its config.ts. */
export class ServerConfig extends settings({
  profile: setting(
    'PASAR_PROFILE',
    z.enum(['embedded', 'production']).default('embedded'),
    'embedded starts PostgreSQL by itself, makes its secrets and has demo accounts; production refuses all of that.',
  ),
  target: setting(
    'PASAR_TARGET',
    list.default(['all']),
    'What runs in this process: services, groups, `gateway` or `all`.',
  ),
  host: setting('PASAR_HOST', z.string().default('127.0.0.1'), 'Address that the gateway listens on.'),
  port: setting('PASAR_PORT', port.default(8080), 'Port of the gateway.'),
  publicUrl: setting(
    'PASAR_PUBLIC_URL',
    z.url().optional(),
    'Where the gateway is reached from outside; http://<host>:<port> when not set.',
  ),
  dataDir: setting('PASAR_DATA_DIR', z.string().min(1).default('.pasar'), 'Folder of the embedded profile.'),
  databaseUrl: setting(
    'PASAR_DATABASE_URL',
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// URL')
      .optional(),
    'A PostgreSQL server to use; every service gets the database pasar_<service> on it.',
  ),
  poolSize: setting(
    'PASAR_POOL_SIZE',
    z.coerce.number().int().min(1).max(100).default(6),
    'Connections per service.',
  ),
  rpcHost: setting('PASAR_RPC_HOST', z.string().default('127.0.0.1'), 'Address of the gRPC server.'),
  rpcPort: setting('PASAR_RPC_PORT', port.optional(), 'Port of the gRPC server; not served when not set.'),
  rpcAddresses: setting(
    'PASAR_RPC_ADDRESSES',
    list.default([]),
    'Services in other processes: `order=dns:///order:9090,payment=…`.',
  ),
  serviceSecret: setting(
    'PASAR_SERVICE_SECRET',
    z.string().min(32, 'must have at least 32 characters').optional(),
    'Shared by all processes; signs the calls from service to service.',
  ),
  rateLimitPerMinute: setting(
    'PASAR_RATE_LIMIT_PER_MINUTE',
    z.coerce.number().int().min(0).max(1_000_000).default(100),
    'Requests per minute of one user, or one address where nobody is signed in; 0 for no limit.',
  ),
  corsOrigins: setting(
    'PASAR_CORS_ORIGINS',
    list.default([
      'http://localhost:3000',
      'http://localhost:3100',
      'http://127.0.0.1:3000',
      'http://127.0.0.1:3100',
    ]),
    'Origins whose pages may call the API.',
  ),
  adminAllowList: setting(
    'PASAR_ADMIN_ALLOW_LIST',
    list.default([]),
    'CIDR ranges that may call admin routes; all when empty.',
  ),
  trustedProxies: setting(
    'PASAR_TRUSTED_PROXIES',
    list.default([]),
    'CIDR ranges whose X-Forwarded-For is believed.',
  ),
  upstreams: setting(
    'PASAR_UPSTREAMS',
    list.default([]),
    'Path prefixes that other servers answer: `/api/v1/reviews=http://legacy:8000`, or `…@10%` for a tenth of those who ask.',
  ),
  metricsAllowList: setting(
    'PASAR_METRICS_ALLOW_LIST',
    list.default(['loopback']),
    'Addresses or CIDR ranges that may read /metrics.',
  ),
  logLevel: setting(
    'PASAR_LOG_LEVEL',
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
    'info in production, warn in the embedded profile.',
  ),
  storefront: setting(
    'PASAR_STOREFRONT',
    z.enum(['on', 'off']).optional(),
    '`npm start` serves the storefront too, unless this is off. Elsewhere it runs where it is started.',
  ),
  storefrontKey: setting(
    'PASAR_STOREFRONT_KEY',
    z.string().min(32, 'must have at least 32 characters').optional(),
    'The storefront shows it to the gateway: it is believed for whom it asks, and not held to the rate limit, which is for clients. `npm start` makes one up.',
  ),
  otlpEndpoint: setting('PASAR_OTLP_ENDPOINT', z.url().optional(), 'Where traces are sent (OTLP over HTTP).'),
  demo: setting(
    'PASAR_DEMO',
    flag.optional(),
    'Load the demo catalogue and accounts on first start; embedded profile only.',
  ),
  drainSeconds: setting(
    'PASAR_DRAIN_SECONDS',
    duration('s', 0, 60).default(8),
    'How long calls in flight may take at shutdown.',
  ),
}) {}
