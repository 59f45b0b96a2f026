import 'server-only';
import type { Schemas } from '@pasar/sdk';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cookieAges, cookieName, cookieOptions } from '../server/cookies';
import type { Locale } from '../server/locales';
import { customerApi, isSignedIn, secure } from './api';

/** Keeps the tokens where no script finds them, and brings along what was put into the cart before. */
export async function beginSession(grant: Schemas['TokenGrant']): Promise<void> {
  const jar = await cookies();
  jar.set(cookieName('access', secure), grant.accessToken, cookieOptions(secure, grant.expiresIn));
  jar.set(cookieName('refresh', secure), grant.refreshToken, cookieOptions(secure, cookieAges.refresh));
  const cart = jar.get(cookieName('cart', secure))?.value;
  if (!cart) return;
  try {
    const client = await customerApi();
    await client.post('/api/v1/cart:merge', { body: { token: cart } });
    jar.delete({ name: cookieName('cart', secure), path: '/', secure });
  } catch (error) {
    // The cookie stays, and the next signed-in call that carries it merges.
    console.error(error);
  }
}

/** @returns the refresh token that there was */
export async function forgetSession(): Promise<string | undefined> {
  const jar = await cookies();
  const refreshToken = jar.get(cookieName('refresh', secure))?.value;
  for (const name of ['access', 'refresh', 'cart'] as const) {
    jar.delete({ name: cookieName(name, secure), path: '/', secure });
  }
  return refreshToken;
}

export async function endSession(): Promise<void> {
  const refreshToken = await forgetSession();
  if (!refreshToken) return;
  const client = await customerApi();
  await client.post('/api/v1/auth/logout', { body: { refreshToken } }).catch(console.error);
}

/** Sends guests to the sign-in, and back again. */
export async function requireSession(locale: Locale, path: string): Promise<void> {
  if (!(await isSignedIn())) redirect(`/${locale}/login?next=${encodeURIComponent(`/${locale}${path}`)}`);
}
