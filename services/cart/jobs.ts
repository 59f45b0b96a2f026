import { Injectable } from '@nestjs/common';
import { CartAbandonedSchema } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { event } from '@pasar/platform/events';
import { every } from '@pasar/platform/jobs';
import { Outbox } from '@pasar/platform/outbox';
import { CartConfig } from './config.js';
import { CartStore } from './store.js';

@Injectable()
export class CartJobs {
  constructor(
    private readonly database: Database,
    private readonly store: CartStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: CartConfig,
  ) {}

  readonly jobs = [
    every('tell abandoned carts', '1m', () => this.tellAbandoned()),
    every('delete expired carts', '10m', () => this.deleteExpired()),
  ];

  /** A cart is kept until this: in the moments between its time and the next run it can be taken up again. */
  async deleteExpired(): Promise<void> {
    while ((await this.store.deleteExpired(1000)) > 0);
  }

  async tellAbandoned(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.abandonedSeconds * 1000);
    await this.database.transaction(async (tx) => {
      const carts = await this.store.markAbandoned(tx, before, 500);
      const events = carts.map(({ id, userId, itemCount, amount, currency }) =>
        event(CartAbandonedSchema, id, {
          cartId: id,
          userId,
          itemCount,
          total: amount === null || currency === null ? undefined : { amount, currency },
        }),
      );
      await this.outbox.append(tx, ...events);
    });
    this.outbox.wake();
  }
}
