import { STATUS_CODES } from 'node:http';
import type { JsonObject } from '@bufbuild/protobuf';
import { ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@pasar/contracts/pasar/platform/v1/platform_pb';
import {
  DomainError,
  type ErrorKind,
  type FieldError,
  fromRpcError,
  httpStatus,
} from '@pasar/platform/errors';

/** What the gateway itself refuses, where no error kind of a service has the HTTP status. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
    readonly details: JsonObject = {},
  ) {
    super(message);
  }
}

/** An answer that reports an error (RFC 9457). */
export interface Problem {
  status: number;
  headers: Record<string, string>;
  body: JsonObject;
  /** The error itself when it is our fault: to be logged, never to be shown. */
  fault?: unknown;
}

const members = new Set([
  'type',
  'title',
  'status',
  'detail',
  'instance',
  'code',
  'errors',
  'requestId',
  'details',
]);

/** Said instead of what a transport says of itself: addresses and internals stay inside. */
const ownWords: Partial<Record<ErrorKind, string>> = {
  invalid: 'The request is not valid.',
  unauthenticated: 'Sign in first.',
  forbidden: 'This is not allowed.',
  not_found: 'There is no such thing.',
  rate_limited: 'Too many requests.',
  unavailable: 'The service is not available just now. Try again later.',
};

/** @param instance path of the request, without its query */
export function toProblem(error: unknown, requestId: string, instance: string): Problem {
  if (error instanceof Refusal) {
    const { status, code, message, headers, details } = error;
    return { status, headers, body: problemBody(status, code, message, [], details, requestId, instance) };
  }
  const known = error instanceof ConnectError || error instanceof DomainError;
  const told = known ? fromRpcError(error) : new DomainError('internal', 'internal', 'Something went wrong.');
  const status = httpStatus(told.kind);
  const headers: Record<string, string> = {};
  // Whoever was away may have said nothing, and clients wait only when they are told to.
  const retryAfter = told.retryAfter || (told.kind === 'unavailable' ? 1 : 0);
  if (retryAfter > 0) headers['Retry-After'] = String(retryAfter);
  const problem: Problem = {
    status,
    headers,
    body: problemBody(status, told.code, wordsOf(told), told.errors, told.details, requestId, instance),
  };
  if (told.kind === 'internal') problem.fault = error;
  return problem;
}

function wordsOf(error: DomainError): string {
  const fromTransport =
    error.cause instanceof ConnectError && error.cause.findDetails(ErrorDetailSchema).length === 0;
  return (fromTransport && ownWords[error.kind]) || error.message;
}

function problemBody(
  status: number,
  code: string,
  detail: string,
  errors: FieldError[],
  details: JsonObject,
  requestId: string,
  instance: string,
): JsonObject {
  const body: JsonObject = {
    type: `urn:pasar:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance,
    code,
    requestId,
  };
  if (errors.length > 0) body.errors = errors.map(({ field, detail }) => ({ field, detail }));
  // Extension members (RFC 9457, 3.2): the facts a client may act on stand beside the code.
  for (const [name, value] of Object.entries(details)) {
    if (name === '__proto__') continue;
    if (members.has(name)) body.details = { ...(body.details as JsonObject | undefined), [name]: value };
    else body[name] = value;
  }
  return body;
}
