import { create, type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { findField, isWrapper } from '../json-fields.js';

/** Text that JSON, URLs and PostgreSQL can hold: any Unicode but NUL. */
export const anyText = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));

/** Messages of a type, with every kind of field; nested ones to a depth, so that circles end. */
export function anyMessage(desc: DescMessage, depth = 3): fc.Arbitrary<Message> {
  const fields = desc.fields.filter((field) => depth > 0 || !field.message);
  const values: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of fields) if (!field.oneof) values[field.localName] = anyField(field, depth);
  for (const oneof of desc.oneofs) {
    const members = oneof.fields.filter((field) => depth > 0 || !field.message);
    if (members.length === 0) continue;
    const cases = members.map((field) =>
      anyValue(field, depth).map((value) => ({ case: field.localName, value })),
    );
    values[oneof.localName] = fc.option(fc.oneof(...cases), { nil: { case: undefined } as never });
  }
  return fc.record(values, { requiredKeys: [] }).map((init) => create(desc, init as never));
}

function anyField(field: DescField, depth: number): fc.Arbitrary<unknown> {
  if (field.fieldKind === 'list') return fc.array(anyValue(field, depth), { maxLength: 3 });
  if (field.fieldKind === 'map') {
    const key =
      field.mapKey === ScalarType.STRING
        ? fc.oneof(anyText, fc.constant('constructor')).filter((text) => text !== '__proto__')
        : fc.integer({ min: -9, max: 9 }).map(String);
    return fc.dictionary(key, anyValue(field, depth), { maxKeys: 3, noNullPrototype: true });
  }
  return fc.option(anyValue(field, depth), { nil: undefined });
}

function anyValue(field: DescField, depth: number): fc.Arbitrary<unknown> {
  if (field.message) {
    // Held as what they stand for: a scalar, a JSON object.
    if (isWrapper(field.message)) return anyScalar(field.message.fields[0]!.scalar!);
    if (field.message.name === 'Struct') return anyObject;
    const special = wellKnown[field.message.name];
    return special
      ? special.map((init) => create(field.message!, init as never))
      : anyMessage(field.message, depth - 1);
  }
  if (field.enum) return fc.constantFrom(...field.enum.values.map(({ number }) => number));
  return anyScalar(field.scalar!);
}

function anyScalar(type: ScalarType): fc.Arbitrary<unknown> {
  switch (type) {
    case ScalarType.STRING:
      return anyText;
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.BYTES:
      return fc.uint8Array({ maxLength: 9 });
    // What is not a number is not equal to itself.
    case ScalarType.DOUBLE:
      return fc.double({ noNaN: true }).filter(notNegativeZero);
    case ScalarType.FLOAT:
      return fc.float({ noNaN: true }).filter(notNegativeZero);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return fc.nat({ max: 0x7fffffff });
    default:
      return fc.integer();
  }
}

/** JavaScript writes it as 0. */
const notNegativeZero = (number: number) => !Object.is(number, -0);

const anyObject = fc.dictionary(
  anyText.filter((text) => text !== '__proto__'),
  fc.oneof(anyText, fc.boolean(), fc.integer(), fc.constant(null)),
  { maxKeys: 3, noNullPrototype: true },
);

const nanos = fc.integer({ min: 0, max: 999_999_999 });
const wellKnown: Record<string, fc.Arbitrary<unknown>> = {
  Timestamp: fc.record({ seconds: fc.bigInt({ min: -62135596800n, max: 253402300799n }), nanos }),
  Duration: fc.record({ seconds: fc.bigInt({ min: 0n, max: 315_576_000_000n }), nanos }),
  FieldMask: fc.constant({ paths: [] }),
  Value: fc.oneof(
    anyText.map((value) => ({ kind: { case: 'stringValue', value } })),
    fc.boolean().map((value) => ({ kind: { case: 'boolValue', value } })),
    fc.constant({ kind: { case: 'nullValue', value: 0 } }),
  ),
};

/** JSON that is nearly what a message wants: its own field names, and values that may be of another kind. */
export function nearlyJson(desc: DescMessage, depth = 3): fc.Arbitrary<unknown> {
  const names = desc.fields.flatMap(({ name, jsonName }) => [name, jsonName]);
  const key = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('x', ...names) },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  );
  const entry = key.chain((name) => {
    const field = findField(desc, name);
    const nested = field?.message && depth > 0 ? nearlyJson(field.message, depth - 1) : oddValue;
    const value = fc.oneof({ weight: 3, arbitrary: nested }, { weight: 1, arbitrary: oddValue });
    return fc.tuple(
      fc.constant(name),
      fc.oneof({ weight: 3, arbitrary: value }, fc.array(value, { maxLength: 3 })),
    );
  });
  return fc.array(entry, { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
}

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    'true',
    '5',
    '-1',
    ' 1',
    '1e3',
    '0x10',
    'NaN',
    'CARD',
    'ACTIVE',
    [],
    {},
  ),
  fc.constantFrom<unknown>(
    0,
    1,
    -1,
    1.5,
    2 ** 53,
    2 ** 31,
    1e21,
    -0,
    '9223372036854775807',
    '9223372036854775808',
  ),
  fc.constantFrom<unknown>(
    '2026-11-21T08:00:00Z',
    '2026-13-41T99:00:00Z',
    '1.5s',
    'a,b',
    'AA==',
    'A',
    '\0',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.jsonValue({ maxDepth: 2 }),
);
