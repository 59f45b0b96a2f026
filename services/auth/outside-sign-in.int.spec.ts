import { UserRegisteredSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { event } from '@pasar/platform/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OtherProvider, startOtherProvider } from './testing/other-provider.js';
import { codeFor } from './testing/totp.js';
import { as, codeOf, password, startAuth, type TestAuth, tally } from './testing.js';

const home = 'http://localhost:3000/auth/callback';
let google: OtherProvider;
let test: TestAuth;
beforeAll(async () => {
  google = await startOtherProvider(home);
  test = await startAuth({
    PASAR_AUTH_OIDC_ISSUER: google.issuer,
    PASAR_AUTH_OIDC_CLIENT_ID: 'pasar',
    PASAR_AUTH_OIDC_CLIENT_SECRET: google.secret,
    PASAR_AUTH_OIDC_REDIRECT_URIS: `${home},https://shop.example/back`,
  });
});
afterAll(async () => {
  await test?.close();
  await google?.close();
});

let people = 0;
/** Somebody who has an account at the other provider. */
const newPerson = (facts: object = {}) => {
  const n = ++people;
  return google.add({
    sub: `g-${n}`,
    email: `Sari${n}@gmail.example`,
    email_verified: true,
    name: 'Sari Dewi',
    ...facts,
  });
};

/** Goes to the provider and back; not yet the end. */
async function goAndReturn(sub: string) {
  const { authorizationUrl, flow } = await test.auth.beginOutsideSignIn({});
  return { flow, query: await google.visit(authorizationUrl, sub) };
}
const signIn = async (sub: string) => test.auth.finishOutsideSignIn(await goAndReturn(sub));
async function link(accountId: string, sub: string) {
  const me = as(test.clock, accountId);
  const { authorizationUrl, flow } = await test.auth.beginLink({}, me);
  return test.auth.finishLink({ flow, query: await google.visit(authorizationUrl, sub) }, me);
}

describe('signing in by another provider', () => {
  it('makes an account once, verified and without a password', async () => {
    const person = newPerson();
    expect(await test.auth.getOutsideProvider({})).toMatchObject({ issuer: google.issuer });
    const first = await signIn(person.sub);
    expect(first.user).toMatchObject({
      email: person.email.toLowerCase(),
      name: 'Sari Dewi',
      emailVerified: true,
    });
    expect(await codeOf(test.auth.refreshToken({ refreshToken: first.refreshToken }))).toBe('ok');
    // Whatever its address is there by now.
    google.add({ ...person, email: 'changed@gmail.example', email_verified: false });
    expect((await signIn(person.sub)).user?.id).toBe(first.user?.id);
    const told = () => test.published(UserRegisteredSchema).filter(({ userId }) => userId === first.user?.id);
    await vi.waitUntil(() => told().length > 0, { timeout: 20_000 });
    expect(told()).toHaveLength(1);
    expect(await codeOf(test.auth.login({ email: first.user?.email, password: 'null' }))).toBe(
      'auth.invalid_credentials',
    );
  });

  it('makes one account when several tabs come back at once', async () => {
    const { sub } = newPerson();
    const returns = await Promise.all([goAndReturn(sub), goAndReturn(sub), goAndReturn(sub)]);
    const grants = await Promise.all(returns.map((back) => test.auth.finishOutsideSignIn(back)));
    expect(new Set(grants.map(({ user }) => user?.id)).size).toBe(1);
  });

  it('never opens an account by its address alone', async () => {
    const { user } = await test.register();
    const person = newPerson({ email: user?.email.toUpperCase() });
    expect(await codeOf(signIn(person.sub))).toBe('auth.link_required');
    // Nor once that address is verified here as well, nor one that another identity made.
    await sql`update account set email_verified_at = now() where id = ${user?.id}`.execute(
      test.service.database.kysely,
    );
    expect(await codeOf(signIn(person.sub))).toBe('auth.link_required');
    const made = newPerson();
    await signIn(made.sub);
    expect(await codeOf(signIn(newPerson({ email: made.email }).sub))).toBe('auth.link_required');
  });

  it('takes no address that the provider has not verified', async () => {
    expect(await codeOf(signIn(newPerson({ email_verified: false }).sub))).toBe('auth.email_not_verified');
    expect(await codeOf(signIn(newPerson({ email_verified: undefined }).sub))).toBe(
      'auth.email_not_verified',
    );
    expect(await codeOf(signIn(newPerson({ email: undefined }).sub))).toBe('auth.email_not_verified');
  });

  it('asks for a code where the account has a second factor', async () => {
    const { user } = await test.register();
    const me = as(test.clock, user?.id ?? '');
    const { secret } = await test.auth.enrolTotp({ password }, me);
    const code = () => codeFor(secret, test.clock.now());
    await test.auth.confirmTotp({ code: code() }, me);
    test.clock.advance(30_000);
    const person = newPerson();
    await link(user?.id ?? '', person.sub);
    const asked = await signIn(person.sub);
    expect(asked).toMatchObject({ accessToken: '', refreshToken: '' });
    const grant = await test.auth.confirmLogin({ challenge: asked.challenge?.token, code: code() });
    expect(grant.user?.id).toBe(user?.id);
  });

  it('is refused to a closed account, and leaves nothing of who is forgotten', async () => {
    const closed = newPerson();
    const { user } = await signIn(closed.sub);
    await sql`update account set deactivated_at = now() where id = ${user?.id}`.execute(
      test.service.database.kysely,
    );
    expect(await codeOf(signIn(closed.sub))).toBe('auth.invalid_credentials');
    const leaving = newPerson();
    const gone = (await signIn(leaving.sub)).user?.id ?? '';
    await test.publish(event(UserUpdatedSchema, gone, { userId: gone, deleted: true }));
    await vi.waitUntil(
      async () => {
        const { rows } = await sql`select from account where id = ${gone} and email like 'deleted-%'`.execute(
          test.service.database.kysely,
        );
        return rows.length > 0;
      },
      { timeout: 20_000 },
    );
    expect((await signIn(leaving.sub)).user?.id).not.toBe(gone);
  });
});

describe('abuse', () => {
  it('of a callback is refused: by another client, twice, late, or with another answer', async () => {
    const mine = await goAndReturn(newPerson().sub);
    const theirs = await goAndReturn(newPerson().sub);
    // An answer that was begun elsewhere: whoever lures somebody to it would have them in his own account.
    expect(await codeOf(test.auth.finishOutsideSignIn({ flow: mine.flow, query: theirs.query }))).toBe(
      'auth.outside_refused',
    );
    expect(await codeOf(test.auth.finishOutsideSignIn(mine))).toBe('auth.invalid_flow');
    expect(await codeOf(test.auth.finishOutsideSignIn({ ...theirs, flow: 'made-up-made-up-made-up' }))).toBe(
      'auth.invalid_flow',
    );
    const twice = [test.auth.finishOutsideSignIn(theirs), test.auth.finishOutsideSignIn(theirs)];
    expect(await tally(twice)).toEqual({ ok: 1, 'auth.invalid_flow': 1 });
    const late = await goAndReturn(newPerson().sub);
    test.clock.advance(601_000);
    expect(await codeOf(test.auth.finishOutsideSignIn(late))).toBe('auth.invalid_flow');
    const refused = await test.auth.beginOutsideSignIn({});
    const state = new URL(refused.authorizationUrl).searchParams.get('state');
    const query = `error=access_denied&state=${state}&iss=${encodeURIComponent(google.issuer)}`;
    expect(await codeOf(test.auth.finishOutsideSignIn({ flow: refused.flow, query }))).toBe(
      'auth.outside_refused',
    );
  });

  it('of addresses to come back to is refused', async () => {
    expect(await codeOf(test.auth.beginOutsideSignIn({ redirectUri: 'https://evil.example/' }))).toBe(
      'request.invalid',
    );
    const other = await test.auth.beginOutsideSignIn({ redirectUri: 'https://shop.example/back' });
    expect(new URL(other.authorizationUrl).searchParams.get('redirect_uri')).toBe(
      'https://shop.example/back',
    );
  });

  it('of a sign-in as a link, or of a link by another account, is refused', async () => {
    const [owner, thief] = [await test.register(), await test.register()];
    const [me, them] = [owner, thief].map(({ user }) => as(test.clock, user?.id ?? ''));
    const begun = await goAndReturn(newPerson().sub);
    expect(await codeOf(test.auth.finishLink(begun, me))).toBe('auth.invalid_flow');
    const { authorizationUrl, flow } = await test.auth.beginLink({}, me);
    const query = await google.visit(authorizationUrl, newPerson().sub);
    expect(await codeOf(test.auth.finishLink({ flow, query }, them))).toBe('auth.invalid_flow');
    expect(await codeOf(test.auth.finishOutsideSignIn({ flow, query }))).toBe('auth.invalid_flow');
    expect(await codeOf(test.auth.finishLink({ flow, query }, me))).toBe('ok');
  });
});

describe('a linked identity', () => {
  it('signs in to the account whose owner linked it, whatever its address', async () => {
    const { user } = await test.register();
    const person = newPerson({ email: 'elsewhere@gmail.example', email_verified: false });
    expect(await link(user?.id ?? '', person.sub)).toMatchObject({
      issuer: google.issuer,
      email: 'elsewhere@gmail.example',
    });
    expect((await signIn(person.sub)).user?.id).toBe(user?.id);
    expect((await link(user?.id ?? '', person.sub)).issuer).toBe(google.issuer);
    expect(await codeOf(link(user?.id ?? '', newPerson().sub))).toBe('auth.identity_taken');
    const other = await test.register();
    expect(await codeOf(link(other.user?.id ?? '', person.sub))).toBe('auth.identity_taken');
  });

  it('is taken away by its owner, unless nothing else signs in', async () => {
    const { user } = await test.register();
    const me = as(test.clock, user?.id ?? '');
    const person = newPerson();
    await link(user?.id ?? '', person.sub);
    expect((await test.auth.listIdentities({}, me)).identities).toHaveLength(1);
    expect(await codeOf(test.auth.unlink({ issuer: 'https://other.example' }, me))).toBe(
      'identity.not_found',
    );
    await test.auth.unlink({ issuer: google.issuer }, me);
    expect((await test.auth.listIdentities({}, me)).identities).toEqual([]);
    expect((await signIn(person.sub)).user?.id).not.toBe(user?.id);
    const only = await signIn(newPerson().sub);
    const self = as(test.clock, only.user?.id ?? '');
    expect(await codeOf(test.auth.unlink({ issuer: google.issuer }, self))).toBe('auth.last_sign_in');
    expect((await test.auth.listIdentities({}, self)).identities).toHaveLength(1);
  });
});

describe('a provider', () => {
  it('that is not set is told so, and one that is away is tried again later', async () => {
    const none = await startAuth();
    expect(await codeOf(none.auth.beginOutsideSignIn({}))).toBe('auth.no_provider');
    await none.close();
    const away = await startAuth({
      PASAR_AUTH_OIDC_ISSUER: 'http://127.0.0.1:9',
      PASAR_AUTH_OIDC_CLIENT_ID: 'x',
    });
    expect(await codeOf(away.auth.beginOutsideSignIn({}))).toBe('auth.provider_unavailable');
    await away.close();
  });
});
