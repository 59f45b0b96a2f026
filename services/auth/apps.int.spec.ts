import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizeUrl,
  callback,
  follow,
  letIn,
  newApp,
  oauth,
  refresh,
  startOAuth,
  test,
  token,
  trade,
} from './testing/oauth.js';
import { as, codeOf } from './testing.js';

beforeAll(startOAuth);
afterAll(() => test.close());

describe('apps', () => {
  it('belong to their owner, whose secret is rotated and kept by nobody', async () => {
    const app = await newApp();
    const stranger = (await newApp()).owner;
    const { rows } = await sql<{ all: string }>`
      select jsonb_build_array((select jsonb_agg(p) from oauth_app p), (select jsonb_agg(a) from oauth_artifact a))::text as all`.execute(
      test.service.database.kysely,
    );
    expect(rows[0]?.all).not.toContain(app.secret);
    expect(await codeOf(oauth.rotateAppSecret({ id: app.id }, stranger))).toBe('app.not_found');
    expect(await codeOf(oauth.deleteApp({ id: app.id }, stranger))).toBe('app.not_found');
    expect((await oauth.listApps({}, stranger)).apps.map(({ id }) => id)).not.toContain(app.id);
    const { clientSecret } = await oauth.rotateAppSecret({ id: app.id }, app.owner);
    const form = { grant_type: 'client_credentials' };
    expect((await token(app, form)).json.error).toBe('invalid_client');
    expect((await token({ ...app, secret: clientSecret }, form)).status).toBe(200);
    await oauth.deleteApp({ id: app.id }, app.owner);
    expect((await token({ ...app, secret: clientSecret }, form)).json.error).toBe('invalid_client');
  });

  it('are refused with addresses that are not safe, unknown scopes, or too many', async () => {
    const { owner } = await newApp();
    const tryWith = (facts: object) =>
      codeOf(oauth.createApp({ name: 'X1', confidential: true, redirectUris: [callback], ...facts }, owner));
    for (const uri of [
      'http://app.example/cb',
      'https://a.example/cb#x',
      'javascript:alert(1)',
      'https://u:p@a.example/',
      'nonsense',
      'com.example.app:/cb',
      'https://*.example/cb',
      'https://localhost/cb',
    ]) {
      expect(await tryWith({ redirectUris: [uri] })).toBe('request.invalid');
    }
    expect(await tryWith({ confidential: false, redirectUris: [] })).toBe('request.invalid');
    expect(await tryWith({ scopes: ['planet:write'] })).toBe('request.invalid');
    expect(await tryWith({ name: ' \n\t ' })).toBe('request.invalid');
    expect(await tryWith({ redirectUris: ['http://127.0.0.1:9000/cb'] })).toBe('ok');
    const codes = await Promise.all(Array.from({ length: 30 }, () => tryWith({})));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(23);
  });

  it('lose what a user takes back', async () => {
    const app = await newApp();
    const { user, code, visitor } = await letIn(app);
    const me = as(test.clock, user?.id ?? '');
    const { json } = await trade(app, code);
    const { grants } = await oauth.listGrants({}, me);
    expect(grants).toMatchObject([
      { appId: app.id, appName: 'Kasir Pintar', scopes: ['openid', 'email', 'orders:read'] },
    ]);
    const id = grants[0]?.id ?? '';
    expect(await codeOf(oauth.revokeGrant({ id }, app.owner))).toBe('grant.not_found');
    await oauth.revokeGrant({ id }, me);
    expect((await oauth.listGrants({}, me)).grants).toEqual([]);
    expect((await refresh(app, json.refresh_token)).json.error).toBe('invalid_grant');
    // And must ask again.
    const asked = await follow(visitor, await visitor.send('GET', authorizeUrl(app)));
    expect(asked.answer.text).toContain('meminta izin');
    // Whoever ends all sessions is signed out there as well.
    await test.auth.revokeAllSessions({}, me);
    const out = await follow(visitor, await visitor.send('GET', authorizeUrl(app)));
    expect(out.answer.text).toContain('name="password"');
  });
});
