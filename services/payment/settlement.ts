import { type Change, ledgerFacts } from './change.js';
import { bookSettlement } from './ledger.js';
import { commissionOf, type Share, type Terms } from './payment.js';

/** The order is complete: its money is its seller's, from now on. */
export function release(change: Change, orderId: string, { commission, shipping }: Terms): boolean {
  const { payment } = change;
  const share = payment.shares.find((share) => share.orderId === orderId);
  const isPaid =
    payment.status === 'CAPTURED' || share?.cancelled || (share && share.captured + share.granted > 0n);
  if (!share || !isPaid || share.settlement) return false;
  share.settlement = { commission, shipping, gross: 0n, fee: 0n };
  settle(change, share, 'release');
  return true;
}

/** Lets the seller have what the buyer's money, less what goes back of it, comes to. */
export function settle({ payment, ledger }: Change, share: Share, cause: string): void {
  const { settlement, orderId, sellerId } = share;
  if (!settlement) return;
  const gross = share.captured - share.returned + share.granted;
  const fee = commissionOf(share, settlement, gross);
  const moved = { orderId, sellerId, gross: gross - settlement.gross, fee: fee - settlement.fee };
  share.settlement = { ...settlement, gross, fee };
  if (moved.gross !== 0n) ledger.push(bookSettlement(`${cause}:${orderId}`, ledgerFacts(payment), moved));
}
