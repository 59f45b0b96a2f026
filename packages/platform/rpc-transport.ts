import { create, type DescMethod } from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  type ContextValues,
  createContextKey,
  createContextValues,
  type Interceptor,
  type Transport,
} from '@connectrpc/connect';
import { runStreamingCall } from '@connectrpc/connect/protocol';
import { DomainError, fromRpcError } from './errors.js';

/**
 * One call on its way: a request in, its response out. A wire, a server's handler and everything an interceptor wraps
 * have this shape. The request's signal is aborted when the call ends, however it ends.
 */
export type Send = Parameters<Interceptor>[0];

/** When the caller stops waiting: milliseconds since 1970 by this machine's clock. */
export const deadlineKey = createContextKey<number | undefined>(undefined, { description: 'deadline' });

/** Which service calls, as a transport knows it; no header can set it. */
export const serviceKey = createContextKey<string | undefined>(undefined, { description: 'service' });

const unaryTimeoutMs = 5_000;
/** A stream lives as long as its reader; this only ends those whose reader went away without a word. */
const streamTimeoutMs = 300_000;
/** What a timer can hold; a longer one would fire at once. */
const maxTimeoutMs = 2 ** 31 - 1;

/** Why the signal of a call that has its answer is aborted; one for all, because an error is dear to make. */
const ended = new ConnectError('the call has ended', Code.Canceled);

/** A transport for Connect's clients: gives the call a deadline, and callers a DomainError, whatever happened. */
export function transportOver(send: Send, interceptors: Interceptor[] = []): Transport {
  const next: Send = async (request) => {
    request.signal.throwIfAborted();
    return send(request);
  };
  const through = interceptors.reduceRight((inner, interceptor) => interceptor(inner), next);
  return {
    async unary(method, signal, timeout = unaryTimeoutMs, header, message, values) {
      const timeoutMs = Math.min(timeout, maxTimeoutMs);
      const call = new AbortController();
      const cancel = () => call.abort(signal?.reason);
      const expire = () => call.abort(new ConnectError('the operation timed out', Code.DeadlineExceeded));
      const timer = setTimeout(expire, Math.max(timeoutMs, 0));
      signal?.addEventListener('abort', cancel);
      if (signal?.aborted) cancel();
      else if (timeoutMs <= 0) expire();
      const request = {
        ...common(method, header, timeoutMs, values),
        ...{ stream: false, method, message: create(method.input, message as never), signal: call.signal },
      } as const;
      try {
        return (await through(request as never)) as never;
      } catch (error) {
        const { aborted, reason } = call.signal;
        throw toCallerError(aborted ? ConnectError.from(reason, Code.Canceled) : ConnectError.from(error));
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        call.abort(ended);
      }
    },
    async stream(method, signal, timeout = streamTimeoutMs, header, message, values) {
      const timeoutMs = Math.min(timeout, maxTimeoutMs);
      const req = { stream: true, method, message, ...common(method, header, timeoutMs, values) } as const;
      try {
        const response = await runStreamingCall({ req, next: through as never, signal, timeoutMs });
        return { ...response, message: withCallerErrors(response.message) };
      } catch (error) {
        throw toCallerError(error);
      }
    },
  };
}

type HeaderValues = ConstructorParameters<typeof Headers>[0];

function common(
  method: DescMethod,
  header: HeaderValues | undefined,
  timeoutMs: number,
  values?: ContextValues,
) {
  return {
    service: method.parent,
    requestMethod: 'POST',
    url: pathOf(method),
    header: new Headers(header),
    contextValues: Object.assign(createContextValues(), values).set(deadlineKey, Date.now() + timeoutMs),
  };
}

async function* withCallerErrors<Message>(messages: AsyncIterable<Message>): AsyncIterable<Message> {
  try {
    yield* messages;
  } catch (error) {
    throw toCallerError(error);
  }
}

/** Connect wraps what is not its own; an error of ours (an open breaker) is taken out again. */
function toCallerError(error: unknown): DomainError {
  const ours = error instanceof ConnectError && error.cause instanceof DomainError;
  return fromRpcError(ours ? error.cause : error);
}

/** The method as gRPC names it: `/pasar.order.v1.OrderService/PlaceOrder`. */
export function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

/** The only message of a request: all of Pasar's methods take one. */
export async function firstOf<Message>(messages: AsyncIterable<Message>): Promise<Message> {
  for await (const message of messages) return message;
  throw new Error('a call without a request message');
}
