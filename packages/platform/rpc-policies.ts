import { setTimeout as sleep } from 'node:timers/promises';
import { MethodOptions_IdempotencyLevel as Idempotency } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { Breaker } from './breaker.js';
import { Bulkhead } from './bulkhead.js';
import type { Clock } from './clock.js';
import { deadlineKey, type Send } from './rpc-transport.js';
import type { Metrics } from './telemetry.js';
import { startSpan } from './tracing.js';

export interface PolicyOptions {
  /** The service that is called, e.g. `inventory`; its callers in this process share the breaker and the budget. */
  callee: string;
  clock: Clock;
  metrics: Metrics;
}

/** What every call goes through before it leaves, local or remote, outermost first. */
export function callPolicies({ callee, clock, metrics }: PolicyOptions): Interceptor[] {
  const bulkhead = new Bulkhead({ name: callee });
  const breaker = new Breaker({ name: callee, clock, metrics, isFailure: isAway });
  const retried = metrics.counter('pasar_rpc_retries_total', 'Calls that were tried again.', ['callee']);
  return [
    trace,
    (next) => async (request) => {
      await bulkhead.enter(request.signal);
      return next(request);
    },
    retry(new RetryBudget(), () => retried.inc({ callee })),
    (next) => (request) => breaker.run(() => next(request)),
  ];
}

const trace: Interceptor = (next) => async (request) => {
  const span = startSpan(request.url.slice(1), { kind: 'client', parent: request.header.get('traceparent') });
  request.header.set('traceparent', span.traceparent);
  try {
    const response = await next(request);
    span.end();
    return response;
  } catch (error) {
    span.end(String(error));
    throw error;
  }
};

/** No answer came: the callee was not reached, or too slow. An error that it gave itself is an answer. */
function isAway(error: unknown): boolean {
  if (!(error instanceof ConnectError) || error.details.length > 0) return false;
  return error.code === Code.Unavailable || error.code === Code.DeadlineExceeded;
}

/**
 * Lets calls be repeated as long as they are few: each call earns a tenth of a retry, so a callee that is down is not
 * buried under the retries of those who wait for it.
 */
class RetryBudget {
  #tokens = 10;

  earn(): void {
    this.#tokens = Math.min(10, this.#tokens + 0.1);
  }

  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}

const maxTries = 3;
const baseDelayMs = 25;

/** Repeats what the contract says may run twice, with full jitter. A stream may have given messages, and is not. */
function retry(budget: RetryBudget, count: () => void): Interceptor {
  return (next) => (request) => {
    budget.earn();
    const repeatable = request.method.idempotency !== Idempotency.IDEMPOTENCY_UNKNOWN;
    return repeatable && !request.stream ? repeat(next, request, budget, count) : next(request);
  };
}

async function repeat(next: Send, request: Parameters<Send>[0], budget: RetryBudget, count: () => void) {
  for (let tries = 1; ; tries++) {
    try {
      return await next(request);
    } catch (error) {
      const away = isAway(error) && !request.signal.aborted;
      const delay = Math.random() * baseDelayMs * 4 ** (tries - 1);
      const deadline = request.contextValues.get(deadlineKey) ?? Number.POSITIVE_INFINITY;
      if (!away || tries === maxTries || Date.now() + delay >= deadline || !budget.spend()) throw error;
      count();
      await sleep(delay, undefined, { signal: request.signal });
    }
  }
}
