import { duration, setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

/** Known to everybody who reads this, and so refused in production. */
export const defaultWebhookSecret = 'whsec_cGFzYXItc2ltdWxhdG9yLXdlYmhvb2stc2VjcmV0';

const rate = z.coerce.number().min(0).max(1).default(0);

export class PaymentConfig extends settings({
  profile: setting(
    'PASAR_PROFILE',
    z.enum(['embedded', 'production']).default('embedded'),
    'production refuses secrets that everybody knows.',
  ),
  provider: setting(
    'PASAR_PAYMENT_PROVIDER',
    z.enum(['simulator', 'stripe']).default('simulator'),
    'Who moves the money.',
  ),
  stripeSecretKey: setting(
    'PASAR_STRIPE_SECRET_KEY',
    z
      .string()
      .regex(/^(sk|rk)_/, 'must be a secret or restricted key of Stripe')
      .optional(),
    'Of the account at Stripe; needed where Stripe is the provider.',
  ),
  stripeWebhookSecret: setting(
    'PASAR_STRIPE_WEBHOOK_SECRET',
    z.string().startsWith('whsec_').optional(),
    'Of the webhook endpoint `/api/v1/payments/webhooks/stripe`, which wants the events `payment_intent.*`.',
  ),
  stripeUrl: setting(
    'PASAR_STRIPE_URL',
    z.url().default('https://api.stripe.com'),
    "Elsewhere than Stripe's own only to try things out.",
  ),
  providerTimeoutMs: setting(
    'PASAR_PAYMENT_PROVIDER_TIMEOUT_MS',
    duration('ms', 10, 60_000).default(3_000),
    'How long a call to the payment provider may take.',
  ),
  inquireAfterMs: setting(
    'PASAR_PAYMENT_INQUIRE_AFTER_MS',
    duration('ms', 100, 3_600_000).default(15_000),
    'How long after an authorisation that nobody finished the provider is asked what became of it.',
  ),
  settleMs: setting(
    'PASAR_PAYMENT_SETTLE_MS',
    duration('ms', 0, 3_600_000).default(60_000),
    'How long a call may be on its way: only after that the provider is believed that it never heard of a payment.',
  ),
  expiresAfterSeconds: setting(
    'PASAR_PAYMENT_EXPIRES_AFTER_SECONDS',
    duration('s', 1, 30 * 86_400).default(86_400),
    'How long a buyer may take to pay by bank transfer or QR when the checkout does not say.',
  ),
  payoutMinimum: setting(
    'PASAR_PAYOUT_MINIMUM',
    z.coerce.bigint().min(1n).default(1_000_000n),
    'What a seller must have earned before it is paid out, in minor units of its currency.',
  ),
  simulatorDatabaseUrl: setting(
    'PASAR_SIMULATOR_DATABASE_URL',
    z.string().optional(),
    'Database of the simulated provider; beside that of the payment service when not given.',
  ),
  webhookSecret: setting(
    'PASAR_SIMULATOR_WEBHOOK_SECRET',
    z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}=*$/, 'must be whsec_ and at least 24 bytes in base64')
      .default(defaultWebhookSecret),
    'Signs the webhooks of the simulated provider.',
  ),
  publicUrl: setting(
    'PASAR_PUBLIC_URL',
    z.url().default('http://127.0.0.1:8080'),
    'Where the gateway is reached from outside: the simulated provider sends its webhooks there.',
  ),
  simulatorLatencyMs: setting(
    'PASAR_SIMULATOR_LATENCY_MS',
    duration('ms', 0, 60_000).default(0),
    'How long the simulated provider thinks.',
  ),
  simulatorDeclineRate: setting(
    'PASAR_SIMULATOR_DECLINE_RATE',
    rate,
    'Share of authorisations that are declined.',
  ),
  simulatorErrorRate: setting(
    'PASAR_SIMULATOR_ERROR_RATE',
    rate,
    'Share of calls that fail, with or without effect.',
  ),
  simulatorTimeoutRate: setting(
    'PASAR_SIMULATOR_TIMEOUT_RATE',
    rate,
    'Share of calls that are never answered, with or without effect.',
  ),
  simulatorWebhookCopies: setting(
    'PASAR_SIMULATOR_WEBHOOK_COPIES',
    z.coerce.number().int().min(1).max(10).default(1),
    'How many times each webhook is sent.',
  ),
  simulatorProcessingMs: setting(
    'PASAR_SIMULATOR_PROCESSING_MS',
    duration('ms', 0, 3_600_000).default(30_000),
    'How long the simulated provider says `processing` of a payment whose call it never answered.',
  ),
}) {}
