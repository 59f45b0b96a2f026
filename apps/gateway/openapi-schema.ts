import {
  type DescEnum,
  type DescField,
  type DescMessage,
  getOption,
  type JsonObject,
  ScalarType,
} from '@bufbuild/protobuf';
import { type FieldRules, field as rulesOf } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';
import { isFreeForm, isWrapper } from './json-fields.js';

/**
 * Which way a message goes. What a client must send is what rules ask for; an answer always has every field but those
 * that can be absent.
 */
type Way = 'request' | 'answer';

/**
 * JSON Schemas (2020-12, as OpenAPI 3.1 uses them) of the proto3 JSON of messages, with the rules of protovalidate.
 * Messages and enums become components the first time they are referred to. Of a message that goes both ways the
 * answer, which has to be described first, takes the name, and the request is called `…Input`.
 */
export class Schemas {
  readonly components: Record<string, JsonObject> = {};
  readonly #names = new Map<string, string>();
  readonly #comments: Record<string, string>;

  constructor(comments: Record<string, string>) {
    this.#comments = comments;
  }

  /** What a method gives back. */
  answer(desc: DescMessage): JsonObject {
    return this.#message(desc, 'answer');
  }

  /** @param without fields that are not part of the body, because the path binds them */
  request(desc: DescMessage, without: ReadonlySet<DescField> = new Set()): JsonObject {
    return this.#message(desc, 'request', without);
  }

  /** One field of a request, with what the contract says of it. */
  field(desc: DescField): JsonObject {
    return this.#field(desc, 'request');
  }

  #message(desc: DescMessage, way: Way, without: ReadonlySet<DescField> = new Set()): JsonObject {
    const wellKnown = wellKnownSchemas[desc.typeName];
    if (wellKnown) return wellKnown;
    if (isFreeForm(desc)) return desc.name === 'Struct' ? { type: 'object', additionalProperties: true } : {};
    if (isWrapper(desc)) return scalarSchema(desc.fields[0]!.scalar!, undefined);
    const omitted = [...without].map(({ name }) => name).join();
    const suffix = way === 'request' && this.#names.has(`${desc.typeName}-answer-`) ? 'Input' : '';
    const describe = () => this.#object(desc, way, without);
    return this.#refer(desc, `${desc.typeName}-${way}-${omitted}`, describe, suffix);
  }

  #field(desc: DescField, way: Way): JsonObject {
    const rules = getOption(desc, rulesOf);
    const schema = this.#shape(desc, rules, way);
    const description = this.#comments[`${desc.parent.typeName}.${desc.name}`];
    return description ? { ...schema, description } : schema;
  }

  #shape(desc: DescField, rules: FieldRules, way: Way): JsonObject {
    const { case: kind, value: rule } = rules.type;
    if (desc.fieldKind === 'list') {
      const schema: JsonObject = {
        type: 'array',
        items: this.#value(desc, kind === 'repeated' ? rule.items : undefined, way),
      };
      if (kind === 'repeated') {
        if (rule.minItems) schema.minItems = Number(rule.minItems);
        if (rule.maxItems) schema.maxItems = Number(rule.maxItems);
        if (rule.unique) schema.uniqueItems = true;
      }
      return schema;
    }
    if (desc.fieldKind === 'map') {
      const values = this.#value(desc, kind === 'map' ? rule.values : undefined, way);
      const schema: JsonObject = { type: 'object', additionalProperties: values };
      if (kind === 'map' && rule.maxPairs) schema.maxProperties = Number(rule.maxPairs);
      return schema;
    }
    return this.#value(desc, rules, way);
  }

  #value(desc: DescField, rules: FieldRules | undefined, way: Way): JsonObject {
    if (desc.message) return this.#message(desc.message, way);
    if (desc.enum) return this.#enum(desc.enum);
    return scalarSchema(desc.scalar!, rules);
  }

  #object(desc: DescMessage, way: Way, without: ReadonlySet<DescField>): JsonObject {
    const fields = desc.fields.filter((field) => !without.has(field));
    const isThere = way === 'answer' ? isAlwaysSent : isRequired;
    const required = fields.filter(isThere).map(({ jsonName }) => jsonName);
    const description = this.#comments[desc.typeName];
    return {
      type: 'object',
      ...(description && { description }),
      properties: Object.fromEntries(fields.map((field) => [field.jsonName, this.#field(field, way)])),
      ...(required.length > 0 && { required }),
    };
  }

  #enum(desc: DescEnum): JsonObject {
    return this.#refer(desc, desc.typeName, () => ({
      type: 'string',
      enum: desc.values.map(({ jsonName }) => jsonName),
    }));
  }

  #refer(desc: DescMessage | DescEnum, id: string, describe: () => JsonObject, suffix = ''): JsonObject {
    let name = this.#names.get(id);
    if (!name) {
      name = this.#newName(desc, suffix);
      this.#names.set(id, name);
      // Taken before it is described, since messages may contain themselves.
      this.components[name] = {};
      this.components[name] = describe();
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** `OrderStatus` for pasar.order.v1.Order.Status; with the service before it where two have the same name. */
  #newName(desc: DescMessage | DescEnum, suffix: string): string {
    const [, service = '', , ...path] = desc.typeName.split('.');
    const short = `${path.join('')}${suffix}`;
    const long = service.charAt(0).toUpperCase() + service.slice(1) + short;
    for (let n = 1, name = short; ; n++, name = n === 2 ? long : `${long}${n - 1}`) {
      if (!Object.hasOwn(this.components, name)) return name;
    }
  }
}

/** FeatureSet.FieldPresence of what has its default when it is not set. */
const IMPLICIT = 2;

const wellKnownSchemas: Record<string, JsonObject> = {
  'google.protobuf.Timestamp': { type: 'string', format: 'date-time' },
  'google.protobuf.Duration': { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?s$' },
  'google.protobuf.FieldMask': { type: 'string', pattern: '^[A-Za-z0-9_.,*]*$' },
  'google.protobuf.Empty': { type: 'object' },
};

function scalarSchema(type: ScalarType, rules: FieldRules | undefined): JsonObject {
  switch (type) {
    case ScalarType.BOOL:
      return { type: 'boolean' };
    case ScalarType.STRING:
      return { type: 'string', ...stringRules(rules) };
    case ScalarType.BYTES:
      return { type: 'string', contentEncoding: 'base64' };
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return { type: 'number', ...numberRules(rules) };
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      // Digits in a string; a number is taken too as long as it is exact.
      return {
        type: 'string',
        format: 'int64',
        pattern: isNatural(rules) ? '^[0-9]{1,19}$' : '^-?[0-9]{1,19}$',
      };
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return { type: 'string', format: 'uint64', pattern: '^[0-9]{1,20}$' };
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return { type: 'integer', format: 'int64', minimum: 0, maximum: 4294967295, ...numberRules(rules) };
    default:
      return { type: 'integer', format: 'int32', ...numberRules(rules) };
  }
}

/** In a query everything is text, so that a 64-bit integer needs no quotes. */
export function asParameter(schema: JsonObject, rules: FieldRules): JsonObject {
  if (schema.format !== 'int64' || schema.type !== 'string') return schema;
  const { pattern: _, ...rest } = schema;
  return { ...rest, type: 'integer', ...numberRules(rules) };
}

function stringRules(rules: FieldRules | undefined): JsonObject {
  if (rules?.type.case !== 'string') return {};
  const rule = rules.type.value;
  const format = rule.wellKnown.case && formats[rule.wellKnown.case];
  return {
    ...(rule.minLen && { minLength: Number(rule.minLen) }),
    ...(rule.maxLen && { maxLength: Number(rule.maxLen) }),
    ...(rule.len && { minLength: Number(rule.len), maxLength: Number(rule.len) }),
    ...(rule.pattern && { pattern: rule.pattern }),
    ...(rule.in.length > 0 && { enum: rule.in }),
    ...(format && { format }),
  };
}

const formats: Record<string, string> = {
  email: 'email',
  uuid: 'uuid',
  uri: 'uri',
  uriRef: 'uri-reference',
  hostname: 'hostname',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
};

const numberKinds = new Set([
  'int32',
  'sint32',
  'sfixed32',
  'uint32',
  'fixed32',
  'int64',
  'sint64',
  'sfixed64',
  'float',
  'double',
]);
const boundNames = {
  gt: 'exclusiveMinimum',
  gte: 'minimum',
  lt: 'exclusiveMaximum',
  lte: 'maximum',
} as const;

interface Bounds {
  greaterThan: { case?: 'gt' | 'gte' | undefined; value?: number | bigint | undefined };
  lessThan: { case?: 'lt' | 'lte' | undefined; value?: number | bigint | undefined };
}

function numberRules(rules: FieldRules | undefined): JsonObject {
  if (!rules?.type.case || !numberKinds.has(rules.type.case)) return {};
  const { greaterThan, lessThan } = rules.type.value as Bounds;
  const schema: JsonObject = {};
  for (const { case: kind, value } of [greaterThan, lessThan])
    if (kind) schema[boundNames[kind]] = Number(value);
  return schema;
}

function isNatural(rules: FieldRules | undefined): boolean {
  const bounds = numberRules(rules);
  return Number(bounds.minimum ?? -1) >= 0 || Number(bounds.exclusiveMinimum ?? -1) >= 0;
}

/** Proto3 JSON leaves out only what has presence and is not set. */
function isAlwaysSent(field: DescField): boolean {
  return field.fieldKind === 'list' || field.fieldKind === 'map' || field.presence === IMPLICIT;
}

/** Whether a request without the field is refused: required, or its default breaks a rule. */
export function isRequired(field: DescField): boolean {
  const rules = getOption(field, rulesOf);
  if (rules.required) return true;
  // A field with presence that is not set is not validated.
  if (field.presence === 1 && field.fieldKind !== 'list' && field.fieldKind !== 'map') return false;
  const { case: kind, value: rule } = rules.type;
  switch (kind) {
    case 'string':
      return (
        rule.minLen > 0n ||
        (rule.in.length > 0 && !rule.in.includes('')) ||
        (rule.pattern !== '' && !new RegExp(rule.pattern).test('')) ||
        (rule.wellKnown.case !== undefined && rule.wellKnown.value === true)
      );
    case 'repeated':
      return rule.minItems > 0n;
    case 'enum':
      return rule.notIn.includes(0);
    default: {
      const { minimum, exclusiveMinimum } = numberRules(rules);
      return Number(minimum ?? 0) > 0 || Number(exclusiveMinimum ?? -1) >= 0;
    }
  }
}
