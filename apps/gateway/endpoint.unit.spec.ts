import { describe, expect, it } from 'vitest';
import { createRouteTable, readEndpoints } from './endpoint.js';
import { defaultSettings } from './gateway.js';
import { allServices } from './testing/contracts.js';
import { anyone, type ExampleMethod, exampleContract, get, patch, post } from './testing/example-contract.js';

function read(method: Omit<ExampleMethod, 'name'>) {
  return readEndpoints([exampleContract([{ name: 'Do', access: anyone, ...method }]).service]);
}

describe('readEndpoints', () => {
  it('reads every public method of the contracts, without conflicts', () => {
    const endpoints = readEndpoints(allServices);
    expect(() => createRouteTable(endpoints)).not.toThrow();
    const routes = endpoints.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`);
    // Clients of others are written for these.
    const promised = `
      GET /.well-known/jwks.json
      POST /api/v1/auth/register|POST /api/v1/users/register|POST /api/v1/auth/login|POST /api/v1/users/login
      POST /api/v1/auth/refresh|POST /api/v1/auth/logout|GET /api/v1/auth/sessions|DELETE /api/v1/auth/sessions/{id}
      GET /api/v1/users/me|PATCH /api/v1/users/me|GET /api/v1/users/me/addresses|POST /api/v1/users/me/addresses
      PATCH /api/v1/users/me/addresses/{id}|DELETE /api/v1/users/me/addresses/{id}
      GET /api/v1/categories|GET /api/v1/categories/{slug}|GET /api/v1/products|GET /api/v1/products/{id}
      POST /api/v1/products|PATCH /api/v1/products/{id}|DELETE /api/v1/products/{id}|POST /api/v1/products/{id}:publish
      GET /api/v1/inventory/{variant_id}|PUT /api/v1/inventory/{variant_id}
      GET /api/v1/cart|POST /api/v1/cart/items|PATCH /api/v1/cart/items/{variant_id}|DELETE /api/v1/cart/items/{variant_id}
      POST /api/v1/orders|GET /api/v1/orders|GET /api/v1/orders/{id}|GET /api/v1/orders/{id}/history
      POST /api/v1/orders/{id}:cancel|POST /api/v1/orders/{id}:ship|POST /api/v1/orders/{id}:deliver|POST /api/v1/checkout:quote
      GET /api/v1/payments/{id}|POST /api/v1/payments/webhooks/{provider}
      GET /api/v1/search/products|GET /api/v1/search/suggestions`;
    expect(routes).toEqual(expect.arrayContaining(promised.trim().split(/\s*[|\n]\s*/)));
    const named = (name: string) => endpoints.find((endpoint) => endpoint.name.endsWith(`/${name}`));
    expect(named('PlaceOrder')).toMatchObject({
      status: 201,
      idempotentByKey: true,
      body: '*',
      admin: false,
    });
    expect(named('GetProduct')).toMatchObject({ cacheSeconds: 60, body: undefined });
    expect(named('ListCategories')).toMatchObject({ cacheSeconds: 300 });
    expect(defaultSettings.rateLimitPerMinute).toBe(100);
    expect(named('ListAccounts')).toMatchObject({ admin: true });
    expect(named('DeleteProduct')).toMatchObject({ admin: false, status: 204 });
    expect(named('ReceiveWebhook')).toMatchObject({ rawRequest: true, maxBodyBytes: 65536 });
    expect(named('ExportProducts')).toMatchObject({ rawResponse: true, streaming: true });
    expect(named('UpdateProduct')?.updateMask?.resource.name).toBe('Product');
    expect(endpoints.some(({ access }) => access.rule.case === 'service')).toBe(false);
  });

  it('has no endpoint for a method without a route', () => {
    expect(read({})).toEqual([]);
  });

  it('has one for each binding', () => {
    const rule = { ...get('/v1/{name}'), additionalBindings: [get('/v2/{name=shelves/*}'), post('/v1/x')] };
    expect(read({ rule }).map(({ template, additional }) => [template.source, additional])).toEqual([
      ['/v1/{name}', false],
      ['/v2/{name=shelves/*}', true],
      ['/v1/x', true],
    ]);
  });

  it.each<[string, Omit<ExampleMethod, 'name'>]>([
    ['needs get, post', { rule: {} }],
    ['needs get, post', { rule: { pattern: { case: 'custom', value: { kind: 'HEAD', path: '/x' } } } }],
    ['has no access rule', { rule: get('/x'), access: {} }],
    ['is for services only', { rule: get('/x'), access: { rule: { case: 'service', value: true } } }],
    ['streams of requests', { rule: post('/x'), clientStreaming: true }],
    ['only streams of HttpBody', { rule: get('/x'), serverStreaming: true }],
    ['path field "nope" does not exist', { rule: get('/{nope}') }],
    ['path field "detail.nope" does not exist', { rule: get('/{detail.nope}') }],
    ['path field "at.seconds" does not exist', { rule: get('/{at.seconds}') }],
    ['path field "labels" must be one', { rule: get('/{labels}') }],
    ['path field "detail" must be one', { rule: get('/{detail}') }],
    ['path field "blob" must be one', { rule: get('/{blob}') }],
    ['body field "nope" does not exist', { rule: post('/x', 'nope') }],
    ['get takes no body', { rule: { ...get('/x'), body: '*' } }],
    ['path template "x"', { rule: get('x') }],
    ['can be cached', { rule: post('/x'), edge: { cacheSeconds: 5 } }],
    ['can be cached', { rule: get('/x'), edge: { cacheSeconds: 5, status: 201 } }],
    [
      'can be cached',
      {
        rule: get('/x'),
        access: { rule: { case: 'authenticated', value: true } },
        edge: { cacheSeconds: 5 },
      },
    ],
    ['update_mask needs a message', { input: 'UpdateShelfRequest', rule: patch('/x', 'name') }],
  ])('refuses to boot: %s', (why, method) => {
    expect(() => read(method)).toThrow(why);
    expect(() => read(method)).toThrow('pasar.example.v1.Shelves');
  });

  it('names the method whose route is taken already', () => {
    const { service } = exampleContract([
      { name: 'One', access: anyone, rule: get('/x/{name}') },
      { name: 'Two', access: anyone, rule: get('/x/{text}') },
    ]);
    expect(() => createRouteTable(readEndpoints([service]))).toThrow(
      'pasar.example.v1.Shelves/Two: GET /x/{text} conflicts with GET /x/{name}',
    );
  });
});
