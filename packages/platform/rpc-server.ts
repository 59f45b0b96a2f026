import {
  create,
  type DescMethod,
  type DescService,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  type HandlerContext,
  type Interceptor,
  type StreamResponse,
} from '@connectrpc/connect';
import { createAsyncIterable } from '@connectrpc/connect/protocol';
import { ErrorDetailSchema } from '@pasar/contracts/pasar/platform/v1/platform_pb';
import { accessRule, admit, callerKey } from './access.js';
import { bearerToken, type TokenVerifier } from './access-token.js';
import { toRpcError } from './errors.js';
import { printRedacted } from './redaction.js';
import { deadlineKey, firstOf, pathOf, type Send, serviceKey } from './rpc-transport.js';
import type { Log, Metrics } from './telemetry.js';
import { type Span, startSpan } from './tracing.js';
import { validate } from './validation.js';

export interface ServerOptions {
  verifier: TokenVerifier;
  metrics: Metrics;
  log: Log;
}

/** By path. */
export type Handlers = Map<string, Send>;
export type Implementation = Record<string, (request: never, context: HandlerContext) => unknown>;

/**
 * The handlers of a service behind what guards all of them, whatever wire a call comes by: traces and metrics, who may
 * call, what a request must look like. Throws for a contract that cannot be served.
 */
export function mount(
  service: DescService,
  implementation: Implementation,
  options: ServerOptions,
): Handlers {
  return new Map(
    service.methods.map((method) => {
      const guards = [observe(method, options), admitTo(method, options.verifier), check(method)];
      const guarded = guards.reduceRight((next, guard) => guard(next), invoke(method, implementation));
      return [pathOf(method), startStream(guarded)];
    }),
  );
}

/** The handler itself, with nothing around it. */
export function invoke(method: DescMethod, implementation: Implementation): Send {
  const name = pathOf(method).slice(1);
  const handle = implementation[method.localName]?.bind(implementation);
  if (!handle) throw new Error(`${name} is not implemented`);
  if (method.methodKind !== 'unary' && method.methodKind !== 'server_streaming') {
    throw new Error(`${name}: requests are single messages here, not streams`);
  }
  return async (request) => {
    const deadline = request.contextValues.get(deadlineKey);
    const context: HandlerContext = {
      service: request.service,
      method,
      signal: request.signal,
      timeoutMs: () => deadline && deadline - Date.now(),
      requestMethod: request.requestMethod,
      requestHeader: request.header,
      responseHeader: new Headers(),
      responseTrailer: new Headers(),
      protocolName: 'grpc',
      values: request.contextValues,
      url: request.url,
    };
    const { service, responseHeader: header, responseTrailer: trailer } = context;
    type Answer = MessageInitShape<typeof method.output>;
    if (!request.stream) {
      const answer = (await handle(request.message as never, context)) as Answer;
      return {
        stream: false,
        service,
        method: request.method,
        header,
        trailer,
        message: create(method.output, answer),
      };
    }
    const answers = handle((await firstOf(request.message)) as never, context) as AsyncIterable<Answer>;
    async function* messages() {
      for await (const answer of answers) yield create(method.output, answer);
    }
    return { stream: true, service, method: request.method, header, trailer, message: messages() };
  };
}

function observe(method: DescMethod, { metrics, log }: ServerOptions): Interceptor {
  const name = pathOf(method).slice(1);
  const durations = metrics.histogram('pasar_rpc_server_seconds', 'Handling of a call.', ['method', 'code']);
  return (next) => async (request) => {
    const span = startSpan(name, { kind: 'server', parent: request.header.get('traceparent') });
    const begun = performance.now();
    const finish = (code: string) => {
      durations.observe({ method: name, code }, (performance.now() - begun) / 1000);
      span.end(code === 'OK' ? undefined : code);
    };
    const fail = (error: unknown): ConnectError => {
      const wire = toWireError(error, request.signal);
      if (wire.code === Code.Internal) {
        const { user, service } = request.contextValues.get(callerKey);
        const facts = { err: error, method: name, caller: service, userId: user?.id };
        const message = request.stream ? undefined : printRedacted(method.input, request.message);
        const requestId = request.header.get('x-request-id') ?? undefined;
        span.run(() => log.error({ ...facts, requestId, request: message }, 'call failed'));
      }
      finish(Code[wire.code]);
      return wire;
    };
    try {
      const response = await span.run(() => next(request));
      if (response.stream) return { ...response, message: follow(response, span, finish, fail) };
      finish('OK');
      return response;
    } catch (error) {
      throw fail(error);
    }
  };
}

async function* follow(
  { message: messages }: StreamResponse,
  span: Span,
  finish: (code: string) => void,
  fail: (error: unknown) => ConnectError,
) {
  const iterator = messages[Symbol.asyncIterator]();
  let left = true;
  try {
    for (;;) {
      const { done, value } = await span.run(() => iterator.next());
      if (done) break;
      yield value;
    }
    left = false;
    finish('OK');
  } catch (error) {
    left = false;
    throw fail(error);
  } finally {
    if (left) {
      finish(Code[Code.Canceled]);
      await iterator.return?.();
    }
  }
}

/** An error travels in headers. Larger ones would break the connection, and with it every call on it. */
const maxDetailBytes = 32 * 1024;
const maxTextLength = 1_000;

/** The error as callers may see it: without its cause, and without a word of what they cannot do anything about. */
function toWireError(error: unknown, signal: AbortSignal): ConnectError {
  const gaveUp = signal.aborted && (error === signal.reason || (error as Error)?.name === 'AbortError');
  if (gaveUp) return ConnectError.from(signal.reason, Code.Canceled);
  const foreign = error instanceof ConnectError && [Code.Unknown, Code.Internal].includes(error.code);
  const known = toRpcError(foreign ? undefined : error);
  const wire = new ConnectError(known.rawMessage.slice(0, maxTextLength).toWellFormed(), known.code);
  const [detail] = known.findDetails(ErrorDetailSchema);
  if (!detail) return wire;
  if (toBinary(ErrorDetailSchema, detail).length > maxDetailBytes) {
    detail.errors = [];
    detail.details = {};
  }
  wire.details = [{ desc: ErrorDetailSchema, value: detail }];
  return wire;
}

function admitTo(method: DescMethod, verifier: TokenVerifier): Interceptor {
  const rule = accessRule(method);
  return (next) => async (request) => {
    const service = request.contextValues.get(serviceKey);
    const token = bearerToken(request.header.get('authorization'));
    const user = token === undefined ? undefined : await verifier.verify(token);
    request.contextValues.set(callerKey, admit(rule, { user, service }));
    return next(request);
  };
}

function check({ input }: DescMethod): Interceptor {
  return (next) => async (request) => {
    if (!request.stream) {
      validate(input, request.message);
      return next(request);
    }
    const message = await firstOf(request.message);
    validate(input, message);
    return next({ ...request, message: createAsyncIterable([message]) });
  };
}

/**
 * Answers a streaming call only when its first message is there: an error before it is then the call's own, and the
 * headers that the handler set on its way are complete.
 */
function startStream(next: Send): Send {
  return async (request) => {
    const response = await next(request);
    if (!response.stream) return response;
    const iterator = response.message[Symbol.asyncIterator]();
    const first = await iterator.next();
    let started = false;
    const message = {
      [Symbol.asyncIterator]: () => ({
        next() {
          if (started) return iterator.next();
          started = true;
          return Promise.resolve(first);
        },
        return: () => iterator.return?.() ?? Promise.resolve({ done: true as const, value: undefined }),
      }),
    };
    return { ...response, message };
  };
}
