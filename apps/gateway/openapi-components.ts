import type { JsonObject } from '@bufbuild/protobuf';
import type { Endpoint } from './endpoint.js';

/** The parts of the API description that no contract holds: errors and headers. */

export const problemSchemas: Record<string, JsonObject> = {
  Problem: {
    type: 'object',
    description:
      'Problem details (RFC 9457). Facts that a client may act on stand beside `code` as further members.',
    properties: {
      type: { type: 'string', description: '`urn:pasar:problem:` and the code.' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      instance: { type: 'string', description: 'Path of the request.' },
      code: { type: 'string', description: 'Stable and dotted.' },
      requestId: { type: 'string', description: 'As in the `X-Request-Id` header; for support.' },
      errors: { type: 'array', items: { $ref: '#/components/schemas/FieldProblem' } },
    },
    required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
    additionalProperties: true,
  },
  FieldProblem: {
    type: 'object',
    properties: {
      field: { type: 'string', description: 'Path in the request, such as `items[0].quantity`.' },
      detail: { type: 'string' },
    },
    required: ['field', 'detail'],
  },
};

function problem(
  status: number | 'default',
  description: string,
  example: { title: string; code: string; detail: string } & JsonObject,
): JsonObject & { status: string } {
  const { title, code, detail, ...facts } = example;
  return {
    status: String(status),
    description,
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        example: {
          type: `urn:pasar:problem:${code}`,
          title,
          status: status === 'default' ? 503 : status,
          detail,
          instance: '/api/v1/orders',
          code,
          requestId: 'k3v9x0-2f',
          ...facts,
        },
      },
    },
  };
}

/** Answers that report an error, by component name; `status` is where they go, and no part of the component. */
const problemsWithStatus = {
  BadRequest: problem(400, 'The request breaks a rule; `errors` tells every fault.', {
    title: 'Bad Request',
    code: 'request.invalid',
    detail: 'items[0].quantity must be a whole number.',
    errors: [{ field: 'items[0].quantity', detail: 'must be a whole number' }],
  }),
  Unauthorized: problem(401, 'No access token, or one that is not valid any more.', {
    title: 'Unauthorized',
    code: 'access.unauthenticated',
    detail: 'Sign in first.',
  }),
  Forbidden: problem(403, 'The account lacks the role.', {
    title: 'Forbidden',
    code: 'access.forbidden',
    detail: 'Only for SELLER.',
  }),
  NotFound: problem(404, 'No such thing, or not the caller’s.', {
    title: 'Not Found',
    code: 'order.not_found',
    detail: 'No such order.',
  }),
  Conflict: problem(
    409,
    'The state of things does not allow it, or the first call with this key is under way.',
    {
      title: 'Conflict',
      code: 'idempotency.in_progress',
      detail: 'The first request with this key is still under way.',
    },
  ),
  UnprocessableContent: problem(422, 'Never possible as it stands, such as a key with another body.', {
    title: 'Unprocessable Entity',
    code: 'idempotency.key_reused',
    detail: 'This key was used for another request.',
  }),
  TooManyRequests: problem(429, 'Over the rate limit; `Retry-After` tells when to come again.', {
    title: 'Too Many Requests',
    code: 'rate_limit.exceeded',
    detail: 'More than 100 requests a minute.',
  }),
  Problem: problem('default', 'Any other error.', {
    title: 'Service Unavailable',
    code: 'payment.unavailable',
    detail: 'Payment is not available just now. Try again later.',
  }),
};

export type ProblemName = keyof typeof problemsWithStatus;

export function problemStatus(name: ProblemName): string {
  return problemsWithStatus[name].status;
}

export function problemResponse(name: ProblemName): JsonObject {
  const { status: _, ...response } = problemsWithStatus[name];
  return response;
}

export const headerParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Made by the client, one for each intent. The same key gives the same answer, however often it is sent.',
    schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]+$' },
    example: '0f8fad5b-d9cb-469f-a165-70867728950e',
  },
  CartToken: {
    name: 'X-Cart-Token',
    in: 'header',
    description:
      'Names the cart of a guest; the first answer that makes a cart carries it as a header of this name.',
    schema: { type: 'string', maxLength: 128 },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of an earlier answer.',
    schema: { type: 'string' },
  },
} satisfies Record<string, JsonObject>;

export type HeaderName = keyof typeof headerParameters;

export function headersOf({ idempotentByKey, cartToken, cacheSeconds }: Endpoint): HeaderName[] {
  const names: HeaderName[] = [];
  if (idempotentByKey) names.push('IdempotencyKey');
  if (cartToken) names.push('CartToken');
  if (cacheSeconds > 0) names.push('IfNoneMatch');
  return names;
}
