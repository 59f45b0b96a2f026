import { create, fromJson, type JsonValue, toJson } from '@bufbuild/protobuf';
import { PlaceOrderRequestSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJson } from './json-check.js';
import { anyMessage, nearlyJson } from './testing/arbitrary-message.js';
import { exampleContract } from './testing/example-contract.js';

const { message } = exampleContract([]);
const Shelf = message('Shelf');

function problemsOf(json: unknown): string[] {
  return checkJson(Shelf, json as JsonValue).map(({ field, detail }) => `${field}: ${detail}`);
}

function nest(depth: number, inner: unknown, wrap: (inner: unknown) => unknown): unknown {
  let value = inner;
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

describe('checkJson', () => {
  it('tells every fault by its path', () => {
    const json: unknown = {
      items: [{ variantId: 1, quantity: 'two' }, 'x', { quantity: 2147483648, colour: 'red' }],
      payment: { method: 'GOLD' },
      expected_total: { amount: 1.5 },
      shippingAddress: [],
      coupon: '',
    };
    expect(checkJson(PlaceOrderRequestSchema, json as JsonValue)).toEqual([
      { field: 'items[0].variantId', detail: 'must be a string' },
      { field: 'items[0].quantity', detail: 'must be a whole number' },
      { field: 'items[1]', detail: 'must be an object' },
      { field: 'items[2].quantity', detail: 'must be between -2147483648 and 2147483647' },
      { field: 'items[2].colour', detail: 'is not a known field' },
      {
        field: 'payment.method',
        detail: 'must be one of CARD, EWALLET, BANK_TRANSFER, QR, COD, STORE_CREDIT',
      },
      { field: 'expectedTotal.amount', detail: 'must be a whole number' },
      { field: 'shippingAddress', detail: 'must be an object' },
      { field: 'coupon', detail: 'is not a known field' },
    ]);
  });

  it.each([
    [{ pageCount: 2 ** 53 }, 'pageCount: has more digits than a JSON number keeps; send it as a string'],
    [{ pageCount: '' }, 'pageCount: must be a whole number'],
    [{ pageCount: '0x10' }, 'pageCount: must be a whole number'],
    [{ pageCount: ' 1' }, 'pageCount: must be a whole number'],
    [{ pageCount: true }, 'pageCount: must be a whole number'],
    [
      { pageCount: '9223372036854775808' },
      'pageCount: must be between -9223372036854775808 and 9223372036854775807',
    ],
    [{ big: -1 }, 'big: must be between 0 and 18446744073709551615'],
    [{ small: 4294967296 }, 'small: must be between 0 and 4294967295'],
    [{ number: 1.5 }, 'number: must be a whole number'],
    [{ weight: 'heavy' }, 'weight: must be a number'],
    [{ weight: '' }, 'weight: must be a number'],
    [{ ratio: 1e39 }, 'ratio: must be a number'],
    [{ open: 'true' }, 'open: must be true or false'],
    [{ open: 1 }, 'open: must be true or false'],
    [{ blob: '!' }, 'blob: must be base64'],
    [{ blob: 'A' }, 'blob: must be base64'],
    [{ name: 'a\0b' }, 'name: must not contain NUL characters'],
    [{ name: '\ud800' }, 'name: must be valid Unicode'],
    [{ labels: ['ok', null] }, 'labels[1]: must be a string'],
    [{ labels: { 0: 'x' } }, 'labels: must be an array'],
    [{ facts: { 'a\0': 'x' } }, 'facts.a\0: must not contain NUL characters'],
    [{ facts: { a: null } }, 'facts.a: must be a string'],
    [{ facts: ['x'] }, 'facts: must be an object'],
    [{ ranks: { one: 'WOOD' } }, 'ranks.one: must be a whole number'],
    [{ ranks: { 1: 'GOLD' } }, 'ranks.1: must be one of WOOD, STEEL'],
    [{ kind: 7 }, 'kind: must be one of WOOD, STEEL'],
    [{ kinds: ['WOOD', 'wood'] }, 'kinds[1]: must be one of WOOD, STEEL'],
    [{ at: 'yesterday' }, 'at: must be an RFC 3339 time such as 2026-11-21T08:00:00Z'],
    [{ at: 1763712000 }, 'at: must be an RFC 3339 time such as 2026-11-21T08:00:00Z'],
    [{ wait: '5 minutes' }, 'wait: must be a duration in seconds such as 1.5s'],
    [{ note: 5 }, 'note: must be a string'],
    [{ wrapped: 'x' }, 'wrapped: must be a whole number'],
    [{ free: [] }, 'free: must be an object'],
    [{ free: { a: { b: '\0' } } }, 'free.a.b: must not contain NUL characters'],
    [{ text: 'a', number: 1 }, 'number: excludes the other fields of choice'],
    [{ pageCount: 1, page_count: 2 }, 'pageCount: is given under two names'],
    [
      { children: [{ detail: { deep: { marks: ['x'] } } }] },
      'children[0].detail.deep.marks[0]: must be a whole number',
    ],
    [[], ': must be an object'],
    ['text', ': must be an object'],
    [null, ': must be an object'],
  ])('refuses %j', (json, problem) => {
    expect(problemsOf(json)).toEqual([problem]);
  });

  it('is not fooled by names that JavaScript knows', () => {
    const json = JSON.parse(
      '{"__proto__": {"name": 1}, "constructor": {}, "facts": {"__proto__": "x", "constructor": "y"}}',
    );
    expect(problemsOf(json)).toEqual([
      '__proto__: is not a known field',
      'constructor: is not a known field',
      'facts.__proto__: is not allowed as a key',
    ]);
  });

  it('takes what proto3 JSON allows', () => {
    const json = {
      page_count: '-5',
      big: '18446744073709551615',
      number: 3.0,
      weight: '1e-3',
      ratio: 'NaN',
      kind: 1,
      name: null,
      labels: null,
      detail: null,
      blob: '-_8',
      maybe: 0,
      note: '',
      wrapped: '5',
      at: '2026-11-21T15:00:00+07:00',
      anyValue: null,
      free: { a: [1, null, { b: true }] },
    };
    expect(problemsOf(json)).toEqual([]);
    expect(() => fromJson(Shelf, json)).not.toThrow();
  });

  it('stops at 32 levels and at 20 problems, however much comes', () => {
    expect(problemsOf({ detail: nest(30, {}, (deep) => ({ deep })) })).toEqual([]);
    const detail = nest(40, {}, (deep) => ({ deep }));
    expect(problemsOf({ detail })).toEqual([
      expect.stringContaining('must not be nested deeper than 32 levels'),
    ]);
    const free = nest(5000, 1, (a) => ({ a }));
    expect(problemsOf({ free })).toEqual([
      expect.stringContaining('must not be nested deeper than 32 levels'),
    ]);
    expect(problemsOf({ children: Array.from({ length: 1000 }, () => 1) })).toHaveLength(20);
  });

  it('lets nothing through that fromJson would throw at', () => {
    fc.assert(
      fc.property(nearlyJson(Shelf), (json) => {
        if (checkJson(Shelf, json as JsonValue).length === 0) fromJson(Shelf, json as JsonValue);
      }),
      { numRuns: 5000 },
    );
  });

  it('lets everything through that toJson makes', () => {
    fc.assert(
      fc.property(anyMessage(Shelf), (shelf) => {
        const json = toJson(Shelf, create(Shelf, shelf));
        expect(checkJson(Shelf, JSON.parse(JSON.stringify(json)) as JsonValue)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
