import { DomainError } from '@pasar/platform/errors';
import { type Change, type Input, ledgerFacts, type Moment, partOf } from './change.js';
import { bookCredit, bookReceipt, movesMoney } from './ledger.js';
import {
  type Answer,
  chargeOf,
  creditOf,
  hasEnded,
  isFree,
  keyOf,
  type Move,
  moves,
  type Payment,
  type Share,
} from './payment.js';
import { endRefund, giveBack, payOwed, refund } from './refunds.js';
import { release } from './settlement.js';

/** What follows from an input; undefined when nothing does. Pure: the same arguments give the same answer. */
export function decide(before: Payment, input: Input, moment: Moment): Change | undefined {
  const payment = { ...before, shares: before.shares.map((share) => ({ ...share })), updatedAt: moment.now };
  const change = { payment, unsent: false, opens: [], closes: [], ledger: [], refunds: [], events: [] };
  return follow(change, input, moment) ? change : undefined;
}

function follow(change: Change, input: Input, moment: Moment): boolean {
  switch (input.type) {
    case 'answer':
      return hear(change, input.answer, moment);
    case 'confirm':
      return confirm(change);
    case 'cancel':
      return cancel(change, input.refundCaptured, moment);
    case 'cancelOrder':
      return cancelShares(change, (share) => share.orderId === input.orderId, moment);
    case 'deliverOrder':
      return collect(change, input.orderId);
    case 'release':
      return release(change, input.orderId, input.terms);
    case 'returnOrder':
      return refundReturn(change, input, moment);
    case 'refund':
      return refund(change, input, moment);
    case 'refundEnded':
      return endRefund(change, input.refund, input.refused);
  }
}

function advance(change: Change, by: Move): boolean {
  const { payment } = change;
  const to = moves[payment.status][by];
  if (!to) return false;
  if (payment.status === 'PENDING') change.closes.push({ key: payment.id, outcome: by });
  if (payment.status === 'CAPTURING') change.closes.push({ key: keyOf(payment, 'capture'), outcome: by });
  payment.status = to;
  return true;
}

function hear(change: Change, answer: Answer, moment: Moment): boolean {
  const { payment, events } = change;
  if (answer.status === 'processing') return false;
  if (answer.status === 'captured') return receive(change, answer.amount, answer.reference, moment);
  if (hasEnded(payment) || payment.voiding) return unwind(change, answer.status);
  if (!advance(change, answer.status)) return false;
  if ('reference' in answer) payment.reference = answer.reference;
  if (hasEnded(payment)) letGo(change, payment.shares);
  switch (answer.status) {
    case 'instructed':
      payment.instructions = answer.instructions;
      events.push({ type: 'pending' });
      break;
    case 'declined':
      payment.declineCode = answer.code;
      events.push({ type: 'failed', code: answer.code });
      break;
    case 'voided':
      events.push({ type: 'failed', code: 'expired' });
      break;
    case 'unknown':
      events.push({ type: 'failed', code: 'unreachable' });
      break;
  }
  return true;
}

/** The provider has the money. For a payment that had ended, all of it goes back. */
function receive(change: Change, amount: bigint, reference: string, moment: Moment): boolean {
  const { payment } = change;
  const late = hasEnded(payment);
  if (payment.captured > 0n || (!late && !moves[payment.status].captured)) return false;
  const due = chargeOf(payment);
  if (amount !== due) throw amountMismatch(payment, amount, due);
  if (late) endVoid(change, 'captured');
  else advance(change, 'captured');
  payment.reference = reference;
  payment.captured = amount + creditOf(payment);
  for (const share of payment.shares) {
    share.captured = share.due;
    share.cancelled ||= late;
  }
  bookCapture(change);
  if (!late) change.events.push({ type: 'completed' });
  giveBack(change, late ? 'paid after it was cancelled' : 'order cancelled', moment);
  if (!late) payOwed(change, moment);
  return true;
}

/** The store credit that was held for orders that come to nothing is the customer's again. */
function letGo(change: Change, shares: Share[]): void {
  for (const share of shares) {
    const { orderId, credit } = share;
    if (credit === 0n || share.captured > 0n) continue;
    change.ledger.push(bookCredit(`credit-returned:${orderId}`, ledgerFacts(change.payment), -credit));
    // What the provider was asked for stays as it is.
    share.due -= credit;
    share.credit = 0n;
  }
}

/** What was captured for each order, and what the platform adds for those that stand. */
function bookCapture({ payment, ledger }: Change): void {
  for (const share of payment.shares) share.granted = share.cancelled ? 0n : share.subsidy;
  const parts = payment.shares.map((share) => partOf(share, share.captured, share.granted, share.credit));
  if (!movesMoney(parts)) return;
  ledger.push(bookReceipt(`capture:${payment.id}`, 'capture', { ...ledgerFacts(payment), parts }));
}

/** News of a payment that has ended. An authorisation that turns up late is voided. */
function unwind(
  change: Change,
  status: 'unknown' | 'instructed' | 'authorized' | 'declined' | 'voided',
): boolean {
  if (status !== 'authorized' && status !== 'instructed') return endVoid(change, status);
  const { voiding, captured } = change.payment;
  if (voiding || captured > 0n) return false;
  askVoid(change);
  return true;
}

function endVoid(change: Change, outcome: string): boolean {
  const { payment } = change;
  if (!payment.voiding) return false;
  payment.voiding = false;
  change.closes.push({ key: keyOf(payment, 'void'), outcome });
  return true;
}

function askVoid({ payment, opens }: Change): void {
  payment.voiding = true;
  opens.push({ key: keyOf(payment, 'void'), operation: 'void', amount: chargeOf(payment) });
}

function confirm(change: Change): boolean {
  if (!moves[change.payment.status].confirmed) return false;
  advance(change, 'confirmed');
  return askCapture(change);
}

/** Asks for what is due to orders that still stand. May be asked anew until it is sent. */
function askCapture(change: Change): boolean {
  const { payment, opens } = change;
  for (const share of payment.shares) share.due = share.cancelled ? 0n : share.amount;
  const amount = chargeOf(payment);
  if (amount === 0n) return settleFree(change);
  opens.push({ key: keyOf(payment, 'capture'), operation: 'capture', amount });
  return true;
}

/** The orders that stand cost no money: there is nothing to capture, and what was authorised is let go. */
function settleFree(change: Change): boolean {
  const { payment } = change;
  advance(change, 'captured');
  if (!isFree(payment)) askVoid(change);
  for (const share of payment.shares) share.captured = share.due;
  payment.captured = creditOf(payment);
  bookCapture(change);
  change.events.push({ type: 'completed' });
  return true;
}

/** Money that was captured, or is promised to confirmed orders, is given up only when the caller says so. */
function cancel(change: Change, refundCaptured: boolean, moment: Moment): boolean {
  const { payment } = change;
  const taken = payment.captured > 0n || payment.status === 'CAPTURING' || payment.status === 'CAPTURED';
  if (!taken) return abandon(change, moment);
  return refundCaptured && cancelShares(change, () => true, moment);
}

function cancelShares(change: Change, which: (share: Share) => boolean, moment: Moment): boolean {
  const { payment } = change;
  const cancelled = payment.shares.filter((share) => !share.cancelled && which(share));
  if (cancelled.length === 0 || hasEnded(payment)) return false;
  for (const share of cancelled) share.cancelled = true;

  const capturing = payment.status === 'CAPTURING';
  // After it was sent, the whole capture goes through, and what is too much goes back afterwards.
  if (capturing && payment.captureSent) return true;
  change.unsent = capturing;
  const isTaken = payment.captured > 0n || payment.status === 'CAPTURED';
  if (!isTaken && payment.shares.every((share) => share.cancelled)) return abandon(change, moment);
  letGo(change, cancelled);
  if (capturing) askCapture(change);
  completeCollection(change);
  giveBack(change, 'order cancelled', moment);
  return true;
}

function abandon(change: Change, { now }: Moment): boolean {
  const { payment, events } = change;
  if (!advance(change, 'cancelled')) return false;
  letGo(change, payment.shares);
  if (payment.method !== 'COD' && !isFree(payment)) askVoid(change);
  events.push({
    type: 'failed',
    code: payment.expiresAt && payment.expiresAt <= now ? 'expired' : 'cancelled',
  });
  return true;
}

/** The courier handed the goods of an order over and took the cash. */
function collect(change: Change, orderId: string): boolean {
  const { payment } = change;
  if (payment.method !== 'COD' || payment.status !== 'AWAITING_PAYMENT') return false;
  const share = payment.shares.find((share) => share.orderId === orderId);
  if (!share || share.cancelled || isCollected(share)) return false;
  share.captured = share.due;
  share.granted = share.subsidy;
  payment.captured += share.captured;
  const facts = {
    ...ledgerFacts(payment),
    parts: [partOf(share, share.captured, share.granted, share.credit)],
  };
  change.ledger.push(bookReceipt(`collection:${orderId}`, 'collection', facts));
  completeCollection(change);
  return true;
}

function completeCollection(change: Change): void {
  const { payment, events } = change;
  const collected = payment.shares.every((share) => share.cancelled || isCollected(share));
  if (payment.method !== 'COD' || !collected || !advance(change, 'collected')) return;
  events.push({ type: 'completed' });
}

/** Where nothing is due the subsidy tells; otherwise it may have gone back since. */
function isCollected({ captured, due, granted, subsidy }: Share): boolean {
  return captured === due && (due > 0n || granted === subsidy);
}

/** What goes back of an order is refunded now, or when its money is here. */
function refundReturn(
  change: Change,
  { orderId, amount, reason }: Extract<Input, { type: 'returnOrder' }>,
  moment: Moment,
): boolean {
  const { payment } = change;
  const share = payment.shares.find((share) => share.orderId === orderId);
  if (!share || share.cancelled || hasEnded(payment)) return false;
  // What was to be paid at the door went back from there.
  const isUnpaid = payment.method === 'COD' && !isCollected(share);
  if (isUnpaid) return cancelShares(change, (one) => one === share, moment);
  share.owed = { amount, reason };
  if (payment.method === 'COD' || payment.status === 'CAPTURED') payOwed(change, moment);
  return true;
}

function amountMismatch({ id, currency }: Payment, amount: bigint, due: bigint): DomainError {
  return new DomainError(
    'payment.amount_mismatch',
    'conflict',
    'Another amount was paid than was asked for.',
    {
      details: { paymentId: id, currency, amount: amount.toString(), due: due.toString() },
    },
  );
}
