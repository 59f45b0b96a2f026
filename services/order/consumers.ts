import { Injectable } from '@nestjs/common';
import { PaymentCompletedSchema, PaymentFailedSchema } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { onBatch } from '@pasar/platform/inbox';
import { CheckoutSaga } from './checkout.saga.js';

/** News of an asynchronous payment wakes the checkout that waits for it. */
@Injectable()
export class OrderConsumers {
  constructor(private readonly saga: CheckoutSaga) {}

  readonly subscriptions = [PaymentCompletedSchema, PaymentFailedSchema].map((schema) =>
    onBatch(schema, async (tx, events, { afterCommit }) => {
      const checkoutIds = events.flatMap(({ data }) => data.payment?.checkoutId ?? []);
      if ((await this.saga.sagas.wake(tx, checkoutIds)) > 0) afterCommit(() => this.saga.sagas.recover());
    }),
  );
}
