/** Where notifications lead, and where that is here. The service worker goes by it too. */
export const noticePaths: [pattern: RegExp, path: string][] = [
  [/^\/orders\/([\w-]+)$/, '/orders/$1'],
  [/^\/orders$/, '/orders'],
  [/^\/(?:products|variants)\/([\w-]+)$/, '/p/$1'],
  [/^\/cart$/, '/cart'],
];

/** Where a notification leads here; undefined for what is none of a customer's business, or not here. */
export function noticeLink(link: string): string | undefined {
  const [pattern, path] = noticePaths.find(([pattern]) => pattern.test(link)) ?? [];
  return pattern && path && link.replace(pattern, path);
}
