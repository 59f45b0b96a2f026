import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { allocate, min } from '@pasar/platform/money';
import { type Change, type Input, ledgerFacts, type Moment, partOf } from './change.js';
import { bookRefund, type Part, sumCredit, sumParts } from './ledger.js';
import type { Payment, Refund, Share } from './payment.js';
import { settle } from './settlement.js';

/** Refunds what was captured for orders that have been cancelled; what the platform added goes back to it. */
export function giveBack(change: Change, reason: string, moment: Moment): void {
  const parts = change.payment.shares
    .filter((share) => share.cancelled && (share.captured > share.returned || share.granted > 0n))
    .map((share) =>
      partOf(share, share.captured - share.returned, share.granted, share.credit - share.credited),
    );
  const [part, ...others] = parts;
  if (!part) return;
  if (sumParts(parts) === 0n) {
    giveTo(change, parts, 1n, 'reclaim');
    change.ledger.push(bookRefund(`ungrant:${part.orderId}`, { ...ledgerFacts(change.payment), parts }));
    return;
  }
  const orderId = others.length === 0 ? part.orderId : '';
  openRefund(change, { orderId, parts, reason, idempotencyKey: null }, moment);
}

/** What goes back of orders whose money is here now. */
export function payOwed(change: Change, moment: Moment): void {
  const { currency, shares } = change.payment;
  for (const share of shares) {
    const { orderId, owed, captured, returned } = share;
    if (!owed) continue;
    share.owed = undefined;
    const left = share.cancelled ? 0n : captured - returned;
    const amount = min(owed.amount, left);
    if (amount === 0n) continue;
    // The key tells it apart from what is given back because an order was cancelled.
    const asked = { orderId, reason: owed.reason, idempotencyKey: `return:${orderId}` };
    refund(change, { type: 'refund', amount: { amount, currency }, ...asked }, moment);
  }
}

export function refund(change: Change, input: Extract<Input, { type: 'refund' }>, moment: Moment): boolean {
  const { payment } = change;
  const { orderId, amount, reason, idempotencyKey } = input;
  const shares = payment.shares.filter((share) => !orderId || share.orderId === orderId);
  if (shares.length === 0) throw notFound('order');
  const left = shares.map((share) => share.captured - share.returned);
  const most = left.reduce((sum, part) => sum + part, 0n);
  const wanted = amount?.amount ?? most;
  if (amount && amount.currency !== payment.currency) {
    throw invalidField('amount.currency', `The payment is in ${payment.currency}.`);
  }
  if (amount && wanted <= 0n) throw invalidField('amount.amount', 'Must be more than zero.');
  if (wanted > most || most === 0n) throw refundExceeds(payment, most);
  const parts = allocate(wanted, left).map((part, index) => {
    const share = shares[index] as Share;
    const cash = share.captured - share.credit - (share.returned - share.credited);
    // The platform gets back of its part what the buyer gets back of the other.
    const subsidy = part === 0n ? 0n : (share.granted * part) / (left[index] as bigint);
    // Money goes back before credit does.
    return partOf(share, part, subsidy, part > cash ? part - cash : 0n);
  });
  const taken = parts.filter((part) => part.amount > 0n);
  openRefund(change, { orderId, parts: taken, reason, idempotencyKey }, moment);
  return true;
}

function openRefund(
  change: Change,
  asked: Pick<Refund, 'orderId' | 'parts' | 'reason' | 'idempotencyKey'>,
  { newId, now }: Moment,
): void {
  const { payment } = change;
  const id = newId();
  const amount = sumParts(asked.parts);
  const opened: Refund = { ...asked, id, paymentId: payment.id, status: 'PENDING', amount, createdAt: now };
  giveTo(change, asked.parts, 1n, `clawback:${id}`);
  payment.refunding += amount;
  const money = amount - sumCredit(asked.parts);
  // Cash is handed back by people, and credit is ours to give; what was decided is what happened.
  if (payment.method === 'COD' || money === 0n) endRefund(change, opened);
  else {
    change.refunds.push(opened);
    change.opens.push({ key: id, operation: 'refund', amount: money });
  }
}

export function endRefund(change: Change, refund: Refund, refused?: string): boolean {
  const { payment } = change;
  if (refund.status !== 'PENDING') return false;
  payment.refunding -= refund.amount;
  change.closes.push({ key: refund.id, outcome: refused ?? 'refunded' });
  if (refused) {
    giveTo(change, refund.parts, -1n, `restore:${refund.id}`);
    change.refunds.push({ ...refund, status: 'FAILED' });
    return true;
  }
  const done: Refund = { ...refund, status: 'SUCCEEDED' };
  payment.refunded += refund.amount;
  change.refunds.push(done);
  change.ledger.push(bookRefund(`refund:${refund.id}`, { ...ledgerFacts(payment), parts: refund.parts }));
  change.events.push({ type: 'refunded', refund: done });
  return true;
}

/** A refund is always paid out of escrow: what its seller has got already comes back there first. */
function giveTo(change: Change, parts: Part[], sign: bigint, cause: string): void {
  for (const { orderId, amount, subsidy, credit } of parts) {
    const share = change.payment.shares.find((share) => share.orderId === orderId) as Share;
    share.returned += sign * amount;
    share.credited += sign * credit;
    share.granted -= sign * subsidy;
    settle(change, share, cause);
  }
}

function refundExceeds({ currency }: Payment, left: bigint): DomainError {
  return new DomainError('payment.refund_exceeds', 'conflict', 'That is more than is left to refund.', {
    details: { left: { amount: left.toString(), currency } },
  });
}
