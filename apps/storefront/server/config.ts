import { list, port, setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

export class StorefrontConfig extends settings({
  port: setting(
    'PASAR_STOREFRONT_PORT',
    port.optional(),
    'Port of the storefront. When not set it is 3000, or the next one that is free.',
  ),
  host: setting('PASAR_HOST', z.string().default('127.0.0.1'), 'Address that the storefront listens on.'),
  apiUrl: setting(
    'PASAR_API_URL',
    z.url().default('http://127.0.0.1:8080'),
    'Where the storefront reaches the gateway; `npm start` says it by itself.',
  ),
  shopUrl: setting(
    'PASAR_SHOP_URL',
    z.url().optional(),
    'Where customers reach the storefront. With https, cookies are sent over TLS only.',
  ),
  key: setting(
    'PASAR_STOREFRONT_KEY',
    z.string().min(32, 'must have at least 32 characters').optional(),
    'The same as that of the gateway.',
  ),
  requestsPerMinute: setting(
    'PASAR_STOREFRONT_REQUESTS_PER_MINUTE',
    z.coerce.number().int().min(0).max(1_000_000).default(600),
    'How many requests of one address are worked on in a minute, those from the cache of pages not counted; 0 for no limit.',
  ),
  trustedProxies: setting(
    'PASAR_TRUSTED_PROXIES',
    list.default([]),
    'Addresses or CIDR ranges whose X-Forwarded-For is believed.',
  ),
}) {}
