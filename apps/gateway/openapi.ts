import { type DescField, type DescMessage, getOption, type JsonObject } from '@bufbuild/protobuf';
import { field as rulesOf } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';
import type { Endpoint } from './endpoint.js';
import { isJsonLeaf } from './json-fields.js';
import {
  type HeaderName,
  headerParameters,
  headersOf,
  type ProblemName,
  problemResponse,
  problemSchemas,
  problemStatus,
} from './openapi-components.js';
import { asParameter, isRequired, Schemas } from './openapi-schema.js';
import { isParameter, jsonPath } from './query.js';

export interface ApiFacts {
  version: string;
  /** By full name, from the contracts: of services, methods, messages and fields. */
  comments: Record<string, string>;
}

/** The OpenAPI 3.1 description of the endpoints. */
export function describeApi(endpoints: Endpoint[], { version, comments }: ApiFacts): JsonObject {
  const schemas = new Schemas(comments);
  const operations = new Operations(schemas, comments);
  const paths: Record<string, JsonObject> = {};
  for (const { method, status, rawResponse } of endpoints) {
    if (status !== 204 && !rawResponse) schemas.answer(method.output);
  }
  for (const endpoint of endpoints) {
    const path = pathOf(endpoint);
    paths[path] = { ...paths[path], [endpoint.httpMethod.toLowerCase()]: operations.describe(endpoint) };
  }
  const services = new Map(
    endpoints.map(({ method }) => [tagOf(method.parent.name), method.parent.typeName]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pasar API',
      version,
      description:
        'The public API of a Pasar marketplace. JSON is proto3 JSON: names in lowerCamelCase, 64-bit integers as ' +
        'strings (numbers are taken too), money in minor units, times in UTC. Errors are problem details (RFC 9457) ' +
        'with a stable `code`. Lists are paged by `pageSize` and `pageToken`.',
      contact: { name: 'Pasar' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This gateway' }],
    tags: [...services].map(([name, typeName]) => ({
      name,
      description: comments[typeName] ?? `The ${name} service.`,
    })),
    paths,
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'The `accessToken` that a login or a refresh gives, or an access token of an app (see ' +
            '`/.well-known/openid-configuration`), which needs the scope that is named with the operation.',
        },
      },
      schemas: { ...schemas.components, ...problemSchemas },
      responses: Object.fromEntries(
        [...operations.usedResponses].map((name) => [name, problemResponse(name)]),
      ),
      parameters: Object.fromEntries(
        [...operations.usedHeaders].map((name) => [name, headerParameters[name]]),
      ),
    },
  };
}

/** `/api/v1/inventory/{variantId}:adjust` */
function pathOf({ template, variables }: Endpoint): string {
  const parts = template.segments.map((segment) => (typeof segment === 'string' ? segment : segment.literal));
  // From the right, so that the places of those before it stay.
  template.variables.toReversed().forEach(({ from, to = parts.length }, index) => {
    parts.splice(from, to - from, `{${jsonPath(variables[variables.length - 1 - index]!)}}`);
  });
  return `/${parts.join('/')}${template.verb && `:${template.verb}`}`;
}

function tagOf(serviceName: string): string {
  return serviceName.replace(/Service$/, '');
}

class Operations {
  readonly usedResponses = new Set<ProblemName>();
  readonly usedHeaders = new Set<HeaderName>();
  readonly #ids = new Set<string>();
  readonly #schemas: Schemas;
  readonly #comments: Record<string, string>;

  constructor(schemas: Schemas, comments: Record<string, string>) {
    this.#schemas = schemas;
    this.#comments = comments;
  }

  describe(endpoint: Endpoint): JsonObject {
    const { method, access } = endpoint;
    const comment = this.#comments[`${method.parent.typeName}.${method.name}`] ?? method.name;
    const parameters = this.#parameters(endpoint);
    const requestBody = this.#requestBody(endpoint);
    const isPublic = access.rule.case === 'public';
    // For a bearer token OpenAPI 3.1 names here what the token must hold; only those of apps must.
    const bearer = { accessToken: access.scope ? [access.scope] : [] };
    return {
      operationId: this.#newId(method.localName),
      summary: comment.split(/[.;:](?= |$)/, 1)[0]!,
      description: endpoint.additional ? `${comment} Another address of the same operation.` : comment,
      tags: [tagOf(method.parent.name)],
      security: isPublic ? [{}, bearer] : [bearer],
      ...(method.deprecated && { deprecated: true }),
      ...(parameters.length > 0 && { parameters }),
      ...(requestBody && { requestBody }),
      responses: this.#responses(endpoint, parameters.length > 0 || requestBody !== undefined),
    };
  }

  #newId(name: string): string {
    let id = name;
    for (let n = 2; this.#ids.has(id); n++) id = `${name}${n}`;
    this.#ids.add(id);
    return id;
  }

  #parameters(endpoint: Endpoint): JsonObject[] {
    const { method, body, variables } = endpoint;
    const inPath = variables.map((fields) => this.#parameter('path', fields));
    const bound = new Set(variables.map(jsonPath));
    const inQuery = body === '*' ? [] : this.#queryFields(method.input, []);
    return [
      ...inPath,
      ...inQuery
        .filter((fields) => fields[0] !== body && !bound.has(jsonPath(fields)))
        .map((fields) => this.#parameter('query', fields)),
      ...headersOf(endpoint).map((name) => {
        this.usedHeaders.add(name);
        return { $ref: `#/components/parameters/${name}` };
      }),
    ];
  }

  #parameter(place: 'path' | 'query', fields: DescField[]): JsonObject {
    const field = fields.at(-1)!;
    const { description, ...schema } = this.#schemas.field(field);
    return {
      name: jsonPath(fields),
      in: place,
      ...((place === 'path' || (fields.length === 1 && isRequired(field))) && { required: true }),
      ...(description !== undefined && { description }),
      schema: asParameter(schema, getOption(field, rulesOf)),
    };
  }

  /** Fields that a query can set; those of messages by dotted names, but never round a circle. */
  #queryFields(message: DescMessage, above: DescField[]): DescField[][] {
    return message.fields.flatMap((field) => {
      if (isParameter(field)) return [[...above, field]];
      const isCircle = above.some((outer) => outer.message === field.message);
      if (field.fieldKind !== 'message' || isJsonLeaf(field.message) || isCircle) return [];
      return this.#queryFields(field.message, [...above, field]);
    });
  }

  #requestBody({ method, body, variables, rawRequest }: Endpoint): JsonObject | undefined {
    if (body === undefined) return undefined;
    if (rawRequest) return { required: true, content: { '*/*': { schema: {} } } };
    if (body !== '*') {
      return {
        required: isRequired(body),
        content: { 'application/json': { schema: this.#schemas.field(body) } },
      };
    }
    const bound = new Set(variables.filter(({ length }) => length === 1).map(([field]) => field!));
    const fields = method.input.fields.filter((field) => !bound.has(field));
    if (fields.length === 0) return undefined;
    const schema = this.#schemas.request(method.input, bound);
    return { required: fields.some(isRequired), content: { 'application/json': { schema } } };
  }

  #responses(endpoint: Endpoint, takesInput: boolean): JsonObject {
    const { access, variables, idempotentByKey, cacheSeconds } = endpoint;
    const conditional: (ProblemName | false)[] = [
      takesInput && 'BadRequest',
      access.rule.case !== 'public' && 'Unauthorized',
      access.rule.case === 'roles' && 'Forbidden',
      variables.length > 0 && 'NotFound',
      idempotentByKey && 'Conflict',
      idempotentByKey && 'UnprocessableContent',
      'TooManyRequests',
      'Problem',
    ];
    const names = conditional.filter((name) => name !== false);
    for (const name of names) this.usedResponses.add(name);
    return {
      [endpoint.status]: this.#success(endpoint),
      ...(cacheSeconds > 0 && { 304: { description: 'The `ETag` that was sent still holds.' } }),
      ...Object.fromEntries(
        names.map((name) => [problemStatus(name), { $ref: `#/components/responses/${name}` }]),
      ),
    };
  }

  #success({ method, status, rawResponse, streaming, cacheSeconds }: Endpoint): JsonObject {
    if (status === 204) return { description: 'Done.' };
    const content: JsonObject = rawResponse
      ? { '*/*': { schema: {} } }
      : { 'application/json': { schema: this.#schemas.answer(method.output) } };
    return {
      description: streaming ? 'A stream of bytes.' : status === 201 ? 'Made.' : 'The answer.',
      ...(cacheSeconds > 0 && {
        headers: { ETag: { description: 'For `If-None-Match`.', schema: { type: 'string' } } },
      }),
      content,
    };
  }
}
