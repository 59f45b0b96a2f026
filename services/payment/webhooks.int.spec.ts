import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  Payment_Method as Method,
  PaymentCompletedSchema,
  PaymentRefundedSchema,
  PaymentService,
  Payment_Status as Status,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { fromRpcError, httpStatus } from '@pasar/platform/errors';
import { signWebhook } from '@pasar/platform/webhook-signature';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SimulatorWebhooks } from './adapters/simulator-webhooks.js';
import { Attempts } from './attempts.js';
import { defaultWebhookSecret } from './config.js';
import { startPayment, type TestPayment, type TestRequest } from './testing.js';
import { Webhooks } from './webhooks.js';

let kit: TestPayment;
let gateway: Server;
/** Statuses that the gateway answered. */
const answered: number[] = [];
let gatewayIsAway = false;

/** As the real one: the body untouched, the headers of webhooks passed on. */
async function startGateway(): Promise<string> {
  gateway = createServer(async (request, response) => {
    const data = await buffer(request);
    const provider = /^\/api\/v1\/payments\/webhooks\/([a-z-]+)$/.exec(request.url ?? '')?.[1] ?? '';
    const headers = Object.entries(request.headers).filter(([name]) => name.startsWith('webhook-'));
    try {
      if (gatewayIsAway) throw new Error('away');
      const payload = { contentType: 'application/json', data };
      await kit
        .client(PaymentService)
        .receiveWebhook({ provider, payload }, { headers: headers as [string, string][] });
      response.statusCode = 204;
    } catch (error) {
      response.statusCode = gatewayIsAway ? 503 : httpStatus(fromRpcError(error).kind);
    }
    answered.push(response.statusCode);
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => gateway.once('listening', resolve));
  return `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const url = await startGateway();
  kit = await startPayment({ environment: { PASAR_PUBLIC_URL: url } });
});
afterAll(async () => {
  await kit.close();
  gateway.close();
});
afterEach(() => {
  gatewayIsAway = false;
  kit.faults.takesLatePayments = false;
  kit.faults.webhooks = { copies: 1, delayMs: 0, reversed: false, all: false };
});

async function awaiting(method = Method.QR): Promise<{ request: TestRequest; reference: string }> {
  const request = kit.request(method, [100n, 50n]);
  const payment = await kit.payments.authorize(request);
  expect(payment.status).toBe(Status.AWAITING_PAYMENT);
  return { request, reference: payment.providerReference };
}

const completed = (id: string) =>
  kit.published(PaymentCompletedSchema).filter((e) => e.payment?.paymentId === id);
const refunded = (id: string) =>
  kit.published(PaymentRefundedSchema).filter((e) => e.payment?.paymentId === id);
const undelivered = async () =>
  (await kit.bank.database.pool.query('select from webhook where delivered_at is null')).rowCount;

/** Sends and moves the clock until every webhook was taken. */
async function deliverAll(): Promise<void> {
  await vi.waitFor(async () => {
    await kit.service.get(SimulatorWebhooks).send();
    if (await undelivered()) kit.clock.advance(60_000);
    expect(await undelivered()).toBe(0);
  });
}

describe('a payment by transfer or QR', () => {
  it('is captured when the buyer pays, however often that is told', async () => {
    for (const method of [Method.QR, Method.BANK_TRANSFER]) {
      const { request, reference } = await awaiting(method);
      const { paymentId } = request;
      await kit.simulator.paySimulatedPayment({ reference, deliveries: 5 });
      await vi.waitFor(() => expect(completed(paymentId)).toHaveLength(1));
      await deliverAll();
      expect((await kit.simulator.paySimulatedPayment({ reference })).status).toBe('captured');
      const { payment } = await kit.expectBalanced(paymentId);
      expect(payment).toMatchObject({ status: 'CAPTURED', captured: 150n, version: 3 });
      expect(completed(paymentId)).toHaveLength(1);
      const events = await kit.query('select from provider_event where payment_id = $1', paymentId);
      expect(events).toHaveLength(1);
    }
    expect(new Set(answered)).toEqual(new Set([204]));
  });

  it('is told again until the gateway takes it', async () => {
    const { request, reference } = await awaiting();
    gatewayIsAway = true;
    answered.length = 0;
    await kit.simulator.paySimulatedPayment({ reference });
    await vi.waitFor(() => expect(answered).toContain(503));
    gatewayIsAway = false;
    await deliverAll();
    expect((await kit.stored(request.paymentId)).status).toBe('CAPTURED');
  });

  it('that is paid after it was cancelled is refunded, once', async () => {
    for (const voidedFirst of [false, true]) {
      kit.faults.takesLatePayments = true;
      const { request, reference } = await awaiting();
      const { paymentId } = request;
      if (!voidedFirst)
        kit.faults.plan = (operation) =>
          operation === 'void' ? { kind: 'failed', effect: false } : undefined;
      expect((await kit.payments.cancel({ paymentId })).status).toBe(Status.CANCELLED);
      if (voidedFirst) await kit.settle();
      await kit.simulator.paySimulatedPayment({ reference, deliveries: 3 });
      await deliverAll();
      kit.faults.plan = () => undefined;
      await kit.settle();
      await vi.waitFor(() => expect(refunded(paymentId)).toHaveLength(1));
      const { payment, charge } = await kit.expectBalanced(paymentId);
      expect(payment).toMatchObject({ status: 'CANCELLED', captured: 150n, refunded: 150n });
      expect(charge).toMatchObject({ captured: 150n, refunded: 150n });
      expect(completed(paymentId)).toHaveLength(0);
    }
  });

  it('that was paid is not given up at the deadline, even when no webhook comes', async () => {
    const { request, reference } = await awaiting();
    gatewayIsAway = true;
    await kit.simulator.paySimulatedPayment({ reference });
    expect((await kit.payments.cancel({ paymentId: request.paymentId })).status).toBe(Status.CAPTURED);
    gatewayIsAway = false;
    await deliverAll();
    expect((await kit.expectBalanced(request.paymentId)).payment).toMatchObject({
      status: 'CAPTURED',
      refunding: 0n,
    });
  });

  it('cannot be paid after it expired', async () => {
    const { request, reference } = await awaiting();
    kit.clock.advance(2 * 86_400_000);
    await expect(kit.simulator.paySimulatedPayment({ reference })).rejects.toMatchObject({
      code: 'simulator.not_payable',
    });
    expect((await kit.payments.cancel({ paymentId: request.paymentId })).status).toBe(Status.CANCELLED);
    await kit.settle();
    await kit.expectBalanced(request.paymentId);
  });

  it('races the deadline: one of the two wins, a hundred times', async () => {
    const checkouts = await Promise.all(Array.from({ length: 100 }, () => awaiting()));
    const given = await Promise.all(
      checkouts.map(async ({ request: { paymentId }, reference }, i) => {
        const paying = async () => {
          await kit.bank.pay(paymentId, 2, 0).catch(() => {});
          await kit.service.get(SimulatorWebhooks).send();
        };
        const [, cancelled] = await Promise.all([
          i % 2 ? paying() : kit.simulator.paySimulatedPayment({ reference }).catch(() => {}),
          kit.payments.cancel({ paymentId }),
        ]);
        return cancelled.status;
      }),
    );
    await deliverAll();
    await kit.settle();
    for (const [i, { request }] of checkouts.entries()) {
      const { payment } = await kit.expectBalanced(request.paymentId);
      // What the deadline was told is how it stays.
      expect([Status.CAPTURED, Status.CANCELLED]).toContain(given[i]);
      expect(payment.status).toBe(given[i] === Status.CAPTURED ? 'CAPTURED' : 'CANCELLED');
    }
    await vi.waitFor(() => {
      for (const [i, { request }] of checkouts.entries()) {
        expect(completed(request.paymentId)).toHaveLength(given[i] === Status.CAPTURED ? 1 : 0);
      }
    });
  });
});

describe('webhooks', () => {
  it('may come late, twice and in the wrong order', async () => {
    kit.faults.webhooks = { copies: 3, delayMs: 0, reversed: true, all: true };
    const requests = [
      kit.request(Method.CARD, [100n]),
      kit.request(Method.CARD, [100n]),
      kit.request(Method.QR, [100n]),
    ];
    gatewayIsAway = true;
    for (const request of requests) await kit.payments.authorize(request);
    const [taken, voided, paid] = requests as [TestRequest, TestRequest, TestRequest];
    await kit.publishOrder(OrderConfirmedSchema, taken);
    await kit.payments.cancel({ paymentId: voided.paymentId });
    await kit.bank.pay(paid.paymentId, 2, 0);
    await vi.waitFor(() => expect(completed(taken.paymentId)).toHaveLength(1));
    await kit.settle();
    gatewayIsAway = false;
    await deliverAll();
    await kit.settle();
    expect((await kit.expectBalanced(taken.paymentId)).payment.status).toBe('CAPTURED');
    expect((await kit.expectBalanced(voided.paymentId)).payment).toMatchObject({
      status: 'CANCELLED',
      voiding: false,
    });
    expect((await kit.expectBalanced(paid.paymentId)).payment.status).toBe('CAPTURED');
  });

  it('may overtake the answer that they are about', async () => {
    const request = kit.request(Method.CARD, [100n]);
    kit.faults.webhooks.all = true;
    // The call is answered never; its webhook is all that is heard.
    kit.faults.plan = (operation) =>
      operation === 'authorize' ? { kind: 'timeout', effect: true } : undefined;
    await expect(kit.payments.authorize(request)).rejects.toThrow();
    kit.faults.plan = () => undefined;
    await deliverAll();
    expect((await kit.stored(request.paymentId)).status).toBe('AUTHORIZED');
    expect((await kit.payments.authorize(request)).status).toBe(Status.AUTHORIZED);
  });

  const send = (body: string, headers: Record<string, string>, provider = 'simulator') =>
    kit
      .client(PaymentService)
      .receiveWebhook(
        { provider, payload: { contentType: 'application/json', data: Buffer.from(body) } },
        { headers },
      )
      .then(
        () => 'taken',
        (error: unknown) => fromRpcError(error).code,
      );

  const notice = (paymentId: string, status: string, captured = '0') => {
    const data = { paymentId, method: 'QR', status, amount: '150', captured, declineCode: '' };
    return JSON.stringify({ id: kit.clock.id(), type: `payment.${status}`, data });
  };

  it('are refused when anything about their signature is wrong', async () => {
    const { request } = await awaiting();
    const body = notice(request.paymentId, 'captured', '150');
    const good = signWebhook(defaultWebhookSecret, 'e1', kit.clock.now(), body);
    const at = (seconds: number) => new Date(kit.clock.now().getTime() + seconds * 1000);
    const signature = good['webhook-signature'] ?? '';
    const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const bad: [string, Record<string, string>][] = [
      [body, {}],
      [body.replace('150', '151'), good],
      [`${body} `, good],
      [body, { ...good, 'webhook-id': 'e2' }],
      [body, { ...good, 'webhook-timestamp': `${Number(good['webhook-timestamp']) + 1}` }],
      [body, { ...good, 'webhook-timestamp': 'NaN' }],
      [body, { ...good, 'webhook-signature': signature.replace('v1,', 'v2,') }],
      [body, { ...good, 'webhook-signature': signature.slice(0, -4) }],
      [body, { ...good, 'webhook-signature': 'v1,' }],
      [body, signWebhook(other, 'e1', kit.clock.now(), body)],
      [body, signWebhook(defaultWebhookSecret, 'e1', at(-301), body)],
      [body, signWebhook(defaultWebhookSecret, 'e1', at(400), body)],
    ];
    for (const [text, headers] of bad) expect(await send(text, headers)).toBe('payment.bad_signature');
    expect((await kit.stored(request.paymentId)).status).toBe('AWAITING_PAYMENT');
    const rotated = { ...good, 'webhook-signature': `v1,AAAA ${signature}` };
    expect(await send(body, rotated)).toBe('taken');
    expect((await kit.stored(request.paymentId)).status).toBe('CAPTURED');
    const now = kit.clock.now();
    for (const text of [
      '',
      '{',
      '[]',
      '{"id":1}',
      notice('x', 'captured'),
      notice(request.paymentId, 'stolen'),
    ]) {
      expect(await send(text, signWebhook(defaultWebhookSecret, 'e', now, text))).toBe('request.invalid');
    }
    expect(await send(body, good, 'stripe')).toBe('provider.not_found');
  });

  it('of a payment that is not known are kept until it appears', async () => {
    const request = kit.request(Method.QR, [100n, 50n]);
    const body = notice(request.paymentId, 'captured', '150');
    for (let i = 0; i < 2; i++) {
      const signed = signWebhook(defaultWebhookSecret, 'e', kit.clock.now(), body);
      expect(await send(body, signed)).toBe('taken');
    }
    expect(await kit.service.get(Webhooks).applyKept()).toBe(0);
    await kit.payments.authorize(request);
    expect(await kit.service.get(Webhooks).applyKept()).toBe(1);
    expect(await kit.service.get(Webhooks).applyKept()).toBe(0);
    expect((await kit.stored(request.paymentId)).status).toBe('CAPTURED');
  });

  it('with another amount change nothing and are kept', async () => {
    const { request } = await awaiting();
    const body = notice(request.paymentId, 'captured', '149');
    expect(await send(body, signWebhook(defaultWebhookSecret, 'e', kit.clock.now(), body))).toBe('taken');
    expect((await kit.stored(request.paymentId)).status).toBe('AWAITING_PAYMENT');
    const kept = await kit.query(
      'select from provider_event where payment_id = $1 and applied_at is null',
      request.paymentId,
    );
    expect(kept).toHaveLength(1);
    await kit.payments.cancel({ paymentId: request.paymentId });
    await kit.service.get(Attempts).run();
  });
});
