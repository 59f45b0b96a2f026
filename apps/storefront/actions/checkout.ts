'use server';
import type { Schemas } from '@pasar/sdk';
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

/** @param key of this intent: however often it is sent, it is placed and paid once */
export async function placeOrder(
  request: Schemas['PlaceOrderRequest'],
  key: string,
): Promise<Outcome<Schemas['Checkout']>> {
  return outcomeOf(async () => {
    // Each try asks the bank anew while the customer waits, and leaves a cancelled order behind.
    const client = await customerApi(0);
    const params = { header: { 'Idempotency-Key': key } };
    return client.post('/api/v1/orders', { params, body: request });
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
