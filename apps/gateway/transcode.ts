import {
  create,
  type DescField,
  fromJson,
  isMessage,
  type JsonObject,
  type JsonValue,
  type Message,
  toJson,
} from '@bufbuild/protobuf';
import { FieldMaskSchema } from '@bufbuild/protobuf/wkt';
import { HttpBodySchema } from '@pasar/contracts/pasar/type/v1/type_pb';
import { DomainError, type FieldError } from '@pasar/platform/errors';
import type { Endpoint } from './endpoint.js';
import { checkJson } from './json-check.js';
import { applyQuery, jsonPath, parseQuery, setAt, toJsonValue } from './query.js';
import { decodeVariable } from './route-table.js';
import { checkUpdateMask, inferUpdateMask } from './update-mask.js';

export interface HttpInput {
  /** Raw text of the template's variables, in their order. */
  variables: string[];
  /** Without the question mark, not decoded. */
  query: string;
  /** Empty where there is none. */
  body: Buffer;
  contentType: string;
}

/**
 * The request message of an HTTP call, by the rules of google.api.http and proto3 JSON. Body, query and path are put
 * together as one JSON value, so that each rule about values exists once. The path wins over the body.
 * @throws DomainError `request.invalid` with every fault by its path, or `request.malformed`
 */
export function decodeRequest(endpoint: Endpoint, input: HttpInput): Message {
  const { method, body } = endpoint;
  const problems: FieldError[] = [];
  const bodyJson = endpoint.rawRequest || body === undefined ? undefined : parseJson(input.body);
  const json: JsonObject =
    body === '*' ? asRequest(bodyJson) : body && bodyJson !== undefined ? { [body.jsonName]: bodyJson } : {};

  const taken = new Set<string>();
  if (body === '*') for (const field of method.input.fields) taken.add(field.jsonName);
  else if (body) taken.add(body.jsonName);
  endpoint.variables.forEach((fields, index) => {
    taken.add(jsonPath(fields));
    setAt(json, fields, readVariable(endpoint, fields, index, input.variables[index]!));
  });
  applyQuery(method.input, json, readQuery(input.query), taken, problems);
  problems.push(...checkJson(method.input, json).map((problem) => relativeToBody(body, problem)));
  if (problems.length > 0) throw invalid(problems);

  let message: Message;
  try {
    message = fromJson(method.input, json);
  } catch (error) {
    throw new DomainError('request.invalid', 'invalid', 'The request is not valid.', { cause: error });
  }
  if (endpoint.rawRequest) return withRawBody(message, body, input);
  if (endpoint.updateMask) setUpdateMask(message, endpoint, bodyJson ?? {});
  return message;
}

/** The JSON text of an answer: every field without presence is there, defaults too; 64-bit integers are strings. */
export function encodeResponse({ method }: Endpoint, message: Message): string {
  return JSON.stringify(toJson(method.output, message, { alwaysEmitImplicit: true }));
}

function asRequest(json: JsonValue | undefined): JsonObject {
  if (json === undefined) return {};
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw malformed('The body must be a JSON object.');
  }
  return json;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(body: Buffer): JsonValue | undefined {
  if (body.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw malformed('The body is not valid UTF-8.');
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw malformed('The body is not valid JSON.');
  }
}

function readVariable(endpoint: Endpoint, fields: DescField[], index: number, raw: string): JsonValue {
  const text = orMalformed(() => decodeVariable(raw, endpoint.template.variables[index]!));
  return toJsonValue(fields.at(-1)!, text) ?? text;
}

function readQuery(query: string): [string, string][] {
  return orMalformed(() => parseQuery(query));
}

function orMalformed<T>(decode: () => T): T {
  try {
    return decode();
  } catch {
    throw malformed('The address is not valid percent-encoded UTF-8, or has too many parameters.');
  }
}

function withRawBody(message: Message, body: Endpoint['body'], input: HttpInput): Message {
  const raw = create(HttpBodySchema, { contentType: input.contentType, data: input.body });
  if (typeof body !== 'object') return raw;
  (message as unknown as Record<string, unknown>)[body.localName] = raw;
  return message;
}

function setUpdateMask(message: Message, endpoint: Endpoint, bodyJson: JsonValue): void {
  const { field, resource } = endpoint.updateMask!;
  const fields = message as unknown as Record<string, unknown>;
  const given = fields[field.localName];
  if (isMessage(given, FieldMaskSchema)) {
    const problems = checkUpdateMask(resource, given.paths, field.jsonName);
    if (problems.length > 0) throw invalid(problems);
  } else {
    fields[field.localName] = create(FieldMaskSchema, { paths: inferUpdateMask(resource, bodyJson) });
  }
}

/**
 * A fault as the client knows it: fields of the body are not known to it under the request field that the body is.
 */
export function relativeToBody(body: Endpoint['body'], problem: FieldError): FieldError {
  if (typeof body !== 'object' || !problem.field.startsWith(`${body.jsonName}.`)) return problem;
  return { field: problem.field.slice(body.jsonName.length + 1), detail: problem.detail };
}

/** Names that the client made up are shown to it, but not at any length. */
const maxNameLength = 200;

function invalid(problems: FieldError[]): DomainError {
  const errors = problems.map(({ field, detail }) => ({ field: field.slice(0, maxNameLength), detail }));
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new DomainError('request.invalid', 'invalid', `${first?.field} ${first?.detail}${more}.`, {
    errors,
  });
}

function malformed(detail: string): DomainError {
  return new DomainError('request.malformed', 'invalid', detail);
}
