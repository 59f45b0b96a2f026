import type { DescMethodStreaming, DescMethodUnary, DescService, Message } from '@bufbuild/protobuf';
import {
  type CallOptions,
  type Client,
  Code,
  ConnectError,
  createClient,
  type HandlerContext,
  type Interceptor,
  type ServiceImpl,
  type StreamResponse,
  type Transport,
  type UnaryResponse,
} from '@connectrpc/connect';
import { createAsyncIterable } from '@connectrpc/connect/protocol';
import type { ChannelInterface } from '@grpc/grpc-js';
import { callerOf } from './access.js';
import type { TokenVerifier } from './access-token.js';
import type { Clock } from './clock.js';
import { ConfigError } from './config.js';
import { connect, sendOverGrpc } from './grpc-client.js';
import { GrpcServer } from './grpc-server.js';
import type { Health } from './health.js';
import { sendLocally } from './rpc-local.js';
import { callPolicies } from './rpc-policies.js';
import { type Handlers, type Implementation, mount } from './rpc-server.js';
import { pathOf, type Send, transportOver } from './rpc-transport.js';
import { ServiceTokens } from './service-token.js';
import type { Log, Metrics } from './telemetry.js';

export interface RpcNetworkOptions {
  /** Where the callees of other processes are, by contract: `pasar.order.v1.OrderService` → `host:port`. */
  addresses?: Record<string, string>;
  /** All services of an installation share it: it proves between processes which service calls. */
  serviceSecret: string;
  verifier: TokenVerifier;
  clock: Clock;
  metrics: Metrics;
  log: Log;
}

/** Of a call whose method is known at run time only. */
export interface DynamicCallOptions
  extends Pick<CallOptions, 'headers' | 'signal' | 'timeoutMs' | 'contextValues'> {
  /** The calling service. */
  from: string;
}

/**
 * What a process serves and what it calls. A callee in the same process is reached directly, any other over gRPC; which
 * of the two is decided at the first call, and callers cannot tell.
 */
export class RpcNetwork {
  readonly #options: RpcNetworkOptions;
  readonly #tokens: ServiceTokens;
  readonly #contracts = new Map<string, DescService>();
  readonly #handlers: Handlers = new Map();
  readonly #channels = new Map<string, ChannelInterface>();
  readonly #policies = new Map<string, Interceptor[]>();
  readonly #transports = new Map<string, Transport>();
  #server: GrpcServer | undefined;

  constructor(options: RpcNetworkOptions) {
    this.#options = options;
    this.#tokens = new ServiceTokens(options.serviceSecret, options.clock);
  }

  /** Takes a contract into service. Throws when a method has no access rule or no implementation. */
  register<Contract extends DescService>(
    service: string,
    contract: Contract,
    implementation: ServiceImpl<Contract>,
  ): void {
    const { typeName } = contract;
    if (this.#contracts.has(typeName)) throw new Error(`${typeName} is served twice`);
    if (this.#server) throw new Error(`${typeName} came after the server had begun to listen`);
    const options = { ...this.#options, log: this.#options.log.child({ service }) };
    for (const [path, handle] of mount(contract, implementation as Implementation, options)) {
      this.#handlers.set(path, handle);
    }
    this.#contracts.set(typeName, contract);
  }

  /**
   * A client of the contract for the service `from`. Every error that it throws is a DomainError. A call takes five
   * seconds at most unless `timeoutMs` says otherwise.
   */
  client<Contract extends DescService>(contract: Contract, { from }: { from: string }): Client<Contract> {
    return createClient(contract, {
      unary: (...call) => this.#transport(contract, from).unary(...call),
      stream: (...call) => this.#transport(contract, from).stream(...call),
    });
  }

  /** Calls a method that is known at run time only; the response has its headers and trailers. */
  async call(method: DescMethodUnary, message: Message, options: DynamicCallOptions): Promise<UnaryResponse> {
    const { from, headers, signal, timeoutMs, contextValues } = options;
    const transport = this.#transport(method.parent, from);
    return transport.unary(method, signal, timeoutMs, headers, message, contextValues);
  }

  /**
   * The same for a method that answers with a stream. Errors before its first message are the call's own. A reader that
   * stops early must abort the signal.
   */
  async stream(
    method: DescMethodStreaming,
    message: Message,
    options: DynamicCallOptions,
  ): Promise<StreamResponse> {
    const { from, headers, signal, timeoutMs, contextValues } = options;
    const transport = this.#transport(method.parent, from);
    const messages = createAsyncIterable([message]);
    return transport.stream(method, signal, timeoutMs, headers, messages, contextValues);
  }

  /** Throws for a callee that is neither in this process nor given an address; to be asked once all are registered. */
  checkCallees(contracts: Iterable<DescService>): void {
    const missing = [...contracts].filter(
      ({ typeName }) => !this.#contracts.has(typeName) && !this.#addressOf(typeName),
    );
    if (missing.length === 0) return;
    const names = missing.map(({ typeName }) => typeName).join(', ');
    throw new ConfigError(
      `Called, but neither in this process nor given an address: ${names}. See PASAR_RPC_ADDRESSES.`,
    );
  }

  /** Opens the process to calls over gRPC. @returns the port, which differs from the given one where that is 0 */
  serve({ host, port, health }: { host: string; port: number; health: Health }): Promise<number> {
    this.#server = new GrpcServer({ tokens: this.#tokens, log: this.#options.log });
    for (const contract of this.#contracts.values()) {
      this.#server.add(contract, (method) => this.#handlerOf(pathOf(method)));
    }
    this.#server.addStandardServices(health);
    return this.#server.listen(host, port);
  }

  /** Takes no more calls from outside, gives those under way `graceMs` to end, and hangs up. */
  async close(graceMs = 8_000): Promise<void> {
    await this.#server?.close(graceMs);
    for (const channel of this.#channels.values()) channel.close();
  }

  #transport(contract: DescService, from: string): Transport {
    return cached(this.#transports, `${from} ${contract.typeName}`, () =>
      transportOver(this.#route(contract, from), this.#policiesOf(contract)),
    );
  }

  #route({ typeName }: DescService, from: string): Send {
    if (this.#contracts.has(typeName)) return sendLocally((path) => this.#handlerOf(path), from);
    const address = this.#addressOf(typeName);
    if (!address) throw new Error(`${from} calls ${typeName}, which has no address`);
    const channel = cached(this.#channels, address, () => connect(address));
    return sendOverGrpc(channel, () => this.#tokens.sign(from));
  }

  #policiesOf({ typeName }: DescService): Interceptor[] {
    const { clock, metrics } = this.#options;
    return cached(this.#policies, typeName, () =>
      callPolicies({ callee: serviceName(typeName), clock, metrics }),
    );
  }

  #addressOf(typeName: string): string | undefined {
    return this.#options.addresses?.[typeName];
  }

  #handlerOf(path: string): Send {
    const handle = this.#handlers.get(path);
    if (!handle) throw new ConnectError(`nobody handles ${path}`, Code.Unimplemented);
    return handle;
  }
}

/** `pasar.order.v1.OrderService` is of the service `order`. */
function serviceName(typeName: string): string {
  return typeName.split('.')[1] ?? typeName;
}

function cached<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    values.set(key, value);
  }
  return value;
}

/**
 * For a call inside a handler: it ends when the handler's own call does, at the latest. The calling service speaks for
 * itself.
 */
export function within(context: HandlerContext): CallOptions {
  const headers: Record<string, string> = {};
  const requestId = context.requestHeader.get('x-request-id');
  if (requestId) headers['x-request-id'] = requestId;
  return { headers, signal: context.signal, timeoutMs: context.timeoutMs() };
}

/** The same, on behalf of the user whom the handler serves. */
export function forUser(context: HandlerContext): CallOptions {
  const { user } = callerOf(context);
  const options = within(context);
  if (!user) return options;
  return { ...options, headers: { ...options.headers, authorization: `Bearer ${user.token}` } };
}
