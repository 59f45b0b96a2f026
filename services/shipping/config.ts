import { setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

const example = 'USD=16500,EUR=18000,GBP=21000,SGD=12500,MYR=3800,AUD=10800,JPY=110';

export class ShippingConfig extends settings({
  rupiahPerUnit: setting(
    'PASAR_SHIPPING_EXCHANGE',
    z
      .string()
      .regex(/^([A-Z]{3}=\d{1,9})?(,[A-Z]{3}=\d{1,9})*$/, 'must be like USD=16500,JPY=110')
      .default(example)
      .transform(
        (text) =>
          new Map(
            text
              .split(',')
              .filter(Boolean)
              .map((pair): [string, bigint] => [pair.slice(0, 3), BigInt(pair.slice(4))]),
          ),
      ),
    'Rupiah for one unit of other currencies, for shipping costs of checkouts in them; others cannot be shipped.',
  ),
}) {}
