import type { Money } from '@pasar/platform/money';
import type { LedgerTransaction, Part } from './ledger.js';
import type { Answer, Payment, Refund, Share, Terms } from './payment.js';

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

export function partOf({ orderId, sellerId }: Share, amount: bigint, subsidy: bigint, credit: bigint): Part {
  return { orderId, sellerId, amount, subsidy, credit };
}

export function ledgerFacts({ id, customerId, provider, currency }: Payment) {
  return { paymentId: id, customerId: customerId ?? '', provider, currency };
}
