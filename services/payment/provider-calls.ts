import { Injectable } from '@nestjs/common';
import { Breaker } from '@pasar/platform/breaker';
import { Clock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { Probe } from '@pasar/platform/probe';
import { inTime } from '@pasar/platform/signal';
import { Metrics } from '@pasar/platform/telemetry';
import { PaymentConfig } from './config.js';
import { type Answer, chargeOf, type Payment } from './payment.js';
import type { Payout } from './payout-store.js';
import {
  type Known,
  type PayoutAnswer,
  type ProvidedMethod,
  Provider,
  ProviderError,
  type RefundAnswer,
} from './provider.js';

/** Calls to the provider: with a time-out, behind a circuit breaker, measured. */
@Injectable()
export class ProviderCalls {
  readonly #breaker: Breaker;
  readonly #durations;

  constructor(
    private readonly provider: Provider,
    private readonly probe: Probe,
    private readonly config: PaymentConfig,
    clock: Clock,
    metrics: Metrics,
  ) {
    const isFailure = (error: unknown) => error instanceof ProviderError && error.kind !== 'rejected';
    this.#breaker = new Breaker({ name: 'payment_provider', clock, metrics, isFailure });
    this.#durations = metrics.histogram('pasar_provider_call_seconds', 'Calls to the payment provider', [
      'operation',
      'outcome',
    ]);
  }

  authorize(payment: Payment, cardToken: string): Promise<Answer> {
    const { id: paymentId, customerId, method, currency, expiresAt } = payment;
    const ask = {
      paymentId,
      customerId: customerId as string,
      method: method as ProvidedMethod,
      cardToken,
      amount: { amount: chargeOf(payment), currency },
      expiresAt,
    };
    return this.#call('authorize', (signal) => this.provider.authorize(ask, signal));
  }

  capture(payment: Payment, key: string, amount: bigint): Promise<Answer> {
    const { id: paymentId, reference, currency } = payment;
    return this.#call('capture', (signal) =>
      this.provider.capture({ key, paymentId, reference, amount: { amount, currency } }, signal),
    );
  }

  void(payment: Payment): Promise<Answer> {
    return this.#call('void', (signal) => this.provider.void(knownOf(payment), signal));
  }

  refund(payment: Payment, key: string, amount: bigint): Promise<RefundAnswer> {
    const { id: paymentId, reference, currency } = payment;
    return this.#call('refund', (signal) =>
      this.provider.refund({ key, paymentId, reference, amount: { amount, currency } }, signal),
    );
  }

  inquire(payment: Payment): Promise<Answer> {
    return this.#call('inquire', (signal) => this.provider.inquire(knownOf(payment), signal));
  }

  payout({ id: key, bank, number, holder, amount, currency }: Payout): Promise<PayoutAnswer> {
    const ask = { key, account: { bank, number, holder }, amount: { amount, currency } };
    return this.#call('payout', (signal) => this.provider.payout(ask, signal));
  }

  /** @throws DomainError `payment.unavailable` when there is no answer, or the breaker is open */
  async #call<Result extends { status: string }>(
    operation: string,
    ask: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const stop = this.#durations.startTimer({ operation });
    try {
      const result = await this.#breaker.run(async () => {
        await this.probe.reach(`before provider ${operation}`);
        const answer = await withTimeout(this.config.providerTimeoutMs, ask);
        await this.probe.reach(`after provider ${operation}`);
        return answer;
      });
      stop({ outcome: result.status });
      return result;
    } catch (error) {
      stop({ outcome: error instanceof ProviderError ? error.kind : 'not_called' });
      if (!isAway(error)) throw error;
      throw new DomainError(
        'payment.unavailable',
        'unavailable',
        'The payment provider is away, try again later.',
        {
          retryAfter: error instanceof DomainError ? error.retryAfter : 5,
          cause: error,
        },
      );
    }
  }
}

function knownOf({ id: paymentId, reference }: Payment): Known {
  return { paymentId, reference };
}

/** No answer came, or the breaker is open. */
function isAway(error: unknown): boolean {
  return error instanceof ProviderError ? error.kind !== 'rejected' : error instanceof DomainError;
}

/** A broken connection is tried once more with the same key, within the same time. */
function withTimeout<Result>(
  milliseconds: number,
  ask: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const askTwice = (signal: AbortSignal) =>
    ask(signal).catch((error: unknown) => {
      if (error instanceof ProviderError && error.kind === 'connection') return ask(signal);
      throw error;
    });
  return inTime(
    milliseconds,
    askTwice,
    () => new ProviderError('timeout', `no answer within ${milliseconds} ms`),
  );
}
