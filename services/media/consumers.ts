import { Injectable } from '@nestjs/common';
import { ReturnRequestedSchema, ReturnUpdatedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import { ProductCreatedSchema, ProductUpdatedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { ReviewCreatedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { DocumentsSuppliedSchema } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { SellerUpdatedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on, onBatch } from '@pasar/platform/inbox';
import { Library } from './library.js';
import { Storage } from './storage.js';
import { Uploads } from './uploads.js';

/** Who shows files says so in its events; what nobody shows goes after a while. */
@Injectable()
export class MediaConsumers {
  constructor(
    private readonly library: Library,
    private readonly uploads: Uploads,
    private readonly storage: Storage,
  ) {}

  readonly subscriptions = [
    ...[ReviewCreatedSchema, ReviewUpdatedSchema].map((schema) =>
      on(schema, async (tx, { data: { review } }) => {
        if (review) await this.library.noteUses(tx, `review/${review.reviewId}`, review.mediaIds);
      }),
    ),
    on(SellerUpdatedSchema, (tx, { data: { sellerId, mediaIds } }) =>
      this.library.noteUses(tx, `seller/${sellerId}`, mediaIds),
    ),
    // Old orders show a product as it was bought, so what it ever showed stays.
    ...[ProductCreatedSchema, ProductUpdatedSchema].map((schema) =>
      onBatch(schema, async (tx, events) => {
        for (const { data } of events.filter(({ data: { mediaIds } }) => mediaIds.length > 0)) {
          await this.library.noteUses(tx, `product/${data.productId}`, data.mediaIds, { andEarlier: true });
        }
      }),
    ),
    on(DocumentsSuppliedSchema, (tx, { data: { caseId, mediaIds } }) =>
      this.library.noteUses(tx, `kyc/${caseId}`, mediaIds),
    ),
    // What was shown in an argument stays as long as the order.
    ...[ReturnRequestedSchema, ReturnUpdatedSchema].map((schema) =>
      on(schema, async (tx, { data: { order, mediaIds } }) => {
        if (order && mediaIds.length > 0)
          await this.library.noteUses(tx, `return/${order.orderId}`, mediaIds, { andEarlier: true });
      }),
    ),
    on(UserUpdatedSchema, async (tx, { data: { userId, deleted, mediaIds } }, { afterCommit }) => {
      if (!deleted) return this.library.noteUses(tx, `user/${userId}`, mediaIds);
      const keys = await this.uploads.forgetOf(tx, userId);
      keys.push(...(await this.library.forgetPersonal(tx, userId)));
      afterCommit(() => this.storage.remove(keys));
    }),
  ];
}
