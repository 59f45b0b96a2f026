import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { Clients, Turnstile } from './turnstile.js';

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  }) as unknown as IncomingMessage;

it('lets so many in a minute, and says when to come again', () => {
  let now = 0;
  const turnstile = new Turnstile(2, () => now);
  expect([turnstile.enter('a'), turnstile.enter('a'), turnstile.enter('a')]).toEqual([0, 0, 60]);
  expect(turnstile.enter('b')).toBe(0);
  now = 59_500;
  expect(turnstile.enter('a')).toBe(1);
  now = 60_000;
  expect(turnstile.enter('a')).toBe(0);
});

it('lets everybody in where there is no limit', () => {
  const turnstile = new Turnstile(0);
  for (let n = 0; n < 10_000; n++) expect(turnstile.enter('a')).toBe(0);
});

it('believes only proxies that are trusted', () => {
  expect(new Clients([]).of(from('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
  const clients = new Clients(['10.0.0.0/8', 'loopback']);
  expect(clients.of(from('10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9'))).toBe('198.51.100.1');
  expect(clients.of(from('::ffff:10.1.2.3', '198.51.100.1'))).toBe('198.51.100.1');
  expect(clients.of(from('127.0.0.1', 'garbage'))).toBe('127.0.0.1');
  expect(clients.of(from('2001:db8:1:2:3:4:5:6'))).toBe('2001:db8:1:2');
  expect(() => new Clients(['somewhere'])).toThrow('somewhere');
});
