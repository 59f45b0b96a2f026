import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  Payment_Method,
  PaymentCompletedSchema,
  PaymentFailedSchema,
  PaymentPendingSchema,
  PaymentRefundedSchema,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { event, type PendingEvent } from '@pasar/platform/events';
import type { PaymentEvent } from './change.js';
import type { Payment } from './payment.js';

/** The event as subscribers get it; its subject is the payment. */
export function toPendingEvent(payment: Payment, happened: PaymentEvent): PendingEvent {
  const { id, instructions, expiresAt, currency } = payment;
  const facts = {
    paymentId: id,
    checkoutId: payment.checkoutId ?? '',
    customerId: payment.customerId ?? '',
    amount: { amount: happened.type === 'completed' ? payment.captured : payment.amount, currency },
    method: payment.method ? Payment_Method[payment.method] : Payment_Method.METHOD_UNSPECIFIED,
  };
  switch (happened.type) {
    case 'pending':
      return event(PaymentPendingSchema, id, {
        payment: facts,
        instructions: instructions ?? undefined,
        expiresAt: expiresAt ? timestampFromDate(expiresAt) : undefined,
      });
    case 'completed':
      return event(PaymentCompletedSchema, id, { payment: facts });
    case 'failed':
      return event(PaymentFailedSchema, id, { payment: facts, code: happened.code });
    case 'refunded': {
      const { id: refundId, amount, reason, orderId } = happened.refund;
      const refunded = { refundId, amount: { amount, currency }, orderId, reason };
      return event(PaymentRefundedSchema, id, { payment: facts, ...refunded });
    }
  }
}
