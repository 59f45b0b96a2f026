import { once } from 'node:events';
import {
  type DescMethod,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type DescService,
  fromBinary,
  type Message,
} from '@bufbuild/protobuf';
import { Code, ConnectError, createContextValues } from '@connectrpc/connect';
import { createAsyncIterable } from '@connectrpc/connect/protocol';
import {
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type StatusObject,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { DomainError, toRpcError } from './errors.js';
import { answerHealth, HealthService } from './grpc-health.js';
import { answerReflection } from './grpc-reflection.js';
import { encode, maxMessageBytes, toHeaders, toMetadata, toStatus } from './grpc-wire.js';
import type { Health } from './health.js';
import { invoke } from './rpc-server.js';
import { deadlineKey, pathOf, type Send, serviceKey } from './rpc-transport.js';
import { type ServiceTokens, serviceTokenHeader } from './service-token.js';
import type { Log } from './telemetry.js';

type Call = ServerUnaryCall<Buffer, Buffer> | ServerWritableStream<Buffer, Buffer>;

/** Takes calls from the network to the handlers that local calls reach too. */
export class GrpcServer {
  readonly #tokens: ServiceTokens;
  readonly #log: Log;
  readonly #services: DescService[] = [];
  readonly #closing = new AbortController();
  #address: string | undefined;
  readonly #server = new Server({
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 5_000,
    // A client looks up the addresses of a callee when a connection ends; without an end it never meets a new replica.
    'grpc.max_connection_age_ms': 300_000,
    'grpc.max_connection_age_grace_ms': 30_000,
    'grpc.enable_channelz': 0,
  });

  constructor({ tokens, log }: { tokens: ServiceTokens; log: Log }) {
    this.#tokens = tokens;
    this.#log = log;
  }

  add(service: DescService, handlerOf: (method: DescMethod) => Send): void {
    const definition: Record<string, MethodDefinition<Buffer, Buffer>> = {};
    const implementation: UntypedServiceImplementation = {};
    for (const method of service.methods) {
      const stream = isStreaming(method);
      const handle = handlerOf(method);
      definition[method.name] = {
        path: pathOf(method),
        requestStream: false,
        responseStream: stream,
        ...bytes,
      };
      implementation[method.name] = stream
        ? this.#answerEach(method, handle)
        : this.#answerOnce(method, handle);
    }
    this.#server.addService(definition, implementation);
    this.#services.push(service);
  }

  /** Adds what tools and orchestrators ask every gRPC server; after all services, which it tells of. */
  addStandardServices(health: Health): void {
    const names = new Set(this.#services.map(({ typeName }) => typeName));
    const answers = answerHealth(health, names, this.#closing.signal);
    this.add(HealthService, (method) => invoke(method, answers));
    const answer = answerReflection(this.#services);
    for (const version of ['v1', 'v1alpha']) {
      const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
      const definition = { path, requestStream: true, responseStream: true, ...bytes };
      this.#server.addService(
        { ServerReflectionInfo: definition },
        { ServerReflectionInfo: converse(answer) },
      );
    }
  }

  /** @returns the port, which differs from the given one where that is 0 */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
        if (error) return reject(error);
        this.#address = `${host}:${bound}`;
        resolve(bound);
      });
    });
  }

  /** Takes no more calls, and gives those under way `graceMs` to end. */
  close(graceMs: number): Promise<void> {
    this.#closing.abort();
    // Not forceShutdown: it knows of no connections where channelz is off.
    if (this.#address) this.#server.drain(this.#address, graceMs);
    return new Promise((resolve) => this.#server.tryShutdown(() => resolve()));
  }

  #answerOnce(method: DescMethod, handle: Send): handleUnaryCall<Buffer, Buffer> {
    return async (call, callback) => {
      try {
        const response = await handle(this.#read(method, call, signalOf(call)));
        const answer = encode(method.output, response.message as Message);
        call.sendMetadata(toMetadata(response.header));
        callback(null, answer, toMetadata(response.trailer));
      } catch (error) {
        callback(this.#statusOf(error, method));
      }
    };
  }

  #answerEach(method: DescMethod, handle: Send): handleServerStreamingCall<Buffer, Buffer> {
    return async (call) => {
      const signal = signalOf(call);
      try {
        const response = await handle(this.#read(method, call, signal));
        call.sendMetadata(toMetadata(response.header));
        for await (const message of response.message as AsyncIterable<Message>) {
          if (!call.write(encode(method.output, message))) await once(call, 'drain', { signal });
        }
        call.end(toMetadata(response.trailer));
      } catch (error) {
        if (!signal.aborted) call.emit('error', this.#statusOf(error, method));
      }
    };
  }

  /** What went wrong in a handler is logged there; an answer that cannot be sent is not. */
  #statusOf(error: unknown, method: DescMethod): StatusObject {
    const known = error instanceof ConnectError || error instanceof DomainError;
    if (!known) this.#log.error({ err: error, method: pathOf(method) }, 'an answer could not be sent');
    return toStatus(toRpcError(error));
  }

  /** A call as the handlers expect it. Who calls is told by the service token; a header cannot say more. */
  #read(method: DescMethod, call: Call, signal: AbortSignal): Parameters<Send>[0] {
    const header = toHeaders(call.metadata);
    const token = header.get(serviceTokenHeader);
    header.delete(serviceTokenHeader);
    const deadline = Number(call.getDeadline());
    const contextValues = createContextValues()
      .set(serviceKey, token === null ? undefined : this.#tokens.verify(token))
      .set(deadlineKey, Number.isFinite(deadline) ? deadline : undefined);
    const message = decode(method, call.request);
    const { parent: service } = method;
    const common = { service, requestMethod: 'POST', url: pathOf(method), signal, header, contextValues };
    return isStreaming(method)
      ? { ...common, stream: true, method, message: createAsyncIterable([message]) }
      : { ...common, stream: false, method: method as DescMethodUnary, message };
  }
}

/** Messages are coded where errors can still be answered; gRPC sees their bytes. */
const bytes = {
  requestSerialize: (message: Buffer) => message,
  requestDeserialize: (message: Buffer) => message,
  responseSerialize: (message: Buffer) => message,
  responseDeserialize: (message: Buffer) => message,
};

function isStreaming(method: DescMethod): method is DescMethodServerStreaming {
  return method.methodKind === 'server_streaming';
}

function converse(answer: (request: Buffer) => Buffer): handleBidiStreamingCall<Buffer, Buffer> {
  return (call) => {
    call.on('data', (request: Buffer) => {
      try {
        call.write(answer(request));
      } catch (error) {
        call.emit('error', toStatus(toRpcError(error)));
      }
    });
    call.on('end', () => call.end());
  };
}

function decode({ input }: DescMethod, message: Buffer): Message {
  try {
    return fromBinary(input, message);
  } catch (cause) {
    throw new DomainError('request.invalid', 'invalid', `Not a ${input.typeName}.`, { cause });
  }
}

/** Made once: an error for every call that ends well would cost more than the rest of this file. */
const ended = new ConnectError('the call has ended', Code.Canceled);
const late = new ConnectError('the caller stopped waiting', Code.DeadlineExceeded);

/** Aborted when the call ends: it was answered, the caller went away, or the deadline passed. */
function signalOf(call: Call): AbortSignal {
  const controller = new AbortController();
  call.on('cancelled', () => controller.abort(Date.now() < Number(call.getDeadline()) ? ended : late));
  return controller.signal;
}
