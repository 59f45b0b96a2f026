import { describe, expect, it } from 'vitest';
import { noticeLink } from './notice-link.js';
import { deviceOf } from './user-agent.js';

describe('a notification', () => {
  it.each([
    ['/orders/0190b0f0-0000-7000-8000-000000000000', '/orders/0190b0f0-0000-7000-8000-000000000000'],
    ['/orders', '/orders'],
    ['/products/0190b0f0', '/p/0190b0f0'],
    ['/cart', '/cart'],
  ])('%s leads to %s', (link, path) => expect(noticeLink(link)).toBe(path));

  it.each([
    '/seller/orders/1',
    '//evil.example',
    'https://evil.example/orders',
    '/orders/../x',
    '/orders/1?x',
    '',
  ])('%s leads nowhere', (link) => expect(noticeLink(link)).toBeUndefined());
});

describe('a device', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${webkit} Chrome/140.0.0.0 Mobile Safari/537.36`,
      'Chrome · Android',
    ],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge · Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari · iPhone',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
    ['curl/8.5.0', 'curl'],
    ['', ''],
  ])('%s is %s', (userAgent, name) => expect(deviceOf(userAgent)).toBe(name));
});
