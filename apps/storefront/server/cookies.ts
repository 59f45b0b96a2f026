/** What the browser keeps for us. Scripts of a page can read none of these. */
export const cookieNames = {
  access: 'pasar-access',
  refresh: 'pasar-refresh',
  cart: 'pasar-cart',
  // Somebody who is at the outside provider, to sign in by it.
  outside: 'pasar-outside',
  // What is pushed to here, for as long as its owner is signed in.
  device: 'pasar-device',
} as const;

export interface CookieOptions {
  path: '/';
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
  maxAge: number;
}

const DAY = 86_400;

/** `Lax`, so that a link in a mail finds its reader signed in; mutations are guarded by where they come from. */
export function cookieOptions(secure: boolean, maxAge: number): CookieOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge };
}

/** How long each is kept: as long as what it names may live. */
export const cookieAges = { refresh: 30 * DAY, cart: 30 * DAY, outside: 600, device: 400 * DAY } as const;

/** Set behind https a cookie has a name that no other host and no plain connection can set. */
export function cookieName(name: keyof typeof cookieNames, secure: boolean): string {
  return secure ? `__Host-${cookieNames[name]}` : cookieNames[name];
}

export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 0) continue;
    const name = pair.slice(0, at).trim();
    // The first one is for the longest path, which is what browsers mean to be the nearest.
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}

export function writeCookies(cookies: Map<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** @throws Error for a value that would be more than a value */
export function setCookie(name: string, value: string, { maxAge, secure }: CookieOptions): string {
  if (!/^[\w.~+/=-]*$/.test(value)) throw new Error(`${name} cannot be kept in a cookie`);
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${maxAge}`;
}
