import type { DescService } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { Role, StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import { TokenVerifier } from '../access-token.js';
import { SystemClock } from '../clock.js';
import { RpcNetwork, type RpcNetworkOptions } from '../rpc.js';
import { createLog, Metrics } from '../telemetry.js';
import { TokenIssuer } from './tokens.js';

/** Every network of a test trusts it. */
export const issuer = new TokenIssuer();

export interface TestUser {
  id: string;
  roles?: Role[];
  sellerId?: string;
  email?: string;
  name?: string;
  /** Of a member of staff. */
  permissions?: StorePermission[];
}

/** Call options that make a call for this user. */
export function asUser({ id, roles = [Role.CUSTOMER], sellerId, email, name, permissions }: TestUser) {
  const token = issuer.issue({
    sub: id,
    email: email ?? `${id}@example.test`,
    name: name ?? 'Sari',
    roles: roles.map((role) => Role[role]),
    seller: sellerId,
    permissions: permissions?.map((permission) => StorePermission[permission]),
    sid: crypto.randomUUID(),
  });
  return { headers: { authorization: `Bearer ${token}` } };
}

/** A network as a process has one. `lines` collects what it logs. */
export function testNetwork(options: Partial<RpcNetworkOptions> = {}, lines: string[] = []): RpcNetwork {
  const clock = options.clock ?? new SystemClock();
  return new RpcNetwork({
    serviceSecret: 'a secret that only the services know',
    verifier: new TokenVerifier({ keys: async () => [issuer.jwk], clock }),
    clock,
    metrics: new Metrics(),
    log: createLog({ level: 'warn', service: 'test', destination: { write: (line) => lines.push(line) } }),
    ...options,
  });
}

/** An implementation of the methods that a test needs; the others fail when they are called. */
export function implement<Contract extends DescService>(
  contract: Contract,
  methods: Partial<ServiceImpl<Contract>>,
): ServiceImpl<Contract> {
  const missing = contract.methods.map(({ localName, name }) => {
    const fail = () => {
      throw new Error(`the test does not implement ${name}`);
    };
    return [localName, fail];
  });
  return { ...Object.fromEntries(missing), ...methods } as ServiceImpl<Contract>;
}
