import { type DescField, type DescMessage, isFieldSet, type MessageShape } from '@bufbuild/protobuf';
import type { FieldMask } from '@bufbuild/protobuf/wkt';
import { invalidField } from './errors.js';

/**
 * Names (as in TypeScript) of the fields that an update changes: those that its mask names or, without a mask, those that
 * have a value (AIP-134). A message stands for the fields in it that can be changed one by one. Clients send back what
 * they read, so fields that are output only are passed over (AIP-203).
 * @throws DomainError `request.invalid` for any other field
 */
export function changedFields<Schema extends DescMessage, Name extends string>(
  schema: Schema,
  resource: MessageShape<Schema>,
  mask: FieldMask | undefined,
  fields: { changeable: readonly Name[]; outputOnly: readonly string[] },
): Set<Name> {
  const set = schema.fields.filter((field) => isFieldSet(resource, field)).map(({ localName }) => localName);
  const named = mask?.paths.map((path) => localPath(schema, path)) ?? [];
  if (named.includes('*')) return new Set(fields.changeable);
  const changeableAt = (path: string) =>
    fields.changeable.filter((name) => name === path || name.startsWith(`${path}.`));
  const isOutputOnly = (path: string) => fields.outputOnly.includes(path.split('.')[0] as string);
  const changed = new Set<Name>();
  for (const path of named.length > 0 ? named : set) {
    const meant = changeableAt(path);
    for (const name of meant) changed.add(name);
    if (meant.length === 0 && !isOutputOnly(path)) throw invalidField(path, 'cannot be changed');
  }
  return changed;
}

/** `compare_at_price.amount` → `compareAtPrice.amount`. */
function localPath(schema: DescMessage, path: string): string {
  let within: DescMessage | undefined = schema;
  const names = path.split('.').map((part) => {
    const field: DescField | undefined = within?.fields.find(({ name }) => name === part);
    within = field?.message;
    return field?.localName ?? part;
  });
  return names.join('.');
}
