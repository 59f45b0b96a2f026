import { createHash, randomBytes } from 'node:crypto';
import type { Client } from '@connectrpc/connect';
import { OAuthService } from '@pasar/contracts/pasar/auth/v1/oauth_pb';
import { as, password, startAuth, type TestAuth } from '../testing.js';

export const issuer = 'https://pasar.example';
export const callback = 'https://app.example/callback';
export let test: TestAuth;
export let oauth: Client<typeof OAuthService>;

/** The auth service with the authorization server, for one spec file. */
export async function startOAuth(): Promise<TestAuth> {
  test = await startAuth({ PASAR_PUBLIC_URL: issuer });
  oauth = test.client(OAuthService);
  return test;
}

interface Answer {
  status: number;
  headers: Map<string, string>;
  text: string;
  json: Record<string, unknown>;
}

/** What a browser or an app's server does: follows nothing by itself, keeps cookies by their paths. */
export class Visitor {
  readonly cookies = new Map<string, { value: string; path: string }>();

  async send(
    method: string,
    url: string,
    form?: Record<string, string>,
    more: Record<string, string> = {},
  ): Promise<Answer> {
    const { pathname, search } = new URL(url, issuer);
    const sent = [...this.cookies].filter(([, { path }]) => pathname.startsWith(path));
    const headers: Record<string, string> = {
      cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; '),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...more,
    };
    const answer = await oauth.exchange({
      method,
      url: pathname + search,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      body: form && Buffer.from(new URLSearchParams(form).toString()),
    });
    for (const { name, value } of answer.headers) if (name === 'set-cookie') this.#keep(value);
    const text = Buffer.from(answer.body).toString();
    const told = new Map(answer.headers.map(({ name, value }) => [name, value]));
    const json = told.get('content-type')?.includes('json') ? JSON.parse(text) : {};
    return { status: answer.status, headers: told, text, json };
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const path = /path=([^;]+)/i.exec(cookie)?.[1] ?? '/';
    if (/expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, { value, path });
  }
}

export async function newApp(
  facts: { scopes?: string[]; confidential?: boolean; redirectUris?: string[] } = {},
) {
  const { user } = await test.register();
  const owner = as(test.clock, user?.id ?? '');
  const { app, clientSecret } = await oauth.createApp(
    {
      name: 'Kasir Pintar',
      redirectUris: [callback],
      confidential: true,
      scopes: ['orders:read', 'cart:read'],
      ...facts,
    },
    owner,
  );
  return { id: app?.id ?? '', secret: clientSecret, owner, ownerId: user?.id ?? '' };
}
export type TestApp = Awaited<ReturnType<typeof newApp>>;

export const basic = ({ id, secret }: TestApp) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});
export const verifier = randomBytes(32).toString('base64url');
export const challenge = createHash('sha256').update(verifier).digest('base64url');

export function authorizeUrl(app: TestApp, more: Record<string, string> = {}): string {
  const given = {
    ...{
      client_id: app.id,
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid email orders:read',
    },
    ...{ state: 'mine', code_challenge: challenge, code_challenge_method: 'S256', ...more },
  };
  const asked = Object.entries(given).filter(([, value]) => value !== '');
  return `/oauth2/auth?${new URLSearchParams(asked)}`;
}

/** Goes on where redirects lead, up to a page or to the app. */
export async function follow(visitor: Visitor, first: Answer): Promise<{ url: string; answer: Answer }> {
  let [url, answer] = ['', first];
  while (answer.status === 303 || answer.status === 302) {
    url = answer.headers.get('location') ?? '';
    if (!url.startsWith('/') && !url.startsWith(issuer)) break;
    answer = await visitor.send('GET', url);
  }
  return { url, answer };
}

export async function signIn(
  visitor: Visitor,
  app: TestApp,
  email: string,
  more: Record<string, string> = {},
) {
  const page = await follow(visitor, await visitor.send('GET', authorizeUrl(app, more)));
  return follow(visitor, await visitor.send('POST', `${page.url}/login`, { email, password }));
}

/** A user who has let the app in, and the code that the app got. */
export async function letIn(app: TestApp, more: Record<string, string> = {}) {
  const { user } = await test.register();
  const visitor = new Visitor();
  const asked = await signIn(visitor, app, user?.email ?? '', more);
  const back = await follow(visitor, await visitor.send('POST', `${asked.url}/consent`, {}));
  const url = new URL(back.url);
  return { user, visitor, url, code: url.searchParams.get('code') ?? '' };
}

export const token = (app: TestApp, form: Record<string, string>) =>
  new Visitor().send('POST', '/oauth2/token', form, app.secret ? basic(app) : {});
export const trade = (app: TestApp, code: string, more: Record<string, string> = {}) =>
  token(app, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    ...more,
  });
export const refresh = (app: TestApp, refreshToken: unknown) =>
  token(app, { grant_type: 'refresh_token', refresh_token: String(refreshToken) });
export const introspect = async (app: TestApp, given: unknown) =>
  (await new Visitor().send('POST', '/oauth2/introspect', { token: String(given) }, basic(app))).json;
