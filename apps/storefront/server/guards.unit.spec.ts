import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookieName, cookieOptions, readCookies, setCookie, writeCookies } from './cookies.js';
import { isOwnRequest } from './csrf.js';
import { chooseLocale, localeOf } from './locales.js';
import { safePath } from './safe-path.js';
import { contentSecurityPolicy, securityHeaders } from './security-headers.js';

describe('where to go after signing in', () => {
  it.each(['/id', '/en/checkout', '/id/search?q=kopi&sort=price#x', '/id/p/kopi-100%25'])(
    'may be %s',
    (path) => {
      expect(safePath(path, '/')).toBe(path);
    },
  );

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/ /evil.example',
    '/id\n//evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/./\\evil.example',
    '/.//evil.example',
    '',
    undefined,
    ['/id'],
    `/${'a'.repeat(3000)}`,
  ])('is never %s', (path) => {
    expect(safePath(path, '/fallback')).toBe('/fallback');
  });

  it('is always here, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `/${text}`),
          fc.webUrl(),
        ),
        (wanted) => {
          expect(new URL(safePath(wanted, '/'), 'https://shop.example').origin).toBe('https://shop.example');
        },
      ),
    );
  });
});

describe('a request that changes something', () => {
  const host = 'shop.example';
  it.each([
    ['GET', {}, true],
    ['HEAD', { 'sec-fetch-site': 'cross-site' }, true],
    ['POST', { 'sec-fetch-site': 'same-origin' }, true],
    ['POST', { 'sec-fetch-site': 'same-site' }, false],
    ['POST', { 'sec-fetch-site': 'cross-site', origin: 'https://shop.example' }, false],
    ['POST', { 'sec-fetch-site': 'none' }, false],
    ['POST', { origin: 'https://shop.example' }, true],
    ['POST', { origin: 'https://evil.example' }, false],
    ['POST', { origin: 'null' }, false],
    ['DELETE', {}, false],
  ])('%s with %o comes from us: %s', (method, headers, own) => {
    expect(isOwnRequest(method, { host, ...headers }, undefined)).toBe(own);
  });

  it('may come by the name that the storefront is known by, whatever a proxy calls the host', () => {
    const headers = { host: 'inner:3000', origin: 'https://shop.example' };
    expect(isOwnRequest('POST', headers, 'https://shop.example')).toBe(true);
    expect(isOwnRequest('POST', headers, 'https://other.example')).toBe(false);
  });
});

describe('cookies', () => {
  it('are for us alone, and for TLS alone where there is TLS', () => {
    const plain = setCookie(cookieName('access', false), 'a.b-c_d', cookieOptions(false, 60));
    expect(plain).toBe('pasar-access=a.b-c_d; Path=/; HttpOnly; SameSite=Lax; Max-Age=60');
    const secure = setCookie(cookieName('access', true), 'x', cookieOptions(true, 60));
    expect(secure).toMatch(/^__Host-pasar-access=x; Path=\/;.* Secure;/);
  });

  it('hold nothing that could be more than a value', () => {
    for (const value of ['a; Domain=evil.example', 'a\r\nSet-Cookie: b', 'a,b', 'ä'])
      expect(() => setCookie('pasar-access', value, cookieOptions(false, 1))).toThrow();
  });

  it('are read as they were sent, the first of a name', () => {
    expect(readCookies('a=1; b=x=y;c=3; a=2; =; d')).toEqual(
      new Map([
        ['a', '1'],
        ['b', 'x=y'],
        ['c', '3'],
        ['', ''],
      ]),
    );
    expect(readCookies(undefined).size).toBe(0);
    expect(writeCookies(readCookies('a=1; b=2'))).toBe('a=1; b=2');
  });
});

describe('the language', () => {
  it.each([
    ['en', 'id', 'en'],
    [undefined, 'en-GB,en;q=0.9,id;q=0.8', 'en'],
    [undefined, 'fr-FR, id;q=0.5, en;q=0.4', 'id'],
    [undefined, 'in-ID', 'id'],
    [undefined, 'en;q=0', 'id'],
    [undefined, 'zz', 'id'],
    [undefined, undefined, 'id'],
    ['../x', 'en', 'en'],
  ])('chosen %s and asked for %s is %s', (chosen, asked, locale) => {
    expect(chooseLocale(chosen, asked)).toBe(locale);
  });

  it('stands first in the path', () => {
    expect(localeOf('/en/cart')).toBe('en');
    expect(localeOf('/id')).toBe('id');
    expect(localeOf('/english')).toBeUndefined();
    expect(localeOf('/')).toBeUndefined();
  });
});

describe('the content security policy', () => {
  const policy = contentSecurityPolicy({ nonce: 'abc', development: false, secure: true });

  it('runs no script without its nonce', () => {
    const [scripts] = policy.split('; ').filter((part) => part.startsWith('script-src'));
    expect(scripts).toBe("script-src 'nonce-abc' 'strict-dynamic'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('asks for TLS only where there is', () => {
    expect(policy).toContain('upgrade-insecure-requests');
    expect(securityHeaders(true)).toHaveProperty('Strict-Transport-Security');
    expect(securityHeaders(false)).not.toHaveProperty('Strict-Transport-Security');
  });
});
