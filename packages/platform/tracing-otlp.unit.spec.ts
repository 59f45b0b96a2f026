import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { trace } from '@opentelemetry/api';
import { afterEach, expect, it, vi } from 'vitest';

let collector: Server | undefined;
afterEach(() => {
  collector?.close();
  trace.disable();
});

it('sends spans to a collector as the traces that headers and logs name', async () => {
  // A tracer keeps the first SDK that it sees; this one is for nobody else.
  vi.resetModules();
  const { startSpan } = await import('./tracing.js');
  const { startTracing } = await import('./tracing-otlp.js');
  // biome-ignore lint/suspicious/noExplicitAny: OTLP is tested by its JSON
  const exports: any[] = [];
  collector = createServer(async (request, response) => {
    exports.push([request.url, await json(request)]);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const stop = startTracing({ endpoint: `http://127.0.0.1:${port}/otlp/`, serviceName: 'order' });

  const root = startSpan('root', { kind: 'server', attributes: { method: 'PlaceOrder' } });
  const child = root.run(() => startSpan('child', { kind: 'client' }));
  child.end('broken');
  root.end();
  startSpan('not chosen', { parent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00' }).end();
  await stop();

  const [[url, body]] = exports;
  const [{ resource, scopeSpans }] = body.resourceSpans;
  expect(url).toBe('/otlp/v1/traces');
  expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'order' } });
  const { traceId } = root;
  expect(scopeSpans[0].spans).toMatchObject([
    {
      name: 'child',
      traceId,
      spanId: child.spanId,
      parentSpanId: root.spanId,
      status: { message: 'broken' },
    },
    { name: 'root', traceId, spanId: root.spanId },
  ]);
  expect(root.traceparent).toBe(`00-${traceId}-${root.spanId}-01`);
});
