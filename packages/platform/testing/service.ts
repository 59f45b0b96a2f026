import type { DescMessage, DescService, MessageShape } from '@bufbuild/protobuf';
import { fromBinary } from '@bufbuild/protobuf';
import type { CallOptions, Client, ServiceImpl } from '@connectrpc/connect';
import { PostgresBus } from '../bus-postgres.js';
import { type Clock, TestClock } from '../clock.js';
import type { Environment } from '../config.js';
import { type Envelope, encodeData, eventType, type PendingEvent, topicOf } from '../events.js';
import type { Probe } from '../probe.js';
import type { RpcNetwork } from '../rpc.js';
import { type RunningService, type ServiceDefinition, startService } from '../service.js';
import { createLog, Metrics } from '../telemetry.js';
import { busMigrations, testDatabase } from './database.js';
import { implement, testNetwork } from './network.js';

/** A contract, and what a test lets it answer. */
export type Fake = { contract: DescService; implementation: ServiceImpl<DescService> };

export function fake<Contract extends DescService>(
  contract: Contract,
  methods: Partial<ServiceImpl<Contract>>,
): Fake {
  return { contract, implementation: implement(contract, methods) as ServiceImpl<DescService> };
}

export interface TestServiceOptions {
  fakes?: Fake[];
  environment?: Environment;
  clock?: Clock;
  probe?: Probe;
  /** Whether events are consumed and jobs run; true when not given. */
  background?: boolean;
}

export interface TestService {
  readonly service: RunningService;
  readonly network: RpcNetwork;
  /** A client as another service would have; pass `asUser(…)` to call for a user. */
  client<Contract extends DescService>(contract: Contract): Client<Contract>;
  /** Publishes events as their own service would. */
  publish(...events: PendingEvent[]): Promise<void>;
  /** What the service has published of a type so far, in order. */
  published<Schema extends DescMessage>(schema: Schema): MessageShape<Schema>[];
  close(): Promise<void>;
}

/** One service on real PostgreSQL and a real bus, between fakes of those that it calls. */
export async function startTestService(
  definition: ServiceDefinition,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const own = await testDatabase(definition.migrations);
  const busData = await testDatabase([busMigrations]);
  const clock = options.clock ?? new TestClock();
  const log = createLog({ level: process.env.PASAR_TEST_LOG_LEVEL ?? 'silent', service: definition.name });
  const metrics = new Metrics();
  const bus = new PostgresBus({ database: busData.database, log, metrics });
  const network = testNetwork({ clock, metrics, log });
  for (const { contract, implementation } of options.fakes ?? [])
    network.register('fake', contract, implementation);
  const service = await startService(definition, {
    environment: options.environment ?? {},
    clock,
    log,
    metrics,
    network,
    bus,
    processName: `test:${process.pid}:${crypto.randomUUID()}`,
    databaseUrl: () => own.url,
    poolSize: 8,
    probe: options.probe,
  });
  const seen: Envelope[] = [];
  const listening = bus.broadcast({
    topics: [definition.name],
    onBatch: async (envelopes) => void seen.push(...envelopes),
  });
  await listening.ready;
  if (options.background ?? true) await service.begin();
  return {
    service,
    network,
    client: (contract) => patiently(network.client(contract, { from: 'test' })),
    async publish(...events) {
      for (const pending of events) {
        await bus.publish([
          {
            id: clock.id(),
            type: eventType(pending.schema),
            source: topicOf(pending.schema),
            subject: pending.subject,
            time: clock.now(),
            traceparent: '',
            data: encodeData(pending),
          },
        ]);
      }
    },
    published: (schema) =>
      seen.filter(({ type }) => type === eventType(schema)).map(({ data }) => fromBinary(schema, data)),
    async close() {
      await service.close();
      await network.close();
      await bus.close();
      await Promise.all([own.drop(), busData.drop()]);
    },
  };
}

/** A client that waits for answers as long as a busy machine may need, rather than five seconds. */
function patiently<Contract extends DescService>(client: Client<Contract>): Client<Contract> {
  type Method = (request: unknown, options?: CallOptions) => unknown;
  const methods = Object.entries(client as Record<string, Method>).map(([name, method]): [string, Method] => [
    name,
    (request, options) => method(request, { timeoutMs: 60_000, ...options }),
  ]);
  return Object.fromEntries(methods) as unknown as Client<Contract>;
}
