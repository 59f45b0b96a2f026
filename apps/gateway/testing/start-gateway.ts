import type { DescService } from '@bufbuild/protobuf';
import type { BroadcastOptions, Bus } from '@pasar/platform/bus';
import type { Envelope } from '@pasar/platform/events';
import { Health } from '@pasar/platform/health';
import { createLog, Metrics } from '@pasar/platform/telemetry';
import { createGateway, type Gateway, type GatewayOptions, type GatewaySettings } from '../gateway.js';
import { allServices } from './contracts.js';
import { FakeServices } from './fake-services.js';

/** A gateway before services that a test plays. */
export interface TestGateway {
  gateway: Gateway;
  /** `http://127.0.0.1:<port>` */
  url: string;
  port: number;
  services: FakeServices;
  health: Health;
  metrics: Metrics;
  /** Lines of its log, parsed. */
  logged: Record<string, unknown>[];
  /** Publishes to the gateway's bus. */
  publish(...events: Envelope[]): Promise<void>;
  close(): Promise<void>;
}

export async function startGateway(
  settings: Partial<GatewaySettings> = {},
  options: Partial<GatewayOptions> & { contracts?: DescService[] } = {},
): Promise<TestGateway> {
  const services = new FakeServices();
  const health = new Health();
  health.serving = true;
  const metrics = new Metrics();
  const logged: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>),
  };
  const bus = new OneListener();
  const gateway = await createGateway({
    settings: { port: 0, rateLimitPerMinute: 0, ...settings },
    version: '0.0.0',
    services: options.contracts ?? allServices,
    calls: services,
    tokens: services,
    bus: bus as unknown as Bus,
    log: createLog({ level: 'debug', service: 'gateway', destination }),
    metrics,
    health,
    ...options,
  });
  const url = await gateway.listen();
  return {
    gateway,
    url,
    port: Number(new URL(url).port),
    services,
    health,
    metrics,
    logged,
    publish: (...events) => bus.publish(events),
    close: () => gateway.close(),
  };
}

/** A bus that carries events to the one who listens. */
class OneListener {
  #options: BroadcastOptions | undefined;

  async publish(events: Envelope[]): Promise<void> {
    const { topics = [], types, onBatch } = this.#options ?? {};
    await onBatch?.(
      events.filter(({ source, type }) => topics.includes(source) && (!types || types.includes(type))),
    );
  }

  broadcast(options: BroadcastOptions) {
    this.#options = options;
    return { ready: Promise.resolve(), stop: async () => {} };
  }
}
