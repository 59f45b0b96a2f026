import type { Clock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import Stripe from 'stripe';
import type { Answer, Instructions } from '../payment.js';
import {
  type Authorization,
  type Charge,
  type PayoutAnswer,
  type PayoutAsk,
  Provider,
  ProviderError,
  type ProviderEvent,
  type RefundAnswer,
  type StatementLine,
} from '../provider.js';

export interface StripeOptions {
  secretKey: string;
  webhookSecret: string;
  /** Elsewhere than Stripe's own in tests. */
  url: string;
  timeoutMs: number;
}

/** QR payments by currency: Stripe has one network in each country. */
const qrMethods: Record<string, string> = { SGD: 'paynow', THB: 'promptpay' };

/**
 * The port's adapter to Stripe. A payment is a PaymentIntent, found by its name or, when that was lost on the way, by our
 * id in its metadata. Stripe forgets idempotency keys after a day, so what is asked for longer than that is looked up
 * first. A seller's account is a connected account: the number of its payout account is `acct_…`.
 */
export class StripeProvider extends Provider {
  override readonly name = 'stripe';
  readonly #stripe: Stripe;

  constructor(
    private readonly options: StripeOptions,
    private readonly clock: Clock,
  ) {
    super();
    const { protocol, hostname, port } = new URL(options.url);
    this.#stripe = new Stripe(options.secretKey, {
      ...{ host: hostname, protocol: protocol === 'http:' ? 'http' : 'https' },
      port: port || (protocol === 'http:' ? 80 : 443),
      timeout: options.timeoutMs,
      // Retries, and what follows from a lost answer, are decided by whoever asks.
      ...{ maxNetworkRetries: 0, telemetry: false },
    });
  }

  override async authorize(ask: Authorization): Promise<Answer> {
    const { paymentId, amount, method, cardToken } = ask;
    const common = {
      ...{ amount: toNumber(amount.amount), currency: amount.currency.toLowerCase(), confirm: true },
      metadata: { payment_id: paymentId },
    };
    const qr = qrMethods[amount.currency];
    // What Stripe cannot do is declined, as a bank would decline it.
    if (method !== 'CARD' && !(method === 'QR' && qr))
      return { status: 'declined', reference: '', code: 'method_unsupported' };
    const params: Stripe.PaymentIntentCreateParams =
      method === 'CARD'
        ? {
            ...common,
            ...{
              payment_method: cardToken,
              allowed_payment_method_types: ['card'],
              capture_method: 'manual',
            },
            // The buyer is not here to be asked.
            error_on_requires_action: true,
          }
        : {
            ...common,
            allowed_payment_method_types: [qr as string],
            payment_method_data: { type: qr as 'paynow' },
          };
    try {
      return toAnswer(
        await call(() => this.#stripe.paymentIntents.create(params, { idempotencyKey: paymentId })),
      );
    } catch (error) {
      const card = cardErrorOf(error);
      if (card) return declined(card.payment_intent?.id ?? '', card);
      throw error;
    }
  }

  override async capture({ key, paymentId, reference, amount }: Charge): Promise<Answer> {
    return this.#change(paymentId, reference, (id) =>
      this.#stripe.paymentIntents.capture(
        id,
        { amount_to_capture: toNumber(amount.amount) },
        { idempotencyKey: key },
      ),
    );
  }

  override async void({ paymentId, reference }: { paymentId: string; reference: string }): Promise<Answer> {
    return this.#change(paymentId, reference, (id) =>
      this.#stripe.paymentIntents.cancel(id, {}, { idempotencyKey: `${paymentId}:void` }),
    );
  }

  override async refund({ key, paymentId, reference, amount }: Charge): Promise<RefundAnswer> {
    const intent = await this.#find(paymentId, reference);
    if (!intent) return { status: 'refused', code: 'unknown_payment' };
    try {
      const refund = await call(async () => {
        for await (const known of this.#stripe.refunds.list({ payment_intent: intent.id, limit: 100 }))
          if (known.metadata?.key === key) return known;
        return this.#stripe.refunds.create(
          {
            payment_intent: intent.id,
            amount: toNumber(amount.amount),
            metadata: { key, payment_id: paymentId },
          },
          { idempotencyKey: key },
        );
      });
      if (refund.status === 'succeeded') return { status: 'refunded' };
      if (refund.status === 'pending' || refund.status === 'requires_action') return { status: 'processing' };
      return { status: 'refused', code: refund.failure_reason ?? 'failed' };
    } catch (error) {
      return { status: 'refused', code: refusalOf(error) };
    }
  }

  override async inquire({
    paymentId,
    reference,
  }: {
    paymentId: string;
    reference: string;
  }): Promise<Answer> {
    const intent = await this.#find(paymentId, reference);
    return intent ? toAnswer(intent) : { status: 'unknown' };
  }

  override async payout({ key, account, amount }: PayoutAsk): Promise<PayoutAnswer> {
    try {
      const transfer = await call(async () => {
        const { data } = await this.#stripe.transfers.list({ transfer_group: key, limit: 1 });
        return (
          data[0] ??
          this.#stripe.transfers.create(
            {
              ...{ amount: toNumber(amount.amount), currency: amount.currency.toLowerCase() },
              ...{ destination: account.number, transfer_group: key, metadata: { payout_id: key } },
            },
            { idempotencyKey: `payout:${key}` },
          )
        );
      });
      return { status: 'paid', reference: transfer.id };
    } catch (error) {
      return { status: 'refused', code: refusalOf(error) };
    }
  }

  /** What is none of ours is left out: an account at Stripe may serve others too. */
  override async *statement(day: string): AsyncGenerator<StatementLine[]> {
    const from = Date.parse(`${day}T00:00:00Z`) / 1000;
    let last: string | undefined;
    do {
      const page = await call(() =>
        this.#stripe.balanceTransactions.list({
          ...{ created: { gte: from, lt: from + 86_400 }, limit: 100, expand: ['data.source'] },
          starting_after: last,
        }),
      );
      yield page.data.flatMap((transaction) => toLine(transaction) ?? []);
      last = page.has_more ? page.data.at(-1)?.id : undefined;
    } while (last);
  }

  override readWebhook(headers: Headers, body: Uint8Array): ProviderEvent | undefined {
    const event = this.#verify(headers, body);
    if (!event.type.startsWith('payment_intent.')) return undefined;
    const intent = event.data.object as Stripe.PaymentIntent;
    const paymentId = intent.metadata?.payment_id;
    return paymentId ? { id: event.id, paymentId, answer: toAnswer(intent) } : undefined;
  }

  #verify(headers: Headers, body: Uint8Array): Stripe.Event {
    try {
      const signature = headers.get('stripe-signature') ?? '';
      const receivedAt = this.clock.now().getTime();
      return this.#stripe.webhooks.constructEvent(
        ...[Buffer.from(body), signature, this.options.webhookSecret, 300, undefined, receivedAt],
      );
    } catch (cause) {
      throw new DomainError(
        'payment.bad_signature',
        'unauthenticated',
        'The signature of the webhook is not valid.',
        { cause },
      );
    }
  }

  /** When it cannot be changed (any more), how it stands is the answer. */
  async #change(
    paymentId: string,
    reference: string,
    change: (id: string) => Promise<Stripe.PaymentIntent>,
  ): Promise<Answer> {
    const intent = await this.#find(paymentId, reference);
    if (!intent) return { status: 'unknown' };
    if (intent.status === 'succeeded' || intent.status === 'canceled') return toAnswer(intent);
    try {
      return toAnswer(await call(() => change(intent.id)));
    } catch (error) {
      if (refusalOf(error) !== 'payment_intent_unexpected_state') throw error;
      return toAnswer(await call(() => this.#stripe.paymentIntents.retrieve(intent.id)));
    }
  }

  #find(paymentId: string, reference: string): Promise<Stripe.PaymentIntent | undefined> {
    return call(async () => {
      if (reference) return this.#stripe.paymentIntents.retrieve(reference);
      const query = `metadata['payment_id']:'${paymentId}'`;
      return (await this.#stripe.paymentIntents.search({ query, limit: 1 })).data[0];
    });
  }
}

function toAnswer(intent: Stripe.PaymentIntent): Answer {
  const { id: reference, status } = intent;
  switch (status) {
    case 'succeeded':
      return { status: 'captured', reference, amount: BigInt(intent.amount_received) };
    case 'requires_capture':
      return { status: 'authorized', reference };
    case 'canceled':
      return { status: 'voided', reference };
    case 'requires_action':
      return { status: 'instructed', reference, instructions: instructionsOf(intent) };
    case 'requires_payment_method':
      return declined(reference, intent.last_payment_error);
    default:
      return { status: 'processing' };
  }
}

function declined(
  reference: string,
  error: { decline_code?: string | null; code?: string | null } | null,
): Answer {
  return { status: 'declined', reference, code: error?.decline_code ?? error?.code ?? 'card_declined' };
}

function instructionsOf({ next_action }: Stripe.PaymentIntent): Instructions {
  const qr = next_action?.paynow_display_qr_code ?? next_action?.promptpay_display_qr_code;
  return { qrPayload: qr?.data };
}

function toLine({ id, created, source }: Stripe.BalanceTransaction): StatementLine | undefined {
  if (!source || typeof source === 'string') return undefined;
  const at = new Date(created * 1000);
  switch (source.object) {
    case 'charge': {
      const paymentId = source.metadata.payment_id;
      const amount = { amount: BigInt(source.amount_captured), currency: source.currency.toUpperCase() };
      return paymentId ? { id, kind: 'charge', paymentId, key: paymentId, amount, at } : undefined;
    }
    case 'refund': {
      const { key, payment_id: paymentId } = source.metadata ?? {};
      const amount = { amount: BigInt(source.amount), currency: source.currency.toUpperCase() };
      return key && paymentId ? { id, kind: 'refund', paymentId, key, amount, at } : undefined;
    }
    case 'transfer': {
      const key = source.metadata.payout_id;
      const amount = { amount: BigInt(source.amount), currency: source.currency.toUpperCase() };
      return key ? { id, kind: 'payout', paymentId: null, key, amount, at } : undefined;
    }
    default:
      return undefined;
  }
}

/** Stripe's errors in the port's words. */
async function call<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof Stripe.errors.StripeError)) throw cause;
    const rejected =
      cause instanceof Stripe.errors.StripeInvalidRequestError ||
      cause instanceof Stripe.errors.StripeCardError ||
      cause instanceof Stripe.errors.StripeIdempotencyError;
    const broken = cause instanceof Stripe.errors.StripeConnectionError;
    throw new ProviderError(broken ? 'connection' : rejected ? 'rejected' : 'failed', cause.message, {
      cause,
    });
  }
}

function cardErrorOf(error: unknown): Stripe.errors.StripeCardError | undefined {
  const cause = error instanceof ProviderError ? error.cause : undefined;
  return cause instanceof Stripe.errors.StripeCardError ? cause : undefined;
}

/** Why Stripe refused what it understood. @throws any other error */
function refusalOf(error: unknown): string {
  if (!(error instanceof ProviderError) || error.kind !== 'rejected') throw error;
  return (error.cause as Stripe.errors.StripeError).code ?? 'rejected';
}

function toNumber(amount: bigint): number {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ProviderError('rejected', 'more than Stripe can count');
  return Number(amount);
}
