import { duration, setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

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
}) {}
