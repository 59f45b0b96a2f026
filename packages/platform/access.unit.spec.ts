import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { clone, create, createFileRegistry, type DescService, setExtension } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import {
  type Access,
  AccessSchema,
  access,
  Role,
  StorePermission,
} from '@pasar/contracts/pasar/options/v1/options_pb';
import { file_pasar_order_v1_order, OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { describe, expect, it, vi } from 'vitest';
import { accessRule, admit, assertAccessRules, type Caller, type User } from './access.js';
import { bearerToken, type Jwk, TokenVerifier } from './access-token.js';
import { TestClock } from './clock.js';
import { HealthService } from './grpc-health.js';
import { ServiceTokens } from './service-token.js';
import { encode, TokenIssuer } from './testing/tokens.js';

const user = (...roles: Role[]): User => ({
  id: 'u',
  email: 'u@pasar.test',
  roles,
  sessionId: 's',
  token: 't',
});

/** OrderService as it would be if its first method, which has a route, had another rule. */
function withRule(rule: Parameters<typeof create<typeof AccessSchema>>[1]): DescService {
  const proto = clone(FileDescriptorProtoSchema, file_pasar_order_v1_order.proto);
  setExtension(proto.service[0]!.method[0]!.options!, access, create(AccessSchema, rule));
  const files = createFileRegistry(proto, (name) =>
    file_pasar_order_v1_order.dependencies.find((file) => file.proto.name === name),
  );
  return files.getService(OrderService.typeName)!;
}

describe('access rules', () => {
  it('are read from the contract', () => {
    expect(accessRule(OrderService.method.placeOrder).rule.case).toBe('authenticated');
    expect(accessRule(OrderService.method.shipOrder)).toMatchObject({
      rule: { case: 'roles', value: { anyOf: [Role.SELLER] } },
      owned: 'id',
    });
  });

  it.each<[string, Parameters<typeof withRule>[0], RegExp]>([
    ['no rule', {}, /has no access rule/],
    ['a rule that is switched off', { rule: { case: 'public', value: false } }, /has no access rule/],
    ['no role', { rule: { case: 'roles', value: {} } }, /is for no role/],
    [
      'services and a route',
      { rule: { case: 'service', value: true } },
      /services only, and has an HTTP route/,
    ],
    [
      'an owned field of nobody',
      { rule: { case: 'authenticated', value: true }, owned: 'nope' },
      /nope is not in/,
    ],
  ])('refuse to boot with %s', (_, rule, message) => {
    expect(() => assertAccessRules(withRule(rule))).toThrow(message);
  });

  it('refuse a service that has none at all', () => {
    expect(() => assertAccessRules(HealthService)).toThrow(/Check has no access rule/);
  });

  const rule = (of: Access['rule']) => create(AccessSchema, { rule: of });
  const everybody = rule({ case: 'public', value: true });
  const account = rule({ case: 'authenticated', value: true });
  const staff = create(AccessSchema, {
    rule: { case: 'roles', value: { anyOf: [Role.ADMIN, Role.SUPER_ADMIN] } },
  });
  const service = rule({ case: 'service', value: true });

  it.each<[string, Access, Caller, string | undefined]>([
    ['a guest to public', everybody, {}, undefined],
    ['a guest to an account', account, {}, 'access.unauthenticated'],
    ['a service without a user to an account', account, { service: 'order' }, 'access.unauthenticated'],
    ['a customer to an account', account, { user: user(Role.CUSTOMER) }, undefined],
    ['an account without roles to an account', account, { user: user() }, undefined],
    ['a guest to staff', staff, {}, 'access.unauthenticated'],
    ['a service without a user to staff', staff, { service: 'order' }, 'access.unauthenticated'],
    ['a seller to staff', staff, { user: user(Role.SELLER) }, 'access.forbidden'],
    ['one of several roles to staff', staff, { user: user(Role.SELLER, Role.ADMIN) }, undefined],
    ['no role to staff', staff, { user: user(Role.ROLE_UNSPECIFIED) }, 'access.forbidden'],
    ['a guest to a service', service, {}, 'access.forbidden'],
    ['an admin to a service', service, { user: user(Role.SUPER_ADMIN) }, 'access.forbidden'],
    ['a service to a service', service, { service: 'order' }, undefined],
    ['a service for a user to a service', service, { service: 'order', user: user() }, undefined],
  ])('answer %s', (_, rule, caller, code) => {
    if (code) expect(() => admit(rule, caller)).toThrow(expect.objectContaining({ code }));
    else expect(() => admit(rule, caller)).not.toThrow();
  });

  describe('for a store’s staff', () => {
    const { ORDERS, STOCK } = StorePermission;
    const member: User = { ...user(Role.CUSTOMER, Role.SELLER), sellerId: 's', permissions: [ORDERS] };
    const sellers = (permission?: StorePermission, ...others: Role[]) =>
      create(AccessSchema, {
        rule: { case: 'roles', value: { anyOf: [Role.SELLER, ...others] } },
        permission,
      });
    const acting = (rule: Access, by = member) => admit(rule, { user: by }).user;

    it('let in who has the permission, and the owner everywhere', () => {
      expect(acting(sellers(ORDERS))).toBe(member);
      const owner = { ...user(Role.SELLER), sellerId: 's' };
      expect(acting(sellers(), owner)).toBe(owner);
      expect(acting(sellers(STOCK), owner)).toBe(owner);
    });

    it('refuse who lacks it, and all where the method names none', () => {
      for (const rule of [sellers(STOCK), sellers()]) {
        expect(() => acting(rule)).toThrow(expect.objectContaining({ code: 'access.forbidden' }));
        expect(() => acting(rule, { ...member, permissions: [] })).toThrow();
      }
    });

    it('see a customer without a store where the method is for others too', () => {
      for (const rule of [everybody, account, create(AccessSchema, { ...account, permission: STOCK })]) {
        const seen = acting(rule);
        expect(seen).toMatchObject({ id: 'u', roles: [Role.CUSTOMER] });
        expect(seen).not.toHaveProperty('sellerId');
      }
      const admin = { ...member, roles: [...member.roles, Role.ADMIN] };
      expect(acting(sellers(STOCK, Role.ADMIN), admin)?.roles).toEqual([Role.CUSTOMER, Role.ADMIN]);
    });
  });

  it('let nobody through a rule that does not exist', () => {
    expect(() => admit(create(AccessSchema), { user: user(Role.SUPER_ADMIN), service: 'order' })).toThrow();
  });
});

describe('access tokens', () => {
  const issuer = new TokenIssuer();
  const clock = new TestClock();
  const verifierOf = (keys: () => Promise<Jwk[]> = async () => [issuer.jwk]) =>
    new TokenVerifier({ keys, clock });
  const unauthenticated = expect.objectContaining({
    code: 'access.unauthenticated',
    kind: 'unauthenticated',
  });

  it('say who the user is', async () => {
    const account = { sub: 'u1', email: 'ayu@pasar.test', name: 'Ayu', sid: 'session', seller: 's1' };
    const token = issuer.issue({ ...account, roles: ['CUSTOMER', 'SELLER', 'FUTURE'] });
    const verified = await verifierOf().verify(token);
    expect(verified).toEqual({
      id: 'u1',
      email: 'ayu@pasar.test',
      name: 'Ayu',
      roles: [Role.CUSTOMER, Role.SELLER],
      sellerId: 's1',
      sessionId: 'session',
      token,
    });
    expect(() => (verified.roles as Role[]).push(Role.ADMIN)).toThrow();
  });

  it('are verified once and then known until they expire', async () => {
    const clock = new TestClock();
    const verifier = new TokenVerifier({ keys: async () => [issuer.jwk], clock });
    const token = issuer.issue();
    await verifier.verify(token);
    expect(verifier.verify(token)).not.toBeInstanceOf(Promise);
    clock.advance(901_000);
    expect(() => verifier.verify(token)).toThrow(unauthenticated);
    await expect(verifier.verify(token)).rejects.toThrow(unauthenticated);
  });

  const now = Math.floor(Date.now() / 1000);
  const [head, body, signature] = issuer.issue().split('.') as [string, string, string];
  const hmacSigned = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: issuer.kid })}.${body}`;
  const publicPem = createPublicKey({ key: issuer.jwk, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  const hmac = createHmac('sha256', publicPem).update(hmacSigned).digest('base64url');
  it.each<[string, string]>([
    ['nothing', ''],
    ['words', 'let me in'],
    ['two parts', `${head}.${body}`],
    ['four parts', `${head}.${body}.${signature}.x`],
    ['a head that is no JSON', `e30x.${body}.${signature}`],
    ['a head that is null', `${Buffer.from('null').toString('base64url')}.${body}.${signature}`],
    ['alg none without a signature', `${encode({ alg: 'none', typ: 'at+jwt', kid: issuer.kid })}.${body}.`],
    [
      'alg none with a signature',
      `${encode({ alg: 'none', typ: 'at+jwt', kid: issuer.kid })}.${body}.${signature}`,
    ],
    ['alg None', issuer.issue({}, { alg: 'None' })],
    ['an HMAC made with the public key', `${hmacSigned}.${hmac}`],
    ['RS384', issuer.issue({}, { alg: 'RS384' })],
    ['a critical extension', issuer.issue({}, { crit: ['exp'] })],
    ['another type of token', issuer.issue({}, { typ: 'JWT' })],
    ['no type', issuer.issue({}, { typ: undefined })],
    ['no key id', issuer.issue({}, { kid: undefined })],
    ['a key id that is no text', issuer.issue({}, { kid: { toString: 'test-key' } })],
    ['a key id from the prototype', issuer.issue({}, { kid: '__proto__' })],
    ['a foreign key of the same id', new TokenIssuer().issue()],
    ['a changed body', `${head}.${encode({ sub: 'admin', roles: ['ADMIN'], exp: now + 900 })}.${signature}`],
    ['a cut signature', `${head}.${body}.${signature.slice(0, -4)}`],
    ['no signature', `${head}.${body}.`],
    ['an expired one', issuer.issue({ exp: now - 1 })],
    ['no expiry', issuer.issue({ exp: undefined })],
    ['an expiry that is text', issuer.issue({ exp: '9999999999' })],
    ['one from the future', issuer.issue({ iat: now + 3600, exp: now + 7200 })],
    ['another issuer', issuer.issue({ iss: 'https://evil.test' })],
    ['another audience', issuer.issue({ aud: 'other' })],
    ['no audience', issuer.issue({ aud: undefined })],
    ['no subject', issuer.issue({ sub: undefined })],
    ['roles that are text', issuer.issue({ roles: 'ADMIN' as never })],
    ['a megabyte', 'a'.repeat(1 << 20)],
    ['a huge but signed one', issuer.issue({ name: 'x'.repeat(10_000) })],
  ])('are refused: %s', async (_, token) => {
    await expect((async () => verifierOf().verify(token))()).rejects.toThrow(unauthenticated);
  });

  it('take an audience among several, and roles only by their names', async () => {
    const roles = ['ADMIN', 3, 'constructor', '__proto__', 'ROLE_UNSPECIFIED', null] as string[];
    const { roles: read } = await verifierOf().verify(issuer.issue({ aud: ['other', 'pasar'], roles }));
    expect(read).toEqual([Role.ADMIN]);
  });

  it('refuse short keys and keys for other uses', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const [head, body] = issuer.issue().split('.');
    const signed = `${head}.${body}`;
    const token = `${signed}.${sign('sha256', Buffer.from(signed), short.privateKey).toString('base64url')}`;
    const shortKey = { ...short.publicKey.export({ format: 'jwk' }), kid: issuer.kid };
    await expect(verifierOf(async () => [shortKey]).verify(token)).rejects.toThrow(unauthenticated);
    const others: Partial<Jwk>[] = [{ use: 'enc' }, { alg: 'RS512' }, { kid: undefined }];
    for (const other of others) {
      const verifier = verifierOf(async () => [{ ...issuer.jwk, ...other }]);
      await expect(verifier.verify(issuer.issue())).rejects.toThrow(unauthenticated);
    }
  });

  it('are found by a key that was published meanwhile, and unknown key ids cause no flood', async () => {
    const clock = new TestClock();
    const next = new TokenIssuer('next-key');
    let reads = 0;
    let published = [issuer.jwk];
    const keys = async () => {
      reads++;
      return published;
    };
    const verifier = new TokenVerifier({ keys, clock });
    const flood = () =>
      Promise.allSettled(Array.from({ length: 100 }, async (_, i) => verifier.verify(tokenOfKey(`k${i}`))));
    expect((await flood()).every(({ status }) => status === 'rejected')).toBe(true);
    expect(reads).toBe(1);
    published = [issuer.jwk, next.jwk];
    await expect(verifier.verify(next.issue())).rejects.toThrow(unauthenticated);
    expect(reads).toBe(1);
    clock.advance(10_000);
    await expect(verifier.verify(next.issue())).resolves.toBeDefined();
    await flood();
    expect(reads).toBe(2);
  });

  it('are neither accepted nor refused while no key can be read', async () => {
    const clock = new TestClock();
    let reads = 0;
    let broken = true;
    const keys = async () => {
      reads++;
      if (broken) throw new Error('auth is down');
      return [issuer.jwk];
    };
    const verifier = new TokenVerifier({ keys, clock });
    const token = issuer.issue();
    const unavailable = expect.objectContaining({ code: 'access.keys_unavailable', kind: 'unavailable' });
    await expect(verifier.verify(token)).rejects.toThrow(unavailable);
    await expect(verifier.verify(token)).rejects.toThrow(unavailable);
    expect(reads).toBe(1);
    broken = false;
    clock.advance(1_000);
    await expect(verifier.verify(token)).resolves.toMatchObject({ token });
  });

  it('stop being accepted when their key is withdrawn', async () => {
    const clock = new TestClock();
    let published = [issuer.jwk];
    const verifier = new TokenVerifier({ keys: async () => published, clock });
    await verifier.verify(issuer.issue());
    published = [];
    clock.advance(300_001);
    let session = 0;
    const next = async () => verifier.verify(issuer.issue({ sid: `session ${session++}` }));
    await expect(next()).resolves.toBeDefined();
    await vi.waitFor(() => expect(next()).rejects.toThrow(unauthenticated));
  });

  it('come as a bearer token, in any case of the word, and nothing else', () => {
    expect(bearerToken(null)).toBeUndefined();
    expect(bearerToken('bEaReR abc')).toBe('abc');
    for (const header of ['', 'abc', 'Basic abc', 'Bearer', 'Bearerabc']) {
      expect(() => bearerToken(header)).toThrow(unauthenticated);
    }
  });
});

/** A token of a key that nobody has; making real keys by the hundred takes seconds. */
function tokenOfKey(kid: string): string {
  return `${encode({ alg: 'RS256', typ: 'at+jwt', kid })}.${encode({})}.c2lnbmF0dXJl`;
}

describe('service tokens', () => {
  const secret = 'a secret that only the services know';
  const unauthenticated = expect.objectContaining({ code: 'access.unauthenticated' });

  it('prove a service to whoever has the secret, for a minute', () => {
    const clock = new TestClock(new Date());
    const token = new ServiceTokens(secret, clock).sign('order');
    const verifier = new ServiceTokens(secret, clock);
    expect(verifier.verify(token)).toBe('order');
    clock.advance(58_000);
    expect(verifier.verify(token)).toBe('order');
    clock.advance(2_000);
    expect(() => verifier.verify(token)).toThrow(unauthenticated);
    expect(() => new ServiceTokens(secret, clock).verify(token)).toThrow(unauthenticated);
  });

  it('are renewed at half of their life', () => {
    const clock = new TestClock(new Date());
    const tokens = new ServiceTokens(secret, clock);
    const first = tokens.sign('order');
    clock.advance(29_000);
    expect(tokens.sign('order')).toBe(first);
    clock.advance(2_000);
    expect(tokens.sign('order')).not.toBe(first);
    expect(tokens.verify(tokens.sign('order'))).toBe('order');
  });

  it('cannot be forged', () => {
    const clock = new TestClock(new Date());
    const tokens = new ServiceTokens(secret, clock);
    const [, expiry, signature] = tokens.sign('cart').split('.');
    const forged = [
      '',
      'order',
      `order.${expiry}.${signature}`,
      `cart.9999999999.${signature}`,
      `cart.${expiry}.`,
      `cart.${expiry}`,
      `cart.${expiry}.${signature}.`,
      `cart.${expiry}.${signature}=`,
      new ServiceTokens('another secret, of the same length!!', clock).sign('order'),
    ];
    for (const token of forged) expect(() => tokens.verify(token)).toThrow(unauthenticated);
    expect(() => new ServiceTokens('short', clock)).toThrow(/16 characters/);
  });
});

describe('apps', () => {
  const app = (...scopes: string[]): User => ({ ...user(Role.CUSTOMER), app: { clientId: 'c', scopes } });
  const rule = (init: Parameters<typeof create<typeof AccessSchema>>[1]): Access =>
    create(AccessSchema, init);
  const open = rule({ rule: { case: 'authenticated', value: true }, scope: 'orders:read' });
  const refusal = (access: Access, caller: Caller) => {
    try {
      admit(access, caller);
      return 'let in';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('may call what they have the scope for, if their user may', () => {
    expect(refusal(open, { user: app('orders:read') })).toBe('let in');
    expect(refusal(open, { user: app('orders:read'), service: 'gateway' })).toBe('let in');
    expect(refusal(open, { user: app('orders:write', 'cart:read') })).toBe('access.insufficient_scope');
    expect(refusal(open, { user: app('orders:write'), service: 'gateway' })).toBe(
      'access.insufficient_scope',
    );
    const staff = rule({ rule: { case: 'roles', value: { anyOf: [Role.ADMIN] } }, scope: 'orders:read' });
    expect(refusal(staff, { user: app('orders:read') })).toBe('access.forbidden');
  });

  it('may not call what names no scope', () => {
    const closed = rule({ rule: { case: 'authenticated', value: true } });
    expect(refusal(closed, { user: app('', 'orders:read') })).toBe('access.insufficient_scope');
    expect(refusal(closed, { user: user(Role.CUSTOMER) })).toBe('let in');
  });

  it('are bounded where they come in, not where services go on for their user', () => {
    expect(refusal(open, { user: app('cart:read'), service: 'order' })).toBe('let in');
  });

  it('are guests to public methods that their scopes do not reach', () => {
    const cart = rule({ rule: { case: 'public', value: true }, scope: 'cart:read' });
    expect(admit(cart, { user: app('cart:read'), service: 'gateway' }).user).toBeDefined();
    expect(admit(cart, { user: app('orders:read'), service: 'gateway' })).toEqual({ service: 'gateway' });
    expect(admit(cart, { user: app('orders:read'), service: 'order' }).user).toBeDefined();
    expect(admit(cart, { user: user(Role.CUSTOMER) }).user).toBeDefined();
    expect(admit(rule({ rule: { case: 'public', value: true } }), { user: app('') }).user).toBeUndefined();
  });

  it('are told by their tokens, and never by half', async () => {
    const issuer = new TokenIssuer();
    const verifier = new TokenVerifier({ keys: async () => [issuer.jwk], clock: new TestClock() });
    const read = async (claims: object) => (await verifier.verify(issuer.issue({ ...claims }))).app;
    expect(await read({})).toBeUndefined();
    expect(await read({ client_id: 'c', scope: 'cart:read orders:read' })).toEqual({
      clientId: 'c',
      scopes: ['cart:read', 'orders:read'],
    });
    expect(await read({ client_id: 'c' })).toEqual({ clientId: 'c', scopes: [] });
    expect(await read({ client_id: 'c', scope: ['cart:read'] })).toEqual({ clientId: 'c', scopes: [] });
    await expect(read({ client_id: 7 })).rejects.toThrow();
  });
});
