import {
  type DescEnum,
  type DescField,
  type DescMessage,
  fromJson,
  type JsonObject,
  type JsonValue,
  ScalarType,
} from '@bufbuild/protobuf';
import { base64Decode } from '@bufbuild/protobuf/wire';
import type { FieldError } from '@pasar/platform/errors';
import { findField, isFreeForm, isText, isWrapper } from './json-fields.js';

const maxDepth = 32;
/** Enough to mend a form; more would only help who probes. */
const maxProblems = 20;

/**
 * Checks parsed JSON against a message by the rules of proto3 JSON, and tells every fault by its path. It is stricter
 * than `fromJson` where that guesses: numbers that lost digits in JSON.parse, empty text for a number, enum numbers
 * that mean nothing, text that is not Unicode or holds NUL (which PostgreSQL cannot store).
 */
export function checkJson(message: DescMessage, json: JsonValue): FieldError[] {
  const problems: FieldError[] = [];
  checkMessage(message, json, '', 1, (field, detail) => {
    if (problems.length < maxProblems) problems.push({ field, detail });
  });
  return problems;
}

type Report = (field: string, detail: string) => void;

function checkMessage(
  message: DescMessage,
  json: JsonValue,
  path: string,
  depth: number,
  report: Report,
): void {
  if (isWrapper(message)) return checkScalar(message.fields[0]!.scalar!, json, path, report);
  if (isFreeForm(message)) return checkFreeForm(message, json, path, depth, report);
  if (isText(message)) return checkText(message, json, path, report);
  if (depth > maxDepth) return report(path, `must not be nested deeper than ${maxDepth} levels`);
  if (!isObject(json)) return report(path, 'must be an object');
  const oneofs = new Set<string>();
  for (const key of Object.keys(json)) {
    const field = findField(message, key);
    const at = path === '' ? (field?.jsonName ?? key) : `${path}.${field?.jsonName ?? key}`;
    if (!field) {
      report(at, 'is not a known field');
      continue;
    }
    if (key !== field.jsonName && Object.hasOwn(json, field.jsonName)) report(at, 'is given under two names');
    const value = json[key]!;
    // null stands for the default, except where it is a value of its own.
    if (value === null && field.message?.typeName !== 'google.protobuf.Value') continue;
    if (field.oneof) {
      if (oneofs.has(field.oneof.name)) report(at, `excludes the other fields of ${field.oneof.name}`);
      oneofs.add(field.oneof.name);
    }
    checkField(field, value, at, depth, report);
  }
}

function checkField(field: DescField, json: JsonValue, path: string, depth: number, report: Report): void {
  if (field.fieldKind === 'list') {
    if (!Array.isArray(json)) return report(path, 'must be an array');
    for (const [index, item] of json.entries()) checkValue(field, item, `${path}[${index}]`, depth, report);
  } else if (field.fieldKind === 'map') {
    if (!isObject(json)) return report(path, 'must be an object');
    for (const [key, value] of Object.entries(json)) {
      const at = `${path}.${key}`;
      checkMapKey(field.mapKey, key, at, report);
      checkValue(field, value, at, depth, report);
    }
  } else {
    checkValue(field, json, path, depth, report);
  }
}

/** One value: a singular field's, an item of a list, or a value of a map. */
function checkValue(field: DescField, json: JsonValue, path: string, depth: number, report: Report): void {
  if (field.message) checkMessage(field.message, json, path, depth + 1, report);
  else if (field.enum) checkEnum(field.enum, json, path, report);
  else checkScalar(field.scalar!, json, path, report);
}

function checkMapKey(key: ScalarType, text: string, path: string, report: Report): void {
  // As a property name it would vanish on the way.
  if (text === '__proto__') return report(path, 'is not allowed as a key');
  if (key === ScalarType.BOOL) {
    if (text !== 'true' && text !== 'false') report(path, 'must have true or false as key');
  } else {
    checkScalar(key, text, path, report);
  }
}

function checkEnum(desc: DescEnum, json: JsonValue, path: string, report: Report): void {
  const known = desc.values.some(
    (value) => value.name === json || value.jsonName === json || value.number === json,
  );
  if (!known) {
    const names = desc.values.filter(({ number }) => number !== 0 || desc.values.length === 1);
    report(path, `must be one of ${names.map(({ jsonName }) => jsonName).join(', ')}`);
  }
}

function checkText(message: DescMessage, json: JsonValue, path: string, report: Report): void {
  try {
    fromJson(message, json);
  } catch {
    report(path, `must be ${textShapes[message.typeName] ?? 'valid'}`);
  }
}

const textShapes: Record<string, string> = {
  'google.protobuf.Timestamp': 'an RFC 3339 time such as 2026-11-21T08:00:00Z',
  'google.protobuf.Duration': 'a duration in seconds such as 1.5s',
  'google.protobuf.FieldMask': 'field paths in lowerCamelCase, separated by commas',
};

/** Struct, Value and ListValue: any JSON, as long as its text is sound. */
function checkFreeForm(
  message: DescMessage,
  json: JsonValue,
  path: string,
  depth: number,
  report: Report,
): void {
  if (message.name === 'Struct' && !isObject(json)) return report(path, 'must be an object');
  if (message.name === 'ListValue' && !Array.isArray(json)) return report(path, 'must be an array');
  checkFree(json, path, depth, report);
}

function checkFree(json: JsonValue, path: string, depth: number, report: Report): void {
  if (depth > maxDepth) return report(path, `must not be nested deeper than ${maxDepth} levels`);
  if (typeof json === 'string') checkString(json, path, report);
  else if (typeof json === 'number' && !Number.isFinite(json)) report(path, 'must be a finite number');
  else if (Array.isArray(json)) {
    for (const [index, item] of json.entries()) checkFree(item, `${path}[${index}]`, depth + 1, report);
  } else if (isObject(json)) {
    for (const [key, value] of Object.entries(json)) {
      checkMapKey(ScalarType.STRING, key, `${path}.${key}`, report);
      checkFree(value, `${path}.${key}`, depth + 1, report);
    }
  }
}

function checkString(json: JsonValue, path: string, report: Report): void {
  if (typeof json !== 'string') report(path, 'must be a string');
  else if (!json.isWellFormed()) report(path, 'must be valid Unicode');
  else if (json.includes('\0')) report(path, 'must not contain NUL characters');
}

function checkScalar(type: ScalarType, json: JsonValue, path: string, report: Report): void {
  switch (type) {
    case ScalarType.STRING:
      return checkString(json, path, report);
    case ScalarType.BOOL:
      if (typeof json !== 'boolean') report(path, 'must be true or false');
      return;
    case ScalarType.BYTES:
      if (typeof json !== 'string' || !isBase64(json)) report(path, 'must be base64');
      return;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      if (!isFloat(json, type)) report(path, 'must be a number');
      return;
    default: {
      const [min, max] = integerRanges[type]!;
      checkInteger(json, min, max, path, report);
    }
  }
}

const decimal = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const maxFloat = 3.4028234663852886e38;

function isBase64(text: string): boolean {
  try {
    base64Decode(text);
    return true;
  } catch {
    return false;
  }
}

function isFloat(json: JsonValue, type: ScalarType): boolean {
  if (json === 'NaN' || json === 'Infinity' || json === '-Infinity') return true;
  if (typeof json === 'string' && !decimal.test(json)) return false;
  if (typeof json !== 'string' && typeof json !== 'number') return false;
  const number = Number(json);
  return Number.isFinite(number) && (type === ScalarType.DOUBLE || Math.abs(number) <= maxFloat);
}

const int32 = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const uint32 = [0n, 2n ** 32n - 1n] as const;
const int64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const uint64 = [0n, 2n ** 64n - 1n] as const;
const integerRanges: Partial<Record<ScalarType, readonly [bigint, bigint]>> = {
  [ScalarType.INT32]: int32,
  [ScalarType.SINT32]: int32,
  [ScalarType.SFIXED32]: int32,
  [ScalarType.UINT32]: uint32,
  [ScalarType.FIXED32]: uint32,
  [ScalarType.INT64]: int64,
  [ScalarType.SINT64]: int64,
  [ScalarType.SFIXED64]: int64,
  [ScalarType.UINT64]: uint64,
  [ScalarType.FIXED64]: uint64,
};

function checkInteger(json: JsonValue, min: bigint, max: bigint, path: string, report: Report): void {
  const isNumber = typeof json === 'number' && Number.isInteger(json);
  const isDigits = typeof json === 'string' && json.length <= 20 && /^-?[0-9]+$/.test(json);
  if (!isNumber && !isDigits) return report(path, 'must be a whole number');
  if (isNumber && !Number.isSafeInteger(json) && max > uint32[1]) {
    return report(path, 'has more digits than a JSON number keeps; send it as a string');
  }
  const number = BigInt(json);
  if (number < min || number > max) report(path, `must be between ${min} and ${max}`);
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
