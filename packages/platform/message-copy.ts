import {
  clone,
  type DescField,
  type DescMessage,
  isMessage,
  type MessageShape,
  ScalarType,
} from '@bufbuild/protobuf';
import { Edition } from '@bufbuild/protobuf/wkt';

type Copy = (value: unknown) => unknown;
type Fields = Record<string, unknown>;

/**
 * A copy that shares nothing with its original: like the library's `clone`, at a fifth of its price, because what a
 * message is made of is looked up once for its type.
 */
export function copyMessage<Schema extends DescMessage>(
  schema: Schema,
  message: MessageShape<Schema>,
): MessageShape<Schema> {
  return copierOf(schema)(message) as MessageShape<Schema>;
}

const copiers = new Map<DescMessage, Copy>();

function copierOf(schema: DescMessage): Copy {
  const known = copiers.get(schema);
  if (known) return known;
  // Types may hold themselves, so what a field needs is asked for when it is copied.
  // Messages of other editions are more than their own properties.
  const isPlain = schema.file.edition === Edition.EDITION_PROTO3;
  const copier = isPlain ? compile(schema) : (value: unknown) => clone(schema, value as never);
  copiers.set(schema, copier);
  return copier;
}

function compile({ members }: DescMessage): Copy {
  const deep = members.flatMap((member): [string, Copy][] => {
    const copy = member.kind === 'oneof' ? copyOneof(member.fields) : copyField(member);
    return copy ? [[member.localName, copy]] : [];
  });
  return (value) => {
    const copy: Fields = { ...(value as Fields) };
    for (const [name, copyValue] of deep) if (copy[name] !== undefined) copy[name] = copyValue(copy[name]);
    if (copy.$unknown) copy.$unknown = [...(copy.$unknown as unknown[])];
    return copy;
  };
}

/** @returns nothing for what cannot be changed from elsewhere */
function copyField(field: DescField): Copy | undefined {
  const copyItem = copyValue(field);
  if (field.fieldKind === 'list') {
    return (list) => (copyItem ? (list as unknown[]).map(copyItem) : (list as unknown[]).slice());
  }
  if (field.fieldKind === 'map') {
    return (map) =>
      copyItem
        ? Object.fromEntries(Object.entries(map as Fields).map(([key, value]) => [key, copyItem(value)]))
        : { ...(map as Fields) };
  }
  return copyItem;
}

function copyValue(field: DescField): Copy | undefined {
  if (field.message) {
    const { message } = field;
    // Some of Google's own are not messages here but what they stand for.
    return (value) => (isMessage(value) ? copierOf(message)(value) : structuredClone(value));
  }
  return field.scalar === ScalarType.BYTES ? (bytes) => (bytes as Uint8Array).slice() : undefined;
}

function copyOneof(fields: DescField[]): Copy {
  const byCase = new Map(fields.map((field) => [field.localName, copyField(field)]));
  return (oneof) => {
    const { case: name, value } = oneof as { case?: string; value?: unknown };
    if (name === undefined) return { case: undefined };
    const copy = byCase.get(name);
    return { case: name, value: copy ? copy(value) : value };
  };
}
