import { pino } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { currentSpan } from './tracing.js';

type Write = { (facts: object, message: string): void; (message: string): void };

/** JSON lines with the trace they belong to. A class, so that it can be injected; `createLog` makes one. */
export abstract class Log {
  abstract readonly debug: Write;
  abstract readonly info: Write;
  abstract readonly warn: Write;
  abstract readonly error: Write;
  abstract readonly fatal: Write;
  /** A log whose every line carries `facts` too. */
  abstract child(facts: Record<string, unknown>): Log;
}

export interface LogOptions {
  level: string;
  service: string;
  /** Standard output when not given. */
  destination?: { write(line: string): void };
}

export function createLog({ level, service, destination }: LogOptions): Log {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (facts) => withoutSecrets(facts, 0) as Record<string, unknown>,
      },
      // Errors are made plain above.
      serializers: { err: (error) => error },
      mixin: () => {
        const span = currentSpan();
        return span ? { traceId: span.traceId, spanId: span.spanId } : {};
      },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

const secretName = /authorization|password|token|secret|cookie/i;
const maxDepth = 8;

/** What is logged: named like a secret, a field is left out at any depth; errors with their causes, bytes as a size. */
function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth === maxDepth) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  const facts = Object.entries(value).map(([name, fact]) => [
    name,
    secretName.test(name) && fact ? '[redacted]' : withoutSecrets(fact, depth + 1),
  ]);
  if (!(value instanceof Error)) return Object.fromEntries(facts);
  const { name, message, stack, cause } = value;
  return {
    ...Object.fromEntries(facts),
    ...{ type: name, message, stack },
    ...(cause !== undefined && { cause: withoutSecrets(cause, depth + 1) }),
  };
}

/** From a cached read to a time-out. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The process's Prometheus metrics. A metric is made by whoever asks for its name first. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #looks: (() => void)[] = [];
  /** Of `text()`. */
  readonly contentType = this.#registry.contentType;

  counter<Label extends string>(name: string, help: string, labels: readonly Label[] = []): Counter<Label> {
    return this.#once(name, (registers) => new Counter({ name, help, labelNames: labels, registers }));
  }

  gauge<Label extends string>(name: string, help: string, labels: readonly Label[] = []): Gauge<Label> {
    return this.#once(name, (registers) => new Gauge({ name, help, labelNames: labels, registers }));
  }

  /** @param buckets upper bounds; of durations in seconds when not given */
  histogram<Label extends string>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
    buckets: number[] = seconds,
  ): Histogram<Label> {
    return this.#once(
      name,
      (registers) => new Histogram({ name, help, labelNames: labels, buckets, registers }),
    );
  }

  /** Adds what Node.js tells of itself: memory, CPU, event loop lag, garbage collection. */
  collectProcess(): this {
    collectDefaultMetrics({ register: this.#registry });
    return this;
  }

  /** Has what is only worth a look when somebody reads it set then. */
  beforeRead(look: () => void): void {
    this.#looks.push(look);
  }

  /** Everything in Prometheus' text format. */
  text(): Promise<string> {
    for (const look of this.#looks) look();
    return this.#registry.metrics();
  }

  #once<Metric>(name: string, make: (registers: Registry[]) => Metric): Metric {
    return (this.#registry.getSingleMetric(name) as Metric | undefined) ?? make([this.#registry]);
  }
}
