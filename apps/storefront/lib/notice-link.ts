const known: [RegExp, (id: string) => string][] = [
  [/^\/orders\/([\w-]+)$/, (id) => `/orders/${id}`],
  [/^\/orders$/, () => '/orders'],
  [/^\/(?:products|variants)\/([\w-]+)$/, (id) => `/p/${id}`],
  [/^\/cart$/, () => '/cart'],
];

/** Where a notification leads here; undefined for what is none of a customer's business, or not here. */
export function noticeLink(link: string): string | undefined {
  for (const [pattern, path] of known) {
    const match = pattern.exec(link);
    if (match) return path(match[1] ?? '');
  }
  return undefined;
}
