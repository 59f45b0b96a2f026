'use server';
import type { Schemas } from '@pasar/sdk';
import { ApiError } from '@pasar/sdk/api-error';
import { api, customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';

export async function quoteCheckout(
  request: Schemas['QuoteCheckoutRequest'],
): Promise<Outcome<Schemas['CheckoutQuote']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/checkout:quote', { body: request });
  });
}

/**
 * @param key of this intent: however often it is sent, it is placed and paid once
 * @returns the checkout; the one of another window, where that was faster with the same cart
 */
export async function placeOrder(
  request: Schemas['PlaceOrderRequest'],
  key: string,
): Promise<Outcome<Schemas['Checkout']>> {
  return outcomeOf(async () => {
    // Each try asks the bank anew while the customer waits, and leaves a cancelled order behind.
    const client = await customerApi(0);
    const params = { header: { 'Idempotency-Key': key } };
    return client.post('/api/v1/orders', { params, body: request }).catch((error) => {
      if (!(error instanceof ApiError) || error.code !== 'checkout.already_placed') throw error;
      const id = String(error.problem.checkoutId);
      return client.get('/api/v1/checkouts/{id}', { params: { path: { id } } });
    });
  });
}

/** Plays the customer's bank, where payments are simulated. */
export async function payInSimulator(reference: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await api();
    await client.post('/api/v1/simulator/payments/{reference}:pay', {
      params: { path: { reference } },
      body: {},
    });
    return undefined;
  });
}

export async function cancelOrder(id: string, reason: string): Promise<Outcome<Schemas['Order']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/orders/{id}:cancel', { params: { path: { id } }, body: { reason } });
  });
}

export async function completeOrder(id: string): Promise<Outcome<Schemas['Order']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/orders/{id}:complete', { params: { path: { id } } });
  });
}
