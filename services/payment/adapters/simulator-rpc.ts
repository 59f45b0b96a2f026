import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type GetSimulatedPaymentRequest,
  type GetStatementRequest,
  Payment_Method,
  type PaySimulatedPaymentRequest,
  type SimulatedPaymentSchema,
  type SimulatorService,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { invalidField, notFound } from '@pasar/platform/errors';
import { PaymentConfig } from '../config.js';
import { type BankCharge, SimulatedBank } from './simulated-bank.js';
import { paymentIdOf, referenceOf } from './simulator.js';

/** The bank's counter: for people who try things out, and for tests. */
@Injectable()
export class SimulatorRpc implements ServiceImpl<typeof SimulatorService> {
  constructor(
    private readonly bank: SimulatedBank,
    private readonly config: PaymentConfig,
  ) {}

  async getSimulatedPayment({ reference }: GetSimulatedPaymentRequest) {
    return toMessage(await this.bank.look(this.#paymentIdOf(reference)));
  }

  async paySimulatedPayment({ reference, deliveries, delayMs }: PaySimulatedPaymentRequest) {
    return toMessage(await this.bank.pay(this.#paymentIdOf(reference), deliveries || 1, delayMs));
  }

  async *getStatement({ date }: GetStatementRequest) {
    if (new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date)
      throw invalidField('date', 'No such day.');
    const encoder = new TextEncoder();
    const header = 'kind,payment_id,key,amount,currency,at\n';
    yield { contentType: 'text/csv; charset=utf-8', data: encoder.encode(header) };
    for await (const page of this.bank.statement(date)) {
      const lines = page.map(({ kind, paymentId, key, amount, at }) =>
        [kind, paymentId ?? '', key, amount.amount, amount.currency, at.toISOString()].join(),
      );
      yield { data: encoder.encode(`${lines.join('\n')}\n`) };
    }
  }

  /** Where another provider has the money nothing can be paid here. */
  #paymentIdOf(reference: string): string {
    const id = this.config.provider === 'simulator' ? paymentIdOf(reference) : undefined;
    if (!id) throw notFound('simulated_payment');
    return id;
  }
}

function toMessage(charge: BankCharge): MessageInitShape<typeof SimulatedPaymentSchema> {
  const { paymentId, status, method, amount, captured, refunded, currency } = charge;
  return {
    reference: referenceOf(paymentId),
    status,
    method: Payment_Method[method],
    amount: { amount, currency },
    captured: { amount: captured, currency },
    refunded: { amount: refunded, currency },
  };
}
