import { duration, setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

/** Known to everybody who reads this, and so refused in production. */
export const defaultWebhookSecret = 'whsec_cGFzYXItc2ltdWxhdG9yLXdlYmhvb2stc2VjcmV0';

const share = z.coerce.number().min(0).max(1);
const rupiahPerUnit = z
  .string()
  .regex(/^([A-Z]{3}=[1-9]\d{0,8})?(,[A-Z]{3}=[1-9]\d{0,8})*$/, 'must be like USD=16500,JPY=110')
  .default('USD=16500,EUR=18000,GBP=21000,SGD=12500,MYR=3800,AUD=10800,JPY=110')
  .transform((text) => {
    const pairs = text.split(',').filter(Boolean);
    return new Map(pairs.map((pair): [string, bigint] => [pair.slice(0, 3), BigInt(pair.slice(4))]));
  });

export class ShippingConfig extends settings({
  profile: setting(
    'PASAR_PROFILE',
    z.enum(['embedded', 'production']).default('embedded'),
    'production refuses secrets that everybody knows.',
  ),
  rupiahPerUnit: setting(
    'PASAR_SHIPPING_EXCHANGE',
    rupiahPerUnit,
    'Rupiah for one unit of other currencies, for shipping costs of checkouts in them; others cannot be shipped.',
  ),
  lostAfterSeconds: setting(
    'PASAR_SHIPPING_LOST_AFTER_SECONDS',
    duration('s', 60, 365 * 86_400).default(14 * 86_400),
    'How long nothing may be heard of a parcel on its way before it counts as lost.',
  ),
  webhookSecret: setting(
    'PASAR_SIMULATOR_WEBHOOK_SECRET',
    z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}=*$/, 'must be whsec_ and at least 24 bytes in base64')
      .default(defaultWebhookSecret),
    'Signs the webhooks of the simulated carriers.',
  ),
  publicUrl: setting(
    'PASAR_PUBLIC_URL',
    z.url().default('http://127.0.0.1:8080'),
    'Where the gateway is reached from outside: the simulated carriers send their webhooks there.',
  ),
  carrierPace: setting(
    'PASAR_CARRIER_PACE',
    z.coerce.number().min(0.001).max(1_000_000).default(1440),
    'How much faster than in life the simulated carriers are: 1440 makes a day a minute.',
  ),
  failedAttemptRate: setting(
    'PASAR_CARRIER_FAILED_ATTEMPT_RATE',
    share.default(0.05),
    'Share of deliveries by the simulated carriers at which nobody is at home.',
  ),
  lossRate: setting(
    'PASAR_CARRIER_LOSS_RATE',
    share.default(0),
    'Share of parcels that the simulated carriers lose.',
  ),
}) {}
