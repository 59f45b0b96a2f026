import type { DescField, DescMessage, DescMethod, DescService } from '@bufbuild/protobuf';
import { getOption, hasOption, ScalarType } from '@bufbuild/protobuf';
import { http } from '@pasar/contracts/google/api/annotations_pb';
import type { HttpRule } from '@pasar/contracts/google/api/http_pb';
import { type Access, edge, Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { HttpBodySchema } from '@pasar/contracts/pasar/type/v1/type_pb';
import { accessRule } from '@pasar/platform/access';
import { findField, isJsonLeaf } from './json-fields.js';
import { parseTemplate, RouteTable, type Template } from './route-table.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One HTTP binding of a public method: all that the gateway knows about it, read from the contract once. */
export interface Endpoint {
  method: DescMethod;
  /** `pasar.order.v1.OrderService/PlaceOrder` */
  name: string;
  httpMethod: HttpMethod;
  template: Template;
  /** The request fields of the template's variables, in their order; each a path from the request message. */
  variables: DescField[][];
  /** Where the HTTP body goes: the whole request, one of its fields, or nowhere. */
  body: '*' | DescField | undefined;
  /** The body field or the answer is bytes of any content type, not JSON. */
  rawRequest: boolean;
  rawResponse: boolean;
  streaming: boolean;
  /** `update_mask` and the resource it is about, for PATCH methods that have one. */
  updateMask: { field: DescField; resource: DescMessage } | undefined;
  access: Access;
  /** Only staff may call it, so that the address allow-list applies. */
  admin: boolean;
  status: number;
  cacheSeconds: number;
  invalidatedBy: string[];
  /** Requests a minute; the gateway's default when 0. */
  rateLimit: number;
  /** The gateway's default when 0. */
  maxBodyBytes: number;
  idempotentByKey: boolean;
  /** A guest's X-Cart-Token says something to it. */
  cartToken: boolean;
  /** The body is passed on in calls of so many bytes; gathered when 0. */
  pieceBytes: number;
  /** Not the first binding of its method: an alias. */
  additional: boolean;
}

/**
 * Every HTTP binding of the given services.
 * @throws Error naming the method, when a rule does not fit its messages: such a contract must not boot
 */
export function readEndpoints(services: Iterable<DescService>): Endpoint[] {
  return [...services].flatMap((service) => service.methods.flatMap(readMethod));
}

/** @throws Error when two endpoints answer to the same paths */
export function createRouteTable(endpoints: Endpoint[]): RouteTable<Endpoint> {
  const table = new RouteTable<Endpoint>();
  for (const endpoint of endpoints) {
    try {
      table.add(endpoint.httpMethod, endpoint.template, endpoint);
    } catch (error) {
      throw new Error(`${endpoint.name}: ${(error as Error).message}`);
    }
  }
  return table;
}

function readMethod(method: DescMethod): Endpoint[] {
  if (!hasOption(method, http)) return [];
  const rule = getOption(method, http);
  const name = `${method.parent.typeName}/${method.name}`;
  try {
    return [rule, ...rule.additionalBindings].map((binding, index) =>
      readBinding(method, name, binding, index > 0),
    );
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`);
  }
}

function readBinding(method: DescMethod, name: string, rule: HttpRule, additional: boolean): Endpoint {
  const { case: kind, value: path } = rule.pattern;
  if (kind === undefined || kind === 'custom') throw new Error('needs get, post, put, patch or delete');
  if (method.methodKind !== 'unary' && method.methodKind !== 'server_streaming') {
    throw new Error('streams of requests cannot be served over HTTP');
  }
  const access = accessRule(method);

  const httpMethod = kind.toUpperCase() as HttpMethod;
  const template = parseTemplate(path);
  const body = readBody(method, rule);
  const edgeOption = getOption(method, edge);
  const rawResponse = method.output.typeName === HttpBodySchema.typeName;
  const streaming = method.methodKind === 'server_streaming';
  if (streaming && !rawResponse) throw new Error('only streams of HttpBody can be served over HTTP');
  if (edgeOption.cacheSeconds > 0) {
    const cacheable =
      httpMethod === 'GET' && access.rule.case === 'public' && !streaming && !edgeOption.status;
    if (!cacheable) throw new Error('only the 200 answer of a public, unary GET can be cached');
  }
  const wholeIsRaw = body === '*' && method.input.typeName === HttpBodySchema.typeName;
  const rawRequest =
    wholeIsRaw || (typeof body === 'object' && body.message?.typeName === HttpBodySchema.typeName);
  if (edgeOption.pieceBytes > 0 && (!rawRequest || streaming)) {
    throw new Error('only a raw body of a unary method can be passed on in pieces');
  }
  return {
    method,
    name,
    httpMethod,
    template,
    variables: template.variables.map(({ field }) => readVariable(method.input, field)),
    body,
    rawRequest,
    rawResponse,
    streaming,
    updateMask: httpMethod === 'PATCH' ? readUpdateMask(method, body) : undefined,
    access,
    admin: isAdmin(access),
    status: edgeOption.status || 200,
    cacheSeconds: edgeOption.cacheSeconds,
    invalidatedBy: edgeOption.invalidatedBy,
    rateLimit: edgeOption.rateLimit,
    maxBodyBytes: edgeOption.maxBodyBytes,
    idempotentByKey: edgeOption.idempotentByKey,
    cartToken: edgeOption.cartToken,
    pieceBytes: edgeOption.pieceBytes,
    additional,
  };
}

function readBody({ input }: DescMethod, rule: HttpRule): Endpoint['body'] {
  const takesBody = rule.pattern.case !== 'get' && rule.pattern.case !== 'delete';
  if (rule.body === '') return undefined;
  if (!takesBody) throw new Error(`${rule.pattern.case} takes no body`);
  if (rule.body === '*') return '*';
  const field = input.fields.find(({ name }) => name === rule.body);
  if (!field) throw new Error(`body field "${rule.body}" does not exist`);
  return field;
}

function readVariable(input: DescMessage, path: string): DescField[] {
  const fields: DescField[] = [];
  let message: DescMessage | undefined = input;
  for (const name of path.split('.')) {
    const field: DescField | undefined = message && findField(message, name);
    if (!field) throw new Error(`path field "${path}" does not exist`);
    fields.push(field);
    message = field.fieldKind === 'message' && !isJsonLeaf(field.message) ? field.message : undefined;
  }
  const { fieldKind, scalar } = fields.at(-1)!;
  if ((fieldKind !== 'scalar' && fieldKind !== 'enum') || scalar === ScalarType.BYTES) {
    throw new Error(`path field "${path}" must be one text, number, bool or enum`);
  }
  return fields;
}

/** AIP-134: the mask is about the message that the body carries. */
function readUpdateMask({ input }: DescMethod, body: Endpoint['body']): Endpoint['updateMask'] {
  const field = findField(input, 'update_mask');
  if (field?.message?.typeName !== 'google.protobuf.FieldMask' || typeof body !== 'object') return undefined;
  if (body.fieldKind !== 'message') throw new Error('update_mask needs a message as body');
  return { field, resource: body.message };
}

function isAdmin({ rule }: Access): boolean {
  return (
    rule.case === 'roles' &&
    rule.value.anyOf.length > 0 &&
    rule.value.anyOf.every((role) => role === Role.ADMIN || role === Role.SUPER_ADMIN)
  );
}
