import { DomainError, invalidField } from '@pasar/platform/errors';
import { allocate, equals, type Money, min, sum } from '@pasar/platform/money';
import type { Part } from './ledger.js';

export type Method = 'CARD' | 'EWALLET' | 'BANK_TRANSFER' | 'QR' | 'COD' | 'STORE_CREDIT';

/** As in the contract, but for CAPTURING: the capture is decided on and not yet answered. */
export type Status =
  | 'PENDING'
  | 'AWAITING_PAYMENT'
  | 'AUTHORIZED'
  | 'CAPTURING'
  | 'CAPTURED'
  | 'DECLINED'
  | 'CANCELLED';

/** The payment of a checkout. It changes only by `decide`, and is written only while `version` is what it was. */
export interface Payment {
  id: string;
  /** Rises by one with every change. */
  version: number;
  status: Status;
  /** A void is due, or its outcome is not known. */
  voiding: boolean;
  /** The capture may have reached the provider: its amount is fixed. */
  captureSent: boolean;
  /** Null, as the checkout and the customer, for a payment that was given up before it began. */
  method: Method | null;
  checkoutId: string | null;
  customerId: string | null;
  currency: string;
  amount: bigint;
  captured: bigint;
  /** Decided on, on its way. */
  refunding: bigint;
  refunded: bigint;
  shares: Share[];
  provider: string;
  /** The provider's name for it. */
  reference: string;
  declineCode: string;
  instructions: Instructions | null;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What one order gets of a payment. */
export interface Share extends Part {
  cancelled: boolean;
  /** What the buyer is asked for. Zero when the order was cancelled before the capture. */
  due: bigint;
  captured: bigint;
  /** Refunded or on its way back. */
  returned: bigint;
  /** Of that, what went back to store credit. */
  credited: bigint;
  /** Of the subsidy: what is booked, and not on its way back. */
  granted: bigint;
  /** What is to go back once the money is here: the goods went back before. */
  owed?: Owed;
  /** Once the order was complete. */
  settlement?: Settlement;
}

export interface Owed {
  amount: bigint;
  reason: string;
}

/** What left escrow for the seller of an order. */
export interface Settlement extends Terms {
  /** All of it; less when the buyer gets something back. */
  gross: bigint;
  /** The platform's commission in it. */
  fee: bigint;
}

/** What an order was sold on. */
export interface Terms {
  /** The platform's part of the price of the goods, in millionths. */
  commission: number;
  /** Part of what the order costs; no commission is taken of it. */
  shipping: bigint;
}

/** Of an order whose lines have different ones, by their prices, in millionths. */
export function averageRate(lines: { total: bigint; basisPoints: number }[]): number {
  const price = lines.reduce((sum, { total }) => sum + total, 0n);
  const weighed = lines.reduce((sum, { total, basisPoints }) => sum + total * BigInt(basisPoints), 0n);
  return price === 0n ? 0 : Number((weighed * 100n) / price);
}

/**
 * The commission in what a seller gets for an order. As a function of that alone it is the same whether the buyer got
 * something back before or after the seller was paid. Rounded down, in favour of the seller.
 */
export function commissionOf({ amount, subsidy }: Part, terms: Terms, gross: bigint): bigint {
  const price = amount + subsidy;
  const goods = price > terms.shipping ? price - terms.shipping : 0n;
  return price === 0n ? 0n : (gross * goods * BigInt(terms.commission)) / (price * 1_000_000n);
}

export interface Instructions {
  virtualAccount?: string;
  bank?: string;
  qrPayload?: string;
}

export interface Refund {
  id: string;
  paymentId: string;
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  amount: bigint;
  /** Of which order; empty when it was asked for in proportion. */
  orderId: string;
  parts: Part[];
  reason: string;
  idempotencyKey: string | null;
  createdAt: Date;
}

/** What the provider says of a payment: in answer to a call, to an inquiry, or in a webhook. */
export type Answer =
  /** It has heard of it and cannot tell yet. */
  | { status: 'processing' }
  /** It has never heard of it, nor can a call of ours still be on its way. */
  | { status: 'unknown' }
  | { status: 'instructed'; reference: string; instructions: Instructions }
  | { status: 'authorized'; reference: string }
  | { status: 'captured'; reference: string; amount: bigint }
  | { status: 'declined'; reference: string; code: string }
  | { status: 'voided'; reference: string };

export type Move = Exclude<Answer['status'], 'processing'> | 'confirmed' | 'collected' | 'cancelled';

/**
 * Every legal move, and the only place where the status of a payment comes from. An input without a move in a state
 * changes nothing there: that makes repeated, late and disordered news from the provider harmless. What the provider
 * still holds of a payment that ended is given back (`unwind`).
 */
export const moves: Record<Status, Partial<Record<Move, Status>>> = {
  PENDING: {
    instructed: 'AWAITING_PAYMENT',
    authorized: 'AUTHORIZED',
    captured: 'CAPTURED',
    declined: 'DECLINED',
    voided: 'CANCELLED',
    unknown: 'CANCELLED',
    cancelled: 'CANCELLED',
  },
  AWAITING_PAYMENT: {
    captured: 'CAPTURED',
    collected: 'CAPTURED',
    declined: 'DECLINED',
    voided: 'CANCELLED',
    cancelled: 'CANCELLED',
  },
  AUTHORIZED: {
    confirmed: 'CAPTURING',
    captured: 'CAPTURED',
    declined: 'DECLINED',
    voided: 'CANCELLED',
    cancelled: 'CANCELLED',
  },
  CAPTURING: { captured: 'CAPTURED', declined: 'DECLINED', voided: 'CANCELLED', cancelled: 'CANCELLED' },
  CAPTURED: {},
  DECLINED: {},
  CANCELLED: {},
};

/** The provider of what needs none, because store credit pays all of it. */
export const credit = 'credit';

/** Nothing is to be paid, or store credit pays it: no provider ever hears of it. */
export function isFree({ amount, provider }: Payment): boolean {
  return amount === 0n || provider === credit;
}

/** What store credit pays of it: held when the payment begins, kept when it is captured. */
export function creditOf({ shares }: Pick<Payment, 'shares'>): bigint {
  return shares.reduce((sum, share) => sum + share.credit, 0n);
}

/** What the provider is asked for. */
export function chargeOf({ shares }: Pick<Payment, 'shares'>): bigint {
  return shares.reduce((sum, share) => sum + share.due - share.credit, 0n);
}

/** Given up or refused: nothing may be taken for it any more. */
export function hasEnded({ status }: Payment): boolean {
  return status === 'CANCELLED' || status === 'DECLINED';
}

/** The payment is the only one, so its id is the key of its authorisation; it has one capture and one void. */
export function keyOf({ id }: Payment, operation: 'authorize' | 'capture' | 'void'): string {
  return operation === 'authorize' ? id : `${id}:${operation}`;
}

export interface PaymentRequest {
  paymentId: string;
  checkoutId: string;
  customerId: string;
  method: Method;
  cardToken: string;
  /** Zero when discounts leave nothing to pay. */
  amount: Money;
  /** Store credit pays first, as far as it goes. */
  useCredit?: boolean;
  shares: { orderId: string; sellerId: string; amount: Money; subsidy?: Money }[];
  /** Asynchronous methods are to be paid before this. */
  expiresAt: Date;
}

/** @throws DomainError when the request makes no sense */
export function beginPayment(request: PaymentRequest, provider: string, now: Date): Payment {
  const { paymentId, checkoutId, customerId, method, cardToken, amount, shares } = request;
  if (amount.amount < 0n) throw invalidField('amount.amount', 'Must not be negative.');
  if (method === 'COD' && request.useCredit)
    throw invalidField('useCredit', 'Cash on delivery pays all of it at the door.');
  if (method === 'CARD' && !cardToken)
    throw invalidField('cardToken', 'A card payment needs the token of a card.');
  const isFair = (part: Money) => part.currency === amount.currency && part.amount >= 0n;
  const fair = shares.every((share) => isFair(share.amount) && (!share.subsidy || isFair(share.subsidy)));
  if (
    !fair ||
    !equals(
      sum(
        shares.map((share) => share.amount),
        amount.currency,
      ),
      amount,
    )
  ) {
    throw invalidField('shares', 'The shares must sum to the amount, in its currency.');
  }
  if (new Set(shares.map((share) => share.orderId)).size < shares.length) {
    throw invalidField('shares', 'An order has one share.');
  }
  return {
    ...blank(paymentId, now),
    status: amount.amount === 0n ? 'AUTHORIZED' : method === 'COD' ? 'AWAITING_PAYMENT' : 'PENDING',
    method,
    checkoutId,
    customerId,
    ...amount,
    shares: shares.map(({ orderId, sellerId, amount: { amount }, subsidy }) => ({
      ...{ orderId, sellerId, amount, subsidy: subsidy?.amount ?? 0n },
      ...{ credit: 0n, cancelled: false, due: amount, captured: 0n, returned: 0n, credited: 0n, granted: 0n },
    })),
    provider: method === 'COD' ? 'cod' : method === 'STORE_CREDIT' ? credit : provider,
    expiresAt: method === 'BANK_TRANSFER' || method === 'QR' ? request.expiresAt : null,
  };
}

/**
 * Lets store credit pay as much as there is of it, of each order its part, and the method the rest. With the method
 * STORE_CREDIT there is no rest: what does not suffice pays nothing.
 */
export function payFromCredit(payment: Payment, balance: bigint): Payment {
  const { amount, method, shares } = payment;
  const used = min(balance, amount);
  const isWhole = used === amount;
  if (used <= 0n || (method === 'STORE_CREDIT' && !isWhole)) return payment;
  const parts = allocate(
    used,
    shares.map((share) => share.amount),
  );
  const paid = shares.map((share, index) => ({ ...share, credit: parts[index] as bigint }));
  if (!isWhole) return { ...payment, shares: paid };
  return { ...payment, shares: paid, status: 'AUTHORIZED', provider: credit, expiresAt: null };
}

/** Stands where a payment never began, so that none can begin there. XXX is ISO 4217 for "no currency". */
export function tombstone(id: string, now: Date): Payment {
  return { ...blank(id, now), status: 'CANCELLED', currency: 'XXX' };
}

function blank(id: string, now: Date): Payment {
  return {
    id,
    version: 1,
    status: 'PENDING',
    voiding: false,
    captureSent: false,
    method: null,
    checkoutId: null,
    customerId: null,
    currency: '',
    amount: 0n,
    captured: 0n,
    refunding: 0n,
    refunded: 0n,
    shares: [],
    provider: '',
    reference: '',
    declineCode: '',
    instructions: null,
    expiresAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * The same id is the same payment.
 * @throws DomainError `payment.cancelled` for one that was given up before it began, `payment.mismatch` for other facts
 */
export function requireSame(known: Payment, asked: Payment): void {
  if (known.method === null) throw cancelled();
  const facts = ({ method, checkoutId, customerId, currency, amount, shares }: Payment) =>
    [
      method,
      checkoutId,
      customerId,
      currency,
      amount,
      ...shares.flatMap((s) => [s.orderId, s.sellerId, s.amount, s.subsidy]),
    ]
      .join()
      .toLowerCase();
  if (facts(known) === facts(asked)) return;
  throw new DomainError('payment.mismatch', 'conflict', 'This payment id was used for another payment.');
}

/** @throws DomainError `payment.declined` or `payment.cancelled` for a payment that cannot be used any more */
export function requireUsable(payment: Payment): Payment {
  if (payment.status === 'CANCELLED') throw cancelled();
  if (payment.status !== 'DECLINED') return payment;
  throw new DomainError('payment.declined', 'payment_required', 'The payment was declined.', {
    details: { declineCode: payment.declineCode },
  });
}

function cancelled(): DomainError {
  return new DomainError('payment.cancelled', 'conflict', 'This payment was cancelled.');
}
