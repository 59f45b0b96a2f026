'use server';
import type { Schemas } from '@pasar/sdk';
import { customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';
import { forgetDevice, registerDevice } from '../lib/session';

/** From now on messages are pushed to this browser. */
export async function addDevice(
  endpoint: string,
  keys: Schemas['SubscriptionKeys'],
): Promise<Outcome<Schemas['Device']>> {
  return outcomeOf(async () => registerDevice(await customerApi(), endpoint, keys));
}

export async function removeDevice(): Promise<Outcome<void>> {
  return outcomeOf(async () => forgetDevice(await customerApi()));
}
