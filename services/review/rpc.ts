import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type BatchGetRatingsRequest,
  type CreateReviewRequest,
  type DecideModerationCaseRequest,
  type DeleteReviewRequest,
  type GetProductRatingRequest,
  type GetReviewRequest,
  type GetStoreRatingRequest,
  type ImportReviewsRequest,
  type ListModerationCasesRequest,
  type ListMyReviewsRequest,
  type ListMyVotesRequest,
  type ListProductReviewsRequest,
  type ListReviewableLinesRequest,
  type ListStoreReviewsRequest,
  ModerationCase_Kind,
  ModerationCase_Status,
  type ModerationCaseSchema,
  type RatingSchema,
  type ReplyToReviewRequest,
  type ReportRequest,
  ReportRequest_Reason,
  Review_Status,
  type Review as ReviewMessage,
  ReviewSchema,
  type ReviewService,
  type UpdateReviewRequest,
  type VoteReviewRequest,
} from '@pasar/contracts/pasar/review/v1/review_pb';
import { requireStore, requireUser, type User } from '@pasar/platform/access';
import { invalidField } from '@pasar/platform/errors';
import { changedFields } from '@pasar/platform/update-mask';
import { Moderation } from './moderation.js';
import type { Case, CaseStatus, Reason } from './moderation-store.js';
import {
  type Author,
  averageOf,
  countOf,
  maskName,
  type Opinion,
  type Rating,
  type Review,
} from './review.js';
import { Reviews } from './reviews.js';

@Injectable()
export class ReviewRpc implements ServiceImpl<typeof ReviewService> {
  constructor(
    private readonly reviews: Reviews,
    private readonly moderation: Moderation,
  ) {}

  async listReviewableLines(
    { pageSize: size, pageToken: token }: ListReviewableLinesRequest,
    context: HandlerContext,
  ) {
    const page = await this.reviews.listReviewable(requireUser(context).id, { size, token });
    const lines = page.rows.map(({ deliveredAt, ...line }) => ({
      ...line,
      deliveredAt: timestampFromDate(deliveredAt),
    }));
    return { lines, nextPageToken: page.nextPageToken };
  }

  async createReview(
    { orderId, variantId, stars, text, anonymous, mediaIds }: CreateReviewRequest,
    context: HandlerContext,
  ) {
    const author = authorOf(requireUser(context));
    return toReview(
      await this.reviews.create(author, { orderId, variantId }, { stars, text, anonymous, mediaIds }),
    );
  }

  async getReview({ id }: GetReviewRequest, context: HandlerContext) {
    tag(context, id);
    return toReview(await this.reviews.get(id));
  }

  async listProductReviews(request: ListProductReviewsRequest, context: HandlerContext) {
    const { productId, stars, withPhotos, sort, pageSize: size, pageToken: token } = request;
    tag(context, productId);
    const filter = {
      by: { productId },
      stars,
      withPhotos,
      sort: sort === 'helpful' ? sort : 'newest',
    } as const;
    return toPage(await this.reviews.list(filter, { size, token }));
  }

  async listStoreReviews(request: ListStoreReviewsRequest, context: HandlerContext) {
    const { sellerId, stars, unreplied, pageSize: size, pageToken: token } = request;
    tag(context, sellerId);
    const filter = { by: { sellerId }, stars, unreplied, sort: 'newest' } as const;
    return toPage(await this.reviews.list(filter, { size, token }));
  }

  async listMyReviews({ pageSize: size, pageToken: token }: ListMyReviewsRequest, context: HandlerContext) {
    return toPage(await this.reviews.listOwn(requireUser(context).id, { size, token }));
  }

  async updateReview({ id, review, updateMask }: UpdateReviewRequest, context: HandlerContext) {
    const given = review as ReviewMessage;
    const fields = changedFields(ReviewSchema, given, updateMask, { changeable, outputOnly });
    if (fields.has('stars') && given.stars === 0) throw invalidField('review.stars', 'must be 1 to 5');
    const opinion: Partial<Opinion> = {
      ...(fields.has('stars') && { stars: given.stars }),
      ...(fields.has('text') && { text: given.text }),
      ...(fields.has('anonymous') && { anonymous: given.anonymous }),
      ...(fields.has('photos') && { mediaIds: [...new Set(given.photos.map(({ mediaId }) => mediaId))] }),
    };
    return toReview(await this.reviews.edit(requireUser(context).id, id, opinion));
  }

  async deleteReview({ id }: DeleteReviewRequest, context: HandlerContext) {
    await this.reviews.delete(requireUser(context).id, id);
    return {};
  }

  async replyToReview({ id, text }: ReplyToReviewRequest, context: HandlerContext) {
    const sellerId = requireStore(context);
    return toReview(await this.reviews.reply(sellerId, id, text));
  }

  async listMyVotes({ reviewIds }: ListMyVotesRequest, context: HandlerContext) {
    return { reviewIds: await this.reviews.listVotes(requireUser(context).id, reviewIds) };
  }

  async voteReview({ id, helpful }: VoteReviewRequest, context: HandlerContext) {
    return toReview(await this.reviews.vote(requireUser(context).id, id, helpful));
  }

  async reportReview(request: ReportRequest, context: HandlerContext) {
    await this.moderation.report(requireUser(context).id, 'REVIEW', request.id, toReport(request));
    return {};
  }

  async getProductRating({ productId }: GetProductRatingRequest, context: HandlerContext) {
    tag(context, productId);
    return toRating(await this.reviews.rating('PRODUCT', productId));
  }

  async getStoreRating({ sellerId }: GetStoreRatingRequest, context: HandlerContext) {
    tag(context, sellerId);
    return toRating(await this.reviews.rating('STORE', sellerId));
  }

  async listModerationCases({ status, pageSize: size, pageToken: token }: ListModerationCasesRequest) {
    const wanted = (ModerationCase_Status[status || ModerationCase_Status.OPEN] as CaseStatus) ?? 'OPEN';
    const { rows, nextPageToken } = await this.moderation.list(wanted, { size, token });
    return { cases: rows.map(toCase), nextPageToken };
  }

  async decideModerationCase({ id, hide, note }: DecideModerationCaseRequest, context: HandlerContext) {
    return toCase(await this.moderation.decide(requireUser(context).id, id, hide, note));
  }

  async batchGetRatings({ productIds }: BatchGetRatingsRequest) {
    return { ratings: (await this.reviews.productRatings(productIds)).map(toRating) };
  }

  async importReviews({ reviews }: ImportReviewsRequest) {
    const given = reviews.map(({ $typeName: _, $unknown: __, createdAt, ...review }) => ({
      ...review,
      createdAt: timestampDate(createdAt!),
    }));
    return { imported: await this.reviews.import(given) };
  }
}

const changeable = ['stars', 'text', 'anonymous', 'photos'] as const;
const outputOnly = [
  ...['id', 'productId', 'variantId', 'sellerId', 'productTitle', 'variantTitle', 'authorName', 'reply'],
  ...['helpful', 'status', 'createdAt', 'editedAt'],
];

export function authorOf({ id, name = '' }: User): Author {
  return { id, name };
}

export function toReport({ reason, detail }: ReportRequest): { reason: Reason; detail: string } {
  return { reason: ReportRequest_Reason[reason] as Reason, detail };
}

/** What events name, so that the edge knows when this answer is stale. */
function tag(context: HandlerContext, id: string): void {
  context.responseHeader.set('pasar-cache-tags', id);
}

function toPage({ rows, nextPageToken }: { rows: Review[]; nextPageToken: string }) {
  return { reviews: rows.map(toReview), nextPageToken };
}

function toReview(review: Review): MessageInitShape<typeof ReviewSchema> {
  const {
    authorId: _,
    authorName,
    anonymous,
    reply,
    repliedAt,
    status,
    createdAt,
    editedAt,
    ...rest
  } = review;
  return {
    ...rest,
    anonymous,
    authorName: anonymous ? maskName(authorName) : authorName,
    reply: repliedAt ? { text: reply, repliedAt: timestampFromDate(repliedAt) } : undefined,
    status: Review_Status[status],
    createdAt: timestampFromDate(createdAt),
    editedAt: editedAt ? timestampFromDate(editedAt) : undefined,
  };
}

function toRating({ productId, sellerId, stars }: Rating): MessageInitShape<typeof RatingSchema> {
  return { productId, sellerId, stars, average: averageOf(stars), count: countOf(stars) };
}

function toCase(given: Case): MessageInitShape<typeof ModerationCaseSchema> {
  const { kind, status, reports, createdAt, decidedAt, ...rest } = given;
  return {
    ...rest,
    kind: ModerationCase_Kind[kind],
    status: ModerationCase_Status[status],
    reports: reports.map(({ reason, detail, createdAt: at }) => ({
      detail,
      reason: ReportRequest_Reason[reason],
      createdAt: timestampFromDate(at),
    })),
    createdAt: timestampFromDate(createdAt),
    decidedAt: decidedAt ? timestampFromDate(decidedAt) : undefined,
  };
}
