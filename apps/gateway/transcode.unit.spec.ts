import {
  clone,
  create,
  type DescField,
  equals,
  fromJson,
  type JsonObject,
  type JsonValue,
  type Message,
  toJson,
} from '@bufbuild/protobuf';
import type { DomainError } from '@pasar/platform/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Endpoint, readEndpoints } from './endpoint.js';
import { isParameter } from './query.js';
import { anyMessage } from './testing/arbitrary-message.js';
import { allServices } from './testing/contracts.js';
import { anyone, exampleContract, get, patch, post } from './testing/example-contract.js';
import { decodeRequest, encodeResponse } from './transcode.js';

interface Call {
  variables?: string[];
  query?: string;
  body?: unknown;
  contentType?: string;
}

function endpointFor(rule: Parameters<typeof exampleContract>[0][number]['rule'], input = 'Shelf'): Endpoint {
  const { service } = exampleContract([{ name: 'Do', input, access: anyone, rule }]);
  return readEndpoints([service])[0]!;
}

function decode(endpoint: Endpoint, { variables = [], query = '', body, contentType = '' }: Call): JsonValue {
  const bytes = Buffer.isBuffer(body)
    ? body
    : body === undefined
      ? Buffer.alloc(0)
      : Buffer.from(JSON.stringify(body));
  const message = decodeRequest(endpoint, { variables, query, body: bytes, contentType });
  return toJson(endpoint.method.input, message);
}

function refusal(run: () => unknown): { code: string; errors: string[] } {
  try {
    run();
  } catch (error) {
    const { code, kind, errors } = error as DomainError;
    expect(kind).toBe('invalid');
    return { code, errors: errors.map(({ field, detail }) => `${field} ${detail}`) };
  }
  throw new Error('was not refused');
}

describe('query parameters', () => {
  const list = endpointFor(get('/v1/shelves'));

  it.each<[string, JsonObject]>([
    ['name=a%20b+c&pageCount=5', { name: 'a b c', pageCount: '5' }],
    ['page_count=-9223372036854775808', { pageCount: '-9223372036854775808' }],
    ['kind=STEEL&kinds=WOOD&kinds=2', { kind: 'STEEL', kinds: ['WOOD', 'STEEL'] }],
    ['labels=a&labels=&labels=b%26c', { labels: ['a', '', 'b&c'] }],
    ['detail.id=x&detail.deep.marks=1&detail.deep.marks=2', { detail: { id: 'x', deep: { marks: [1, 2] } } }],
    ['at=2026-11-21T15:00:00%2B07:00', { at: '2026-11-21T08:00:00Z' }],
    ['note=&wrapped=7&wait=1.5s', { note: '', wrapped: '7', wait: '1.500s' }],
    ['open=true&weight=1e3&ratio=-0.5', { open: true, weight: 1000, ratio: -0.5 }],
    ['maybe=0', { maybe: 0 }],
    ['number=0', { number: 0 }],
    ['blob=AQI', { blob: 'AQI=' }],
    ['pageCount=&open=&kind=&at=&name=', {}],
    ['&&name=x&', { name: 'x' }],
    ['', {}],
  ])('%s', (query, json) => {
    expect(decode(list, { query })).toEqual(json);
  });

  it.each<[string, string]>([
    ['nope=1', 'nope is not a known parameter'],
    ['detail=x', 'detail is not a known parameter'],
    ['detail.nope=x', 'detail.nope is not a known parameter'],
    ['name.x=1', 'name.x is not a known parameter'],
    ['facts.a=b', 'facts.a is not a known parameter'],
    ['facts=b', 'facts is not a known parameter'],
    ['children.name=b', 'children.name is not a known parameter'],
    ['free=x', 'free is not a known parameter'],
    ['__proto__=x', '__proto__ is not a known parameter'],
    ['constructor.name=x', 'constructor.name is not a known parameter'],
    ['name=a&name=b', 'name is given more than once'],
    ['pageCount=1&page_count=2', 'pageCount is given more than once'],
    ['pageCount=x', 'pageCount must be a whole number'],
    ['kind=GOLD', 'kind must be one of WOOD, STEEL'],
    ['kind=9', 'kind must be one of WOOD, STEEL'],
    ['open=yes', 'open must be true or false'],
    ['at=today', 'at must be an RFC 3339 time such as 2026-11-21T08:00:00Z'],
    ['name=%00', 'name must not contain NUL characters'],
    ['text=a&number=1', 'number excludes the other fields of choice'],
  ])('refuses %s', (query, problem) => {
    expect(refusal(() => decode(list, { query }))).toEqual({ code: 'request.invalid', errors: [problem] });
  });

  it.each(['name=%', 'name=%zz', 'name=%ff', '%c3%28=x', 'name=x&'.repeat(201)])(
    'refuses %s as malformed',
    (query) => {
      expect(refusal(() => decode(list, { query })).code).toBe('request.malformed');
    },
  );
});

describe('path variables', () => {
  it('go where the template says, decoded', () => {
    const endpoint = endpointFor(get('/v1/{name}/{detail.id}/{page_count}/{kind}/{open}'));
    const variables = ['a%2Fb', 'x%20y', '12', 'WOOD', 'true'];
    expect(decode(endpoint, { variables })).toEqual({
      name: 'a/b',
      detail: { id: 'x y' },
      pageCount: '12',
      kind: 'WOOD',
      open: true,
    });
  });

  it('win over the body, and cannot be set by the query', () => {
    const byBody = endpointFor(post('/v1/{page_count}'));
    expect(decode(byBody, { variables: ['1'], body: { pageCount: 2 } })).toEqual({ pageCount: '1' });
    expect(decode(byBody, { variables: ['1'], body: { page_count: 2 } })).toEqual({ pageCount: '1' });
    const byQuery = endpointFor(get('/v1/{detail.id}'));
    expect(decode(byQuery, { variables: ['1'], query: 'detail.marks=5' })).toEqual({
      detail: { id: '1', marks: [5] },
    });
    expect(refusal(() => decode(byQuery, { variables: ['1'], query: 'detail.id=2' })).errors).toEqual([
      'detail.id is not a known parameter',
    ]);
  });

  it('are reported when they do not fit', () => {
    const endpoint = endpointFor(post('/v1/{page_count}/{detail.id}'));
    const call = { variables: ['x', '%00'], body: { detail: { marks: 'y' } } };
    expect(refusal(() => decode(endpoint, call)).errors).toEqual([
      'detail.marks must be an array',
      'detail.id must not contain NUL characters',
      'pageCount must be a whole number',
    ]);
    expect(refusal(() => decode(endpoint, { variables: ['1', 'x'], body: { detail: 5 } })).errors).toEqual([
      'detail must be an object',
    ]);
    expect(refusal(() => decode(endpoint, { variables: ['%ff', 'x'] })).code).toBe('request.malformed');
  });
});

describe('bodies', () => {
  const whole = endpointFor(post('/v1/shelves'));
  const part = endpointFor(post('/v1/shelves', 'shelf'), 'UpdateShelfRequest');

  it('may be the whole request, or a field of it beside the query', () => {
    expect(decode(whole, { body: { name: 'x', labels: ['a'] } })).toEqual({ name: 'x', labels: ['a'] });
    expect(decode(whole, {})).toEqual({});
    expect(decode(part, { body: { name: 'x' }, query: 'dryRun=true' })).toEqual({
      shelf: { name: 'x' },
      dryRun: true,
    });
    expect(decode(part, {})).toEqual({});
    expect(decode(part, { body: null })).toEqual({});
  });

  it('leave no room for parameters of the same fields', () => {
    expect(refusal(() => decode(whole, { body: {}, query: 'name=x' })).errors).toEqual([
      'name is not a known parameter',
    ]);
    expect(refusal(() => decode(part, { body: {}, query: 'shelf.name=x' })).errors).toEqual([
      'shelf.name is not a known parameter',
    ]);
  });

  it('are reported in the terms of the body', () => {
    expect(refusal(() => decode(part, { body: { name: 1, detail: { id: 2 }, x: 1 } })).errors).toEqual([
      'name must be a string',
      'detail.id must be a string',
      'x is not a known field',
    ]);
    expect(refusal(() => decode(part, { body: [] })).errors).toEqual(['shelf must be an object']);
  });

  it.each<[unknown, string]>([
    [Buffer.from('{"name": "\xff"}', 'latin1'), 'request.malformed'],
    [Buffer.from('{"name": "x"'), 'request.malformed'],
    [Buffer.from('{"name": "a\nb"}'), 'request.malformed'],
    [Buffer.from("{name: 'x'}"), 'request.malformed'],
    [Buffer.from('[1,]'), 'request.malformed'],
    [Buffer.from(' '), 'request.malformed'],
    [Buffer.from('\0'), 'request.malformed'],
    [[], 'request.malformed'],
    ['x', 'request.malformed'],
    [null, 'request.malformed'],
    [Buffer.from('{"name": "\\u0000"}'), 'request.invalid'],
    [Buffer.from('{"name": "\\ud800"}'), 'request.invalid'],
    [Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)), 'request.malformed'],
    [Buffer.from(`${'{"children":'.repeat(50_000)}1${'}'.repeat(50_000)}`), 'request.invalid'],
    [Buffer.from('{"page_count": 1e999}'), 'request.invalid'],
  ])('refuse %s', (body, code) => {
    expect(refusal(() => decode(whole, { body })).code).toBe(code);
  });

  it('may start with a byte order mark, and say a thing twice', () => {
    expect(decode(whole, { body: Buffer.from('\ufeff{"name": "a", "name": "b"}') })).toEqual({ name: 'b' });
  });

  it('cannot reach the prototype of anything', () => {
    const attack = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}';
    expect(refusal(() => decode(whole, { body: Buffer.from(attack) })).code).toBe('request.invalid');
    const facts = '{"facts": {"constructor": "a", "toString": "b", "hasOwnProperty": "c"}}';
    expect(decode(whole, { body: Buffer.from(facts) })).toEqual(JSON.parse(facts));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('PATCH', () => {
  const update = endpointFor(patch('/v1/{name}', 'shelf'), 'UpdateShelfRequest');

  it('changes what the body names, when no mask is given', () => {
    const body = { name: '', detail: { id: 'x' }, labels: [], note: null };
    expect(decode(update, { variables: ['a'], body })).toEqual({
      name: 'a',
      shelf: { detail: { id: 'x' } },
      updateMask: 'name,detail.id,labels,note',
    });
    expect(decode(update, { variables: ['a'], body: {} })).toEqual({ name: 'a', shelf: {}, updateMask: '' });
    expect(decode(update, { variables: ['a'] })).toEqual({ name: 'a', updateMask: '' });
  });

  it('keeps to a mask that is given', () => {
    const call = {
      variables: ['a'],
      body: { name: 'x', open: true },
      query: 'updateMask=name,pageCount,detail.deep',
    };
    expect(decode(update, call)).toMatchObject({ updateMask: 'name,pageCount,detail.deep' });
    expect(refusal(() => decode(update, { ...call, query: 'updateMask=nope' })).errors).toEqual([
      'updateMask names "nope", which is not a known field',
    ]);
    expect(refusal(() => decode(update, { ...call, body: { updateMask: 'name' } })).errors).toEqual([
      'updateMask is not a known field',
    ]);
  });

  it('has no mask where the contract has none', () => {
    expect(decode(endpointFor(patch('/v1/{name}')), { variables: ['a'], body: { open: true } })).toEqual({
      name: 'a',
      open: true,
    });
  });
});

describe('raw bodies', () => {
  it('are passed on byte by byte', () => {
    const webhook = readEndpoints(allServices).find(({ name }) => name.endsWith('/ReceiveWebhook'))!;
    const body = Buffer.from([0, 255, 123]);
    expect(decode(webhook, { variables: ['stripe'], body, contentType: 'text/x' })).toEqual({
      provider: 'stripe',
      payload: { contentType: 'text/x', data: 'AP97' },
    });
    expect(decode(webhook, { variables: ['stripe'] })).toEqual({ provider: 'stripe', payload: {} });
    expect(refusal(() => decode(webhook, { variables: ['stripe'], query: 'payload.data=x' })).code).toBe(
      'request.invalid',
    );
  });
});

describe('answers', () => {
  it('have every field without presence, and exact integers', () => {
    const endpoint = endpointFor(get('/v1/shelves'));
    const { output } = endpoint.method;
    const message = create(output, { pageCount: 9007199254740993n, kind: 1 } as never);
    const json = JSON.parse(encodeResponse(endpoint, message));
    expect(json).toMatchObject({
      name: '',
      pageCount: '9007199254740993',
      kind: 'WOOD',
      labels: [],
      open: false,
    });
    expect(json).not.toHaveProperty('maybe');
    expect(json).not.toHaveProperty('detail');
  });
});

/** The request as a client of the endpoint would write it. */
function toHttp({ method, template, variables, body }: Endpoint, message: Message): Required<Call> {
  const json = toJson(method.input, message) as JsonObject;
  const take = (fields: DescField[]): JsonValue => {
    const parent = fields.slice(0, -1).reduce((outer, { jsonName }) => outer[jsonName] as JsonObject, json);
    const { jsonName } = fields.at(-1)!;
    const value = parent[jsonName] ?? '';
    delete parent[jsonName];
    return value;
  };
  const path = variables.map((fields) => encodeURIComponent(String(take(fields))));
  expect(path).toHaveLength(template.variables.length);
  if (body === '*') return { variables: path, query: '', body: json, contentType: '' };
  const bodyJson = body && take([body]);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(json)) {
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item));
  }
  return { variables: path, query: query.toString(), body: bodyJson || undefined, contentType: '' };
}

describe('every public method', () => {
  const endpoints = readEndpoints(allServices).filter(({ rawRequest }) => !rawRequest);

  it.each(
    endpoints.map((endpoint) => [`${endpoint.httpMethod} ${endpoint.template.source}`, endpoint] as const),
  )('%s: its requests and answers survive JSON', (_, endpoint) => {
    const { input, output } = endpoint.method;
    fc.assert(
      fc.property(anyMessage(input), anyMessage(output), (request, answer) => {
        const sent = withPath(endpoint, request);
        const { variables, query, body } = toHttp(endpoint, sent);
        const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
        const received = decodeRequest(endpoint, { variables, query, body: bytes, contentType: '' });
        const normal = endpoint.updateMask ? withoutMask(endpoint, received) : received;
        expect(equals(input, normal, sent)).toBe(true);
        if (endpoint.rawResponse) return;
        const back = fromJson(output, JSON.parse(encodeResponse(endpoint, answer)));
        expect(toJson(output, back)).toEqual(toJson(output, answer));
      }),
      { numRuns: 60 },
    );
  });
});

/** Path variables cannot be empty, a body that is left out is none, and a query holds what it can. */
function withPath({ method, variables, body, updateMask }: Endpoint, request: Message): Message {
  const sent = clone(method.input, request) as unknown as Record<string, unknown>;
  for (const [field] of variables) sent[field!.localName] ||= 'x';
  if (updateMask) delete sent[updateMask.field.localName];
  if (body === '*') return sent as never;
  for (const field of method.input.fields)
    if (field !== body && !isParameter(field)) delete sent[field.localName];
  return sent as never;
}

function withoutMask({ updateMask }: Endpoint, message: Message): Message {
  delete (message as unknown as Record<string, unknown>)[updateMask!.field.localName];
  return message;
}
