import type { Money } from '@pasar/platform/money';
import type { Answer, Method } from './payment.js';

/**
 * A payment provider, as this service needs it. Every call carries an idempotency key: however often it is made, its
 * effect happens once and its answer stays true. A call that fails may have had its effect.
 */
export abstract class Provider {
  /** As in the ledger account `provider:<name>` and the address of its webhooks. */
  abstract readonly name: string;

  abstract authorize(ask: Authorization, signal: AbortSignal): Promise<Answer>;
  /** Takes part or all of what was authorised, once. */
  abstract capture(ask: Charge, signal: AbortSignal): Promise<Answer>;
  /** Ends what is not captured yet, paid or not; otherwise answers how it stands. */
  abstract void(ask: Known, signal: AbortSignal): Promise<Answer>;
  abstract refund(ask: Charge, signal: AbortSignal): Promise<RefundAnswer>;
  /** Pays a seller, once for its key. */
  abstract payout(ask: PayoutAsk, signal: AbortSignal): Promise<PayoutAnswer>;
  abstract inquire(ask: Known, signal: AbortSignal): Promise<Answer>;

  /** Charges, refunds and payouts of a UTC day (`2026-11-21`), in pages. */
  abstract statement(day: string): AsyncIterable<StatementLine[]>;

  /**
   * Undefined for news of something else.
   * @throws DomainError `payment.bad_signature`, or `request.invalid` for what is signed and still no event
   */
  abstract readWebhook(headers: Headers, body: Uint8Array): ProviderEvent | undefined;
}

/** Those that need a provider. */
export type ProvidedMethod = Exclude<Method, 'COD' | 'STORE_CREDIT'>;

export interface Authorization {
  /** Also its idempotency key. */
  paymentId: string;
  customerId: string;
  method: ProvidedMethod;
  cardToken: string;
  amount: Money;
  expiresAt: Date | null;
}

/** A payment that the provider may have heard of. */
export interface Known {
  paymentId: string;
  /** The provider's name for it; empty when its answer was lost. */
  reference: string;
}

export interface Charge extends Known {
  key: string;
  amount: Money;
}

export type RefundAnswer =
  | { status: 'processing' }
  | { status: 'refunded' }
  | { status: 'refused'; code: string };

export interface PayoutAsk {
  key: string;
  account: { bank: string; number: string; holder: string };
  amount: Money;
}

export type PayoutAnswer =
  | { status: 'processing' }
  | { status: 'paid'; reference: string }
  | { status: 'refused'; code: string };

export interface StatementLine {
  /** The provider's own: another line has another, even when it says the same. */
  id: string;
  kind: 'charge' | 'refund' | 'payout';
  /** Null for a payout. */
  paymentId: string | null;
  /** The idempotency key of a refund or payout. */
  key: string;
  amount: Money;
  at: Date;
}

export interface ProviderEvent {
  /** The provider's id of it: the same when it is sent again. */
  id: string;
  paymentId: string;
  answer: Answer;
}

/** A call without an answer. Unless it was refused, its effect is not known. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';

  constructor(
    readonly kind:
      | 'timeout'
      /** The connection broke. */
      | 'connection'
      | 'failed'
      /** The provider finds the call itself wrong: asking again does not help. */
      | 'rejected',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
