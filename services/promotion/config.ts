import { setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

export class PromotionConfig extends settings({
  runningPerStore: setting(
    'PASAR_PROMOTIONS_PER_STORE',
    z.coerce.number().int().min(1).max(10_000).default(200),
    'How many vouchers and campaigns a store may have running or to come, and how many flash sales.',
  ),
}) {}
