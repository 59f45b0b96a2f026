import type { DescField, DescMessage } from '@bufbuild/protobuf';

const fieldsByMessage = new WeakMap<DescMessage, Map<string, DescField>>();

/** A field by its JSON name or its proto name: proto3 JSON accepts both. */
export function findField(message: DescMessage, name: string): DescField | undefined {
  let fields = fieldsByMessage.get(message);
  if (!fields) {
    fields = new Map(
      message.fields.flatMap(
        (field) =>
          [
            [field.name, field],
            [field.jsonName, field],
          ] as const,
      ),
    );
    fieldsByMessage.set(message, fields);
  }
  return fields.get(name);
}

const freeForm = new Set(['google.protobuf.Struct', 'google.protobuf.Value', 'google.protobuf.ListValue']);
const texts = new Set(['google.protobuf.Timestamp', 'google.protobuf.Duration', 'google.protobuf.FieldMask']);
const wrapper = /^google\.protobuf\.(Double|Float|Int64|UInt64|Int32|UInt32|Bool|String|Bytes)Value$/;

/** Any JSON may stand for it. */
export function isFreeForm(message: DescMessage): boolean {
  return freeForm.has(message.typeName);
}

/** A JSON string with rules of its own stands for it. */
export function isText(message: DescMessage): boolean {
  return texts.has(message.typeName);
}

/** The JSON of its only field stands for it. */
export function isWrapper(message: DescMessage): boolean {
  return wrapper.test(message.typeName);
}

/** Its JSON is not an object of its fields. */
export function isJsonLeaf(message: DescMessage): boolean {
  return (
    isText(message) || isFreeForm(message) || isWrapper(message) || message.typeName === 'google.protobuf.Any'
  );
}
