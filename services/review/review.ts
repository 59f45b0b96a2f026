import { DomainError } from '@pasar/platform/errors';

export type Status = 'PUBLISHED' | 'HIDDEN' | 'DELETED';

export interface Photo {
  mediaId: string;
  url: string;
  width: number;
  height: number;
}

export interface Review {
  id: string;
  productId: string;
  variantId: string;
  sellerId: string;
  productTitle: string;
  variantTitle: string;
  /** Null for one who has left, and for imported reviews. */
  authorId: string | null;
  /** In full, whether or not it is shown. */
  authorName: string;
  anonymous: boolean;
  stars: number;
  text: string;
  photos: Photo[];
  reply: string;
  repliedAt: Date | null;
  helpful: number;
  status: Status;
  createdAt: Date;
  editedAt: Date | null;
}

/** What an author says, and may change. */
export interface Opinion extends Pick<Review, 'stars' | 'text' | 'anonymous'> {
  /** Photos by their files. */
  mediaIds: string[];
}

/** A line of an order that was delivered. */
export interface DeliveredLine {
  orderId: string;
  variantId: string;
  productId: string;
  sellerId: string;
  customerId: string;
  title: string;
  variantTitle: string;
  imageUrl: string;
  deliveredAt: Date;
}

/** Somebody who writes something that others read. */
export interface Author {
  id: string;
  name: string;
}

/** How many gave one star, two, … five. */
export type Stars = [bigint, bigint, bigint, bigint, bigint];

/** Of a product or, where `productId` is empty, of a store. */
export interface Rating {
  productId: string;
  sellerId: string;
  stars: Stars;
}

/** By how much reviews change the ratings of a product and its store. */
export type RatingChange = Rating;

/**
 * What the change of a review does to the ratings: only published reviews count.
 * @param before undefined for a new review
 */
export function ratingChange(
  before: Pick<Review, 'stars' | 'status'> | undefined,
  after: Pick<Review, 'stars' | 'status' | 'productId' | 'sellerId'>,
): RatingChange | undefined {
  const stars: Stars = [0n, 0n, 0n, 0n, 0n];
  const count = (review: Pick<Review, 'stars' | 'status'>, by: bigint) => {
    const index = review.stars - 1;
    if (review.status === 'PUBLISHED') stars[index] = (stars[index] as bigint) + by;
  };
  if (before) count(before, -1n);
  count(after, 1n);
  if (stars.every((change) => change === 0n)) return undefined;
  return { productId: after.productId, sellerId: after.sellerId, stars };
}

/** The sum of changes, one for each product and one for each store. */
export function sumChanges(changes: RatingChange[]): Rating[] {
  const ratings = new Map<string, Rating>();
  const add = (key: string, productId: string, { sellerId, stars }: RatingChange) => {
    const rating = ratings.get(key) ?? { productId, sellerId, stars: [0n, 0n, 0n, 0n, 0n] };
    rating.stars = rating.stars.map((count, index) => count + (stars[index] as bigint)) as Stars;
    ratings.set(key, rating);
  };
  for (const change of changes) {
    add(`product ${change.productId}`, change.productId, change);
    add(`store ${change.sellerId}`, '', change);
  }
  return [...ratings.values()];
}

export function countOf(stars: Stars): bigint {
  return stars.reduce((sum, count) => sum + count, 0n);
}

/** With two digits, half up; 0 without reviews. */
export function averageOf(stars: Stars): number {
  const count = countOf(stars);
  if (count === 0n) return 0;
  const sum = stars.reduce((total, each, index) => total + each * BigInt(index + 1), 0n);
  return Number((sum * 200n + count) / (count * 2n)) / 100;
}

/** `Sari Dewi` → `S***i`, so that an author knows the own review and others do not know the author. */
export function maskName(name: string): string {
  const letters = [...name.replace(/\s/gu, '')];
  return letters.length === 0 ? '' : `${letters[0]}***${letters.length > 1 ? letters.at(-1) : ''}`;
}

/** As it was typed, without control characters, blanks at its ends and more than one empty line in a row. */
export function normaliseText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

export function notDelivered(): DomainError {
  return new DomainError(
    'review.not_delivered',
    'unprocessable',
    'Only a line of an order that was delivered to you can be reviewed.',
  );
}

export function alreadyReviewed(): DomainError {
  return new DomainError('review.already_reviewed', 'conflict', 'This line was reviewed already.');
}

/** Staff has hidden it, or its author has taken it back. */
export function notPublished(): DomainError {
  return new DomainError('review.not_published', 'conflict', 'This review is not shown any more.');
}

/** The person is gone, and an access token is still alive. */
export function accountClosed(): DomainError {
  return new DomainError('review.account_closed', 'forbidden', 'This account is closed.');
}
