import type { DescMessage } from '@bufbuild/protobuf';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { Injectable } from '@nestjs/common';
import {
  UserTokenIssued_Purpose as Purpose,
  UserRegisteredSchema,
  UserTokenIssuedSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { CartAbandonedSchema } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { StockLowSchema, StockReturnedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
  OrderShippedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  ReturnRequestedSchema,
  ReturnResolvedSchema,
  ReturnUpdatedSchema,
  Return_Stage as Stage,
} from '@pasar/contracts/pasar/order/v1/return_pb';
import {
  PaymentCompletedSchema,
  PaymentFailedSchema,
  PaymentPendingSchema,
  PaymentRefundedSchema,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PayoutFailedSchema, PayoutPaidSchema } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { ProductPublicationRefusedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { QuestionAnsweredSchema, QuestionAskedSchema } from '@pasar/contracts/pasar/review/v1/question_pb';
import { ReviewCreatedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { DocumentsRequestedSchema, SellerRejectedSchema } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { SellerApprovedSchema, SellerSuspendedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffChangedSchema, StaffInvitedSchema } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { UserUpdatedSchema, WishlistPriceDroppedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import type { Executor } from '@pasar/platform/db';
import { type Handling, on, onBatch, type Received } from '@pasar/platform/inbox';
import { forgetDevices } from './device-store.js';
import { intentsFor, orderParams, toMoneyText } from './intents.js';
import type { Intent } from './message.js';
import { leaseMs, Sender } from './sender.js';
import { NotificationStore } from './store.js';
import { templates } from './templates.js';

@Injectable()
export class NotificationConsumers {
  constructor(
    private readonly store: NotificationStore,
    private readonly sender: Sender,
  ) {}

  readonly subscriptions = [
    this.#tell(UserRegisteredSchema, ({ id, data }) => {
      const { userId, email, locale, name, verificationToken: token } = data;
      // Accounts that come verified, such as the demo's, did not ask for a letter.
      if (!token) return [];
      return intentsFor('welcome', id, { userId, recipient: email, locale }, { name, token });
    }),
    this.#tell(UserTokenIssuedSchema, ({ id, data: { userId, email, purpose, token } }) =>
      intentsFor(
        purpose === Purpose.RESET_PASSWORD ? 'reset-password' : 'verify-email',
        id,
        { userId, recipient: email },
        { token },
      ),
    ),
    this.#tell(StaffInvitedSchema, ({ id, data: { email, storeName, token } }) =>
      intentsFor('staff-invitation', id, { recipient: email }, { name: storeName, token }),
    ),
    onBatch(SellerApprovedSchema, async (tx, events, handling) => {
      // A store that an import made has no owner.
      const owned = events.filter(({ data: { ownerUserId } }) => ownerUserId);
      await this.store.noteOwners(
        tx,
        owned.map(({ data }) => data),
      );
      const told = owned.flatMap(({ id, data: { ownerUserId, name } }) =>
        intentsFor('store-approved', id, { userId: ownerUserId }, { title: name }),
      );
      await this.#enqueue(tx, told, handling);
    }),
    this.#tell(DocumentsRequestedSchema, ({ id, data: { ownerUserId, name, note } }) =>
      intentsFor('documents-requested', id, { userId: ownerUserId }, { title: name, reason: note }),
    ),
    this.#tell(SellerSuspendedSchema, ({ id, data: { ownerUserId, reason } }) =>
      ownerUserId ? intentsFor('store-suspended', id, { userId: ownerUserId }, { reason }) : [],
    ),
    this.#tell(SellerRejectedSchema, ({ id, data: { ownerUserId, name, reason } }) =>
      intentsFor('store-rejected', id, { userId: ownerUserId }, { title: name, reason }),
    ),
    this.#tell(OrderConfirmedSchema, ({ id, data: { order } }) =>
      order
        ? [
            ...intentsFor('order-confirmed', id, { userId: order.customerId }, orderParams(order)),
            ...intentsFor('sale-made', id, { sellerId: order.sellerId }, orderParams(order)),
          ]
        : [],
    ),
    this.#tell(OrderCancelledSchema, ({ id, data }) => {
      const { order, reason, wasConfirmed, goodsLost, cancelledBy } = data;
      // A checkout that failed at once was answered at once.
      if (!order || !(wasConfirmed || reason.startsWith('payment.expired'))) return [];
      const params = { ...orderParams(order), reason };
      // A store knows what it cancelled, and was never told of what nobody paid for.
      const isNews = wasConfirmed && cancelledBy !== 'seller';
      const news = goodsLost ? 'sale-lost' : 'sale-cancelled';
      return [
        ...intentsFor('order-cancelled', id, { userId: order.customerId }, params),
        ...(isNews ? intentsFor(news, id, { sellerId: order.sellerId }, params) : []),
      ];
    }),
    this.#tell(OrderShippedSchema, ({ id, data: { order, carrier, trackingNumber } }) =>
      order
        ? intentsFor(
            'order-shipped',
            id,
            { userId: order.customerId },
            { ...orderParams(order), carrier, trackingNumber },
          )
        : [],
    ),
    this.#tell(OrderDeliveredSchema, ({ id, data: { order } }) =>
      order ? intentsFor('order-delivered', id, { userId: order.customerId }, orderParams(order)) : [],
    ),
    this.#tell(PaymentPendingSchema, ({ id, data: { payment, instructions, expiresAt } }) =>
      payment
        ? intentsFor(
            'payment-pending',
            id,
            { userId: payment.customerId },
            {
              total: toMoneyText(payment.amount),
              virtualAccount: instructions?.virtualAccount,
              bank: instructions?.bank,
              qrPayload: instructions?.qrPayload,
              expiresAt: expiresAt && timestampDate(expiresAt).toISOString(),
            },
          )
        : [],
    ),
    this.#tell(PaymentCompletedSchema, ({ id, data: { payment } }) =>
      payment
        ? intentsFor(
            'payment-received',
            id,
            { userId: payment.customerId },
            { total: toMoneyText(payment.amount) },
          )
        : [],
    ),
    this.#tell(PaymentFailedSchema, ({ id, data: { payment, code } }) =>
      payment
        ? intentsFor(
            'payment-failed',
            id,
            { userId: payment.customerId },
            { total: toMoneyText(payment.amount), reason: code },
          )
        : [],
    ),
    this.#tell(PaymentRefundedSchema, ({ id, data: { payment, amount } }) =>
      payment ? intentsFor('refund', id, { userId: payment.customerId }, { total: toMoneyText(amount) }) : [],
    ),
    this.#tell(ReturnRequestedSchema, ({ id, data: { order, reason, undeliverable } }) => {
      if (!order) return [];
      const params = { ...orderParams(order), reason };
      const seller = { sellerId: order.sellerId };
      return undeliverable
        ? [
            ...intentsFor('parcel-returned', id, { userId: order.customerId }, params),
            ...intentsFor('sale-returned', id, seller, params),
          ]
        : intentsFor('return-requested', id, seller, params);
    }),
    this.#tell(ReturnUpdatedSchema, ({ id, data: { order, stage, reason, updatedBy } }) => {
      if (!order) return [];
      const params = { ...orderParams(order), reason };
      const buyer = { userId: order.customerId };
      if (stage === Stage.APPROVED) return intentsFor('return-approved', id, buyer, params);
      if (stage === Stage.REFUSED) return intentsFor('return-refused', id, buyer, params);
      const other = updatedBy === 'customer' ? { sellerId: order.sellerId } : buyer;
      return intentsFor('dispute-opened', id, other, params);
    }),
    this.#tell(ReturnResolvedSchema, ({ id, data: { order, refund, reason, resolvedBy } }) => {
      if (!order) return [];
      const params = { ...orderParams(order), total: toMoneyText(refund), reason };
      const buyer = { userId: order.customerId };
      if (resolvedBy === 'staff') {
        const seller = { sellerId: order.sellerId };
        return [
          ...intentsFor('dispute-decided', id, buyer, params),
          ...intentsFor('dispute-decided', derivedId(id, order.sellerId), seller, params),
        ];
      }
      return intentsFor(refund?.amount === 0n ? 'return-closed' : 'return-received', id, buyer, params);
    }),
    this.#tell(PayoutPaidSchema, ({ id, data: { sellerId, amount, bank, accountEnding: account } }) =>
      intentsFor('payout-paid', id, { sellerId }, { total: toMoneyText(amount), bank, account }),
    ),
    this.#tell(PayoutFailedSchema, ({ id, data: { sellerId, amount, bank, accountEnding: account } }) =>
      intentsFor('payout-failed', id, { sellerId }, { total: toMoneyText(amount), bank, account }),
    ),
    this.#tell(ProductPublicationRefusedSchema, ({ id, data: { sellerId, productId, title, fields } }) =>
      intentsFor('publication-refused', id, { sellerId }, { productId, title, fields }),
    ),
    this.#tell(StockLowSchema, ({ id, data: { sellerId, variantId, available } }) =>
      intentsFor('stock-low', id, { sellerId }, { variantId, count: Number(available) }),
    ),
    this.#tell(ReviewCreatedSchema, ({ id, data: { review } }) =>
      // Those that an import brought are no news.
      review?.authorId
        ? intentsFor(
            'review-received',
            id,
            { sellerId: review.sellerId },
            { title: review.productTitle, count: review.stars },
          )
        : [],
    ),
    this.#tell(ReviewUpdatedSchema, ({ id, data: { review, replied } }) =>
      replied && review?.authorId
        ? intentsFor(
            'review-replied',
            id,
            { userId: review.authorId },
            { title: review.productTitle, productId: review.productId },
          )
        : [],
    ),
    this.#tell(QuestionAskedSchema, ({ id, data: { sellerId, productId } }) =>
      intentsFor('question-asked', id, { sellerId }, { productId }),
    ),
    this.#tell(QuestionAnsweredSchema, ({ id, data: { authorId, answeredBy, productId } }) =>
      authorId && authorId !== answeredBy
        ? intentsFor('question-answered', id, { userId: authorId }, { productId })
        : [],
    ),
    this.#tell(StockReturnedSchema, ({ id, data: { userIds, variantId } }) =>
      // One event, many people: each gets a message of the own id.
      userIds.flatMap((userId) =>
        intentsFor('back-in-stock', derivedId(id, userId), { userId }, { variantId }),
      ),
    ),
    this.#tell(WishlistPriceDroppedSchema, ({ id, data }) =>
      intentsFor(
        'price-drop',
        id,
        { userId: data.userId },
        {
          title: data.title,
          productId: data.productId,
          oldPrice: toMoneyText(data.oldPrice),
          total: toMoneyText(data.newPrice),
        },
      ),
    ),
    this.#tell(CartAbandonedSchema, ({ id, data: { userId, itemCount } }) =>
      intentsFor('cart-abandoned', id, { userId }, { count: itemCount }),
    ),
    on(UserUpdatedSchema, async (tx, { data: { userId, deleted } }) => {
      if (!deleted) return;
      await this.store.forget(tx, userId);
      await forgetDevices(tx, userId);
    }),
    on(StaffChangedSchema, (tx, { data: { sellerId, userId, permissions } }) =>
      this.store.noteStaff(
        tx,
        sellerId,
        userId,
        permissions.map((code) => StorePermission[code]),
      ),
    ),
  ];

  /** Keeps the messages of a batch of events in one statement, and sends them soon after. */
  #tell<Schema extends DescMessage>(schema: Schema, intents: (event: Received<Schema>) => Intent[]) {
    return onBatch(schema, async (tx, events, handling) =>
      this.#enqueue(tx, await this.#address(tx, events.flatMap(intents)), handling),
    );
  }

  async #enqueue(tx: Executor<unknown>, intents: Intent[], { afterCommit }: Handling): Promise<void> {
    if (intents.length === 0) return;
    const fresh = await this.store.enqueue(tx, intents, leaseMs);
    afterCommit(() => this.sender.sendSoon(fresh));
  }

  /** What concerns a store is told its owner, and those of its staff who act for it in that. */
  async #address(tx: Executor<unknown>, intents: Intent[]): Promise<Intent[]> {
    const sellerIds = new Set(intents.flatMap(({ sellerId }) => sellerId ?? []));
    if (sellerIds.size === 0) return intents;
    const people = Map.groupBy(await this.store.peopleOf(tx, [...sellerIds]), ({ sellerId }) => sellerId);
    return intents.flatMap((intent) => {
      if (!intent.sellerId) return [intent];
      const permission = templates[intent.template]?.permission;
      return (people.get(intent.sellerId) ?? []).flatMap(({ userId, permissions }) => {
        if (permissions === null) return [{ ...intent, userId }];
        if (!permission || !permissions.includes(permission)) return [];
        return [{ ...intent, userId, eventId: derivedId(intent.eventId, userId), forStaff: true }];
      });
    });
  }
}

/** A UUID that follows from both: the same event and person always give the same one. */
function derivedId(eventId: string, userId: string): string {
  return eventId.slice(0, 24) + userId.slice(24);
}
