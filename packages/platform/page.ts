import { type DomainError, invalidField } from './errors.js';

/** Keyset paging (AIP-158): a page token is the sort key of the last row, opaque to the client. */
export function encodePageToken(key: (string | number | bigint | Date)[]): string {
  const plain = key.map((part) =>
    part instanceof Date ? part.toISOString() : typeof part === 'bigint' ? part.toString() : part,
  );
  return Buffer.from(JSON.stringify(plain)).toString('base64url');
}

/** For a token that this list never gave out. */
export function foreignToken(): DomainError {
  return invalidField('pageToken', 'This is not a page token of this list.');
}

/** @throws DomainError `request.invalid` for a token that this list never gave out */
export function decodePageToken(token: string, parts: number): string[] | undefined {
  if (token === '') return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (
      Array.isArray(key) &&
      key.length === parts &&
      key.every((part) => ['string', 'number'].includes(typeof part))
    ) {
      return key.map(String);
    }
  } catch {
    // Falls through to the one error for every kind of bad token.
  }
  throw foreignToken();
}

/**
 * The id after which a list in order of its ids goes on.
 * @throws DomainError `request.invalid` for a token that such a list never gave out
 */
export function decodeIdToken(token: string): string | undefined {
  const [id] = decodePageToken(token, 1) ?? [];
  if (id === undefined || /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return id;
  throw foreignToken();
}

/** The same for lists in the order of a number that the database counts. @returns decimal text */
export function decodeNumberToken(token: string): string | undefined {
  const [number] = decodePageToken(token, 1) ?? [];
  if (number === undefined || /^\d{1,18}$/.test(number)) return number;
  throw foreignToken();
}

/**
 * The rows of a list that a token is part of. Data exceptions of PostgreSQL can only come from a token that was made up:
 * everything else was checked.
 */
export async function checkToken<Rows>(hasToken: boolean, rows: Promise<Rows>): Promise<Rows> {
  try {
    return await rows;
  } catch (error) {
    throw hasToken && (error as { code?: string }).code?.startsWith('22') ? foreignToken() : error;
  }
}

/** Rows come with one more than the page holds; it tells that there is a next page and is left out. */
export function pageOf<Row>(
  rows: Row[],
  size: number,
  key: (last: Row) => (string | number | bigint | Date)[],
): { rows: Row[]; nextPageToken: string } {
  if (rows.length <= size) return { rows, nextPageToken: '' };
  const page = rows.slice(0, size);
  return { rows: page, nextPageToken: encodePageToken(key(page[size - 1] as Row)) };
}

export function pageSize(requested: number, fallback = 20, max = 100): number {
  return Math.min(requested || fallback, max);
}
