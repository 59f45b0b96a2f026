import { describe, expect, it } from 'vitest';
import { unknownSettings } from './all-settings.js';

describe('Settings that do not exist', () => {
  it('are found, whoever has those that do', () => {
    const given = {
      PATH: '/bin',
      PASAR_PORT: '8080',
      PASAR_STOREFRONT_PORT: '3000',
      PASAR_PAYMENT_PROVIDER: 'stripe',
      PASAR_PASSWORD: 'of the command line',
      PASAR_TEST_POSTGRES_URL: 'postgres://',
      PASAR_RATE_LIMIT: '0',
      PASAR_PAYMENT_PROVDER: 'stripe',
    };
    expect(unknownSettings(given)).toEqual(['PASAR_RATE_LIMIT', 'PASAR_PAYMENT_PROVDER']);
  });
});
