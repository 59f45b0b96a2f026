import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { recordSpans } from './tracing.js';

export interface TracingOptions {
  /** Base URL of an OTLP/HTTP collector, e.g. `http://otel-collector:4318`. */
  endpoint: string;
  serviceName: string;
  /** Share of the traces begun here that is recorded; a trace from outside keeps the choice made for it. */
  sampleRatio?: number;
}

/**
 * Records spans from here on and sends them to a collector. Import this module dynamically: the SDK costs memory and
 * start-up time that nobody pays who does not export.
 * @returns sends what is left and stops
 */
export function startTracing({
  endpoint,
  serviceName,
  sampleRatio = 1,
}: TracingOptions): () => Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  trace.setGlobalTracerProvider(provider);
  recordSpans(true);
  return () => {
    recordSpans(false);
    return provider.shutdown();
  };
}
