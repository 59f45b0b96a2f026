import { create, type JsonObject } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@pasar/contracts/pasar/platform/v1/platform_pb';

/** What went wrong, coarsely. Each kind has one RPC code and one HTTP status. */
export type ErrorKind =
  | 'invalid' // the request breaks a rule of its contract
  | 'unauthenticated' // nobody, or an expired somebody
  | 'forbidden' // somebody who may not
  | 'not_found' // no such thing, or not the caller's
  | 'conflict' // the state of things does not allow it
  | 'unprocessable' // understood, and never possible as it stands
  | 'payment_required' // the buyer's money was refused
  | 'rate_limited'
  | 'unavailable' // try again later
  | 'internal';

const kinds: Record<ErrorKind, { rpc: Code; http: number }> = {
  invalid: { rpc: Code.InvalidArgument, http: 400 },
  unauthenticated: { rpc: Code.Unauthenticated, http: 401 },
  forbidden: { rpc: Code.PermissionDenied, http: 403 },
  not_found: { rpc: Code.NotFound, http: 404 },
  conflict: { rpc: Code.Aborted, http: 409 },
  unprocessable: { rpc: Code.FailedPrecondition, http: 422 },
  payment_required: { rpc: Code.FailedPrecondition, http: 402 },
  rate_limited: { rpc: Code.ResourceExhausted, http: 429 },
  unavailable: { rpc: Code.Unavailable, http: 503 },
  internal: { rpc: Code.Internal, http: 500 },
};

export interface FieldError {
  /** Path in the request, e.g. `items[0].quantity`. */
  field: string;
  detail: string;
}

export interface ErrorFacts {
  errors?: FieldError[];
  /** Facts a client may act on; JSON only, shown to the outside. */
  details?: JsonObject;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  cause?: unknown;
}

/**
 * An error that the caller is meant to see. Anything else that is thrown becomes `internal`: logged whole, shown to
 * nobody.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly errors: FieldError[];
  readonly details: JsonObject;
  readonly retryAfter: number;

  /** @param code stable and dotted, e.g. `inventory.insufficient_stock` */
  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    facts: ErrorFacts = {},
  ) {
    super(message, { cause: facts.cause });
    this.errors = facts.errors ?? [];
    this.details = facts.details ?? {};
    this.retryAfter = facts.retryAfter ?? 0;
  }
}

export function notFound(what: string): DomainError {
  return new DomainError(`${what}.not_found`, 'not_found', `No such ${what}.`);
}

export function invalidField(field: string, detail: string): DomainError {
  return new DomainError('request.invalid', 'invalid', detail, { errors: [{ field, detail }] });
}

export function httpStatus(kind: ErrorKind): number {
  return kinds[kind].http;
}

/** The error as it goes on the wire. An unknown error loses its message here, and only here. */
export function toRpcError(error: unknown): ConnectError {
  if (error instanceof ConnectError) return error;
  const known =
    error instanceof DomainError ? error : new DomainError('internal', 'internal', 'Something went wrong.');
  const wire = new ConnectError(known.message, kinds[known.kind].rpc, undefined, undefined, error);
  wire.details.push({
    desc: ErrorDetailSchema,
    value: create(ErrorDetailSchema, {
      code: known.code,
      kind: known.kind,
      errors: known.errors,
      details: known.details,
      retryAfter: known.retryAfter,
    }),
  });
  return wire;
}

const kindOfCode: Partial<Record<Code, [ErrorKind, string]>> = {
  [Code.Canceled]: ['unavailable', 'rpc.canceled'],
  [Code.InvalidArgument]: ['invalid', 'request.invalid'],
  [Code.DeadlineExceeded]: ['unavailable', 'rpc.deadline_exceeded'],
  [Code.NotFound]: ['not_found', 'rpc.not_found'],
  [Code.PermissionDenied]: ['forbidden', 'access.forbidden'],
  [Code.ResourceExhausted]: ['rate_limited', 'rpc.resource_exhausted'],
  [Code.Unimplemented]: ['not_found', 'rpc.unimplemented'],
  [Code.Unavailable]: ['unavailable', 'rpc.unavailable'],
  [Code.Unauthenticated]: ['unauthenticated', 'access.unauthenticated'],
};

/** The error as a caller of an RPC handles it: always a DomainError, `internal` where the callee was broken. */
export function fromRpcError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const wire = ConnectError.from(error);
  const [detail] = wire.findDetails(ErrorDetailSchema);
  if (detail && detail.kind in kinds) {
    return new DomainError(detail.code, detail.kind as ErrorKind, wire.rawMessage, {
      errors: detail.errors.map(({ field, detail }) => ({ field, detail })),
      details: (detail.details ?? {}) as JsonObject,
      retryAfter: detail.retryAfter,
      cause: wire,
    });
  }
  const [kind, code] = kindOfCode[wire.code] ?? ['internal', 'internal'];
  const message = kind === 'internal' ? 'Something went wrong.' : wire.rawMessage;
  return new DomainError(code, kind, message, { cause: wire });
}

/** Whether trying again could help: the callee was away or too slow, and the answer is not known. */
export function isTransient(error: unknown): boolean {
  return fromRpcError(error).kind === 'unavailable';
}
