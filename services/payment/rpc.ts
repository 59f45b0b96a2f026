import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type AuthorizeRequest,
  type BatchGetPaymentsRequest,
  type CancelRequest,
  type GetPaymentRequest,
  type ListBalancesRequest,
  type ListEntriesRequest,
  Payment_Method,
  Payment_Status,
  type PaymentSchema,
  type PaymentService,
  type ReceiveWebhookRequest,
  Refund_Status,
  type RefundPaymentRequest,
  type RefundSchema,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import type { Money } from '@pasar/contracts/pasar/type/v1/type_pb';
import { isStaff, requireUser } from '@pasar/platform/access';
import { invalidField } from '@pasar/platform/errors';
import { Attempts } from './attempts.js';
import { sumCredit } from './ledger.js';
import { LedgerStore } from './ledger-store.js';
import { creditOf, type Method, type Payment, type Refund } from './payment.js';
import { Payments } from './use-cases.js';
import { Webhooks } from './webhooks.js';

@Injectable()
export class PaymentRpc implements ServiceImpl<typeof PaymentService> {
  constructor(
    private readonly payments: Payments,
    private readonly webhooks: Webhooks,
    private readonly ledger: LedgerStore,
    private readonly attempts: Attempts,
  ) {}

  async getPayment(request: GetPaymentRequest, context: HandlerContext) {
    const user = requireUser(context);
    return toMessage(await this.payments.findOwned(request.id, isStaff(user) ? null : user.id));
  }

  async batchGetPayments({ ids }: BatchGetPaymentsRequest) {
    return { payments: (await this.payments.list(ids)).map(toMessage) };
  }

  async authorize(request: AuthorizeRequest) {
    const { paymentId, checkoutId, customerId, method, cardToken, amount, shares, expiresAt, useCredit } =
      request;
    const payment = await this.payments.authorize({
      ...{ paymentId: paymentId.toLowerCase(), checkoutId, customerId, cardToken, useCredit },
      method: Payment_Method[method] as Method,
      amount: moneyOf(amount),
      shares: shares.map(({ orderId, sellerId, amount, subsidy }) => ({
        ...{ orderId, sellerId, amount: moneyOf(amount) },
        subsidy: subsidy && moneyOf(subsidy),
      })),
      expiresAt: expiresAt && timestampDate(expiresAt),
    });
    return toMessage(payment);
  }

  async cancel({ paymentId, refundCaptured }: CancelRequest) {
    const payment = await this.payments.cancel(paymentId.toLowerCase(), refundCaptured);
    this.attempts.wake();
    return toMessage(payment);
  }

  async refundPayment(request: RefundPaymentRequest, context: HandlerContext) {
    const { id, amount, orderId, reason } = request;
    const { refund, currency } = await this.payments.refund({
      ...{ paymentId: id, orderId: orderId.toLowerCase(), reason },
      amount: amount && moneyOf(amount),
      idempotencyKey: context.requestHeader.get('idempotency-key'),
    });
    this.attempts.wake();
    return toRefundMessage(refund, currency);
  }

  async receiveWebhook({ provider, payload }: ReceiveWebhookRequest, context: HandlerContext) {
    await this.webhooks.receive(provider, context.requestHeader, payload?.data ?? new Uint8Array());
    this.attempts.wake();
    return {};
  }

  async listBalances({ account, pageSize, pageToken }: ListBalancesRequest) {
    const page = await this.ledger.listBalances(account, pageSize, pageToken);
    const balances = page.rows.map(({ account, balance, currency }) => ({
      account,
      balance: { amount: balance, currency },
    }));
    return { balances, nextPageToken: page.nextPageToken };
  }

  async listEntries({ account, paymentId, pageSize, pageToken }: ListEntriesRequest) {
    if (paymentId && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(paymentId)) {
      throw invalidField('paymentId', 'Must be a UUID.');
    }
    const page = await this.ledger.listEntries(
      { account, paymentId: paymentId || null },
      pageSize,
      pageToken,
    );
    const entries = page.rows.map(({ id, amount, currency, paymentId, orderId, createdAt, ...entry }) => ({
      ...entry,
      id: id.toString(),
      ...{ paymentId: paymentId ?? '', orderId: orderId ?? '' },
      amount: { amount, currency },
      createdAt: timestampFromDate(createdAt),
    }));
    return { entries, nextPageToken: page.nextPageToken };
  }
}

/** What the contract says of a payment: that its capture is on its way concerns nobody outside. */
function statusOf({ status, captured, refunded }: Payment): Payment_Status {
  if (status === 'CAPTURING') return Payment_Status.AUTHORIZED;
  if (status !== 'CAPTURED' || refunded === 0n) return Payment_Status[status];
  return refunded === captured ? Payment_Status.REFUNDED : Payment_Status.PARTIALLY_REFUNDED;
}

function toMessage(payment: Payment): MessageInitShape<typeof PaymentSchema> {
  const { id, method, amount, captured, refunded, currency, provider, declineCode, instructions } = payment;
  return {
    id,
    status: statusOf(payment),
    method: method ? Payment_Method[method] : Payment_Method.METHOD_UNSPECIFIED,
    amount: { amount, currency },
    captured: { amount: captured, currency },
    refunded: { amount: refunded, currency },
    credit: { amount: creditOf(payment), currency },
    checkoutId: payment.checkoutId ?? '',
    provider,
    providerReference: payment.reference,
    declineCode,
    instructions: instructions ?? undefined,
    expiresAt: payment.expiresAt ? timestampFromDate(payment.expiresAt) : undefined,
    createdAt: timestampFromDate(payment.createdAt),
    updatedAt: timestampFromDate(payment.updatedAt),
  };
}

function toRefundMessage(refund: Refund, currency: string): MessageInitShape<typeof RefundSchema> {
  const { id, paymentId, status, amount, reason, createdAt } = refund;
  return {
    ...{ id, paymentId, reason },
    status: Refund_Status[status],
    amount: { amount, currency },
    credit: { amount: sumCredit(refund.parts), currency },
    createdAt: timestampFromDate(createdAt),
  };
}

function moneyOf(money: Money | undefined): { amount: bigint; currency: string } {
  return { amount: money?.amount ?? 0n, currency: money?.currency ?? '' };
}
