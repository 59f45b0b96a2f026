'use server';
import type { Schemas } from '@pasar/sdk';
import { headers } from 'next/headers';
import { customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';
import { forgetDevice, keepDevice } from '../lib/session';
import { deviceOf } from '../lib/user-agent';

/** From now on messages are pushed to this browser. */
export async function addDevice(
  endpoint: string,
  keys: Schemas['SubscriptionKeys'],
): Promise<Outcome<Schemas['Device']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const name = deviceOf((await headers()).get('user-agent') ?? '').slice(0, 100);
    const device = await client.post('/api/v1/devices', { body: { endpoint, keys, name } });
    await keepDevice(device.id);
    return device;
  });
}

export async function removeDevice(): Promise<Outcome<void>> {
  return outcomeOf(async () => forgetDevice(await customerApi()));
}
