import 'server-only';
import type { PasarClient, Schemas } from '@pasar/sdk';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cookieAges, cookieName, cookieOptions } from '../server/cookies';
import type { Locale } from '../server/locales';
import { customerApi, ifFound, isSignedIn, secure } from './api';
import { deviceOf } from './user-agent';

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
  // Who uses this browser next is told nothing that was meant for the one who leaves.
  await forgetDevice(await customerApi(undefined, false)).catch(console.error);
  const refreshToken = await forgetSession();
  if (!refreshToken) return;
  const client = await customerApi();
  await client.post('/api/v1/auth/logout', { body: { refreshToken } }).catch(console.error);
}

/** This browser is pushed to from now on, and nowhere else where it was before. */
export async function registerDevice(
  client: PasarClient,
  endpoint: string,
  keys: Schemas['SubscriptionKeys'],
): Promise<Schemas['Device']> {
  const name = deviceOf((await headers()).get('user-agent') ?? '').slice(0, 100);
  const device = await client.post('/api/v1/devices', { body: { endpoint, keys, name } });
  const jar = await cookies();
  if (jar.get(cookieName('device', secure))?.value !== device.id) await forgetDevice(client);
  jar.set(cookieName('device', secure), device.id, cookieOptions(secure, cookieAges.device));
  return device;
}

/** It is not any more. One that is not there, or is somebody else's by now, is forgotten just so. */
export async function forgetDevice(client: PasarClient): Promise<void> {
  const jar = await cookies();
  const name = cookieName('device', secure);
  const id = jar.get(name)?.value;
  if (!id) return;
  await ifFound(client.delete('/api/v1/devices/{id}', { params: { path: { id } } }));
  jar.delete({ name, path: '/', secure });
}

/** Sends guests to the sign-in, and back again. */
export async function requireSession(locale: Locale, path: string): Promise<void> {
  if (!(await isSignedIn())) redirect(`/${locale}/login?next=${encodeURIComponent(`/${locale}${path}`)}`);
}
