import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import type { Input } from './change.js';
import { PaymentConfig } from './config.js';
import { ProviderError } from './provider.js';
import { ProviderCalls } from './provider-calls.js';
import { type Attempt, PaymentStore } from './store.js';
import { Payments } from './use-cases.js';

/** Taken on at once; one statement takes them, one records what became of them. */
const batch = 64;
/** Nobody waits for a capture or a refund: a moment's pause lets one commit carry many. */
const gatherMs = 100;
const longestPauseMs = 300_000;
/** After about a minute of trying, people should look. */
const worryingTries = 7;

type Reply = { attempt: Attempt; input: Input } | { attempt: Attempt; unanswered: string };

/**
 * Asks the provider what there is to ask: captures, voids, refunds, and what became of authorisations that nobody
 * finished. Each question is asked under its key until it is answered, by any process; that two may ask the same at once
 * does no harm.
 */
@Injectable()
export class Attempts {
  readonly #rounds = new Rounds(
    () => this.#runBatch(),
    (error) => this.log.error({ err: error }, 'questions to the provider were not asked'),
  );

  constructor(
    private readonly store: PaymentStore,
    private readonly payments: Payments,
    private readonly calls: ProviderCalls,
    private readonly clock: Clock,
    private readonly config: PaymentConfig,
    private readonly log: Log,
  ) {}

  /** There may be something to ask; to be called after the commit. */
  wake(): void {
    this.#rounds.runSoon(gatherMs);
  }

  /** Asks everything that is due. */
  run(): Promise<void> {
    return this.#rounds.run();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns whether there may be more */
  async #runBatch(): Promise<boolean> {
    // A call takes its time-out at the longest, with the retry of a broken connection in it.
    const attempts = await this.store.claimAttempts(
      batch,
      this.#in(2 * this.config.providerTimeoutMs + 5_000),
    );
    if (attempts.length === 0) return false;
    const replies = await Promise.all(attempts.map((attempt) => this.#ask(attempt)));
    const answered = replies.filter((reply) => 'input' in reply);
    const unanswered = replies.filter((reply) => 'unanswered' in reply);
    const outcomes = await this.payments.apply(
      answered.map(({ attempt, input }) => ({ payment: attempt.payment, input })),
    );
    outcomes.forEach(({ moved, error }, index) => {
      const { attempt, input } = answered[index] as (typeof answered)[0];
      const answer = input.type === 'answer' ? input.answer.status : input.type;
      if (!moved) unanswered.push({ attempt, unanswered: error?.code ?? answer });
    });
    if (unanswered.length > 0) await this.#postpone(unanswered);
    return attempts.length === batch;
  }

  async #ask(attempt: Attempt): Promise<Reply> {
    try {
      return await this.#askProvider(attempt);
    } catch (error) {
      if (!(error instanceof DomainError || error instanceof ProviderError)) throw error;
      return { attempt, unanswered: error.message };
    }
  }

  async #askProvider(attempt: Attempt): Promise<Reply> {
    const { key, operation, amount, payment } = attempt;
    if (operation === 'refund') {
      const [refund, answer] = await Promise.all([
        this.store.findRefund(key),
        this.calls.refund(payment, key, amount),
      ]);
      if (!refund || answer.status === 'processing') return { attempt, unanswered: answer.status };
      const refused = answer.status === 'refused' ? answer.code : undefined;
      if (refused)
        this.log.error({ refundId: key, paymentId: payment.id, code: refused }, 'a refund was refused');
      return { attempt, input: { type: 'refundEnded', refund, refused } };
    }
    // The token of the card is not kept, so an authorisation is not made again: the provider is asked what became of it.
    const answer =
      operation === 'capture'
        ? await this.calls.capture(payment, key, amount)
        : operation === 'void'
          ? await this.calls.void(payment)
          : await this.calls.inquire(payment);
    const arriving = answer.status === 'unknown' && this.clock.now() < this.#settled(attempt);
    // Neither is the end of what it should end.
    const standing =
      operation === 'void' && (answer.status === 'authorized' || answer.status === 'instructed');
    if (arriving || standing) return { attempt, unanswered: answer.status };
    return { attempt, input: { type: 'answer', answer } };
  }

  /** From then on no call can be on its way any more. */
  #settled({ askedAt }: Attempt): Date {
    return new Date(askedAt.getTime() + this.config.settleMs);
  }

  async #postpone(replies: { attempt: Attempt; unanswered: string }[]): Promise<void> {
    await this.store.postponeAttempts(
      replies.map(({ attempt: { key, tries }, unanswered }) => ({
        key,
        outcome: unanswered,
        dueAt: this.#in(Math.min(500 * 2 ** Math.min(tries, 20), longestPauseMs)),
      })),
    );
    const stuck = replies.filter(({ attempt }) => attempt.tries >= worryingTries);
    if (stuck.length === 0) return;
    const attempts = stuck.map(({ attempt: { key, operation, tries }, unanswered }) => {
      return { key, operation, tries, outcome: unanswered };
    });
    this.log.error({ attempts }, 'the provider gives no answer');
  }

  #in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}
