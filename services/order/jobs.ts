import { Injectable } from '@nestjs/common';
import { every } from '@pasar/platform/jobs';
import { CheckoutSaga } from './checkout.saga.js';
import { Departures } from './departures.js';
import { Orders } from './orders.js';

@Injectable()
export class OrderJobs {
  constructor(
    private readonly saga: CheckoutSaga,
    private readonly orders: Orders,
    private readonly departures: Departures,
  ) {}

  readonly jobs = [
    every('recover checkouts', '1s', () => this.recover()),
    every('complete delivered orders', '10m', () => this.orders.completeDelivered()),
    every('forget customers who have left', '1h', () => this.departures.erase()),
    every('close refused returns', '10m', () => this.orders.closeReturns()),
  ];

  async recover(): Promise<void> {
    while ((await this.saga.sagas.recover()) > 0);
  }

  stop(): Promise<void> {
    return this.saga.sagas.stop();
  }
}
