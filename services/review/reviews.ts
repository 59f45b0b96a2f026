import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { MediaService, Media_Purpose as Purpose } from '@pasar/contracts/pasar/media/v1/media_pb';
import { ReviewCreatedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { checkToken, decodeIdToken, decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import { changeRatings, findRatings } from './rating-store.js';
import {
  type Author,
  accountClosed,
  alreadyReviewed,
  type DeliveredLine,
  normaliseText,
  notDelivered,
  notPublished,
  type Opinion,
  type Photo,
  type Rating,
  type Review,
  ratingChange,
} from './review.js';
import {
  addVote,
  type Db,
  eraseAuthor,
  factsOf,
  findReview,
  findVotes,
  hasLine,
  insertReviews,
  isDeparted,
  listByAuthor,
  listPublished,
  listReviewable,
  lockReview,
  type Owner,
  type ReviewFilter,
  renameAuthor,
  saveDeliveredLines,
  takeLine,
  takeVoteBack,
  updateReview,
} from './review-store.js';

/** A page of a list, as it is asked for. */
export interface Paging {
  size: number;
  token: string;
}

export type ImportedReview = Omit<
  Review,
  'id' | 'authorId' | 'photos' | 'repliedAt' | 'helpful' | 'status' | 'editedAt'
> & { key: string };

const fresh = {
  photos: [],
  reply: '',
  repliedAt: null,
  helpful: 0,
  status: 'PUBLISHED',
  editedAt: null,
} as const;

@Injectable()
export class Reviews {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Calls(MediaService) private readonly media: Client<typeof MediaService>,
  ) {}

  /** @throws DomainError `review.not_delivered`, `review.already_reviewed` */
  async create(
    author: Author,
    { orderId, variantId }: Pick<DeliveredLine, 'orderId' | 'variantId'>,
    { mediaIds, ...opinion }: Opinion,
  ): Promise<Review> {
    const line = { orderId, variantId, customerId: author.id };
    const photos = await this.#photosOf(author.id, mediaIds);
    const id = this.clock.id();
    const created = await this.database.transaction(async (tx) => {
      const taken = await takeLine(tx, line, id);
      if (!taken) return undefined;
      const { productId, sellerId, title: productTitle, variantTitle } = taken;
      const review: Review = {
        ...{ id, productId, variantId, sellerId, productTitle, variantTitle },
        ...{ authorId: author.id, authorName: author.name, createdAt: this.clock.now() },
        ...{ ...fresh, photos },
        ...{ ...opinion, text: normaliseText(opinion.text) },
      };
      await insertReviews(tx, [{ ...review, importKey: null }]);
      await this.#publish(tx, undefined, review);
      return review;
    });
    if (created) {
      this.outbox.wake();
      return created;
    }
    throw (await hasLine(this.database.kysely, line)) ? alreadyReviewed() : notDelivered();
  }

  async get(id: string): Promise<Review> {
    return (await findReview(this.database.kysely, id)) ?? refuseUnknown();
  }

  async list(filter: ReviewFilter, { size, token }: Paging) {
    const limit = pageSize(size);
    const after = decodePageToken(token, 2);
    const rows = await checkToken(
      token !== '',
      listPublished(this.database.kysely, filter, after, limit + 1),
    );
    return pageOf(rows, limit, (review) => [
      filter.sort === 'helpful' ? review.helpful : review.createdAt,
      review.id,
    ]);
  }

  async listOwn(authorId: string, { size, token }: Paging) {
    const limit = pageSize(size);
    const rows = await listByAuthor(this.database.kysely, authorId, decodeIdToken(token), limit + 1);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async listReviewable(customerId: string, { size, token }: Paging) {
    const limit = pageSize(size);
    const after = decodePageToken(token, 3);
    const rows = await checkToken(
      token !== '',
      listReviewable(this.database.kysely, customerId, after, limit + 1),
    );
    return pageOf(rows, limit, ({ deliveredAt, variantId, orderId }) => [deliveredAt, variantId, orderId]);
  }

  /** @throws DomainError `review.not_published` for one that staff has hidden */
  async edit(authorId: string, id: string, { mediaIds, ...opinion }: Partial<Opinion>): Promise<Review> {
    const photos = mediaIds && (await this.#photosOf(authorId, mediaIds));
    return this.change(id, { authorId }, (review) => {
      if (review.status !== 'PUBLISHED') throw notPublished();
      const text = opinion.text === undefined ? review.text : normaliseText(opinion.text);
      return { ...review, ...opinion, text, photos: photos ?? review.photos, editedAt: this.clock.now() };
    });
  }

  /** What it said is gone; that there was one is not, so the line cannot be reviewed again. */
  async delete(authorId: string, id: string): Promise<void> {
    await this.change(id, { authorId }, (review) => ({ ...review, text: '', photos: [], status: 'DELETED' }));
  }

  /** @param text empty to take the reply back */
  reply(sellerId: string, id: string, text: string): Promise<Review> {
    const reply = normaliseText(text);
    return this.change(id, { sellerId }, (review) => {
      if (review.status !== 'PUBLISHED') throw notPublished();
      if (review.reply === reply) return review;
      return { ...review, reply, repliedAt: reply ? this.clock.now() : null };
    });
  }

  async vote(userId: string, id: string, helpful: boolean): Promise<Review> {
    await this.database.write(helpful ? addVote(id, userId) : takeVoteBack(id, userId));
    const review = await this.get(id);
    if (review.authorId === userId) {
      throw new DomainError('review.own', 'unprocessable', 'Your own review is not yours to vote for.');
    }
    return review;
  }

  /** @returns those of these reviews that this person voted for */
  listVotes(userId: string, ids: string[]): Promise<string[]> {
    return findVotes(this.database.kysely, userId, ids);
  }

  /** Changes a review, with it the ratings, and tells of both. @throws DomainError `review.not_found` */
  async change(id: string, owner: Owner | undefined, change: (review: Review) => Review): Promise<Review> {
    const changed = await this.database.transaction((tx) => this.changeIn(tx, id, owner, change));
    this.outbox.wake();
    return changed ?? refuseUnknown();
  }

  async changeIn(
    tx: Db,
    id: string,
    owner: Owner | undefined,
    change: (review: Review) => Review,
  ): Promise<Review | undefined> {
    const before = await lockReview(tx, id, owner);
    if (!before) return undefined;
    const after = change(before);
    if (after === before) return before;
    await updateReview(tx, after);
    await this.#publish(tx, before, after);
    return after;
  }

  async rating(kind: 'PRODUCT' | 'STORE', id: string): Promise<Rating> {
    const [rating] = await findRatings(this.database.kysely, kind, [id]);
    const none = { productId: kind === 'PRODUCT' ? id : '', sellerId: kind === 'STORE' ? id : '' };
    return rating ?? { ...none, stars: [0n, 0n, 0n, 0n, 0n] };
  }

  productRatings(ids: string[]): Promise<Rating[]> {
    return findRatings(this.database.kysely, 'PRODUCT', ids);
  }

  /** Reviews that were written elsewhere. @returns how many were not known yet */
  async import(given: ImportedReview[]): Promise<number> {
    const unique = [...new Map(given.map((review) => [review.key, review])).values()];
    const reviews = unique.map(({ key, ...review }) => ({
      ...fresh,
      ...review,
      ...{
        id: this.clock.id(),
        importKey: key,
        authorId: null,
        photos: [],
        text: normaliseText(review.text),
      },
      repliedAt: review.reply ? review.createdAt : null,
    }));
    const imported = await this.database.transaction(async (tx) => {
      const ids = await insertReviews(tx, reviews);
      const inserted = reviews.filter(({ id }) => ids.has(id));
      const changes = inserted.flatMap((review) => ratingChange(undefined, review) ?? []);
      await changeRatings(tx, this.outbox, changes);
      await this.outbox.append(tx, ...inserted.map(created));
      return ids.size;
    });
    this.outbox.wake();
    return imported;
  }

  noteDelivered(tx: Db, lines: DeliveredLine[]): Promise<void> {
    return saveDeliveredLines(tx, lines);
  }

  async rename(tx: Db, author: Author): Promise<void> {
    await this.outbox.append(tx, ...(await renameAuthor(tx, author)).map((review) => updated(review)));
  }

  async erase(tx: Db, userId: string): Promise<void> {
    await this.outbox.append(tx, ...(await eraseAuthor(tx, userId)).map((review) => updated(review)));
  }

  /** @throws DomainError `review.account_closed` */
  async assertPresent(db: Db, userId: string): Promise<void> {
    if (await isDeparted(db, userId)) throw accountClosed();
  }

  /** The author's own files, kept until the event of the review says that they are shown. No transaction is open. */
  async #photosOf(ownerId: string, mediaIds: string[]): Promise<Photo[]> {
    if (mediaIds.length === 0) return [];
    const { media } = await this.media.batchGetMedia({ ownerId, purpose: Purpose.REVIEW, ids: mediaIds });
    const byId = new Map(
      media.map(({ id, url, width, height }) => [id, { mediaId: id, url, width, height }]),
    );
    return mediaIds.map((id) => {
      const photo = byId.get(id.toLowerCase());
      if (photo) return photo;
      throw invalidField('mediaIds', `${id} is no photo that you uploaded for a review.`);
    });
  }

  async #publish(tx: Db, before: Review | undefined, after: Review): Promise<void> {
    const change = ratingChange(before, after);
    if (change) await changeRatings(tx, this.outbox, [change]);
    const replied = before?.reply === '' && after.reply !== '';
    await this.outbox.append(tx, before ? updated(after, replied) : created(after));
  }
}

function created(review: Review): PendingEvent {
  return event(ReviewCreatedSchema, review.id, { review: factsOf(review) });
}

function updated(review: Review, replied = false): PendingEvent {
  return event(ReviewUpdatedSchema, review.id, { review: factsOf(review), replied });
}

function refuseUnknown(): never {
  throw notFound('review');
}
