/** A part of a file: from its first byte to its last. */
export interface Span {
  first: number;
  last: number;
}

/**
 * What a `Range` header asks for (RFC 9110, 14.2). Undefined for all of it, which is also the answer to several ranges
 * at once and to what makes no sense; null for what lies behind the end.
 * @param condition the `If-Range` header: the range counts only while the file is still that one
 */
export function readRange(
  header: string,
  condition: string,
  { size, tag }: { size: number; tag: string },
): Span | null | undefined {
  const [, from = '', to = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header) ?? [];
  if ((from === '' && to === '') || (condition !== '' && condition !== tag)) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || (from === '' && Number(to) === 0)) return null;
  return first > last ? undefined : { first, last };
}
