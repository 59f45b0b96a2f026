import { Injectable } from '@nestjs/common';
import { every } from '@pasar/platform/jobs';
import { CheckoutSaga } from './checkout.saga.js';
import { CheckoutAudit } from './checkout-audit.js';
import { Departures } from './departures.js';
import { Orders } from './orders.js';

@Injectable()
export class OrderJobs {
  constructor(
    private readonly saga: CheckoutSaga,
    private readonly orders: Orders,
    private readonly departures: Departures,
    private readonly audit: CheckoutAudit,
  ) {}

  readonly jobs = [
    every('recover checkouts', '1s', () => this.recover()),
    every('complete delivered orders', '10m', () => this.orders.completeDelivered()),
    every('forget customers who have left', '1h', () => this.departures.erase()),
    every('close refused returns', '10m', () => this.orders.closeReturns()),
    every('count stuck checkouts', '15s', () => this.audit.survey()),
    every('compare checkouts and sagas', '10m', () => this.audit.compareSagas()),
    every('compare orders and charges', '1h', () => this.audit.compareCharges()),
  ];

  async recover(): Promise<void> {
    while ((await this.saga.sagas.recover()) > 0);
  }

  stop(): Promise<void> {
    return this.saga.sagas.stop();
  }
}
