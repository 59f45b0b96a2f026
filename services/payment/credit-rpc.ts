import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type CreditService,
  type GetCreditRequest,
  type GetMyCreditRequest,
  GiftCard_Status,
  type GiftCardSchema,
  type GrantCreditRequest,
  type IssueGiftCardsRequest,
  type ListGiftCardsRequest,
  type ListMyCreditEntriesRequest,
  type RedeemGiftCardRequest,
  type VoidGiftCardRequest,
} from '@pasar/contracts/pasar/payment/v1/credit_pb';
import type { Money } from '@pasar/contracts/pasar/type/v1/type_pb';
import { requireUser } from '@pasar/platform/access';
import { Credits, type GiftCard } from './credits.js';
import { creditAccount } from './ledger.js';
import { LedgerStore } from './ledger-store.js';

@Injectable()
export class CreditRpc implements ServiceImpl<typeof CreditService> {
  constructor(
    private readonly credits: Credits,
    private readonly ledger: LedgerStore,
  ) {}

  getMyCredit(_: GetMyCreditRequest, context: HandlerContext) {
    return this.getCredit({ customerId: requireUser(context).id });
  }

  async getCredit({ customerId }: Pick<GetCreditRequest, 'customerId'>) {
    const balances = await this.ledger.balancesOf(creditAccount(customerId));
    return { balances: balances.map(({ currency, balance }) => ({ currency, amount: -balance })) };
  }

  async listMyCreditEntries({ pageSize, pageToken }: ListMyCreditEntriesRequest, context: HandlerContext) {
    const filter = { account: creditAccount(requireUser(context).id), paymentId: null };
    const page = await this.ledger.listEntries(filter, pageSize, pageToken);
    const entries = page.rows.map(({ id, amount, currency, kind, paymentId, createdAt }) => ({
      id: id.toString(),
      amount: { amount: -amount, currency },
      kind,
      paymentId: paymentId ?? '',
      createdAt: timestampFromDate(createdAt),
    }));
    return { entries, nextPageToken: page.nextPageToken };
  }

  async redeemGiftCard({ code }: RedeemGiftCardRequest, context: HandlerContext) {
    return toMessage(await this.credits.redeem(code, requireUser(context).id));
  }

  async issueGiftCards({ amount, count, expiresAt, note }: IssueGiftCardsRequest) {
    const issued = await this.credits.issue({
      ...{ amount: moneyOf(amount), count: count || 1, note },
      expiresAt: expiresAt && timestampDate(expiresAt),
    });
    return { cards: issued.map(({ card, code }) => ({ card: toMessage(card), code })) };
  }

  async listGiftCards({ pageSize, pageToken }: ListGiftCardsRequest) {
    const page = await this.credits.list(pageSize, pageToken);
    return { cards: page.rows.map(toMessage), nextPageToken: page.nextPageToken };
  }

  async voidGiftCard({ id }: VoidGiftCardRequest) {
    return toMessage(await this.credits.void(id));
  }

  async grantCredit({ customerId, amount, reason }: GrantCreditRequest, context: HandlerContext) {
    const key = context.requestHeader.get('idempotency-key');
    const grant = await this.credits.grant({ customerId, amount: moneyOf(amount), reason }, key);
    return {
      ...{ id: grant.id, customerId: grant.customerId, reason: grant.reason },
      amount: { amount: grant.amount, currency: grant.currency },
      createdAt: timestampFromDate(grant.createdAt),
    };
  }
}

function moneyOf(money: Money | undefined): { amount: bigint; currency: string } {
  return { amount: money?.amount ?? 0n, currency: money?.currency ?? '' };
}

function toMessage(card: GiftCard): MessageInitShape<typeof GiftCardSchema> {
  const { id, status, amount, currency, codeEnding, note, expiresAt, createdAt, endedAt } = card;
  return {
    ...{ id, codeEnding, note },
    status: GiftCard_Status[status],
    amount: { amount, currency },
    expiresAt: timestampFromDate(expiresAt),
    createdAt: timestampFromDate(createdAt),
    endedAt: endedAt ? timestampFromDate(endedAt) : undefined,
  };
}
