import { randomBytes } from 'node:crypto';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { TokenVerifier } from '@pasar/platform/access-token';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizeUrl,
  basic,
  callback,
  follow,
  introspect,
  issuer,
  letIn,
  newApp,
  refresh,
  signIn,
  startOAuth,
  test,
  token,
  trade,
  Visitor,
} from './testing/oauth.js';
import { codeFor } from './testing/totp.js';
import { as, claimsOf, password } from './testing.js';

beforeAll(startOAuth);
afterAll(() => test.close());

describe('discovery', () => {
  it('tells what there is, under the public address', async () => {
    const { json } = await new Visitor().send('GET', '/.well-known/openid-configuration');
    expect(json).toMatchObject({
      ...{
        issuer,
        authorization_endpoint: `${issuer}/oauth2/auth`,
        token_endpoint: `${issuer}/oauth2/token`,
      },
      ...{ jwks_uri: `${issuer}/.well-known/jwks.json`, code_challenge_methods_supported: ['S256'] },
      ...{
        introspection_endpoint: `${issuer}/oauth2/introspect`,
        revocation_endpoint: `${issuer}/oauth2/revoke`,
      },
      grant_types_supported: expect.arrayContaining([
        'authorization_code',
        'client_credentials',
        'refresh_token',
      ]),
    });
  });
});

describe('letting an app in', () => {
  it('asks who, asks whether, and gives tokens that services understand', async () => {
    const app = await newApp();
    const { user } = await test.register();
    const visitor = new Visitor();
    const page = await follow(visitor, await visitor.send('GET', authorizeUrl(app)));
    expect(page.answer.status).toBe(200);
    expect(page.answer.text).toContain('Kasir Pintar');
    const policy = page.answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://app.example");
    expect(policy).toContain("frame-ancestors 'none'");
    const wrong = await visitor.send('POST', `${page.url}/login`, {
      email: user?.email ?? '',
      password: 'not-it-at-all-1',
    });
    expect(wrong.text).toContain('E-mail atau kata sandi salah');
    const asked = await follow(
      visitor,
      await visitor.send('POST', `${page.url}/login`, { email: user?.email ?? '', password }),
    );
    expect(asked.answer.text).toContain('Melihat pesanan');
    const back = new URL((await follow(visitor, await visitor.send('POST', `${asked.url}/consent`, {}))).url);
    expect(back.href.startsWith(`${callback}?`)).toBe(true);
    expect(back.searchParams.get('state')).toBe('mine');
    expect(back.searchParams.get('iss')).toBe(issuer);

    const { status, json } = await trade(app, back.searchParams.get('code') ?? '');
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'orders:read' });
    expect(claimsOf(String(json.id_token))).toMatchObject({
      iss: issuer,
      aud: app.id,
      sub: user?.id,
      email: user?.email,
    });
    const keys = async () => (await test.auth.getKeys({})).keys;
    const known = await new TokenVerifier({ keys, clock: test.clock }).verify(String(json.access_token));
    expect(known).toMatchObject({
      ...{ id: user?.id, email: user?.email, roles: [Role.CUSTOMER] },
      app: { clientId: app.id, scopes: ['orders:read'] },
    });
    // An ID token is no access token.
    await expect(
      new TokenVerifier({ keys, clock: test.clock }).verify(String(json.id_token)),
    ).rejects.toThrow();

    // The browser is known now, and the grant too: nothing is asked.
    const again = await follow(visitor, await visitor.send('GET', authorizeUrl(app)));
    expect(new URL(again.url).searchParams.get('code')).toBeTruthy();
    // More is asked for.
    const more = await follow(
      visitor,
      await visitor.send('GET', authorizeUrl(app, { scope: 'openid cart:read', ui_locales: 'en' })),
    );
    expect(more.answer.text).toContain('See your cart');
  });

  it('is refused by the user, and the app is told', async () => {
    const app = await newApp();
    const { user } = await test.register();
    const visitor = new Visitor();
    const asked = await signIn(visitor, app, user?.email ?? '');
    const back = await follow(visitor, await visitor.send('POST', `${asked.url}/consent`, { cancel: 'yes' }));
    expect(new URL(back.url).searchParams.get('error')).toBe('access_denied');
  });

  it('never gives more than the app registered for', async () => {
    const app = await newApp({ scopes: ['cart:read'] });
    const { code } = await letIn(app, { scope: 'openid cart:read orders:write' });
    expect((await trade(app, code)).json.scope).toBe('cart:read');
  });

  it('without a scope of the API tells who it is, and no service takes the token', async () => {
    const app = await newApp();
    const { code, user } = await letIn(app, { scope: 'openid email profile' });
    const { json } = await trade(app, code);
    const bearer = { authorization: `Bearer ${json.access_token}` };
    const told = await new Visitor().send('GET', '/oauth2/userinfo', undefined, bearer);
    expect(told.json).toEqual({ sub: user?.id, email: user?.email, email_verified: false, name: 'Ratna' });
    expect(String(json.access_token)).not.toContain('.');
  });

  it('asks for a code where the account has a second factor', async () => {
    const app = await newApp();
    const { user } = await test.register();
    const me = as(test.clock, user?.id ?? '');
    const { uri } = await test.auth.enrolTotp({ password }, me);
    const secret = new URL(uri).searchParams.get('secret') ?? '';
    const code = () => codeFor(secret, test.clock.now());
    await test.auth.confirmTotp({ code: code() }, me);
    test.clock.advance(30_000);
    const visitor = new Visitor();
    const page = await follow(visitor, await visitor.send('GET', authorizeUrl(app)));
    const asked = await visitor.send('POST', `${page.url}/login`, { email: user?.email ?? '', password });
    const [, bound = ''] = /name="challenge" value="([^"]+)"/.exec(asked.text) ?? [];
    const wrong = await visitor.send('POST', `${page.url}/code`, { challenge: bound, code: '000000' });
    expect(wrong.text).toContain('Kode salah');
    const right = await follow(
      visitor,
      await visitor.send('POST', `${page.url}/code`, { challenge: bound, code: code() }),
    );
    expect(right.answer.text).toContain('meminta izin');
  });
});

describe('abuse', () => {
  it('of addresses, PKCE and response types is refused', async () => {
    const app = await newApp();
    const errorOf = async (more: Record<string, string>) => {
      const { url, answer } = await follow(
        new Visitor(),
        await new Visitor().send('GET', authorizeUrl(app, more)),
      );
      return url.startsWith(callback) ? /error=(\w+)/.exec(url)?.[1] : answer.status;
    };
    expect(await errorOf({ redirect_uri: 'https://evil.example/callback' })).toBe(400);
    expect(await errorOf({ redirect_uri: `${callback}/more` })).toBe(400);
    expect(await errorOf({ client_id: crypto.randomUUID() })).toBe(400);
    expect(await errorOf({ code_challenge: '', code_challenge_method: '' })).toBe('invalid_request');
    expect(await errorOf({ code_challenge_method: 'plain' })).toBe('invalid_request');
    expect(await errorOf({ response_type: 'token' })).toBe('unsupported_response_type');
    expect(await errorOf({ prompt: 'none' })).toBe('login_required');
    const page = await new Visitor().send(
      'GET',
      authorizeUrl(app, { redirect_uri: 'https://evil.example/<script>' }),
    );
    expect(page.text).not.toContain('<script>');
  });

  it('of codes is refused: twice, by others, without the verifier', async () => {
    const [app, other] = [await newApp(), await newApp()];
    const { code } = await letIn(app);
    expect(
      (await trade(app, code, { code_verifier: randomBytes(32).toString('base64url') })).json.error,
    ).toBe('invalid_grant');
    expect((await trade(other, code)).json.error).toBe('invalid_grant');
    expect((await trade({ ...app, secret: other.secret }, code)).json.error).toBe('invalid_client');
    const { code: shared } = await letIn(app);
    const answers = await Promise.all(Array.from({ length: 6 }, () => trade(app, shared)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect((await trade(app, shared)).json.error).toBe('invalid_grant');
  });

  it('of an interaction by another browser, or by another site, is refused', async () => {
    const app = await newApp();
    const { user } = await test.register();
    const visitor = new Visitor();
    const page = await follow(visitor, await visitor.send('GET', authorizeUrl(app)));
    const form = { email: user?.email ?? '', password };
    expect((await new Visitor().send('POST', `${page.url}/login`, form)).status).toBe(400);
    const foreign = await visitor.send('POST', `${page.url}/login`, form, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
    for (const email of ['a\u0000@example.com', 'x'.repeat(5_000), '']) {
      const refused = await visitor.send('POST', `${page.url}/login`, { email, password });
      expect(refused.text).toContain('E-mail atau kata sandi salah');
    }
    const skipped = await visitor.send('POST', `${page.url}/consent`, {});
    expect(skipped.status).toBe(200);
    expect(skipped.text).toContain('name="password"');
  });
});

describe('refresh tokens', () => {
  it('are spent by their use, and a spent one ends the grant', async () => {
    const app = await newApp();
    const { code } = await letIn(app);
    const first = (await trade(app, code)).json;
    const second = (await refresh(app, first.refresh_token)).json;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await introspect(app, second.access_token)).toMatchObject({
      active: true,
      scope: 'orders:read',
      client_id: app.id,
    });
    expect((await refresh(app, first.refresh_token)).json.error).toBe('invalid_grant');
    expect((await refresh(app, second.refresh_token)).json.error).toBe('invalid_grant');
    expect(await introspect(app, second.access_token)).toEqual({ active: false });
  });

  it('bring the account as it is now, and nothing once it is closed', async () => {
    const app = await newApp();
    const { code, user } = await letIn(app);
    const { json } = await trade(app, code);
    await sql`update account set roles = '{CUSTOMER,SELLER}' where id = ${user?.id}`.execute(
      test.service.database.kysely,
    );
    const next = (await refresh(app, json.refresh_token)).json;
    expect(claimsOf(String(next.access_token)).roles).toEqual(['CUSTOMER', 'SELLER']);
    await sql`update account set deactivated_at = now() where id = ${user?.id}`.execute(
      test.service.database.kysely,
    );
    expect((await refresh(app, next.refresh_token)).json.error).toBe('invalid_grant');
  });

  it('are revoked and introspected by their own app only', async () => {
    const [app, other] = [await newApp(), await newApp()];
    const { json } = await trade(app, (await letIn(app)).code);
    expect(await introspect(other, json.refresh_token)).toEqual({ active: false });
    expect(await introspect(other, json.access_token)).toEqual({ active: false });
    expect(await introspect(app, json.refresh_token)).toMatchObject({ active: true });
    expect(await introspect(app, 'a.b.c')).toMatchObject({ active: false });
    const revoke = await new Visitor().send(
      'POST',
      '/oauth2/revoke',
      { token: String(json.refresh_token) },
      basic(app),
    );
    expect(revoke.status).toBe(200);
    expect((await refresh(app, json.refresh_token)).json.error).toBe('invalid_grant');
  });

  it('outlive the keys that signed beside them', async () => {
    const app = await newApp();
    const { json } = await trade(app, (await letIn(app)).code);
    test.clock.advance(31 * 86_400_000);
    await test.auth.getKeys({});
    test.clock.advance(11 * 60_000);
    const next = (await refresh(app, json.refresh_token)).json;
    const head = (given: unknown) =>
      JSON.parse(Buffer.from(String(given).split('.')[0] ?? '', 'base64url').toString());
    expect(head(next.access_token).kid).not.toBe(head(json.access_token).kid);
    expect(await introspect(app, next.access_token)).toMatchObject({ active: expect.any(Boolean) });
  });
});

describe('an app by itself', () => {
  it('acts for its owner, within its scopes', async () => {
    const app = await newApp();
    const { json } = await token(app, {
      grant_type: 'client_credentials',
      scope: 'orders:read orders:write',
    });
    expect(json).toMatchObject({ scope: 'orders:read', expires_in: 900 });
    expect(json.refresh_token).toBeUndefined();
    expect(claimsOf(String(json.access_token))).toMatchObject({
      ...{
        sub: app.ownerId,
        client_id: app.id,
        scope: 'orders:read',
        roles: ['CUSTOMER'],
        iss: 'pasar',
        aud: 'pasar',
      },
    });
    expect(await introspect(app, json.access_token)).toMatchObject({ active: true });
    await sql`update account set deactivated_at = now() where id = ${app.ownerId}`.execute(
      test.service.database.kysely,
    );
    expect((await token(app, { grant_type: 'client_credentials' })).json.error).toBe('invalid_client');
  });

  it('is not for those that keep no secret, who let users in all the same', async () => {
    const app = await newApp({ confidential: false, redirectUris: ['com.example.app:/cb'] });
    expect(app.secret).toBe('');
    const { url, code } = await letIn(app, { redirect_uri: 'com.example.app:/cb' });
    expect(url.protocol).toBe('com.example.app:');
    const { json } = await trade(app, code, { redirect_uri: 'com.example.app:/cb', client_id: app.id });
    expect(json.access_token).toBeTruthy();
    const own = await token(app, { grant_type: 'client_credentials', client_id: app.id });
    expect(own.json.error).toBe('invalid_request');
  });
});
