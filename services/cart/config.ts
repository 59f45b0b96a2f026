import { duration, setting, settings } from '@pasar/platform/config';

const day = 86_400;

export class CartConfig extends settings({
  expirySeconds: setting(
    'PASAR_CART_EXPIRY_SECONDS',
    duration('s', 60, 365 * day).default(30 * day),
    'How long an untouched cart is kept.',
  ),
  abandonedSeconds: setting(
    'PASAR_CART_ABANDONED_SECONDS',
    duration('s', 1, 30 * day).default(3600),
    "After how long an untouched customer's cart counts as abandoned.",
  ),
}) {}
