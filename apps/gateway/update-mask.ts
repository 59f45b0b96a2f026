import type { DescField, DescMessage, JsonValue } from '@bufbuild/protobuf';
import type { FieldError } from '@pasar/platform/errors';
import { findField, isJsonLeaf } from './json-fields.js';

/**
 * The fields that a PATCH body gives, as paths for `update_mask` (AIP-134). Messages are entered, so that
 * `{"preferences": {"orderEmail": false}}` changes one preference and leaves the others; lists, maps and messages with
 * a JSON form of their own are replaced whole, and so is a message given as null or empty.
 * @param json has passed `checkJson`
 */
export function inferUpdateMask(resource: DescMessage, json: JsonValue): string[] {
  const paths: string[] = [];
  for (const [key, value] of Object.entries(json ?? {})) {
    const field = findField(resource, key)!;
    const inner = enterable(field) && value !== null ? inferUpdateMask(field.message!, value) : [];
    if (inner.length === 0) paths.push(field.name);
    else for (const path of inner) paths.push(`${field.name}.${path}`);
  }
  return paths;
}

/** Paths of a given mask that lead nowhere, told in JSON names. */
export function checkUpdateMask(resource: DescMessage, paths: string[], at: string): FieldError[] {
  return paths
    .filter((path) => !leadsToField(resource, path))
    .map((path) => ({
      field: at,
      detail: `names "${path}", which is not a known field`,
    }));
}

function leadsToField(resource: DescMessage, path: string): boolean {
  // AIP-134: the whole resource.
  if (path === '*') return true;
  let message: DescMessage | undefined = resource;
  for (const name of path.split('.')) {
    const field: DescField | undefined = message && findField(message, name);
    if (!field) return false;
    message = enterable(field) ? field.message : undefined;
  }
  return true;
}

function enterable(field: DescField): boolean {
  return field.fieldKind === 'message' && !isJsonLeaf(field.message);
}
