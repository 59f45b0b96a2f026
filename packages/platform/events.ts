import {
  create,
  type DescFile,
  type DescMessage,
  fromBinary,
  getOption,
  hasOption,
  type Message,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { event as eventOption } from '@pasar/contracts/pasar/options/v1/options_pb';
import { EnvelopeSchema } from '@pasar/contracts/pasar/platform/v1/platform_pb';

/** An event that a command decided on and the outbox has not stored yet. */
export interface PendingEvent {
  schema: DescMessage;
  /** Id of the aggregate. Events of one subject are delivered in order. */
  subject: string;
  data: Message;
}

/** CloudEvents 1.0 in binary mode: what travels on the bus. */
export interface Envelope {
  /** UUIDv7. */
  id: string;
  /** e.g. `order.confirmed`. */
  type: string;
  /** The publishing service; also the name of the topic. */
  source: string;
  subject: string;
  time: Date;
  /** W3C trace context; empty when there is none. */
  traceparent: string;
  /** The message that `type` names, in binary protobuf. */
  data: Uint8Array;
}

export function event<Schema extends DescMessage>(
  schema: Schema,
  subject: string,
  data: MessageInitShape<Schema>,
): PendingEvent {
  return { schema, subject, data: create(schema, data) };
}

const types = new Map<DescMessage, string>();

/** @throws Error when the message is not marked as an event in its contract */
export function eventType(schema: DescMessage): string {
  let type = types.get(schema);
  if (type === undefined) {
    if (!hasOption(schema, eventOption)) throw new Error(`${schema.typeName} is not an event`);
    type = getOption(schema, eventOption).type;
    types.set(schema, type);
  }
  return type;
}

/** The service that publishes an event: of `pasar.order.v1.OrderConfirmed`, `order`. */
export function topicOf(schema: DescMessage): string {
  const [, topic] = /^pasar\.([a-z]+)\.v\d+$/.exec(schema.file.proto.package) ?? [];
  if (!topic) throw new Error(`${schema.typeName} is not in a package of a service`);
  return topic;
}

/** The events of generated files by type. */
export function eventSchemas(...files: DescFile[]): Map<string, DescMessage> {
  const schemas = new Map<string, DescMessage>();
  for (const schema of files.flatMap((file) => file.messages)) {
    if (!hasOption(schema, eventOption)) continue;
    const type = eventType(schema);
    const other = schemas.get(type);
    if (other && other !== schema)
      throw new Error(`${other.typeName} and ${schema.typeName} are both ${type}`);
    schemas.set(type, schema);
  }
  return schemas;
}

export function encodeData({ schema, data }: PendingEvent): Buffer {
  const bytes = toBinary(schema, data);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The envelope as a message, for buses that carry opaque bytes. */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  return toBinary(
    EnvelopeSchema,
    create(EnvelopeSchema, { ...envelope, time: timestampFromDate(envelope.time) }),
  );
}

/** @throws Error for bytes that are not an envelope */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  const { id, type, source, subject, time, traceparent, data } = fromBinary(EnvelopeSchema, bytes);
  if (!id || !type || !source || !time) throw new Error('an envelope needs id, type, source and time');
  return { id, type, source, subject, time: timestampDate(time), traceparent, data };
}
