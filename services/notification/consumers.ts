import type { DescMessage } from '@bufbuild/protobuf';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { Injectable } from '@nestjs/common';
import {
  UserTokenIssued_Purpose as Purpose,
  UserRegisteredSchema,
  UserTokenIssuedSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { CartAbandonedSchema } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { StockReturnedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
  OrderShippedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  PaymentCompletedSchema,
  PaymentFailedSchema,
  PaymentPendingSchema,
  PaymentRefundedSchema,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { SellerRejectedSchema } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { SellerApprovedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffInvitedSchema } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { UserUpdatedSchema, WishlistPriceDroppedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on, onBatch, type Received } from '@pasar/platform/inbox';
import { intentsFor, orderParams, toMoneyText } from './intents.js';
import type { Intent } from './message.js';
import { leaseMs, Sender } from './sender.js';
import { NotificationStore } from './store.js';

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
    this.#tell(SellerApprovedSchema, ({ id, data: { ownerUserId, name } }) =>
      // A store that an import made has no owner.
      ownerUserId ? intentsFor('store-approved', id, { userId: ownerUserId }, { title: name }) : [],
    ),
    this.#tell(SellerRejectedSchema, ({ id, data: { ownerUserId, name, reason } }) =>
      intentsFor('store-rejected', id, { userId: ownerUserId }, { title: name, reason }),
    ),
    this.#tell(OrderConfirmedSchema, ({ id, data: { order } }) =>
      order ? intentsFor('order-confirmed', id, { userId: order.customerId }, orderParams(order)) : [],
    ),
    this.#tell(OrderCancelledSchema, ({ id, data: { order, reason, wasConfirmed } }) =>
      // A checkout that failed at once was answered at once.
      order && (wasConfirmed || reason.startsWith('payment.expired'))
        ? intentsFor('order-cancelled', id, { userId: order.customerId }, { ...orderParams(order), reason })
        : [],
    ),
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
      if (deleted) await this.store.forget(tx, userId);
    }),
  ];

  /** Keeps the messages of a batch of events in one statement, and sends them soon after. */
  #tell<Schema extends DescMessage>(schema: Schema, intents: (event: Received<Schema>) => Intent[]) {
    return onBatch(schema, async (tx, events, { afterCommit }) => {
      const all = events.flatMap(intents);
      if (all.length === 0) return;
      const fresh = await this.store.enqueue(tx, all, leaseMs);
      afterCommit(() => this.sender.sendSoon(fresh));
    });
  }
}

/** A UUID that follows from both: the same event and person always give the same one. */
function derivedId(eventId: string, userId: string): string {
  return eventId.slice(0, 24) + userId.slice(24);
}
