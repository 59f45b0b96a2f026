import { DomainError } from '@pasar/platform/errors';
import { describe, expect, it } from 'vitest';
import { checkTerms, isPrivateAddress, pauseAfter } from './webhook.js';

const terms = {
  url: 'https://shop.example.com/hooks',
  description: '',
  eventTypes: ['order.confirmed'],
  enabled: true,
};

function refusal(url: string, allowPrivate = false): string {
  try {
    checkTerms({ ...terms, url }, allowPrivate);
    return '';
  } catch (error) {
    if (error instanceof DomainError) return error.errors[0]?.field ?? '';
    throw error;
  }
}

describe('an address', () => {
  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ],
    ...[
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:169.254.169.254',
    ],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:1::', 'not an address'],
  ])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );

  it.each([
    ...[
      'http://shop.example.com/',
      'ftp://shop.example.com/',
      'https://user:word@shop.example.com/',
      'shop.example.com',
    ],
    ...[
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://localhost/',
      'https://a.localhost./',
      'https://2130706433/',
    ],
    ...[
      'https://0x7f.1/',
      'https://[::ffff:a9fe:a9fe]/',
      'https://192.168.0.1:8443/x',
      'javascript:alert(1)',
      '',
    ],
  ])('%s is refused', (url) => expect(refusal(url)).toBe('url'));

  it('may be private where the operator says so', () => {
    expect(refusal('http://127.0.0.1:9000/hooks', true)).toBe('');
    expect(refusal('ftp://127.0.0.1/', true)).toBe('url');
    expect(refusal('https://shop.example.com:8443/hooks?a=b')).toBe('');
  });
});

describe('attempts', () => {
  it('go on for three days', () => {
    let total = 0;
    let attempts = 1;
    for (; ; attempts++) {
      const pause = pauseAfter(attempts);
      if (pause === undefined) break;
      expect(pause).toBeGreaterThanOrEqual(pauseAfter(attempts - 1) ?? 0);
      total += pause;
    }
    expect(attempts).toBe(10);
    expect(total / 3_600_000).toBeGreaterThan(71);
    expect(total / 3_600_000).toBeLessThanOrEqual(72);
  });

  it('wait for as long as the receiver asks, within reason', () => {
    expect(pauseAfter(1, 60_000)).toBe(60_000);
    expect(pauseAfter(1, 1e12)).toBe(3_600_000);
    expect(pauseAfter(9, 1)).toBe(pauseAfter(9));
  });
});
