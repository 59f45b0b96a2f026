import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderCancelledSchema, OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  Payment_Method as Method,
  Payment_Status as Status,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Attempts } from '../attempts.js';
import { Provider } from '../provider.js';
import { Reconciler } from '../reconciler.js';
import { startPayment, type TestPayment } from '../testing.js';

const webhookSecret = 'whsec_test';
const staff = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });
const refusal = (promise: Promise<unknown>) => promise.then(() => expect.fail('accepted'), fromRpcError);

type Json = Record<string, unknown>;
interface Intent extends Json {
  id: string;
  status: string;
  amount: number;
  amount_received: number;
  currency: string;
  metadata: Record<string, string>;
}

/** Answers in the shapes that Stripe's API answers in, with what it remembers of what it was asked. */
class RecordedStripe {
  readonly intents = new Map<string, Intent>();
  readonly refunds: Json[] = [];
  readonly transfers: Json[] = [];
  readonly transactions: Json[] = [];
  readonly asked: { path: string; key: string | undefined; form: URLSearchParams }[] = [];
  /** What becomes of the next calls: lost before or after their effect. */
  faults: ('before' | 'after')[] = [];
  readonly #answers = new Map<string, { status: number; body: Json }>();
  #server?: Server;
  #ids = 0;

  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const fault = this.faults.shift();
        if (fault === 'before') return request.socket.destroy();
        const url = new URL(request.url ?? '', 'http://stripe');
        const form = new URLSearchParams(
          request.method === 'POST' ? Buffer.concat(chunks).toString() : url.search,
        );
        const key = request.headers['idempotency-key'] as string | undefined;
        this.asked.push({ path: `${request.method} ${url.pathname}`, key, form });
        const known = key ? this.#answers.get(key) : undefined;
        const answer = known ?? this.#answer(request.method ?? '', url.pathname.split('/').slice(2), form);
        if (key) this.#answers.set(key, answer);
        if (fault === 'after') return request.socket.destroy();
        response.writeHead(answer.status, { 'content-type': 'application/json', 'request-id': 'req_test' });
        response.end(JSON.stringify(answer.body));
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  #answer(
    method: string,
    [resource, id, verb]: string[],
    form: URLSearchParams,
  ): { status: number; body: Json } {
    const ok = (body: Json) => ({ status: 200, body });
    const list = (data: Json[]) => ok({ object: 'list', data, has_more: false, url: '/' });
    const number = (name: string) => Number(form.get(name));
    switch (resource) {
      case 'payment_intents':
        if (id === 'search') {
          const [, paymentId] = /'payment_id'\]:'(.+)'/.exec(form.get('query') ?? '') ?? [];
          const found = [...this.intents.values()].filter(
            ({ metadata }) => metadata.payment_id === paymentId,
          );
          return ok({ object: 'search_result', data: found, has_more: false, url: '/' });
        }
        if (!id) return this.#create(form);
        return this.#change(this.intents.get(id), verb, number('amount_to_capture'));
      case 'refunds': {
        if (method === 'GET')
          return list(this.refunds.filter((one) => one.payment_intent === form.get('payment_intent')));
        const intent = this.intents.get(form.get('payment_intent') ?? '') as Intent;
        const refunded = this.refunds
          .filter((one) => one.payment_intent === intent.id)
          .reduce((sum, one) => sum + (one.amount as number), 0);
        if (refunded + number('amount') > intent.amount_received)
          return failure(400, 'invalid_request_error', 'charge_already_refunded');
        const refund = {
          ...{ id: this.#id('re'), object: 'refund', status: 'succeeded', amount: number('amount') },
          ...{ currency: intent.currency, payment_intent: intent.id },
          metadata: { key: form.get('metadata[key]'), payment_id: form.get('metadata[payment_id]') },
        };
        this.refunds.push(refund);
        this.#enter('refund', refund, -refund.amount);
        return ok(refund);
      }
      case 'transfers': {
        if (method === 'GET')
          return list(this.transfers.filter((one) => one.transfer_group === form.get('transfer_group')));
        if (!form.get('destination')?.startsWith('acct_'))
          return failure(400, 'invalid_request_error', 'resource_missing');
        const transfer = {
          ...{
            id: this.#id('tr'),
            object: 'transfer',
            amount: number('amount'),
            currency: form.get('currency'),
          },
          ...{ destination: form.get('destination'), transfer_group: form.get('transfer_group') },
          metadata: { payout_id: form.get('metadata[payout_id]') },
        };
        this.transfers.push(transfer);
        this.#enter('transfer', transfer, -transfer.amount);
        return ok(transfer);
      }
      case 'balance_transactions':
        return list(this.transactions);
      default:
        return failure(404, 'invalid_request_error', 'resource_missing');
    }
  }

  #create(form: URLSearchParams): { status: number; body: Json } {
    const token = form.get('payment_method');
    const manual = form.get('capture_method') === 'manual';
    const intent: Intent = {
      ...{
        id: this.#id('pi'),
        object: 'payment_intent',
        amount: Number(form.get('amount')),
        amount_received: 0,
      },
      ...{ currency: form.get('currency') as string, last_payment_error: null, next_action: null },
      metadata: { payment_id: form.get('metadata[payment_id]') as string },
      status: manual ? 'requires_capture' : 'requires_action',
    };
    this.intents.set(intent.id, intent);
    if (!manual) {
      const data = '00020101021226370009SG.PAYNOW';
      intent.next_action = { type: 'paynow_display_qr_code', paynow_display_qr_code: { data } };
    }
    if (token !== 'pm_card_visa_chargeDeclinedInsufficientFunds') return { status: 200, body: intent };
    intent.status = 'requires_payment_method';
    return failure(402, 'card_error', 'card_declined', {
      decline_code: 'insufficient_funds',
      payment_intent: intent,
    });
  }

  #change(
    intent: Intent | undefined,
    verb: string | undefined,
    amount: number,
  ): { status: number; body: Json } {
    if (!intent) return failure(404, 'invalid_request_error', 'resource_missing');
    if (!verb) return { status: 200, body: intent };
    if (intent.status === 'canceled' || intent.status === 'succeeded')
      return failure(400, 'invalid_request_error', 'payment_intent_unexpected_state');
    if (verb === 'cancel') intent.status = 'canceled';
    else this.pay(intent, amount);
    return { status: 200, body: intent };
  }

  pay(intent: Intent, amount = intent.amount): void {
    Object.assign(intent, { status: 'succeeded', amount_received: amount });
    const charge = { object: 'charge', amount_captured: amount, currency: intent.currency };
    this.#enter('charge', { id: this.#id('ch'), ...charge, metadata: intent.metadata }, amount);
  }

  #enter(type: string, source: Json, amount: number): void {
    const created = Math.floor(Date.now() / 1000);
    this.transactions.push({
      id: this.#id('txn'),
      object: 'balance_transaction',
      type,
      amount,
      created,
      source,
    });
  }

  #id(prefix: string): string {
    return `${prefix}_${++this.#ids}`;
  }
}

function failure(
  status: number,
  type: string,
  code: string,
  more: Json = {},
): { status: number; body: Json } {
  return { status, body: { error: { type, code, message: code, ...more } } };
}

let stripe: RecordedStripe;
let kit: TestPayment;

beforeAll(async () => {
  stripe = new RecordedStripe();
  const url = await stripe.listen();
  kit = await startPayment({
    background: false,
    environment: {
      PASAR_PAYMENT_PROVIDER: 'stripe',
      PASAR_STRIPE_SECRET_KEY: 'sk_test_123',
      PASAR_STRIPE_WEBHOOK_SECRET: webhookSecret,
      PASAR_STRIPE_URL: url,
      PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '5000',
      PASAR_PAYMENT_SETTLE_MS: '0',
    },
  });
});
afterAll(async () => {
  await kit.close();
  stripe.close();
});
beforeEach(() => {
  stripe.faults = [];
  stripe.asked.length = 0;
});

const intentOf = (paymentId: string) =>
  [...stripe.intents.values()].find(({ metadata }) => metadata.payment_id === paymentId) as Intent;

async function authorized(amounts: bigint[], token = 'pm_card_visa') {
  const request = kit.request(Method.CARD, amounts, token);
  await kit.payments.authorize(request);
  return request;
}

describe('a card payment at Stripe', () => {
  it('is authorised, captured in part, and refunded', async () => {
    const request = await authorized([10_000n, 5_000n]);
    expect(stripe.asked[0]).toMatchObject({ path: 'POST /v1/payment_intents', key: request.paymentId });
    await kit.consumeOrder(OrderCancelledSchema, request, 0);
    await kit.consumeOrder(OrderConfirmedSchema, request, 1);
    await kit.settle();
    expect(intentOf(request.paymentId)).toMatchObject({ status: 'succeeded', amount_received: 5_000 });
    await kit.payments.refundPayment({ id: request.paymentId }, staff);
    await kit.settle();
    expect(stripe.refunds).toMatchObject([{ amount: 5_000 }]);
    expect((await kit.payments.getPayment({ id: request.paymentId }, staff)).status).toBe(Status.REFUNDED);
    expect((await kit.stored(request.paymentId)).provider).toBe('stripe');
  });

  it('that is declined says why', async () => {
    const token = 'pm_card_visa_chargeDeclinedInsufficientFunds';
    expect(await refusal(authorized([100n], token))).toMatchObject({
      code: 'payment.declined',
      details: { declineCode: 'insufficient_funds' },
    });
  });

  it('is voided when it is given up, and found again when its answer was lost', async () => {
    const request = kit.request(Method.CARD, [100n], 'pm_card_visa');
    stripe.faults = Array.from({ length: 20 }, () => 'after' as const);
    expect((await refusal(kit.payments.authorize(request))).code).toBe('payment.unavailable');
    stripe.faults = [];
    expect((await kit.stored(request.paymentId)).reference).toBe('');
    await kit.payments.cancel({ paymentId: request.paymentId });
    await kit.settle();
    expect(intentOf(request.paymentId).status).toBe('canceled');
    expect((await kit.stored(request.paymentId)).voiding).toBe(false);
  });

  it.each(['before', 'after'] as const)(
    'is captured and refunded once when answers are lost %s',
    async (fault) => {
      const request = await authorized([700n]);
      await kit.consumeOrder(OrderConfirmedSchema, request);
      stripe.faults = [fault, fault, fault];
      await kit.settle();
      await kit.payments.refundPayment({ id: request.paymentId }, staff);
      stripe.faults = [fault, fault, fault];
      await kit.settle();
      const intent = intentOf(request.paymentId);
      expect(intent).toMatchObject({ status: 'succeeded', amount_received: 700 });
      expect(stripe.refunds.filter((one) => one.payment_intent === intent.id)).toHaveLength(1);
      expect(await kit.stored(request.paymentId)).toMatchObject({ captured: 700n, refunded: 700n });
    },
  );
});

describe('what Stripe tells', () => {
  function webhook(intent: Intent, type: string, secret = webhookSecret) {
    const id = `evt_${crypto.randomUUID()}`;
    const payload = JSON.stringify({ id, object: 'event', type, data: { object: intent } });
    const timestamp = Math.floor(kit.clock.now().getTime() / 1000);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    const data = Buffer.from(payload);
    return kit.payments.receiveWebhook(
      { provider: 'stripe', payload: { contentType: 'application/json', data } },
      { headers: { 'stripe-signature': signature } },
    );
  }

  it('completes a payment by QR, in any order and any number of times', async () => {
    const request = kit.request(Method.QR, [900n]);
    request.amount = { amount: 900n, currency: 'SGD' };
    for (const share of request.shares) share.amount = { amount: 900n, currency: 'SGD' };
    const payment = await kit.payments.authorize(request);
    expect(payment).toMatchObject({
      status: Status.AWAITING_PAYMENT,
      instructions: { qrPayload: expect.stringContaining('PAYNOW') },
    });
    const intent = intentOf(request.paymentId);
    const before = structuredClone(intent);
    stripe.pay(intent);
    await webhook(intent, 'payment_intent.succeeded');
    await webhook(before, 'payment_intent.requires_action');
    await webhook(intent, 'payment_intent.succeeded');
    expect(await kit.stored(request.paymentId)).toMatchObject({ status: 'CAPTURED', captured: 900n });
  });

  it('is refused when it is not signed by Stripe, and passed over when it is about something else', async () => {
    const { paymentId } = await authorized([100n]);
    const intent = { ...intentOf(paymentId), status: 'succeeded', amount_received: 100 };
    expect((await refusal(webhook(intent, 'payment_intent.succeeded', 'whsec_other'))).code).toBe(
      'payment.bad_signature',
    );
    await webhook(intent, 'charge.updated');
    await webhook({ ...intent, metadata: {} }, 'payment_intent.succeeded');
    expect((await kit.stored(paymentId)).status).toBe('AUTHORIZED');
  });

  it('agrees with the ledger at the end of the day', async () => {
    await kit.service.get(Attempts).run();
    kit.clock.advance(180_000);
    const day = new Date().toISOString().slice(0, 10);
    expect(await kit.service.get(Reconciler).compare(day)).toEqual([]);
  });
});

it('pays a connected account once for its key', async () => {
  const provider = kit.service.get(Provider);
  const ask = (number: string) => ({
    ...{ key: kit.clock.id(), account: { bank: 'Stripe', number, holder: 'Toko' } },
    amount: { amount: 5_000n, currency: 'IDR' },
  });
  const known = ask('acct_1');
  const { signal } = new AbortController();
  const first = await provider.payout(known, signal);
  expect(await provider.payout(known, signal)).toEqual(first);
  expect(stripe.transfers.filter((one) => one.transfer_group === known.key)).toHaveLength(1);
  expect(await provider.payout(ask('12345'), signal)).toEqual({
    status: 'refused',
    code: 'resource_missing',
  });
});

it('declines what it has no way for', async () => {
  const request = kit.request(Method.BANK_TRANSFER, [100n]);
  expect(await refusal(kit.payments.authorize(request))).toMatchObject({
    code: 'payment.declined',
    details: { declineCode: 'method_unsupported' },
  });
  const paid = kit.simulator.paySimulatedPayment({
    reference: `sim_${request.paymentId.replaceAll('-', '')}`,
  });
  expect((await refusal(paid)).code).toBe('simulated_payment.not_found');
});
