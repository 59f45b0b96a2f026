import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { AddressRanges, networkOf, readClient } from './client-address.js';

function request(peer: string, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage;
}

describe('AddressRanges', () => {
  it('holds addresses, blocks and names', () => {
    const ranges = new AddressRanges(['203.0.113.7', '10.0.0.0/8', '2001:db8::/32', 'loopback']);
    const inside = ['203.0.113.7', '10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1', '127.0.0.9', '::1'];
    const outside = ['203.0.113.8', '11.0.0.1', '2001:db9::1', '', 'localhost', '10.1.2.3, 1.1.1.1'];
    expect(inside.filter((address) => !ranges.has(address))).toEqual([]);
    expect(outside.filter((address) => ranges.has(address))).toEqual([]);
  });

  it.each([
    '10.0.0.0/33',
    'localhost',
    '',
    '10.0.0',
    '010.0.0.1',
    '1.2.3.4/',
    '1.2.3.4/8/8',
    '1.2.3.4/x',
    '::1/129',
  ])('refuses %j as a setting', (range) => {
    expect(() => new AddressRanges([range])).toThrow('is not an IP address or CIDR block');
  });
});

describe('readClient', () => {
  const nobody = new AddressRanges([]);
  const proxies = new AddressRanges(['10.0.0.0/8']);

  it('is the peer, in plain IPv4', () => {
    expect(readClient(request('::ffff:203.0.113.7'), nobody)).toMatchObject({
      address: '203.0.113.7',
      secure: false,
    });
  });

  it('believes nobody it does not trust', () => {
    const headers = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' };
    expect(readClient(request('203.0.113.7', headers), proxies)).toEqual({
      address: '203.0.113.7',
      secure: false,
      forwarded: true,
      storefront: false,
    });
  });

  it.each([
    ['198.51.100.1', '198.51.100.1'],
    ['127.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['6.6.6.6, 198.51.100.1, 10.0.0.3, 10.0.0.2', '198.51.100.1'],
    ['garbage, 10.0.0.2', '10.0.0.2'],
    ['', '10.0.0.1'],
    ['::ffff:198.51.100.1', '198.51.100.1'],
  ])('takes the last hop that it does not trust of "%s"', (hops, address) => {
    expect(readClient(request('10.0.0.1', { 'x-forwarded-for': hops }), proxies).address).toBe(address);
  });

  it('learns of TLS from a trusted proxy', () => {
    const headers = { 'x-forwarded-for': '198.51.100.1', 'x-forwarded-proto': 'https' };
    expect(readClient(request('10.0.0.1', headers), proxies)).toMatchObject({
      secure: true,
      forwarded: false,
    });
  });
});

describe('networkOf', () => {
  it('counts an IPv6 customer once', () => {
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:db8:1:2:bbbb::2'));
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
    expect(networkOf('2001:0db8:0001:0002::')).toBe('2001:db8:1:2');
    expect(networkOf('1::2:3:4:5:6:7')).toBe('1:0:2:3');
    expect(networkOf('::1')).toBe('0:0:0:0');
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  });
});
