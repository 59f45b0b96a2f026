import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { allocate, type Money } from '@pasar/platform/money';
import {
  bookCredit,
  bookReceipt,
  bookRefund,
  bookSettlement,
  type LedgerTransaction,
  movesMoney,
  type Part,
  sumCredit,
  sumParts,
} from './ledger.js';
import {
  type Answer,
  chargeOf,
  commissionOf,
  creditOf,
  hasEnded,
  isFree,
  keyOf,
  type Move,
  moves,
  type Payment,
  type Refund,
  type Share,
  type Terms,
} from './payment.js';

export type Input =
  | { type: 'answer'; answer: Answer }
  /** An order of the checkout was confirmed: the money is to be taken. */
  | { type: 'confirm' }
  | { type: 'cancel'; refundCaptured: boolean }
  | { type: 'cancelOrder'; orderId: string }
  | { type: 'deliverOrder'; orderId: string }
  /** The order is complete: its money is its seller's. */
  | { type: 'release'; orderId: string; terms: Terms }
  /** The goods went back, or staff decided so: the buyer gets that, or what is left of it. */
  | { type: 'returnOrder'; orderId: string; amount: bigint; reason: string }
  /** `amount` undefined: all that is left; `orderId` empty: from all shares in proportion. */
  | { type: 'refund'; amount?: Money; orderId: string; reason: string; idempotencyKey: string | null }
  | { type: 'refundEnded'; refund: Refund; refused?: string };

/** What a decision may use of the world. */
export interface Moment {
  now: Date;
  /** For refunds that the decision makes. */
  newId(): string;
}

export interface Change {
  /** As it is afterwards; `version` is still the one that was decided on. */
  payment: Payment;
  /** Holds only while the capture has not been sent. */
  unsent: boolean;
  /** Questions to ask the provider. */
  opens: Question[];
  /** Questions that need no further answer. */
  closes: { key: string; outcome: string }[];
  ledger: LedgerTransaction[];
  /** Made, or ended. */
  refunds: Refund[];
  events: PaymentEvent[];
}

/** Something to ask the provider under one idempotency key, again and again until it is answered. */
export interface Question {
  key: string;
  operation: 'authorize' | 'capture' | 'void' | 'refund';
  amount: bigint;
}

export type PaymentEvent =
  | { type: 'pending' }
  | { type: 'completed' }
  | { type: 'failed'; code: string }
  | { type: 'refunded'; refund: Refund };

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

function release(change: Change, orderId: string, { commission, shipping }: Terms): boolean {
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
function settle({ payment, ledger }: Change, share: Share, cause: string): void {
  const { settlement, orderId, sellerId } = share;
  if (!settlement) return;
  const gross = share.captured - share.returned + share.granted;
  const fee = commissionOf(share, settlement, gross);
  const moved = { orderId, sellerId, gross: gross - settlement.gross, fee: fee - settlement.fee };
  share.settlement = { ...settlement, gross, fee };
  if (moved.gross !== 0n) ledger.push(bookSettlement(`${cause}:${orderId}`, ledgerFacts(payment), moved));
}

/** Refunds what was captured for orders that have been cancelled; what the platform added goes back to it. */
function giveBack(change: Change, reason: string, moment: Moment): void {
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

function payOwed(change: Change, moment: Moment): void {
  const { currency, shares } = change.payment;
  for (const share of shares) {
    const { orderId, owed, captured, returned } = share;
    if (!owed) continue;
    share.owed = undefined;
    const left = share.cancelled ? 0n : captured - returned;
    const amount = owed.amount < left ? owed.amount : left;
    if (amount === 0n) continue;
    // The key tells it apart from what is given back because an order was cancelled.
    const asked = { orderId, reason: owed.reason, idempotencyKey: `return:${orderId}` };
    refund(change, { type: 'refund', amount: { amount, currency }, ...asked }, moment);
  }
}

function refund(change: Change, input: Extract<Input, { type: 'refund' }>, moment: Moment): boolean {
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

function endRefund(change: Change, refund: Refund, refused?: string): boolean {
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

function partOf({ orderId, sellerId }: Share, amount: bigint, subsidy: bigint, credit: bigint): Part {
  return { orderId, sellerId, amount, subsidy, credit };
}

function ledgerFacts({ id, customerId, provider, currency }: Payment) {
  return { paymentId: id, customerId: customerId ?? '', provider, currency };
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

function refundExceeds({ currency }: Payment, left: bigint): DomainError {
  return new DomainError('payment.refund_exceeds', 'conflict', 'That is more than is left to refund.', {
    details: { left: { amount: left.toString(), currency } },
  });
}
