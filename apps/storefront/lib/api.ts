import 'server-only';
import { type ClientSettings, createPasarClient, type PasarClient } from '@pasar/sdk';
import { ApiError } from '@pasar/sdk/api-error';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cookieAges, cookieName, cookieOptions } from '../server/cookies';
import { localeOf } from '../server/locales';
import { apiFetch } from './api-fetch';

/** Whether customers reach us over TLS. */
export const secure = (process.env.PASAR_SHOP_URL ?? '').startsWith('https:');

/** The API for what is the same for everybody. */
export async function api(): Promise<PasarClient> {
  return client({});
}

/**
 * The API as this customer, or this guest with the own cart. Where the session turns out to be over it leads to the
 * sign-in and back.
 * @param retries of what does not get through; the client's own number when left out
 * @param leads to the sign-in; whoever would rather know does without
 */
export async function customerApi(retries?: number, leads = true): Promise<PasarClient> {
  const jar = await cookies();
  const access = jar.get(cookieName('access', secure))?.value;
  const cart = jar.get(cookieName('cart', secure))?.value;
  const path = (await headers()).get('pasar-path') ?? '';
  const about = {
    ...(access && { authorization: `Bearer ${access}` }),
    ...(cart && { 'x-cart-token': cart }),
  };
  const locale = localeOf(path);
  // What scripts ask for under /api/ is answered as it is.
  if (!locale || !leads) return client(about, { retries });
  const refresh = async () => redirect(`/${locale}/login?next=${encodeURIComponent(path)}`);
  return client(about, { retries, refresh });
}

async function client(
  more: Record<string, string>,
  settings: Pick<ClientSettings, 'retries' | 'refresh'> = {},
): Promise<PasarClient> {
  const given = await headers();
  const key = process.env.PASAR_STOREFRONT_KEY;
  const made = createPasarClient({
    url: process.env.PASAR_API_URL ?? 'http://127.0.0.1:8080',
    ...settings,
    // The gateway caches what may be cached, and drops it when something changes.
    fetch: apiFetch,
    headers: {
      // It is next door: to compress and decompress would take longer than to send.
      'accept-encoding': 'identity',
      'x-forwarded-for': given.get('x-forwarded-for') ?? '',
      'user-agent': given.get('user-agent') ?? '',
      ...(key && { 'pasar-storefront-key': key }),
      ...more,
    },
  });
  const get = (...call: Parameters<PasarClient['get']>) => made.get(...call).catch(refuseBadPage);
  return { ...made, get: get as PasarClient['get'] };
}

/** An address that names no page of a list was mistyped, or is of another time; that is no fault of ours. */
function refuseBadPage(error: unknown): never {
  if (error instanceof ApiError && 'pageToken' in error.fields) notFound();
  throw error;
}

export async function isSignedIn(): Promise<boolean> {
  return (await cookies()).has(cookieName('access', secure));
}

/** Who makes a cart is told its name once. */
export async function keepCart(token: string): Promise<void> {
  if (!token) return;
  const name = cookieName('cart', secure);
  const jar = await cookies();
  if (jar.get(name)?.value !== token) jar.set(name, token, cookieOptions(secure, cookieAges.cart));
}

/** @returns undefined for what is not there */
export async function ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return undefined;
    throw error;
  }
}

/** Of what a page can do without. A session that is over is no fault of ours. */
export async function orElse<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) console.error(error);
    return otherwise;
  }
}
