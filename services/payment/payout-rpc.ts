import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type { GetMyBalanceRequest, PayoutService } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { requireUser } from '@pasar/platform/access';
import { DomainError } from '@pasar/platform/errors';
import { sellerAccount } from './ledger.js';
import { LedgerStore } from './ledger-store.js';
import { Sales } from './sales.js';

@Injectable()
export class PayoutRpc implements ServiceImpl<typeof PayoutService> {
  constructor(
    private readonly ledger: LedgerStore,
    private readonly sales: Sales,
  ) {}

  async getMyBalance(_: GetMyBalanceRequest, context: HandlerContext) {
    const sellerId = sellerOf(context);
    const [balances, held] = await Promise.all([
      this.ledger.balancesOf(sellerAccount(sellerId)),
      this.sales.heldFor(sellerId),
    ]);
    // What the ledger owes is below zero there.
    return { available: balances.map(({ currency, balance }) => ({ currency, amount: -balance })), held };
  }
}

function sellerOf(context: HandlerContext): string {
  const { sellerId } = requireUser(context);
  if (!sellerId) throw new DomainError('seller.no_store', 'forbidden', 'This account has no store.');
  return sellerId;
}
