import { setTimeout as sleep } from 'node:timers/promises';
import { createFileRegistry, type DescService, fromJson } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type HandlerContext } from '@connectrpc/connect';
import type { Health } from './health.js';

const text = { type: 'TYPE_STRING', label: 'LABEL_OPTIONAL' };
const io = {
  inputType: '.grpc.health.v1.HealthCheckRequest',
  outputType: '.grpc.health.v1.HealthCheckResponse',
};

/** https://github.com/grpc/grpc-proto/blob/master/grpc/health/v1/health.proto, without its newer List. */
const registry = createFileRegistry(
  fromJson(FileDescriptorProtoSchema, {
    name: 'grpc/health/v1/health.proto',
    package: 'grpc.health.v1',
    syntax: 'proto3',
    messageType: [
      { name: 'HealthCheckRequest', field: [{ name: 'service', number: 1, ...text }] },
      {
        name: 'HealthCheckResponse',
        field: [
          {
            name: 'status',
            number: 1,
            type: 'TYPE_ENUM',
            typeName: '.grpc.health.v1.HealthCheckResponse.ServingStatus',
            label: 'LABEL_OPTIONAL',
          },
        ],
        enumType: [
          {
            name: 'ServingStatus',
            value: ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'].map((name, number) => ({
              name,
              number,
            })),
          },
        ],
      },
    ],
    service: [
      {
        name: 'Health',
        method: [
          { name: 'Check', ...io },
          { name: 'Watch', serverStreaming: true, ...io },
        ],
      },
    ],
  }),
  () => undefined,
);

export const HealthService = registry.getService('grpc.health.v1.Health') as DescService;

enum ServingStatus {
  SERVING = 1,
  NOT_SERVING = 2,
  SERVICE_UNKNOWN = 3,
}

const watchEveryMs = 2_000;

/**
 * Answers for the process as a whole (no service named) and for each service in it.
 * @param closing ends the watches, which would otherwise hold up a stop
 */
export function answerHealth(health: Health, services: Set<string>, closing: AbortSignal) {
  const statusOf = async (service: string) => {
    if (service !== '' && !services.has(service)) return ServingStatus.SERVICE_UNKNOWN;
    const { ready } = await health.report();
    return ready && !closing.aborted ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  };
  return {
    async check({ service }: { service: string }) {
      const status = await statusOf(service);
      if (status === ServingStatus.SERVICE_UNKNOWN)
        throw new ConnectError(`no ${service} here`, Code.NotFound);
      return { status };
    },
    async *watch({ service }: { service: string }, { signal }: HandlerContext) {
      const end = AbortSignal.any([signal, closing]);
      for (let last: ServingStatus | undefined; ; ) {
        const status = await statusOf(service);
        if (status !== last) yield { status };
        last = status;
        if (end.aborted) return;
        await sleep(watchEveryMs, undefined, { signal: end }).catch(() => {});
      }
    },
  };
}
