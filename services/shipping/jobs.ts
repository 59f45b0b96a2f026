import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { Metrics } from '@pasar/platform/telemetry';
import { CarrierCalls } from './carrier-calls.js';
import { ShippingStore } from './store.js';
import { Shipments } from './use-cases.js';

@Injectable()
export class ShippingJobs {
  readonly #owed;
  readonly #oldest;

  constructor(
    private readonly database: Database,
    private readonly calls: CarrierCalls,
    private readonly shipments: Shipments,
    private readonly store: ShippingStore,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#owed = metrics.gauge(
      'pasar_shipping_owed_calls',
      'Shipments whose carriers have yet to be told something',
    );
    this.#oldest = metrics.gauge('pasar_shipping_oldest_call_seconds', 'How long the first of them waits');
  }

  readonly jobs = [
    every('tell carriers', '2s', () => this.calls.run()),
    every('count calls to carriers', '15s', () => this.survey()),
    every('give up silent parcels', '10m', () => this.shipments.giveUpSilent()),
    every('forget customers who have left', '1h', () => this.forgetDeparted()),
  ];

  async survey(): Promise<void> {
    const { owed, oldest } = await this.store.survey();
    this.#owed.set(owed);
    this.#oldest.set(oldest ? (this.clock.now().getTime() - oldest.getTime()) / 1000 : 0);
  }

  forgetDeparted(): Promise<void> {
    return this.database.transaction((tx) => this.store.eraseDeparted(tx));
  }

  stop(): Promise<void> {
    return this.calls.stop();
  }
}
