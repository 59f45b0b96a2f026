import type { Type } from '@nestjs/common';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  Payment_Method as Method,
  PaymentFailedSchema,
  PaymentPendingSchema,
  Payment_Status as Status,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { Database } from '@pasar/platform/db';
import { fromRpcError } from '@pasar/platform/errors';
import { Outbox } from '@pasar/platform/outbox';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Attempts } from './attempts.js';
import { PaymentConfig } from './config.js';
import { LedgerStore } from './ledger-store.js';
import { Provider } from './provider.js';
import { ProviderCalls } from './provider-calls.js';
import { PaymentStore } from './store.js';
import { idr, startPayment, type TestPayment } from './testing.js';
import { Payments } from './use-cases.js';

let kit: TestPayment;

beforeAll(async () => {
  kit = await startPayment();
});
afterAll(() => kit.close());
afterEach(() => {
  kit.faults.plan = () => undefined;
});

const refusal = (promise: Promise<unknown>) => promise.then(() => expect.fail('accepted'), fromRpcError);

describe('authorize', () => {
  it('authorises cards and wallets at once', async () => {
    for (const method of [Method.CARD, Method.EWALLET]) {
      const request = kit.request(method, [100n, 50n]);
      const payment = await kit.payments.authorize(request);
      expect(payment).toMatchObject({ status: Status.AUTHORIZED, amount: idr(150n), provider: 'simulator' });
      expect(await kit.simulator.getSimulatedPayment({ reference: payment.providerReference })).toMatchObject(
        {
          status: 'authorized',
          amount: idr(150n),
        },
      );
    }
  });

  it('tells how and until when to pay later', async () => {
    const transfer = kit.request(Method.BANK_TRANSFER, [70n]);
    const payment = await kit.payments.authorize(transfer);
    expect(payment.status).toBe(Status.AWAITING_PAYMENT);
    expect(payment.instructions?.virtualAccount).toMatch(/^\d{16}$/);
    expect(payment.expiresAt).toBeDefined();
    expect(await kit.payments.authorize(transfer)).toEqual(payment);
    const qr = await kit.payments.authorize(kit.request(Method.QR, [70n]));
    expect(qr.instructions?.qrPayload).toContain('.70');
    await vi.waitFor(() => {
      const pending = kit
        .published(PaymentPendingSchema)
        .filter((event) => event.payment?.paymentId === payment.id);
      expect(pending).toMatchObject([{ instructions: payment.instructions, expiresAt: payment.expiresAt }]);
    });
  });

  it('asks nobody about cash', async () => {
    const request = kit.request(Method.COD, [70n]);
    expect((await kit.payments.authorize(request)).status).toBe(Status.AWAITING_PAYMENT);
    await expect(kit.bank.look(request.paymentId)).rejects.toThrow();
  });

  it('charges once for an id, however often and at once it is asked', async () => {
    const request = kit.request(Method.CARD, [100n]);
    const asked = vi.fn(() => undefined);
    kit.faults.plan = asked;
    const payments = await Promise.all(Array.from({ length: 30 }, () => kit.payments.authorize(request)));
    expect(new Set(payments.map(({ status }) => status))).toEqual(new Set([Status.AUTHORIZED]));
    expect(asked).toHaveBeenCalledTimes(1);
    await kit.payments.authorize(request);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('charges once when several processes are asked at once', async () => {
    const { get } = kit.service;
    const another = () =>
      new Payments(
        get(Database),
        get(PaymentStore),
        get(LedgerStore),
        get(ProviderCalls),
        get(Provider as unknown as Type<Provider>),
        get(Outbox),
        kit.clock,
        get(PaymentConfig),
      );
    const request = kit.request(Method.CARD, [100n]);
    const asked = { ...request, method: 'CARD' as const };
    const payments = await Promise.all(Array.from({ length: 8 }, () => another().authorize(asked)));
    expect(new Set(payments.map(({ status }) => status))).toEqual(new Set(['AUTHORIZED']));
    expect((await kit.expectBalanced(request.paymentId)).payment).toMatchObject({ version: 2 });
  });

  it('refuses other facts under the same id', async () => {
    const request = kit.request(Method.CARD, [100n, 20n]);
    await kit.payments.authorize(request);
    const other = kit.request(Method.CARD, [100n, 20n]);
    const differences = [
      {
        ...request,
        amount: idr(121n),
        shares: [request.shares[0]!, { ...request.shares[1]!, amount: idr(21n) }],
      },
      { ...request, checkoutId: other.checkoutId },
      { ...request, customerId: other.customerId },
      { ...request, method: Method.EWALLET },
      { ...request, shares: other.shares },
    ];
    for (const different of differences) {
      expect(await refusal(kit.payments.authorize(different))).toMatchObject({
        code: 'payment.mismatch',
        kind: 'conflict',
      });
    }
    expect((await kit.payments.authorize(request)).status).toBe(Status.AUTHORIZED);
  });

  it.each([
    ['tok_declined', 'card_declined'],
    ['tok_insufficient_funds', 'insufficient_funds'],
    ['tok_nobody_knows', 'invalid_card'],
  ])('keeps the decline of %s', async (token, declineCode) => {
    const request = kit.request(Method.CARD, [100n], token);
    for (let i = 0; i < 2; i++) {
      expect(await refusal(kit.payments.authorize(request))).toMatchObject({
        code: 'payment.declined',
        kind: 'payment_required',
        details: { declineCode },
      });
    }
    expect(await kit.payments.cancel({ paymentId: request.paymentId })).toMatchObject({
      status: Status.DECLINED,
    });
    await vi.waitFor(() => {
      const failed = kit
        .published(PaymentFailedSchema)
        .filter((e) => e.payment?.paymentId === request.paymentId);
      expect(failed).toMatchObject([{ code: declineCode }]);
    });
  });

  it('refuses what makes no sense, and stores nothing of it', async () => {
    const good = kit.request(Method.CARD, [100n, 20n]);
    const bad = [
      { ...good, cardToken: '' },
      { ...good, amount: idr(-1n), shares: [{ ...good.shares[0]!, amount: idr(-1n) }] },
      { ...good, shares: good.shares.map((share) => ({ ...share, subsidy: idr(-1n) })) },
      {
        ...good,
        shares: good.shares.map((share) => ({ ...share, subsidy: { amount: 1n, currency: 'USD' } })),
      },
      { ...good, amount: idr(119n) },
      { ...good, amount: { amount: 120n, currency: 'USD' } },
      { ...good, amount: idr(200n), shares: [good.shares[0]!, good.shares[0]!] },
      { ...good, amount: idr(80n), shares: [good.shares[0]!, { ...good.shares[1]!, amount: idr(-20n) }] },
      { ...good, shares: [] },
    ];
    for (const request of bad) {
      expect(await refusal(kit.payments.authorize(request))).toMatchObject({ code: 'request.invalid' });
    }
    expect((await kit.payments.batchGetPayments({ ids: [good.paymentId] })).payments).toEqual([]);
  });

  it.each(['tok_timeout', 'tok_error'])(
    'answers %s with "unavailable", and giving up leaves nothing taken',
    async (token) => {
      const request = kit.request(Method.CARD, [100n], token);
      const error = await refusal(kit.payments.authorize(request));
      expect(error).toMatchObject({ code: 'payment.unavailable', kind: 'unavailable' });
      expect(error.retryAfter).toBeGreaterThan(0);
      expect((await kit.stored(request.paymentId)).status).toBe('PENDING');
      expect(await kit.payments.cancel({ paymentId: request.paymentId })).toMatchObject({
        status: Status.CANCELLED,
      });
      await kit.settle();
      const { payment, charge } = await kit.expectBalanced(request.paymentId);
      expect(payment).toMatchObject({ status: 'CANCELLED', voiding: false });
      expect(charge?.status).toBe(token === 'tok_timeout' ? 'voided' : undefined);
    },
  );

  it('finds out by itself what became of a payment that nobody asks about again', async () => {
    const [lost, made] = [kit.request(Method.CARD, [100n]), kit.request(Method.CARD, [100n])];
    kit.faults.plan = (_, id) => ({ kind: 'timeout', effect: id === made.paymentId });
    await refusal(kit.payments.authorize(lost));
    await refusal(kit.payments.authorize(made));
    kit.faults.plan = () => undefined;
    await kit.settle();
    expect((await kit.expectBalanced(lost.paymentId)).payment.status).toBe('CANCELLED');
    expect((await kit.expectBalanced(made.paymentId)).payment.status).toBe('AUTHORIZED');
    expect(await refusal(kit.payments.authorize(lost))).toMatchObject({ code: 'payment.cancelled' });
    expect((await kit.payments.authorize(made)).status).toBe(Status.AUTHORIZED);
  });

  it('asks again under the same key after an error, and once by itself after a broken connection', async () => {
    const request = kit.request(Method.CARD, [100n]);
    kit.faults.plan = () => ({ kind: 'failed', effect: true });
    expect(await refusal(kit.payments.authorize(request))).toMatchObject({ code: 'payment.unavailable' });
    const faults = [{ kind: 'connection' as const, effect: true }];
    kit.faults.plan = () => faults.pop();
    expect((await kit.payments.authorize(request)).status).toBe(Status.AUTHORIZED);
    expect(faults).toEqual([]);
    expect((await kit.expectBalanced(request.paymentId)).charge).toMatchObject({ amount: 100n });
  });

  it('opens the breaker when the provider is down, and closes it again', async () => {
    kit.faults.plan = () => ({ kind: 'failed', effect: false });
    const requests = Array.from({ length: 40 }, () => kit.request(Method.CARD, [100n]));
    const errors = await Promise.all(requests.map((request) => refusal(kit.payments.authorize(request))));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['payment.unavailable']));
    const asked = vi.fn(() => undefined);
    kit.faults.plan = asked;
    expect(await refusal(kit.payments.authorize(kit.request(Method.CARD, [1n])))).toMatchObject({
      code: 'payment.unavailable',
    });
    expect(asked).not.toHaveBeenCalled();
    kit.clock.advance(10_000);
    expect((await kit.payments.authorize(kit.request(Method.CARD, [1n]))).status).toBe(Status.AUTHORIZED);
    await kit.settle();
    for (const { paymentId } of requests) await kit.expectBalanced(paymentId);
  });
});

describe('cancel', () => {
  it('keeps a payment from beginning that never began', async () => {
    const request = kit.request(Method.CARD, [100n]);
    for (let i = 0; i < 2; i++) {
      expect(await kit.payments.cancel({ paymentId: request.paymentId })).toMatchObject({
        status: Status.CANCELLED,
      });
    }
    expect(await refusal(kit.payments.authorize(request))).toMatchObject({
      code: 'payment.cancelled',
      kind: 'conflict',
    });
    await expect(kit.bank.look(request.paymentId)).rejects.toThrow();
  });

  it('voids what was authorised, and stops what waits to be paid', async () => {
    for (const method of [Method.CARD, Method.QR, Method.COD]) {
      const request = kit.request(method, [100n]);
      await kit.payments.authorize(request);
      expect(await kit.payments.cancel({ paymentId: request.paymentId })).toMatchObject({
        status: Status.CANCELLED,
      });
      await kit.settle();
      const { charge } = await kit.expectBalanced(request.paymentId);
      expect(charge?.status).toBe(method === Method.COD ? undefined : 'voided');
    }
  });

  it('is not believed to be needless before a call can no longer arrive', async () => {
    const request = kit.request(Method.CARD, [100n]);
    kit.faults.plan = () => ({ kind: 'timeout', effect: false });
    await refusal(kit.payments.authorize(request));
    kit.faults.plan = () => undefined;
    await kit.payments.cancel({ paymentId: request.paymentId });
    await kit.service.get(Attempts).run();
    expect(await kit.stored(request.paymentId)).toMatchObject({ status: 'CANCELLED', voiding: true });
    // The call was on its way all the time.
    const { paymentId, customerId, cardToken, amount } = request;
    const late = { paymentId, customerId, cardToken, amount, method: 'CARD' as const, expiresAt: null };
    await kit.bank.authorize(late, new AbortController().signal);
    await kit.settle();
    expect((await kit.expectBalanced(paymentId)).charge?.status).toBe('voided');
  });

  it('races an authorisation, and nothing stays taken', async () => {
    const requests = Array.from({ length: 60 }, () => kit.request(Method.CARD, [100n]));
    await Promise.all(
      requests.flatMap((request) => [
        kit.payments.authorize(request).catch((error: unknown) => {
          expect(fromRpcError(error)).toMatchObject({ code: 'payment.cancelled' });
        }),
        kit.payments.cancel({ paymentId: request.paymentId }),
      ]),
    );
    await kit.settle();
    for (const { paymentId } of requests) {
      expect((await kit.expectBalanced(paymentId)).payment.status).toBe('CANCELLED');
    }
  });
});

describe('a payment', () => {
  it('is shown to its owner and to staff, and to nobody else', async () => {
    const request = kit.request(Method.CARD, [100n]);
    const { id } = await kit.payments.authorize(request);
    const staff = asUser({ id: kit.clock.id(), roles: [Role.ADMIN] });
    for (const who of [asUser({ id: request.customerId }), staff]) {
      expect(await kit.payments.getPayment({ id }, who)).toMatchObject({
        id,
        checkoutId: request.checkoutId,
      });
    }
    const others = [asUser({ id: kit.clock.id() }), asUser({ id: kit.clock.id(), roles: [Role.SELLER] })];
    for (const who of others) {
      expect(await refusal(kit.payments.getPayment({ id }, who))).toMatchObject({
        code: 'payment.not_found',
      });
    }
    expect(await refusal(kit.payments.getPayment({ id }))).toMatchObject({ kind: 'unauthenticated' });
  });
});
