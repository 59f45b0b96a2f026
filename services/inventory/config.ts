import { duration, setting, settings } from '@pasar/platform/config';

export class InventoryConfig extends settings({
  reservationTtlSeconds: setting(
    'PASAR_RESERVATION_TTL_SECONDS',
    duration('s', 1, 86_400).default(900),
    'How long stock is held for a checkout before the order service is asked about it.',
  ),
}) {}
