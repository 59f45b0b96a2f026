import { DomainError, invalidField } from '@pasar/platform/errors';

export type Status = 'APPLIED' | 'APPROVED' | 'REJECTED' | 'SUSPENDED';

/** On a day of the week, 1 for Monday, in minutes after midnight. */
export interface OpeningHours {
  weekday: number;
  opens: number;
  closes: number;
}

export interface Holiday {
  startsAt: Date;
  endsAt: Date;
  note: string;
}

/** What its owner may say of a store. */
export interface StorePage {
  name: string;
  description: string;
  city: string;
  province: string;
  logoUrl: string;
  bannerUrl: string;
  openingHours: OpeningHours[];
}

export interface Seller extends StorePage {
  id: string;
  /** Made of the first name, and kept when that changes: links to the store live on. */
  slug: string;
  status: Status;
  ownerUserId: string | null;
  holidayStartsAt: Date | null;
  holidayEndsAt: Date | null;
  holidayNote: string;
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
    openingHours: sortHours(page.openingHours),
    name,
    city: toLine(page.city),
    province: toLine(page.province),
    description: page.description.trim(),
  };
}

/** In the order of the week. @throws DomainError `request.invalid` for spans that end before they begin or overlap */
function sortHours(hours: OpeningHours[]): OpeningHours[] {
  const sorted = hours
    .map(({ weekday, opens, closes }) => ({ weekday, opens, closes }))
    .toSorted((a, b) => a.weekday - b.weekday || a.opens - b.opens);
  for (const [index, span] of sorted.entries()) {
    const before = sorted[index - 1];
    if (span.closes <= span.opens) throw invalidField('openingHours', 'must close after they open');
    if (before?.weekday === span.weekday && before.closes > span.opens)
      throw invalidField('openingHours', 'must not overlap');
  }
  return sorted;
}

const maxHolidayMs = 366 * 86_400_000;

/** @throws DomainError `request.invalid` */
export function planHoliday(startsAt: Date | undefined, endsAt: Date, note: string, now: Date): Holiday {
  const from = startsAt ?? now;
  if (endsAt <= now || endsAt <= from) throw invalidField('holiday.endsAt', 'must be later');
  if (endsAt.getTime() - from.getTime() > maxHolidayMs)
    throw invalidField('holiday.endsAt', 'A holiday is a year at most.');
  return { startsAt: from, endsAt, note: toLine(note) };
}

function toLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

export function alreadyApplied(): DomainError {
  return new DomainError(
    'seller.already_applied',
    'conflict',
    'This account belongs to a store or has applied for one.',
  );
}

export function storeClosed(): DomainError {
  return new DomainError('seller.closed', 'conflict', 'The store is not open.');
}
