import { clone, type DescField, type DescMessage, type MessageShape, toJsonString } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';

const maxLength = 2_000;

/** A message as JSON for a log: fields that its contract marks `debug_redact` are left out, long ones are cut. */
export function printRedacted<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): string {
  try {
    const copy = clone(schema, message);
    clearSecrets(reflect(schema, copy));
    const text = toJsonString(schema, copy);
    return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  } catch (error) {
    // What cannot be printed must not hide the error that it is logged with.
    return `[unprintable: ${(error as Error).message}]`;
  }
}

function clearSecrets(message: ReflectMessage): void {
  for (const field of message.fields) {
    if (field.proto.options?.debugRedact) message.clear(field);
    else if (message.isSet(field)) for (const child of childrenOf(message, field)) clearSecrets(child);
  }
}

function childrenOf(message: ReflectMessage, field: DescField): Iterable<ReflectMessage> {
  if (field.fieldKind === 'message') return [message.get(field)];
  if (field.fieldKind === 'list' && field.listKind === 'message') {
    return message.get(field) as Iterable<unknown> as Iterable<ReflectMessage>;
  }
  if (field.fieldKind === 'map' && field.mapKind === 'message') {
    return message.get(field).values() as Iterable<unknown> as Iterable<ReflectMessage>;
  }
  return [];
}
