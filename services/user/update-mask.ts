import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { isFieldSet } from '@bufbuild/protobuf';
import type { FieldMask } from '@bufbuild/protobuf/wkt';
import { DomainError } from '@pasar/platform/errors';

/**
 * Which of the changeable fields an update changes: those of its mask, or those that are set when it has none (AIP-134).
 * Paths are proto names, of nested fields too; a message stands for all fields in it.
 * @throws DomainError `request.invalid` naming every field that cannot be changed
 */
export function readUpdateMask<Schema extends DescMessage, Path extends string>(
  schema: Schema,
  resource: MessageShape<Schema>,
  mask: FieldMask | undefined,
  changeable: readonly Path[],
): Set<Path> {
  const given = mask?.paths.length
    ? mask.paths
    : schema.fields.filter((field) => isFieldSet(resource, field)).map(({ name }) => name);
  const meant = (path: string) =>
    changeable.filter((each) => path === '*' || each === path || each.startsWith(`${path}.`));
  const wrong = given.filter((path) => meant(path).length === 0);
  if (wrong.length > 0) {
    throw new DomainError('request.invalid', 'invalid', 'Some of these fields cannot be changed.', {
      errors: wrong.map((path) => ({ field: toJsonPath(path), detail: 'cannot be changed' })),
    });
  }
  return new Set(given.flatMap(meant));
}

function toJsonPath(path: string): string {
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
