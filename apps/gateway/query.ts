import {
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  ScalarType,
} from '@bufbuild/protobuf';
import type { FieldError } from '@pasar/platform/errors';
import { findField, isJsonLeaf, isText, isWrapper } from './json-fields.js';

const maxParameters = 200;

/**
 * The pairs of a query string, decoded.
 * @throws URIError for broken percent-encoding or bytes that are not UTF-8
 */
export function parseQuery(query: string): [name: string, value: string][] {
  if (query === '') return [];
  const parts = query.split('&', maxParameters + 1);
  if (parts.length > maxParameters) throw new URIError('too many parameters');
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? [decode(part), '']
        : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}

/**
 * Puts query parameters into the JSON of a request by the rules of google.api.http: `a.b=` for a field of a message,
 * the same name again for a list. What does not fit is reported; whether a value is right is for `checkJson` to say.
 * @param taken what the path and the body set, as JSON paths: a parameter cannot
 */
export function applyQuery(
  message: DescMessage,
  json: JsonObject,
  pairs: [string, string][],
  taken: ReadonlySet<string>,
  problems: FieldError[],
): void {
  const given = new Set<string>();
  for (const [name, text] of pairs) {
    const fields = resolve(message, name);
    const field = fields?.at(-1);
    const path = jsonPath(fields ?? []);
    if (!fields || !field || taken.has(fields[0]!.jsonName) || taken.has(path)) {
      problems.push({ field: name, detail: 'is not a known parameter' });
      continue;
    }
    const value = toJsonValue(field, text);
    // `?minPrice=` is what a form sends for a field that was left blank.
    if (value === undefined) continue;
    if (field.fieldKind === 'list') {
      appendAt(json, fields, value);
    } else if (given.has(path)) {
      problems.push({ field: path, detail: 'is given more than once' });
    } else {
      given.add(path);
      setAt(json, fields, value);
    }
  }
}

/** `product.id`, in JSON names. */
export function jsonPath(fields: DescField[]): string {
  return fields.map(({ jsonName }) => jsonName).join('.');
}

/** The fields that a parameter's name leads through; the last one can be written as text. */
function resolve(message: DescMessage, name: string): DescField[] | undefined {
  const fields: DescField[] = [];
  let parent: DescMessage | undefined = message;
  for (const part of name.split('.')) {
    const field: DescField | undefined = parent && findField(parent, part);
    if (!field) return undefined;
    fields.push(field);
    parent = field.fieldKind === 'message' && !isJsonLeaf(field.message) ? field.message : undefined;
  }
  return isParameter(fields.at(-1)!) ? fields : undefined;
}

/** Whether text can stand for the field in a query. */
export function isParameter(field: DescField): boolean {
  if (field.fieldKind === 'map') return false;
  return !field.message || isText(field.message) || isWrapper(field.message);
}

/** Text as the JSON of one value of the field; `undefined` for blank where blank cannot be a value. */
export function toJsonValue(field: DescField, text: string): JsonValue | undefined {
  const scalar = field.message && isWrapper(field.message) ? field.message.fields[0]!.scalar : field.scalar;
  if (text === '' && scalar !== ScalarType.STRING && scalar !== ScalarType.BYTES) return undefined;
  if (scalar === ScalarType.BOOL && (text === 'true' || text === 'false')) return text === 'true';
  if (field.enum && /^[0-9]{1,9}$/.test(text)) return Number(text);
  return text;
}

/** Sets a field of nested objects, making those that are not there; a value that is no object is left to be reported. */
export function setAt(json: JsonObject, fields: DescField[], value: JsonValue): void {
  const parent = openParent(json, fields);
  if (!parent) return;
  const { name, jsonName } = fields.at(-1)!;
  delete parent[name];
  parent[jsonName] = value;
}

function appendAt(json: JsonObject, fields: DescField[], value: JsonValue): void {
  const parent = openParent(json, fields);
  const { jsonName } = fields.at(-1)!;
  const list = parent?.[jsonName];
  if (Array.isArray(list)) list.push(value);
  else if (parent) parent[jsonName] = [value];
}

function openParent(json: JsonObject, fields: DescField[]): JsonObject | undefined {
  let parent = json;
  for (const { name, jsonName } of fields.slice(0, -1)) {
    const next = parent[jsonName] ?? parent[name] ?? {};
    if (name !== jsonName) delete parent[name];
    parent[jsonName] = next;
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return undefined;
    parent = next;
  }
  return parent;
}
