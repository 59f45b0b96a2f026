import { type DescMessage, isFieldSet, type MessageShape } from '@bufbuild/protobuf';
import type { FieldMask } from '@bufbuild/protobuf/wkt';
import { invalidField } from './errors.js';

/**
 * Names (as in TypeScript) of the fields that an update changes: those that its mask names or, without a mask, those that
 * have a value (AIP-134). Clients send back what they read, so fields that are output only are passed over (AIP-203).
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
  const isChangeable = (path: string): path is Name => fields.changeable.includes(path as Name);
  const isOutputOnly = (path: string) => fields.outputOnly.includes(path.split('.')[0] as string);
  const changed = new Set<Name>();
  for (const path of named.length > 0 ? named : set) {
    if (isChangeable(path)) changed.add(path);
    else if (!isOutputOnly(path)) throw invalidField('updateMask', `${path} cannot be changed`);
  }
  return changed;
}

/** `compare_at_price.amount` → `compareAtPrice.amount`. */
function localPath(schema: DescMessage, path: string): string {
  const [first = '', ...rest] = path.split('.');
  return [schema.fields.find(({ name }) => name === first)?.localName ?? first, ...rest].join('.');
}
