const address = /^(?:https?:\/\/[^/?#]+)?\/api\/v1\/media\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//i;

/**
 * Ids of the uploaded files that addresses lead to; other addresses are passed over. Who stores an address tells of its
 * file in events, in a field `media_ids`, so that the media service keeps it.
 */
export function mediaIdsOf(urls: string[]): string[] {
  const ids = urls.flatMap((url) => address.exec(url)?.[1]?.toLowerCase() ?? []);
  return [...new Set(ids)];
}
