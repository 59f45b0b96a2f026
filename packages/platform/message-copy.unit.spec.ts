import { clone, create, type DescMessage, type MessageShape, toBinary } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  StructSchema,
  TimestampSchema,
  timestampNow,
} from '@bufbuild/protobuf/wkt';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { EnvelopeSchema, ErrorDetailSchema } from '@pasar/contracts/pasar/platform/v1/platform_pb';
import { describe, expect, it } from 'vitest';
import { copyMessage } from './message-copy.js';

const order = {
  id: 'a',
  total: { amount: 5_350_000n, currency: 'IDR' },
  lines: [{ variantId: 'v', quantity: 2, unitPrice: { amount: 7n, currency: 'IDR' } }, {}],
  createdAt: timestampNow(),
};

/** What a message holds by reference, at any depth. */
function references(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const inner of Object.values(value)) references(inner, found);
  return found;
}

const unknown = create(TimestampSchema, { seconds: 1n });
unknown.$unknown = [{ no: 9, wireType: 0, data: new Uint8Array([1]) }];

const messages: [string, DescMessage, MessageShape<DescMessage>][] = [
  ['an event', OrderConfirmedSchema, create(OrderConfirmedSchema, { order })],
  ['bytes', EnvelopeSchema, create(EnvelopeSchema, { id: 'a', data: new Uint8Array([1, 2]) })],
  ['an empty message', OrderConfirmedSchema, create(OrderConfirmedSchema)],
  [
    'maps',
    ErrorDetailSchema,
    create(ErrorDetailSchema, { code: 'x', details: { a: '1', b: '2' }, errors: [{ field: 'f' }] }),
  ],
  [
    'a type that holds itself, in a oneof in a map',
    StructSchema,
    create(StructSchema, {
      fields: {
        a: {
          kind: {
            case: 'structValue',
            value: { fields: { b: { kind: { case: 'boolValue', value: true } } } },
          },
        },
        c: { kind: { case: 'listValue', value: { values: [{ kind: { case: undefined } }] } } },
      },
    }),
  ],
  [
    'another edition',
    FileDescriptorProtoSchema,
    create(FileDescriptorProtoSchema, { name: 'f', messageType: [{}] }),
  ],
  ['fields that nobody here knows', TimestampSchema, unknown],
];

describe('A copy', () => {
  it.each(messages)('of %s is equal, and shares nothing', (_, schema, message) => {
    const copy = copyMessage(schema, message);
    expect(copy).toEqual(clone(schema, message));
    expect(toBinary(schema, copy)).toEqual(toBinary(schema, message));
    // What nobody knows, nobody changes.
    const own = references({ ...message, $unknown: undefined });
    expect([...references(copy)].filter((one) => own.has(one))).toEqual([]);
  });
});
