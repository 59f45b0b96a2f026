export interface PolicyOptions {
  nonce: string;
  /** Next.js evaluates code while it is developed, and talks to its server over a web socket. */
  development: boolean;
  /** The storefront is reached over TLS. */
  secure: boolean;
}

/**
 * Scripts run by their nonce, and what those load. Styles are files and attributes of our own making. Pictures and
 * videos of products may be anywhere, as long as nobody can change them on their way.
 */
export function contentSecurityPolicy({ nonce, development, secure }: PolicyOptions): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // React and the components position things by style attributes, which carry no nonce.
    `style-src 'self' 'unsafe-inline'`,
    "img-src 'self' data: blob: https:",
    "media-src 'self' https:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

export function securityHeaders(secure: boolean): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    ...(secure && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
  };
}
