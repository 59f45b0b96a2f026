import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import type { InteractionResults, Provider } from 'oidc-provider';
import { findAccount } from './account-store.js';
import { normaliseEmail } from './auth.js';
import { Passwords } from './passwords.js';
import { SecondFactor } from './second-factor.js';
import {
  codePage,
  consentPage,
  expiredPage,
  type Language,
  languageOf,
  pageHeaders,
  signInPage,
  type Trouble,
} from './sign-in-html.js';

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

/** One request of a page, and what it is about. */
interface Visit {
  provider: Provider;
  request: IncomingMessage;
  response: ServerResponse;
  details: Details;
  language: Language;
  /** Address of the interaction. */
  action: string;
  app: string;
  redirectUri: URL;
}

/** The pages on which a user signs in and lets an app in. Their state is the interaction's, held by its own cookie. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly secondFactor: SecondFactor,
  ) {}

  /** `GET …/<uid>`, `POST …/<uid>/login`, `…/code` and `…/consent`. */
  async answer(
    provider: Provider,
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const [, action = '', uid = '', step = ''] =
      /^(\/oauth2\/interaction\/([\w-]+))(?:\/(login|code|consent))?$/.exec(path) ?? [];
    const given = languageOf(request.headers['accept-language'] ?? '', '');
    const details = await provider.interactionDetails(request, response).catch(async (error: unknown) => {
      const { errors } = await import('oidc-provider');
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    });
    if (details?.uid !== uid || !uid) return send(response, 400, expiredPage(given));
    const { client_id: clientId, ui_locales: locales, redirect_uri: redirectUri } = details.params;
    const client = await provider.Client.find(String(clientId));
    if (!client) return send(response, 400, expiredPage(given));
    const visit: Visit = {
      ...{ provider, request, response, details, action },
      language: languageOf(request.headers['accept-language'] ?? '', String(locales ?? '')),
      app: client.clientName ?? client.clientId,
      redirectUri: new URL(String(redirectUri)),
    };
    if (request.method !== 'POST') return this.#show(visit);
    // The cookie does not come with another site's form; this says so for browsers that would send it.
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') return send(response, 403, expiredPage(visit.language));
    const form = new URLSearchParams(body.toString());
    if (form.get('cancel'))
      return this.#finish(visit, { error: 'access_denied', error_description: 'The user refused.' });
    if (step === 'consent' && details.prompt.name === 'consent') return this.#consent(visit);
    if (details.prompt.name !== 'login') return this.#show(visit);
    if (step === 'code') return this.#bringCode(visit, form.get('challenge') ?? '', form.get('code') ?? '');
    return this.#signIn(visit, form.get('email') ?? '', form.get('password') ?? '');
  }

  async #show(visit: Visit): Promise<void> {
    const { details, action, app, language, redirectUri } = visit;
    if (details.prompt.name === 'login')
      return this.#askPassword(visit, String(details.params.login_hint ?? ''));
    const account = await findAccount(this.database.kysely, details.session?.accountId ?? '');
    const { missingOIDCScope, missingResourceScopes } = details.prompt.details as Missing;
    const missing = [...(missingOIDCScope ?? []), ...Object.values(missingResourceScopes ?? {}).flat()];
    const scopes = missing.length > 0 ? missing : String(details.params.scope ?? '').split(' ');
    const destination = redirectUri.host || redirectUri.protocol.slice(0, -1);
    this.#reply(
      visit,
      consentPage({ language, action, app, email: account?.email ?? '', destination, scopes }),
    );
  }

  async #askPassword(visit: Visit, email: string, trouble?: Trouble): Promise<void> {
    const { action, app, language, details } = visit;
    const bound = await this.#boundAccount(details);
    const known = bound?.email ?? email.slice(0, 254);
    this.#reply(
      visit,
      signInPage({ language, action, app, email: known, fixedEmail: bound !== undefined, trouble }),
    );
  }

  /** Who signs in again in a browser's session stays who it was. */
  #boundAccount({ session }: Details) {
    return session?.accountId ? findAccount(this.database.kysely, session.accountId) : undefined;
  }

  async #signIn(visit: Visit, email: string, password: string): Promise<void> {
    // No contract has looked at a form; PostgreSQL takes no NUL.
    if (email.length > 254 || password.length > 128 || /\p{Cc}/u.test(email))
      return this.#askPassword(visit, '', 'wrongPassword');
    try {
      const bound = await this.#boundAccount(visit.details);
      const isOther = bound && bound.email !== normaliseEmail(email);
      const credentials = await this.passwords.check(email, password);
      if (!credentials || isOther) return this.#askPassword(visit, email, 'wrongPassword');
      const asked = await this.secondFactor.challenge(credentials.id, credentials.passwordHash);
      if (asked) return this.#askCode(visit, asked.challenge);
      await this.passwords.settle(credentials);
      await this.#finish(visit, { login: { accountId: credentials.id, remember: false, amr: ['pwd'] } });
    } catch (error) {
      return this.#askPassword(visit, email, troubleOf(error));
    }
  }

  #askCode(visit: Visit, challenge: string, trouble?: Trouble): void {
    const { action, app, language } = visit;
    this.#reply(visit, codePage({ language, action, app, challenge, trouble }));
  }

  async #bringCode(visit: Visit, challenge: string, code: string): Promise<void> {
    const bound = await this.#boundAccount(visit.details);
    let accountId: string;
    try {
      accountId = await this.secondFactor.meet(challenge, code.slice(0, 64), async (_tx, { id }) => id);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'auth.invalid_challenge')
        return this.#askPassword(visit, '');
      return this.#askCode(visit, challenge, troubleOf(error));
    }
    if (bound && bound.id !== accountId) return this.#askPassword(visit, '', 'wrongPassword');
    await this.#finish(visit, { login: { accountId, remember: false, amr: ['pwd', 'otp', 'mfa'] } });
  }

  async #consent(visit: Visit): Promise<void> {
    const { provider, details } = visit;
    const { params, prompt, grantId: existing, session } = details;
    const known = existing ? await provider.Grant.find(existing) : undefined;
    const grant =
      known ?? new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
    const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = prompt.details as Missing;
    if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
    if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims);
    for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
      grant.addResourceScope(resource, scopes.join(' '));
    }
    await this.#finish(visit, { consent: { grantId: await grant.save() } });
  }

  #finish({ provider, request, response }: Visit, result: InteractionResults): Promise<void> {
    return provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: !result.error,
    });
  }

  #reply({ response, redirectUri }: Visit, html: string): void {
    const target = /^https?:$/.test(redirectUri.protocol) ? redirectUri.origin : redirectUri.protocol;
    send(response, 200, html, target);
  }
}

interface Missing {
  missingOIDCScope?: string[];
  missingOIDCClaims?: string[];
  missingResourceScopes?: Record<string, string[]>;
}

/** What the page says of it. @throws anything that is not the user's to mend */
function troubleOf(error: unknown): Trouble {
  if (!(error instanceof DomainError)) throw error;
  if (error.code === 'auth.locked') return 'locked';
  if (error.code === 'rpc.overloaded') return 'busy';
  if (error.kind === 'internal') throw error;
  return error.code === 'auth.wrong_code' ? 'wrongCode' : 'wrongPassword';
}

function send(response: ServerResponse, status: number, html: string, formTarget?: string): void {
  response.writeHead(status, pageHeaders(formTarget)).end(html);
}
