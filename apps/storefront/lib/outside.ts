import 'server-only';
import { cookies } from 'next/headers';
import { cookieAges, cookieName, cookieOptions } from '../server/cookies';
import { api, orElse, secure } from './api';

/** What somebody is at the outside provider for, or what is still to be done of it. */
export interface Errand {
  kind: 'enter' | 'link' | 'confirm';
  /** The API's: of a sign-in, or of the second factor that it asks for. */
  token: string;
  /** Where to go on. */
  next: string;
}

const name = cookieName('outside', secure);

export async function keepErrand(errand: Errand): Promise<void> {
  (await cookies()).set(name, JSON.stringify(errand), cookieOptions(secure, cookieAges.outside));
}

export async function readErrand(): Promise<Errand | undefined> {
  try {
    const { kind, token, next } = JSON.parse((await cookies()).get(name)?.value ?? '');
    return { kind, token: String(token), next: String(next) };
  } catch {
    return undefined;
  }
}

export async function forgetErrand(): Promise<void> {
  (await cookies()).delete({ name, path: '/', secure });
}

/** What people call the provider; undefined where there is none. */
export async function outsideProvider(): Promise<{ issuer: string; name: string } | undefined> {
  const client = await api();
  const { issuer } = await orElse(client.get('/api/v1/auth/outside'), { issuer: '' });
  return issuer ? { issuer, name: providerName(issuer) } : undefined;
}

export function providerName(issuer: string): string {
  const host = URL.canParse(issuer) ? new URL(issuer).hostname : issuer;
  return host === 'accounts.google.com' ? 'Google' : host;
}
