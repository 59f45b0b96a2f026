import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import type { Path } from '@bufbuild/protobuf/reflect';
import { createValidator } from '@bufbuild/protovalidate';
import { DomainError } from './errors.js';

const validator = createValidator();
/** An error travels in a header, which has its limits, and nobody reads more. */
const maxErrors = 50;

/** Checks a message against the rules of its contract. @throws request.invalid, naming every wrong field */
export function validate<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): void {
  const result = validator.validate(schema, message);
  if (result.kind === 'valid') return;
  // A rule that cannot be evaluated is our mistake, not the caller's.
  if (result.kind === 'error') throw result.error;
  const errors = result.violations.slice(0, maxErrors).map(({ field, message }) => ({
    field: fieldName(field),
    detail: message,
  }));
  throw new DomainError('request.invalid', 'invalid', 'The request is not valid.', { errors });
}

/** A path as the JSON of the request has it: `items[0].unitPrice`. */
function fieldName(path: Path): string {
  let name = '';
  for (const step of path) {
    if (step.kind === 'list_sub') name += `[${step.index}]`;
    else if (step.kind === 'map_sub') name += `[${JSON.stringify(String(step.key))}]`;
    else name += `${name && '.'}${'jsonName' in step ? step.jsonName : step.name}`;
  }
  return name;
}
