import { DomainError, invalidField } from '@pasar/platform/errors';
import type { Money } from '@pasar/platform/money';

export interface Preferences {
  marketingEmail: boolean;
  orderEmail: boolean;
  orderPush: boolean;
  priceDropNotice: boolean;
  salesEmail: boolean;
}

export interface Profile {
  id: string;
  email: string;
  name: string;
  phone: string;
  avatarUrl: string;
  /** `id` or `en`; null until it was chosen, at registration or later. */
  locale: string | null;
  preferences: Preferences;
  createdAt: Date;
}

export interface Address {
  id: string;
  recipient: string;
  phone: string;
  line1: string;
  line2: string;
  city: string;
  province: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** e.g. `Rumah`. */
  label: string;
  isDefault: boolean;
}

export interface WishlistItem {
  variantId: string;
  productId: string;
  title: string;
  /** When it was put on the list. */
  addedPrice: Money;
  addedAt: Date;
}

export interface Wishlist {
  id: string;
  name: string;
  createdAt: Date;
  /** Newest first. */
  items: WishlistItem[];
}

export const defaultLocale = 'id';

export const limits = { addresses: 50, wishlists: 50, wishlistItems: 500 };

export function assertBelow(count: number, limit: number, what: string): void {
  if (count >= limit) {
    throw new DomainError(`${what}.too_many`, 'conflict', `There is room for ${limit}; take one away first.`);
  }
}

/** On one line, and of something. @throws DomainError `request.invalid` */
export function normaliseName(name: string, field = 'name'): string {
  const line = toLine(name);
  if (line === '') throw invalidField(field, 'must not be blank');
  return line;
}

/** An address as it is written on a parcel: no stray blanks, Indonesia unless said otherwise. */
export function normaliseAddress(address: Address): Address {
  return {
    ...address,
    recipient: toLine(address.recipient),
    phone: toLine(address.phone),
    line1: toLine(address.line1),
    line2: toLine(address.line2),
    city: toLine(address.city),
    province: toLine(address.province),
    postalCode: toLine(address.postalCode),
    country: address.country || 'ID',
    label: toLine(address.label),
  };
}

function toLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** The person is gone or shut out, and an access token is still alive. */
export function accountClosed(): DomainError {
  return new DomainError('user.closed', 'forbidden', 'This account is closed.');
}
