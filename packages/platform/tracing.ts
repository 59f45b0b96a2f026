import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  isSpanContextValid,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('pasar');

/**
 * The only thing that is ambient, and it correlates only: logs, spans and events of one piece of work name the same
 * trace. Who calls, deadlines and transactions are passed on explicitly.
 */
const active = new AsyncLocalStorage<Span>();

/** Whether there is an SDK. Asking it for a span that nobody records would cost more than all else about a span. */
let isRecording = false;

export function recordSpans(on: boolean): void {
  isRecording = on;
}

/** A piece of work in a trace. Recorded when there is an SDK; without one it is a pair of ids. */
export class Span {
  /** W3C trace context, for headers and event envelopes. */
  readonly traceparent: string;
  readonly #recorded: OtelSpan | undefined;

  constructor(
    readonly context: SpanContext,
    recorded?: OtelSpan,
  ) {
    this.traceparent = `00-${context.traceId}-${context.spanId}-${context.traceFlags & 1 ? '01' : '00'}`;
    this.#recorded = recorded;
  }

  get traceId(): string {
    return this.context.traceId;
  }

  get spanId(): string {
    return this.context.spanId;
  }

  /** Runs `work`, and all that it starts, as part of this span. */
  run<Result>(work: () => Result): Result {
    return active.run(this, work);
  }

  /** @param failure why the work failed, if it did */
  end(failure?: string): void {
    if (failure !== undefined) this.#recorded?.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    this.#recorded?.end();
  }
}

export interface SpanOptions {
  kind?: 'client' | 'server' | 'producer' | 'consumer' | 'internal';
  /** A `traceparent` from outside; what is not one is ignored. The current span when not given. */
  parent?: string | null;
  attributes?: Attributes;
}

const kinds = {
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

export function startSpan(name: string, { kind = 'internal', parent, attributes }: SpanOptions = {}): Span {
  const current = active.getStore();
  // Between services of one process a header names the span that is at work: there is nothing to parse.
  const isInner = parent === undefined || parent === null || parent === current?.traceparent;
  const above = isInner ? current?.context : parseTraceparent(parent);
  if (isRecording) {
    const recorded = tracer.startSpan(
      name,
      { kind: kinds[kind], attributes },
      above ? trace.setSpanContext(ROOT_CONTEXT, above) : ROOT_CONTEXT,
    );
    return new Span(recorded.spanContext(), recorded);
  }
  const { traceId, traceFlags } = above ?? { traceId: randomHex(16), traceFlags: 0 };
  return new Span({ traceId, spanId: randomHex(8), traceFlags });
}

/** The span that the running code is part of. */
export function currentSpan(): Span | undefined {
  return active.getStore();
}

const traceparentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function parseTraceparent(text: string): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = traceparentPattern.exec(text) ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? context : undefined;
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Trace ids must be distinct, not unguessable. */
function randomHex(bytes: number): string {
  let text = '';
  for (let i = 0; i < bytes; i++) text += hexBytes[(Math.random() * 256) | 0];
  return text;
}
