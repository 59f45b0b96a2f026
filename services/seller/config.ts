import { setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

export class SellerConfig extends settings({
  shipWithinHours: setting(
    'PASAR_SELLER_SHIP_WITHIN_HOURS',
    z.coerce.number().int().min(1).max(720).default(48),
    'Hours after its confirmation until an order is to be shipped; later ones count as late in the score of a store.',
  ),
}) {}
