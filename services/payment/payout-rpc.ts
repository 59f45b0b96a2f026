import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type GetMyBalanceRequest,
  type GetMyPayoutAccountRequest,
  type ListMyPayoutsRequest,
  type ListPayoutsRequest,
  Payout_Status,
  type PayoutSchema,
  type PayoutService,
  type RunPayoutsRequest,
  type SetMyPayoutAccountRequest,
} from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { requireStore } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { notFound } from '@pasar/platform/errors';
import { sellerAccount } from './ledger.js';
import { LedgerStore } from './ledger-store.js';
import { type Payout, type PayoutStatus, PayoutStore } from './payout-store.js';
import { Payouts } from './payouts.js';

@Injectable()
export class PayoutRpc implements ServiceImpl<typeof PayoutService> {
  constructor(
    private readonly ledger: LedgerStore,
    private readonly store: PayoutStore,
    private readonly payouts: Payouts,
    private readonly clock: Clock,
  ) {}

  async getMyBalance(_: GetMyBalanceRequest, context: HandlerContext) {
    const sellerId = requireStore(context);
    const [balances, held] = await Promise.all([
      this.ledger.balancesOf(sellerAccount(sellerId)),
      this.ledger.heldFor(sellerId),
    ]);
    // What the ledger owes is below zero there.
    return { available: balances.map(({ currency, balance }) => ({ currency, amount: -balance })), held };
  }

  async getMyPayoutAccount(_: GetMyPayoutAccountRequest, context: HandlerContext) {
    const account = await this.store.findAccount(requireStore(context));
    if (!account) throw notFound('payout_account');
    return { ...account, updatedAt: timestampFromDate(account.updatedAt) };
  }

  async setMyPayoutAccount(request: SetMyPayoutAccountRequest, context: HandlerContext) {
    const account = { bank: request.bank, number: request.number, holder: request.holder };
    const now = this.clock.now();
    await this.store.putAccount(requireStore(context), account, now);
    return { ...account, updatedAt: timestampFromDate(now) };
  }

  async listMyPayouts({ pageSize, pageToken }: ListMyPayoutsRequest, context: HandlerContext) {
    return toPage(await this.store.list({ sellerId: requireStore(context) }, pageSize, pageToken));
  }

  async listPayouts({ status, sellerId, pageSize, pageToken }: ListPayoutsRequest) {
    const filter = {
      sellerId: sellerId || undefined,
      status: status === 0 ? undefined : (Payout_Status[status] as PayoutStatus),
    };
    return toPage(await this.store.list(filter, pageSize, pageToken));
  }

  async runPayouts({ batch }: RunPayoutsRequest) {
    const name = batch || this.payouts.today();
    return { batch: name, made: await this.payouts.make(name) };
  }
}

function toPage({ rows, nextPageToken }: { rows: Payout[]; nextPageToken: string }) {
  return { payouts: rows.map(toMessage), nextPageToken };
}

function toMessage(payout: Payout): MessageInitShape<typeof PayoutSchema> {
  const { id, sellerId, batch, status, amount, currency, bank, number, endedAt } = payout;
  return {
    ...{ id, sellerId, batch, bank },
    status: Payout_Status[status],
    amount: { amount, currency },
    accountEnding: number.slice(-4),
    reference: payout.reference,
    failureCode: payout.failureCode,
    createdAt: timestampFromDate(payout.createdAt),
    endedAt: endedAt ? timestampFromDate(endedAt) : undefined,
  };
}
