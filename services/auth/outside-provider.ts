import { Injectable } from '@nestjs/common';
import { DomainError } from '@pasar/platform/errors';
import { Log } from '@pasar/platform/telemetry';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { AuthConfig } from './config.js';

const timeoutSeconds = 5;

/** What holds a sign-in together, from its beginning to its end. */
export interface Secrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** Who somebody is to the provider. */
export interface Person {
  issuer: string;
  subject: string;
  email: string;
  emailVerified: boolean;
  name: string;
}

/** The outside OpenID provider that is set, such as Google. */
@Injectable()
export class OutsideProvider {
  #discovered: Promise<Configuration> | undefined;

  constructor(
    private readonly config: AuthConfig,
    private readonly log: Log,
  ) {}

  /** Where the user signs in. @throws DomainError `auth.provider_unavailable`, `auth.no_provider` */
  async begin(redirectUri: string): Promise<{ url: string; secrets: Secrets }> {
    const configuration = await this.#configuration();
    const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, secrets };
  }

  /**
   * Who came back: state, nonce, PKCE, issuer, audience, signature and times of the answer are checked.
   * @param callbackUrl the address that the provider sent the browser to, whole
   * @throws DomainError `auth.outside_refused`, `auth.provider_unavailable`
   */
  async finish(callbackUrl: URL, { state, nonce, verifier }: Secrets): Promise<Person> {
    const configuration = await this.#configuration();
    const checks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    };
    const tokens = await authorizationCodeGrant(configuration, callbackUrl, checks).catch(
      (cause: unknown) => {
        if (cause instanceof TypeError || (cause as { code?: string }).code === 'OAUTH_TIMEOUT')
          throw unavailable(cause);
        this.log.info({ err: cause }, 'sign-in by another provider refused');
        throw new DomainError(
          'auth.outside_refused',
          'unauthenticated',
          'The other provider did not vouch for you.',
          {
            cause,
          },
        );
      },
    );
    const claims = tokens.claims();
    if (!claims) throw new DomainError('auth.outside_refused', 'unauthenticated', 'Nobody came back.');
    const { iss, sub, email, email_verified: verified, name } = claims;
    return {
      issuer: iss,
      subject: sub,
      email: typeof email === 'string' && /^[^\p{Cc}]{3,254}$/u.test(email) ? email : '',
      // Some send the word.
      emailVerified: verified === true || verified === 'true',
      name: typeof name === 'string' ? name : '',
    };
  }

  /** Read once; a provider that was away is asked again at the next sign-in. */
  #configuration(): Promise<Configuration> {
    const { oidcIssuer, oidcClientId, oidcClientSecret } = this.config;
    if (!oidcIssuer || !oidcClientId) {
      throw new DomainError('auth.no_provider', 'not_found', 'No other provider is set up here.');
    }
    const server = new URL(oidcIssuer);
    // Only within this machine, where nobody listens: a provider of a test or of development.
    const isLocal = server.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(server.hostname);
    const execute = isLocal ? [allowInsecureRequests] : [];
    const options = { execute, timeout: timeoutSeconds };
    this.#discovered ??= discovery(
      server,
      oidcClientId,
      oidcClientSecret || undefined,
      undefined,
      options,
    ).catch((cause: unknown) => {
      this.#discovered = undefined;
      this.log.warn({ err: cause, issuer: oidcIssuer }, 'the other provider cannot be reached');
      throw unavailable(cause);
    });
    return this.#discovered;
  }
}

function unavailable(cause: unknown): DomainError {
  const message = 'The other provider cannot be reached. Try again later.';
  return new DomainError('auth.provider_unavailable', 'unavailable', message, { retryAfter: 5, cause });
}
