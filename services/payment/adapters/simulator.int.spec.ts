import { Payment_Method as Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { ConfigError } from '@pasar/platform/config';
import { fromRpcError } from '@pasar/platform/errors';
import { startTestService } from '@pasar/platform/testing/service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PaymentConfig } from '../config.js';
import { paymentService } from '../payment.module.js';
import { startPayment, type TestPayment } from '../testing.js';
import { SimulatorFaults } from './simulator-faults.js';

let kit: TestPayment;
const signal = new AbortController().signal;

beforeAll(async () => {
  kit = await startPayment({
    background: false,
    environment: { PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '5000' },
  });
});
afterAll(() => kit.close());
afterEach(() => {
  kit.faults.plan = () => undefined;
});

const ask = (paymentId: string, amount = 100n, cardToken = 'tok_success') => {
  return {
    ...{ paymentId, customerId: paymentId },
    method: 'CARD' as const,
    cardToken,
    amount: { amount, currency: 'IDR' },
    expiresAt: null,
  };
};

describe('the simulated bank', () => {
  it('answers a key as it did before, and refuses other facts under it', async () => {
    const id = kit.clock.id();
    const both = await Promise.all([
      kit.bank.authorize(ask(id), signal),
      kit.bank.authorize(ask(id), signal),
    ]);
    expect(both[0]).toEqual(both[1]);
    for (const other of [ask(id, 101n), ask(id, 100n, 'tok_slow')]) {
      await expect(kit.bank.authorize(other, signal)).rejects.toMatchObject({ kind: 'rejected' });
    }
    const amount = { amount: 60n, currency: 'IDR' };
    for (let i = 0; i < 2; i++) {
      expect(await kit.bank.capture({ key: 'c', paymentId: id, amount }, signal)).toMatchObject({
        captured: 60n,
      });
    }
    await expect(kit.bank.capture({ key: 'd', paymentId: id, amount }, signal)).rejects.toMatchObject({
      kind: 'rejected',
    });
    for (let i = 0; i < 2; i++) await kit.bank.refund({ key: `r${id}`, paymentId: id, amount }, signal);
    await expect(kit.bank.refund({ key: `s${id}`, paymentId: id, amount }, signal)).rejects.toMatchObject({
      kind: 'rejected',
    });
    expect(await kit.bank.look(id)).toMatchObject({ captured: 60n, refunded: 60n });
  });

  it('writes charges that come together in few commits', async () => {
    const commits = async () => {
      const { rows } = await kit.bank.database.pool.query(
        'select count(distinct xmin::text)::int as groups from charge where token = $1',
        ['tok_success'],
      );
      return rows[0].groups as number;
    };
    const before = await commits();
    await Promise.all(Array.from({ length: 100 }, () => kit.bank.authorize(ask(kit.clock.id()), signal)));
    expect((await commits()) - before).toBeLessThanOrEqual(3);
  });

  it('takes its time with tok_slow, and then has done it', async () => {
    const request = kit.request(Method.CARD, [100n], 'tok_slow');
    expect((await kit.payments.authorize(request)).providerReference).toMatch(/^sim_/);
  });

  it('fails and falls silent as often as the settings say', () => {
    const faults = (settings: Record<string, string>) => new SimulatorFaults(PaymentConfig.read(settings));
    expect(faults({}).plan('authorize', '')).toBeUndefined();
    expect(faults({ PASAR_SIMULATOR_ERROR_RATE: '1' }).plan('authorize', '')).toMatchObject({
      kind: 'failed',
    });
    expect(faults({ PASAR_SIMULATOR_TIMEOUT_RATE: '1' }).plan('refund', '')).toMatchObject({
      kind: 'timeout',
    });
  });

  it('declines as often as it is told to', async () => {
    kit.faults.declineRate = 1;
    const error = await kit.payments.authorize(kit.request(Method.EWALLET, [1n])).catch(fromRpcError);
    kit.faults.declineRate = 0;
    expect(error).toMatchObject({ code: 'payment.declined', details: { declineCode: 'card_declined' } });
  });

  it('knows its own references only', async () => {
    for (const reference of ['sim_x', `sim_${'0'.repeat(32)}`, 'pi_123']) {
      const error = await kit.simulator.getSimulatedPayment({ reference }).catch(fromRpcError);
      expect(error).toMatchObject({ code: 'simulated_payment.not_found' });
    }
  });
});

it('does not start in production with the secret that everybody knows', async () => {
  await expect(
    startTestService(paymentService, { environment: { PASAR_PROFILE: 'production' } }),
  ).rejects.toThrow(ConfigError);
});
