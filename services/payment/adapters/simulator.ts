import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { invalidField } from '@pasar/platform/errors';
import { verifyWebhook } from '@pasar/platform/webhook-signature';
import { z } from 'zod';
import { PaymentConfig } from '../config.js';
import type { Answer, Instructions } from '../payment.js';
import {
  type Authorization,
  type Charge,
  type Known,
  type PayoutAnswer,
  type PayoutAsk,
  Provider,
  ProviderError,
  type ProviderEvent,
  type RefundAnswer,
  type StatementLine,
} from '../provider.js';
import { type BankCharge, SimulatedBank } from './simulated-bank.js';

/** What a webhook of the bank looks like. */
const notice = z.object({
  id: z.uuid(),
  data: z.object({
    paymentId: z.uuid(),
    method: z.enum(['CARD', 'EWALLET', 'BANK_TRANSFER', 'QR']),
    status: z.enum(['awaiting', 'authorized', 'captured', 'voided', 'declined']),
    amount: z.string().regex(/^\d{1,18}$/),
    captured: z.string().regex(/^\d{1,18}$/),
    declineCode: z.string().max(60),
  }),
});

/** The port's adapter to the simulated bank: its words in ours. */
@Injectable()
export class SimulatorProvider extends Provider {
  override readonly name = 'simulator';

  constructor(
    private readonly bank: SimulatedBank,
    private readonly clock: Clock,
    private readonly config: PaymentConfig,
  ) {
    super();
  }

  override async authorize(ask: Authorization, signal: AbortSignal): Promise<Answer> {
    return this.#toAnswer(await this.bank.authorize(ask, signal));
  }

  override async capture(ask: Charge, signal: AbortSignal): Promise<Answer> {
    return this.#toAnswer(await this.bank.capture(ask, signal));
  }

  override async void(ask: Known, signal: AbortSignal): Promise<Answer> {
    return this.#toAnswer(await this.bank.void(ask, signal));
  }

  override async refund(ask: Charge, signal: AbortSignal): Promise<RefundAnswer> {
    try {
      await this.bank.refund(ask, signal);
      return { status: 'refunded' };
    } catch (error) {
      if (error instanceof ProviderError && error.kind === 'rejected')
        return { status: 'refused', code: 'rejected' };
      throw error;
    }
  }

  override async payout(ask: PayoutAsk, signal: AbortSignal): Promise<PayoutAnswer> {
    const refusal = await this.bank.payOut(ask, signal);
    if (refusal) return { status: 'refused', code: refusal };
    return { status: 'paid', reference: `po_${ask.key.replaceAll('-', '')}` };
  }

  override async inquire(ask: Known, signal: AbortSignal): Promise<Answer> {
    return this.#toAnswer(await this.bank.inquire(ask, signal));
  }

  override statement(day: string): AsyncIterable<StatementLine[]> {
    return this.bank.statement(day);
  }

  override readWebhook(headers: Headers, body: Uint8Array): ProviderEvent {
    verifyWebhook('payment', this.config.webhookSecret, headers, body, this.clock.now());
    const read = notice.safeParse(parseJson(body));
    if (!read.success) throw invalidField('payload', 'This is no event of the simulator.');
    const { id, data } = read.data;
    const { paymentId, amount, captured } = data;
    const charge = {
      ...data,
      amount: BigInt(amount),
      captured: BigInt(captured),
      silentUntil: null,
      expiresAt: null,
    };
    return { id, paymentId, answer: this.#toAnswer(charge) };
  }

  #toAnswer(charge: Seen | undefined): Answer {
    if (!charge) return { status: 'unknown' };
    const now = this.clock.now();
    const reference = referenceOf(charge.paymentId);
    if (charge.silentUntil && charge.silentUntil > now) return { status: 'processing' };
    switch (charge.status) {
      case 'awaiting':
        if (charge.expiresAt && charge.expiresAt <= now) return { status: 'voided', reference };
        return { status: 'instructed', reference, instructions: instructionsOf(charge) };
      case 'captured':
        return { status: 'captured', reference, amount: charge.captured };
      case 'declined':
        return { status: 'declined', reference, code: charge.declineCode };
      default:
        return { status: charge.status, reference };
    }
  }
}

type Seen = Omit<BankCharge, 'token' | 'currency' | 'captureKey' | 'refunded'>;

/** The bank's name of a charge is the merchant's in other letters. */
export function referenceOf(paymentId: string): string {
  return `sim_${paymentId.replaceAll('-', '')}`;
}

export function paymentIdOf(reference: string): string | undefined {
  const [, ...groups] =
    /^sim_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(reference) ?? [];
  return groups.length > 0 ? groups.join('-') : undefined;
}

function instructionsOf({ paymentId, method, amount }: Seen): Instructions {
  if (method === 'QR') return { qrPayload: `PASAR.SIMULATOR.${referenceOf(paymentId)}.${amount}` };
  // Sixteen digits as of a virtual account, the bank's prefix and the end of the id.
  const digits = (BigInt(`0x${paymentId.slice(-12)}`) % 10n ** 12n).toString().padStart(12, '0');
  return { bank: 'Bank Simulasi', virtualAccount: `8808${digits}` };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
