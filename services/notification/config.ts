import { ConfigError, duration, setting, settings } from '@pasar/platform/config';
import { secretKey } from '@pasar/platform/safe';
import { z } from 'zod';
import { Vapid } from './web-push.js';

export class NotificationConfig extends settings({
  shopUrl: setting(
    'PASAR_SHOP_URL',
    z.url().default('http://localhost:3000'),
    'Address of the storefront, for links in messages.',
  ),
  maxAttempts: setting(
    'PASAR_NOTIFICATION_MAX_ATTEMPTS',
    z.coerce.number().int().min(1).max(50).default(8),
    'After how many failed attempts a message is given up.',
  ),
  keepDays: setting(
    'PASAR_NOTIFICATION_KEEP_DAYS',
    z.coerce.number().int().min(1).max(3650).default(90),
    'How long messages are kept.',
  ),
  coalesceMs: setting(
    'PASAR_NOTIFICATION_COALESCE_MS',
    duration('ms', 0, 10_000).default(200),
    'How long messages are gathered before they are sent together.',
  ),
  smtpUrl: setting(
    'PASAR_SMTP_URL',
    z.url({ protocol: /^smtps?$/ }).optional(),
    'Where e-mail is sent through, e.g. `smtps://name:password@smtp.example.com`. Without it, it goes to the mailbox.',
  ),
  mailFrom: setting(
    'PASAR_MAIL_FROM',
    z
      .string()
      .regex(/^[^\r\n]*@[^\r\n]+$/, 'must be an e-mail address')
      .default('Pasar <no-reply@localhost>'),
    'Who e-mail comes from.',
  ),
  twilioUrl: setting(
    'PASAR_TWILIO_URL',
    z.url({ protocol: /^https?$/ }).default('https://api.twilio.com'),
    'Where text messages are sent through: Twilio, or a provider that speaks its API.',
  ),
  twilioAccountSid: setting(
    'PASAR_TWILIO_ACCOUNT_SID',
    z.string().min(1).optional(),
    'The account there. Without it, text messages go to the mailbox.',
  ),
  twilioAuthToken: setting('PASAR_TWILIO_AUTH_TOKEN', z.string().min(1).optional(), 'Its token.'),
  twilioFrom: setting(
    'PASAR_TWILIO_FROM',
    z.string().min(1).optional(),
    'Who text messages come from: a number of the account, a name, or a messaging service (`MG…`).',
  ),
  vapidPrivateKey: setting(
    'PASAR_VAPID_PRIVATE_KEY',
    z
      .string()
      .regex(/^[\w-]{43}$/, 'must be 32 bytes as base64url')
      .optional(),
    'Signs messages that are pushed to browsers (VAPID): 32 random bytes as base64url. Without it, they go to the mailbox.',
  ),
  vapidSubject: setting(
    'PASAR_VAPID_SUBJECT',
    z
      .string()
      .regex(/^(mailto:|https:\/\/)\S+$/, 'must begin with mailto: or https://')
      .optional(),
    'How push services can reach you, e.g. `mailto:operations@example.com`.',
  ),
  secretKey: setting('PASAR_SECRET_KEY', secretKey, 'Encrypts the secrets that sign outgoing webhooks.'),
  webhookPrivateAddresses: setting(
    'PASAR_WEBHOOK_PRIVATE_ADDRESSES',
    z.enum(['refuse', 'allow']).default('refuse'),
    'Whether sellers may have webhooks sent into the own network, and by http. To try things out; never where strangers sell.',
  ),
  webhookTimeoutSeconds: setting(
    'PASAR_WEBHOOK_TIMEOUT_SECONDS',
    duration('s', 1, 60).default(15),
    'How long an answer to a webhook is waited for.',
  ),
}) {}

/** @throws ConfigError for half of it: a server that starts without the rest would push nothing */
export function vapidOf({ vapidPrivateKey, vapidSubject }: NotificationConfig): Vapid | undefined {
  if (!vapidPrivateKey) return undefined;
  if (!vapidSubject) throw new ConfigError('PASAR_VAPID_PRIVATE_KEY needs PASAR_VAPID_SUBJECT beside it');
  return new Vapid(vapidPrivateKey, vapidSubject);
}
