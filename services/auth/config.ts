import { duration, list, setting, settings } from '@pasar/platform/config';
import { secretKey } from '@pasar/platform/safe';
import { z } from 'zod';
import { normaliseEmail } from './auth.js';

export class AuthConfig extends settings({
  secretKey: setting(
    'PASAR_SECRET_KEY',
    secretKey,
    'Encrypts the keys that sign access tokens. Whoever has it and the database can sign in as anybody.',
  ),
  publicUrl: setting(
    'PASAR_PUBLIC_URL',
    z.url().default('http://127.0.0.1:8080'),
    'Where the gateway is reached from outside; the name of the authorization server to apps.',
  ),
  ownerEmail: setting(
    'PASAR_AUTH_OWNER_EMAIL',
    z.string().default('').transform(normaliseEmail),
    'Who registers and verifies this e-mail address becomes SUPER_ADMIN, if there is none.',
  ),
  accessTokenSeconds: setting(
    'PASAR_AUTH_ACCESS_TOKEN_SECONDS',
    duration('s', 60, 3600).default(900),
    'Life of an access token. A revoked session may act for as long as its last one lives.',
  ),
  sessionDays: setting(
    'PASAR_AUTH_SESSION_DAYS',
    z.coerce.number().min(1).max(365).default(30),
    'A session ends when its refresh token was not used for this long.',
  ),
  refreshGraceSeconds: setting(
    'PASAR_AUTH_REFRESH_GRACE_SECONDS',
    duration('s', 0, 60).default(10),
    'For this long a spent refresh token gets its client the same answer again: two tabs, or an answer that was lost.',
  ),
  verificationHours: setting(
    'PASAR_AUTH_VERIFICATION_HOURS',
    z.coerce.number().min(1).max(720).default(24),
    'Life of a link that verifies an e-mail address.',
  ),
  resetMinutes: setting(
    'PASAR_AUTH_RESET_MINUTES',
    z.coerce.number().min(5).max(1440).default(60),
    'Life of a link that resets a password.',
  ),
  lockAfter: setting(
    'PASAR_AUTH_LOCK_AFTER',
    z.coerce.number().int().min(1).max(100).default(5),
    'Failed sign-ins in a row after which an e-mail address is locked for a while.',
  ),
  lockSeconds: setting(
    'PASAR_AUTH_LOCK_SECONDS',
    duration('s', 1, 86_400).default(60),
    'The first lock. Each further failure doubles it.',
  ),
  lockMaxSeconds: setting(
    'PASAR_AUTH_LOCK_MAX_SECONDS',
    duration('s', 1, 86_400).default(3600),
    'The longest lock.',
  ),
  oidcIssuer: setting(
    'PASAR_AUTH_OIDC_ISSUER',
    z.url().optional(),
    'An outside OpenID provider to sign in by, such as https://accounts.google.com; none when not set.',
  ),
  oidcClientId: setting(
    'PASAR_AUTH_OIDC_CLIENT_ID',
    z.string().optional(),
    'What that provider calls Pasar.',
  ),
  oidcClientSecret: setting(
    'PASAR_AUTH_OIDC_CLIENT_SECRET',
    z.string().optional(),
    'The secret that goes with it.',
  ),
  oidcRedirectUris: setting(
    'PASAR_AUTH_OIDC_REDIRECT_URIS',
    list.default(['http://localhost:3000/auth/callback']),
    'Pages that the provider may send browsers back to; the first one when a client names none.',
  ),
  argon2MemoryKib: setting(
    'PASAR_AUTH_ARGON2_MEMORY_KIB',
    z.coerce.number().int().min(7168).max(1_048_576).default(19_456),
    'Memory cost of argon2id. Hashes of another cost are renewed when their owner signs in.',
  ),
  argon2Passes: setting(
    'PASAR_AUTH_ARGON2_PASSES',
    z.coerce.number().int().min(1).max(20).default(2),
    'Time cost of argon2id; OWASP: 2 with 19 MiB, 5 with 7 MiB.',
  ),
  hashConcurrency: setting(
    'PASAR_AUTH_HASH_CONCURRENCY',
    z.coerce.number().int().min(1).max(64).default(2),
    'Passwords hashed at once. Each takes the memory above and one of the threads (UV_THREADPOOL_SIZE, 4 by default).',
  ),
  keyDays: setting(
    'PASAR_AUTH_KEY_DAYS',
    z.coerce.number().min(1).max(365).default(30),
    'A signing key is replaced at this age.',
  ),
}) {}
