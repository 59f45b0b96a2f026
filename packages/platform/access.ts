import { type DescMethod, type DescService, getOption, hasOption } from '@bufbuild/protobuf';
import { createContextKey, type HandlerContext } from '@connectrpc/connect';
import { http } from '@pasar/contracts/google/api/annotations_pb';
import {
  type Access,
  access,
  Role,
  type StorePermission,
} from '@pasar/contracts/pasar/options/v1/options_pb';
import { DomainError } from './errors.js';

/** The account that a request is made for. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  /** The store that the account belongs to. */
  readonly sellerId?: string;
  /** What a member of the store's staff may do for it; the owner, who may do everything, has none. */
  readonly permissions?: readonly StorePermission[];
  readonly sessionId: string;
  /** The third-party app that acts for the account, and what it may (RFC 6749, 3.3). */
  readonly app?: { readonly clientId: string; readonly scopes: readonly string[] };
  /** The access token itself, to call other services for the same user. */
  readonly token: string;
}

/** Who makes a call: for whom, and which service. A guest is neither. */
export interface Caller {
  readonly user?: User;
  readonly service?: string;
}

/** Who calls, as the RPC server found out; set for every handler. */
export const callerKey = createContextKey<Caller>({}, { description: 'caller' });

export function callerOf(context: HandlerContext): Caller {
  return context.values.get(callerKey);
}

/** By which a guest has a cart; of 128 letters at most, as the gateway takes it. */
export function cartTokenOf(context: HandlerContext): string | undefined {
  return context.requestHeader.get('x-cart-token')?.slice(0, 128) || undefined;
}

export function requireUser(context: HandlerContext): User {
  return callerOf(context).user ?? refuseUnauthenticated();
}

/** Id of the store that the caller acts for. @throws DomainError `seller.no_store` */
export function requireStore(context: HandlerContext): string {
  const { sellerId } = requireUser(context);
  if (!sellerId) throw new DomainError('seller.no_store', 'forbidden', 'This account has no store.');
  return sellerId;
}

/** Who looks at something that belongs to a buyer and a store. */
export interface Viewer {
  customerId?: string;
  sellerId?: string;
  /** Sees everything. */
  staff?: boolean;
}

export function viewerOf(context: HandlerContext): Viewer {
  const user = requireUser(context);
  return { customerId: user.id, sellerId: user.sellerId, staff: isStaff(user) };
}

export function isStaff({ roles }: User): boolean {
  return roles.includes(Role.ADMIN) || roles.includes(Role.SUPER_ADMIN);
}

/** The access rule that the contract gives to a method. Throws for a method without one: it must not boot. */
export function accessRule(method: DescMethod): Access {
  const name = `${method.parent.typeName}.${method.name}`;
  const rule = getOption(method, access);
  // A flag that is set to false says who may not; only who may is a rule.
  if (!rule.rule.value) throw new Error(`${name} has no access rule`);
  if (rule.rule.case === 'roles' && !rule.rule.value.anyOf.some(Boolean)) {
    throw new Error(`${name} is for no role`);
  }
  if (rule.rule.case === 'service' && hasOption(method, http)) {
    throw new Error(`${name} is for services only, and has an HTTP route`);
  }
  if (rule.owned && !method.input.fields.some((field) => field.name === rule.owned)) {
    throw new Error(`${name}: the owned field ${rule.owned} is not in ${method.input.typeName}`);
  }
  return rule;
}

/** Throws at the first method whose access rule is missing or makes no sense. */
export function assertAccessRules(service: DescService): void {
  for (const method of service.methods) accessRule(method);
}

/** The name of the edge among the callers: what it calls was asked for from outside. */
export const edge = 'gateway';

/**
 * The caller, if the rule lets them in, as the method is to see them: a member of a store's staff without the permission
 * that the method names is a customer without a store there, and an app without its scope is a guest to a public one,
 * which may show its user more than others.
 * @throws access.unauthenticated, access.forbidden, access.insufficient_scope
 */
export function admit({ rule, permission, scope }: Access, caller: Caller): Caller {
  const { user, service } = caller;
  if (rule.case === 'service') {
    if (!service) refuseForbidden('Only for services.');
    return caller;
  }
  if (!hasScope(scope, caller)) {
    if (rule.case === 'public') return { service };
    const detail = scope ? `The app needs the scope ${scope}.` : 'This is not open to apps.';
    throw new DomainError('access.insufficient_scope', 'forbidden', detail);
  }
  const lacks = user?.permissions !== undefined && !user.permissions.includes(permission);
  const acting = lacks ? withoutStore(user) : user;
  if (rule.case === 'roles') {
    if (!acting) refuseUnauthenticated();
    if (!acting.roles.some((role) => rule.value.anyOf.includes(role))) {
      refuseForbidden(`Only for ${rule.value.anyOf.map((role) => Role[role]).join(', ')}.`);
    }
  } else if (rule.case === 'authenticated') {
    if (!acting) refuseUnauthenticated();
  } else if (rule.case !== 'public') {
    throw new Error('no access rule');
  }
  return lacks ? { ...caller, user: acting } : caller;
}

/** Scopes bound what an app asks for; what a service then calls for the user is that service's to answer for. */
function hasScope(scope: string, { user, service }: Caller): boolean {
  if (!user?.app || (service !== undefined && service !== edge)) return true;
  return scope !== '' && user.app.scopes.includes(scope);
}

function withoutStore({ sellerId: _, permissions: __, ...user }: User): User {
  return { ...user, roles: user.roles.filter((role) => role !== Role.SELLER) };
}

export function refuseUnauthenticated(detail = 'Sign in first.'): never {
  throw new DomainError('access.unauthenticated', 'unauthenticated', detail);
}

function refuseForbidden(detail: string): never {
  throw new DomainError('access.forbidden', 'forbidden', detail);
}
