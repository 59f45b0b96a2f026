import { DomainError, invalidField } from '@pasar/platform/errors';

export type Status = 'APPLIED' | 'APPROVED' | 'SUSPENDED';

/** What its owner may say of a store. */
export interface StorePage {
  name: string;
  description: string;
  city: string;
  province: string;
  logoUrl: string;
  bannerUrl: string;
}

export interface Seller extends StorePage {
  id: string;
  /** Made of the first name, and kept when that changes: links to the store live on. */
  slug: string;
  status: Status;
  ownerUserId: string | null;
  createdAt: Date;
}

const maxSlugLength = 100;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A name as the last part of a store's URL: `Toko Bu Sri & Co.` is `toko-bu-sri-co`. */
export function slugOf(name: string): string {
  const letters = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = letters
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxSlugLength)
    .replace(/^-+|-+$/g, '');
  // What would mean something else in a URL: the caller's own store, a store's id, nothing.
  return slug === 'me' || slug === '' || uuid.test(slug) ? `toko-${slug}`.replace(/-$/, '') : slug;
}

/** The slug of a further store of the same name. */
export function slugWithSuffix(slug: string, suffix: string): string {
  return `${slug.slice(0, maxSlugLength)}-${suffix}`;
}

export function isId(text: string): boolean {
  return uuid.test(text.toLowerCase());
}

/** @throws DomainError `request.invalid` */
export function normalisePage(page: StorePage): StorePage {
  const name = toLine(page.name);
  if (name.length < 3) throw invalidField('name', 'must have three letters or more');
  for (const field of ['logoUrl', 'bannerUrl'] as const) {
    if (!/^(|https:\/\/.+|\/[^/\\].*)$/.test(page[field]))
      throw invalidField(field, 'must be an https address');
  }
  return {
    ...page,
    name,
    city: toLine(page.city),
    province: toLine(page.province),
    description: page.description.trim(),
  };
}

function toLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

export function alreadyApplied(): DomainError {
  return new DomainError(
    'seller.already_applied',
    'conflict',
    'This account has a store or has applied for one.',
  );
}

export function storeClosed(): DomainError {
  return new DomainError('seller.closed', 'conflict', 'The store is not open.');
}
