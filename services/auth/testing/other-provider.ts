import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface OtherPerson {
  sub: string;
  email: string;
  email_verified?: boolean;
  name: string;
}

/** An OpenID provider of its own process's making, which plays the one that people have accounts with. */
export interface OtherProvider {
  readonly issuer: string;
  readonly secret: string;
  add(person: OtherPerson): OtherPerson;
  /** What a person's browser does there. @returns the query that it comes back with */
  visit(authorizationUrl: string, sub: string): Promise<string>;
  close(): Promise<void>;
}

export async function startOtherProvider(...redirectUris: string[]): Promise<OtherProvider> {
  const people = new Map<string, OtherPerson>();
  const secret = randomBytes(32).toString('hex');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'pasar',
        client_secret: secret,
        redirect_uris: redirectUris,
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: {
      keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'other' } as never],
    },
    cookies: { keys: ['a'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return handle(request, response);
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      const accountId = String(request.headers['x-person']);
      return provider.interactionFinished(request, response, { login: { accountId } });
    }
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  });
  return {
    issuer,
    secret,
    add(person) {
      people.set(person.sub, person);
      return person;
    },
    async visit(authorizationUrl, sub) {
      const cookies = new Map<string, string>();
      let url = authorizationUrl;
      while (url.startsWith(issuer)) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const answer = await fetch(url, { redirect: 'manual', headers: { cookie, 'x-person': sub } });
        for (const each of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
          if (value) cookies.set(name, value);
          else cookies.delete(name);
        }
        const next = answer.headers.get('location');
        if (!next) throw new Error(`${answer.status}: ${await answer.text()}`);
        url = new URL(next, issuer).href;
      }
      return new URL(url).search;
    },
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
