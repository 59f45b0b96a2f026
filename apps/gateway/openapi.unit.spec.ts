import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { comments } from '@pasar/contracts/comments';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { readEndpoints } from './endpoint.js';
import { describeApi } from './openapi.js';
import { allServices } from './testing/contracts.js';
import { anyone, exampleContract, get, patch, post } from './testing/example-contract.js';

const api = describeApi(readEndpoints(allServices), { version: '1.2.3', comments });
const paths = api.paths as Record<string, Record<string, JsonObject>>;
const components = api.components as Record<string, Record<string, JsonObject>>;
const operations = Object.values(paths).flatMap((path) => Object.values(path));

function describeExample(...methods: Parameters<typeof exampleContract>[0]): JsonObject {
  return describeApi(readEndpoints([exampleContract(methods).service]), { version: '0', comments: {} });
}

/** Every value under a key, anywhere. */
function valuesOf(key: string, json: JsonValue): JsonValue[] {
  if (Array.isArray(json)) return json.flatMap((item) => valuesOf(key, item));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => (name === key ? [value] : valuesOf(key, value)));
}

describe('the API description', () => {
  it('has nothing that the recommended rules of Redocly find fault with', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: JSON.stringify(api), config });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
      [],
    );
  });

  it('refers only to what is there, and has nothing that nobody refers to', () => {
    const references = new Set(valuesOf('$ref', api).map(String));
    const parts = Object.entries(components).filter(([kind]) => kind !== 'securitySchemes');
    const known = parts.flatMap(([kind, entries]) =>
      Object.keys(entries).map((name) => `#/components/${kind}/${name}`),
    );
    expect([...references].toSorted()).toEqual(known.toSorted());
  });

  it('names every operation once, with a summary, a tag that exists and an error', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = (api.tags as JsonObject[]).map(({ name }) => name);
    for (const operation of operations) {
      expect(operation.summary).toMatch(/^[^.]+$/);
      expect(tags).toEqual(expect.arrayContaining(operation.tags as string[]));
      expect(Object.keys(operation.responses as object)).toContain('429');
      expect(operation.responses).toHaveProperty('default');
    }
  });

  it('declares the variables of every path', () => {
    for (const [path, methods] of Object.entries(paths)) {
      const variables = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(methods)) {
        const declared = (parameters as JsonObject[]).filter((parameter) => parameter.in === 'path');
        expect(declared.map(({ name }) => name)).toEqual(variables);
        for (const { required } of declared) expect(required).toBe(true);
      }
    }
  });

  it('says who may call', () => {
    expect(paths['/api/v1/products']!.get!.security).toEqual([{}, { accessToken: [] }]);
    expect(paths['/api/v1/products']!.post!.security).toEqual([{ accessToken: ['products:write'] }]);
  });

  it('describes an order: status, key, rules', () => {
    const place = paths['/api/v1/orders']!.post!;
    expect(place.parameters).toEqual([{ $ref: '#/components/parameters/IdempotencyKey' }]);
    expect(Object.keys(place.responses as object)).toEqual(
      expect.arrayContaining(['201', '400', '401', '409', '422', '429', 'default']),
    );
    const { PlaceOrderRequest, PaymentChoice, Item } = components.schemas!;
    expect(PlaceOrderRequest).toMatchObject({
      properties: {
        items: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Item' } },
        note: { type: 'string', maxLength: 500 },
      },
      required: ['payment'],
    });
    expect(PaymentChoice!.required).toEqual(['method']);
    expect(Item).toMatchObject({
      properties: {
        variantId: { type: 'string', format: 'uuid' },
        quantity: { type: 'integer', format: 'int32', exclusiveMinimum: 0, maximum: 999 },
      },
      required: ['variantId', 'quantity'],
    });
  });

  it('describes parameters as text can be', () => {
    const parameters = paths['/api/v1/products']!.get!.parameters as JsonObject[];
    const schemas = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema]));
    expect(schemas.minPrice).toEqual({ type: 'integer', format: 'int64', minimum: 0 });
    expect(schemas.sort).toMatchObject({ enum: expect.arrayContaining(['price']) });
  });

  it('says what an answer always has, which is not what a request must have', () => {
    const { Money, MoneyInput, Offer, Product, ProductInput } = components.schemas!;
    expect(Money!.required).toEqual(['amount', 'currency']);
    expect(MoneyInput!.required).toEqual(['currency']);
    expect(Product!.required).toEqual(expect.arrayContaining(['id', 'title', 'variants', 'attributes']));
    // Messages may be absent, and so may what the contract calls optional.
    expect(Product!.required).not.toContain('price');
    expect(Offer!.required).not.toContain('score');
    expect(ProductInput).not.toHaveProperty('required');
  });

  it('leaves out of a body what the path says', () => {
    const { SetStockRequest } = components.schemas!;
    expect(SetStockRequest!.properties).not.toHaveProperty('variantId');
    expect(paths['/api/v1/products/{id}:unschedule']!.post).not.toHaveProperty('requestBody');
  });

  it('has the proto3 JSON form of every kind of field', () => {
    const example = describeExample({ name: 'Do', access: anyone, rule: post('/v1/{name=shelves/*}/x:go') });
    const schemas = (example.components as Record<string, Record<string, JsonObject>>).schemas!;
    expect(Object.keys(example.paths as object)).toEqual(['/v1/{name}/x:go']);
    expect(schemas.Shelf!.properties).toMatchObject({
      pageCount: { type: 'string', format: 'int64' },
      facts: { type: 'object', additionalProperties: { type: 'string' } },
      at: { type: 'string', format: 'date-time' },
      note: { type: 'string' },
      wrapped: { type: 'string', format: 'int64' },
      free: { type: 'object', additionalProperties: true },
      blob: { type: 'string', contentEncoding: 'base64' },
      children: { type: 'array', items: { $ref: '#/components/schemas/Shelf' } },
      kinds: { type: 'array', items: { $ref: '#/components/schemas/Kind' } },
    });
    expect(schemas.Kind).toEqual({ type: 'string', enum: ['KIND_UNSPECIFIED', 'WOOD', 'STEEL'] });
  });

  it('goes round no circle in query parameters', () => {
    const example = describeExample(
      { name: 'List', access: anyone, rule: get('/v1/shelves') },
      { name: 'Update', input: 'UpdateShelfRequest', access: anyone, rule: patch('/v1/{name}', 'shelf') },
    );
    const operation = (path: string, method: string) =>
      (example.paths as Record<string, Record<string, JsonObject>>)[path]![method]!;
    const names = (of: JsonObject) => (of.parameters as JsonObject[]).map(({ name }) => name);
    expect(names(operation('/v1/shelves', 'get'))).toEqual(
      expect.arrayContaining(['detail.id', 'detail.marks', 'wrapped']),
    );
    expect(names(operation('/v1/{name}', 'patch'))).toEqual(['name', 'updateMask', 'dryRun']);
  });
});
