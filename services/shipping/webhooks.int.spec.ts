import { Shipment_Status, ShipmentUpdatedSchema } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { signWebhook } from '@pasar/platform/webhook-signature';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultWebhookSecret } from './config.js';
import { codeOf, startShipping, type TestOrder, type TestShipping } from './testing.js';

let kit: TestShipping;

beforeAll(async () => {
  // In life's own time: whatever is heard here, the test says.
  kit = await startShipping({ PASAR_CARRIER_PACE: '1' });
});
afterAll(() => kit.close());

const send = (body: string, headers: Record<string, string>, carrier = 'santai-logistik') =>
  codeOf(
    kit.shipping.receiveWebhook(
      { carrier, payload: { contentType: 'application/json', data: Buffer.from(body) } },
      { headers },
    ),
  );
const signed = (body: string, id = 'e') => signWebhook(defaultWebhookSecret, id, kit.clock.now(), body);

function notice(trackingNumber: string, kind: string, minute = 1, id = kit.clock.id()): string {
  const at = new Date(kit.clock.now().getTime() + minute * 60_000).toISOString();
  return JSON.stringify({
    id,
    data: { trackingNumber, kind, place: 'Garut', note: '', receivedBy: 'Sari', at },
  });
}

async function handedOver(): Promise<{ order: TestOrder; trackingNumber: string }> {
  const order = kit.order();
  const { parcels } = await kit.shipping.handOver({ order });
  return { order, trackingNumber: parcels[0]?.trackingNumber ?? '' };
}

describe('a webhook of a carrier', () => {
  it('is refused when anything about its signature is wrong', async () => {
    const { order, trackingNumber } = await handedOver();
    const body = notice(trackingNumber, 'DELIVERED');
    const good = signed(body, 'e1');
    const at = (seconds: number) => new Date(kit.clock.now().getTime() + seconds * 1000);
    const signature = good['webhook-signature'] ?? '';
    const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const bad: [string, Record<string, string>][] = [
      [body, {}],
      [body.replace('Sari', 'Budi'), good],
      [body, { ...good, 'webhook-id': 'e2' }],
      [body, { ...good, 'webhook-signature': signature.slice(0, -4) }],
      [body, signWebhook(other, 'e1', kit.clock.now(), body)],
      [body, signWebhook(defaultWebhookSecret, 'e1', at(-301), body)],
    ];
    for (const [text, headers] of bad) expect(await send(text, headers)).toBe('shipping.bad_signature');
    expect((await kit.see(order)).status).toBe(Shipment_Status.HANDED_OVER);
    expect(await send(body, good)).toBe('ok');
    expect((await kit.see(order)).status).toBe(Shipment_Status.DELIVERED);
  });

  it('is refused when it makes no sense', async () => {
    const { trackingNumber } = await handedOver();
    const nonsense = ['', '{', '[]', '{"id":1}', notice(trackingNumber, 'STOLEN'), notice('', 'LOST')];
    for (const text of nonsense) expect(await send(text, signed(text))).toBe('request.invalid');
    const unknown = notice('SL000000000000', 'LOST');
    expect(await send(unknown, signed(unknown))).toBe('parcel.not_found');
    const body = notice(trackingNumber, 'LOST');
    expect(await send(body, signed(body), 'nobody')).toBe('carrier.not_found');
    // A carrier tells of its own parcels only.
    expect(await send(body, signed(body), 'kilat-ekspres')).toBe('parcel.not_found');
  });

  it('takes effect once, and in whatever order it comes', async () => {
    const { order, trackingNumber } = await handedOver();
    const bodies = ['PICKED_UP', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED'].map((kind, minute) =>
      notice(trackingNumber, kind, minute),
    );
    await Promise.all([...bodies, ...bodies, ...bodies].toReversed().map((body) => send(body, signed(body))));
    const shipment = await kit.see(order);
    expect(shipment.status).toBe(Shipment_Status.DELIVERED);
    expect(shipment.events).toHaveLength(4);
    await vi.waitFor(() => {
      const told = kit
        .published(ShipmentUpdatedSchema)
        .filter(({ shipment: facts, event }) => facts?.orderId === order.orderId && event);
      expect(told).toHaveLength(4);
    }, 10_000);
  });
});
