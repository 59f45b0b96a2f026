import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  Shipment_Status,
  ShipmentCreatedSchema,
  ShipmentDeliveredSchema,
  TrackingEvent_Kind,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ShippingJobs } from './jobs.js';
import {
  buyerOf,
  codeOf,
  sellerOf,
  staff,
  startShipping,
  type TestOrder,
  type TestShipping,
} from './testing.js';
import { Shipments } from './use-cases.js';

let kit: TestShipping;

beforeAll(async () => {
  kit = await startShipping();
});
afterAll(() => kit.close());
afterEach(() => {
  kit.depot.away = false;
});

const createdOf = ({ orderId }: TestOrder) =>
  kit.published(ShipmentCreatedSchema).filter(({ shipment }) => shipment?.orderId === orderId);
const deliveredOf = ({ orderId }: TestOrder) =>
  kit.published(ShipmentDeliveredSchema).filter(({ shipment }) => shipment?.orderId === orderId);
const statusOf = async (order: TestOrder) => Shipment_Status[(await kit.see(order)).status];
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 25 });

/** An order whose shipment is booked. */
async function booked(bend: Parameters<TestShipping['order']>[0] = {}): Promise<TestOrder> {
  const order = kit.order(bend);
  await kit.confirm(order);
  await kit.booked(order);
  return order;
}

/** Lets the carriers' time pass. */
async function pass(days: number): Promise<void> {
  kit.clock.advance(days * 6_000);
  while ((await kit.depot.move()) > 0);
  await kit.settle();
}

describe('a confirmed order', () => {
  it('is booked with its carrier, once, however often it is told', async () => {
    const order = kit.order();
    await Promise.all([kit.confirm(order), kit.confirm(order)]);
    const shipment = await kit.booked(order);
    await kit.confirm(order);
    expect(shipment).toMatchObject({
      ...{ orderId: order.orderId, orderNumber: order.number, status: Shipment_Status.BOOKED },
      ...{ service: 'regular', carrier: 'Santai Logistik', cost: { amount: 1_000_000n, currency: 'IDR' } },
      destination: { recipient: 'Sari Pelanggan', city: 'Garut' },
      parcels: [{ number: 1, weightGrams: 1500n, trackingNumber: expect.stringMatching(/^SL[0-9A-Z]{12}$/) }],
    });
    await eventually(async () => expect(createdOf(order)).toHaveLength(1));
    expect(createdOf(order)[0]?.shipment).toMatchObject({
      shipmentId: shipment.id,
      trackingNumbers: [shipment.parcels[0]?.trackingNumber],
    });
  });

  it('is seen by its buyer, its seller and staff, and by nobody else', async () => {
    const order = await booked();
    const { id } = await kit.see(order);
    const seen = async (options: object) => [
      await codeOf(kit.shipping.getShipment({ id }, options)),
      await codeOf(kit.shipping.getOrderShipment({ orderId: order.orderId }, options)),
    ];
    for (const options of [buyerOf(order), sellerOf(order), staff()])
      expect(await seen(options)).toEqual(['ok', 'ok']);
    const rival = sellerOf(kit.order());
    for (const options of [asUser({ id: kit.clock.id() }), rival])
      expect(await seen(options)).toEqual(['shipment.not_found', 'shipment.not_found']);
    expect(await codeOf(kit.shipping.getLabel({ id }, rival))).toBe('shipment.not_found');
    expect(await codeOf(kit.shipping.packShipment({ id, weightGrams: [1n] }, rival))).toBe(
      'shipment.not_found',
    );
    expect(await codeOf(kit.shipping.getLabel({ id }, buyerOf(order)))).toBe('access.forbidden');
    // Nor by a seller who bought it elsewhere.
    const shopkeeper = await booked({ customerId: kit.clock.id() });
    const { id: bought } = await kit.see(shopkeeper);
    const own = asUser({ id: shopkeeper.customerId, roles: [Role.SELLER], sellerId: kit.clock.id() });
    expect(await codeOf(kit.shipping.getLabel({ id: bought }, own))).toBe('shipment.not_found');
    expect(await codeOf(kit.shipping.getShipment({ id: bought }, own))).toBe('ok');
  });

  it('is listed newest first in pages, for its buyer, its store and staff', async () => {
    const [sellerId, customerId] = [kit.clock.id(), kit.clock.id()];
    const orders: TestOrder[] = [];
    for (let n = 0; n < 5; n++) orders.unshift(await booked({ sellerId, customerId }));
    await kit.shipping.handOver({ order: orders[0] });
    const [order] = orders as [TestOrder];
    const all = async (list: typeof kit.shipping.listShipments, options: object, status = 0) => {
      const found: string[] = [];
      let pageToken = '';
      do {
        const page = await list({ pageSize: 2, pageToken, status }, options);
        found.push(...page.shipments.map(({ orderId }) => orderId));
        pageToken = page.nextPageToken;
      } while (pageToken);
      return found;
    };
    const { listShipments, listSellerShipments } = kit.shipping;
    const expected = orders.map(({ orderId }) => orderId);
    expect(await all(listShipments, buyerOf(order))).toEqual(expected);
    expect(await all(listSellerShipments, sellerOf(order))).toEqual(expected);
    expect(await all(listSellerShipments, sellerOf(order), Shipment_Status.BOOKED)).toEqual(
      expected.slice(1),
    );
    expect(await all(listShipments, asUser({ id: kit.clock.id() }))).toEqual([]);
    const everything = await all(listShipments, staff());
    expect(everything.slice(0, 5)).toEqual(expected);
    expect(everything.length).toBeGreaterThan(5);
    expect(await codeOf(listShipments({ pageToken: 'AAAA' }, staff()))).toBe('request.invalid');
  });

  it('is booked later when its carrier does not answer', async () => {
    kit.depot.away = true;
    const order = kit.order();
    await kit.confirm(order);
    await eventually(async () => expect(await statusOf(order)).toBe('PENDING'));
    const { id } = await kit.see(order);
    expect(await codeOf(kit.shipping.getLabel({ id }, sellerOf(order)))).toBe('shipping.no_label');
    expect(await codeOf(kit.shipping.handOver({ order }))).toBe('shipping.carrier_unavailable');
    expect(createdOf(order)).toEqual([]);
    kit.depot.away = false;
    kit.clock.advance(60_000);
    await kit.settle();
    await kit.booked(order);
    await eventually(async () => expect(createdOf(order)).toHaveLength(1));
  });
});

describe('parcels', () => {
  it('are as many as the carrier needs, and other ones when the seller packs them so', async () => {
    const order = await booked({ grams: 61_000 });
    const { id, parcels } = await kit.see(order);
    expect(parcels.map(({ weightGrams }) => Number(weightGrams))).toEqual([20_334, 20_333, 20_333]);
    const seller = sellerOf(order);
    const pack = (...weightGrams: bigint[]) => kit.shipping.packShipment({ id, weightGrams }, seller);
    expect(await codeOf(pack(30_001n))).toBe('shipment.too_heavy');
    expect(await codeOf(pack())).toBe('request.invalid');
    expect(await codeOf(pack(0n))).toBe('request.invalid');
    expect((await pack(30_000n, 30_000n)).status).toBe(Shipment_Status.PENDING);
    const packed = await kit.booked(order);
    expect(packed.parcels).toHaveLength(2);
    const before = new Set(parcels.map(({ trackingNumber }) => trackingNumber));
    for (const { trackingNumber } of packed.parcels) expect(before).not.toContain(trackingNumber);
    // The numbers that were given back are worth nothing.
    const old = await kit.simulator.getSimulatedParcel({ trackingNumber: parcels[0]?.trackingNumber });
    expect(old.state).toBe('cancelled');
    // The same again changes nothing.
    expect(await pack(30_000n, 30_000n)).toMatchObject({ parcels: packed.parcels });
    expect(createdOf(order)).toHaveLength(1);
    await kit.shipping.handOver({ order });
    expect(await codeOf(pack(1n))).toBe('shipment.handed_over');
  });

  it('have a label each', async () => {
    const order = { ...kit.order({ grams: 61_000 }), collect: { amount: 5_350_000n, currency: 'IDR' } };
    order.destination = { ...order.destination, recipient: 'Ibu Sari 🌸 名', line2: 'x'.repeat(200) };
    await kit.confirm(order);
    const { id } = await kit.booked(order);
    const { contentType, data } = await kit.shipping.getLabel({ id }, sellerOf(order));
    expect(contentType).toBe('application/pdf');
    const text = Buffer.from(data).toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(3);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  });

  it('that differ make the shipment what the last of them is', async () => {
    const order = await booked({ grams: 45_000 });
    const { parcels } = await kit.shipping.handOver({ order });
    const [first, second] = parcels.map(({ trackingNumber }) => trackingNumber) as [string, string];
    await kit.settle();
    const { DELIVERED, LOST } = TrackingEvent_Kind;
    await kit.simulator.advanceSimulatedParcel({ trackingNumber: first, until: DELIVERED });
    await kit.settle();
    expect(await statusOf(order)).toBe('HANDED_OVER');
    await kit.simulator.advanceSimulatedParcel({ trackingNumber: second });
    await kit.settle();
    expect(await statusOf(order)).toBe('PICKED_UP');
    expect(deliveredOf(order)).toEqual([]);
    await kit.simulator.advanceSimulatedParcel({ trackingNumber: second, until: LOST });
    await kit.settle();
    expect(await statusOf(order)).toBe('LOST');
  });
});

describe('a shipment that is handed over', () => {
  it('goes its way with time, to the door, and is proved to have arrived', async () => {
    const order = await booked();
    const handedOver = await kit.shipping.handOver({ order });
    expect(handedOver).toMatchObject({
      status: Shipment_Status.HANDED_OVER,
      carrier: 'Santai Logistik',
      expectedFrom: expect.anything(),
    });
    await kit.settle();
    expect(await statusOf(order)).toBe('HANDED_OVER');
    await pass(0.5);
    expect(['PICKED_UP', 'IN_TRANSIT']).toContain(await statusOf(order));
    await pass(3);
    const shipment = await kit.see(order);
    expect(shipment).toMatchObject({
      status: Shipment_Status.DELIVERED,
      parcels: [{ status: Shipment_Status.DELIVERED, proof: { receivedBy: expect.stringMatching(/\w/) } }],
    });
    expect(shipment.events.map(({ kind }) => TrackingEvent_Kind[kind])).toEqual([
      'PICKED_UP',
      'IN_TRANSIT',
      'IN_TRANSIT',
      'OUT_FOR_DELIVERY',
      'DELIVERED',
    ]);
    expect(shipment.events.map(({ place }) => place)).toEqual([
      'Bandung',
      'Bandung',
      'Garut',
      'Garut',
      'Garut',
    ]);
    await eventually(async () => expect(deliveredOf(order)).toHaveLength(1));
    expect(deliveredOf(order)[0]?.proof?.receivedBy).toBe(shipment.parcels[0]?.proof?.receivedBy);
    expect(kit.answered).not.toContain(404);
  });

  it('is so once, from whoever it is heard first, and before its order was heard of', async () => {
    const order = kit.order();
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => kit.shipping.handOver({ order })),
      kit.confirm(order),
    ]);
    const numbers = answers.flatMap(
      (answer) => answer?.parcels.map(({ trackingNumber }) => trackingNumber) ?? [],
    );
    expect(new Set(numbers).size).toBe(1);
    await kit.settle();
    expect(await statusOf(order)).toBe('HANDED_OVER');
    expect(createdOf(order).length).toBeLessThanOrEqual(1);
  });

  it("may go by the seller's own courier, of whom nothing is heard", async () => {
    const order = await booked();
    const before = await kit.see(order);
    const own = { ownCarrier: 'Kurir Nusantara', ownTrackingNumber: 'KN1' };
    const handedOver = await kit.shipping.handOver({ order, ...own });
    expect(handedOver).toMatchObject({
      ...{ ownCourier: true, carrier: 'Kurir Nusantara', status: Shipment_Status.HANDED_OVER },
      parcels: [{ trackingNumber: 'KN1' }],
    });
    expect(handedOver.expectedFrom).toBeUndefined();
    await kit.settle();
    const [{ trackingNumber }] = before.parcels as [(typeof before.parcels)[0]];
    expect((await kit.simulator.getSimulatedParcel({ trackingNumber })).state).toBe('cancelled');
    // What was said first counts.
    expect((await kit.shipping.handOver({ order })).carrier).toBe('Kurir Nusantara');
    const completed = await kit.shipping.completeShipment({ orderId: order.orderId });
    expect(completed).toMatchObject({
      status: Shipment_Status.DELIVERED,
      parcels: [{ proof: { receivedBy: '' } }],
    });
    await eventually(async () => expect(deliveredOf(order)).toHaveLength(1));
  });

  it('may be brought in person as long as no carrier has it', async () => {
    const order = await booked();
    const { orderId } = order;
    expect(await codeOf(kit.shipping.completeShipment({ orderId }))).toBe('shipment.not_handed_over');
    const { parcels } = await kit.shipping.handOver({ order });
    const completed = await Promise.all(
      Array.from({ length: 4 }, () => kit.shipping.completeShipment({ orderId })),
    );
    expect(new Set(completed.map(({ status }) => status))).toEqual(new Set([Shipment_Status.DELIVERED]));
    await kit.settle();
    const [{ trackingNumber }] = parcels as [(typeof parcels)[0]];
    expect((await kit.simulator.getSimulatedParcel({ trackingNumber })).state).toBe('cancelled');
    await eventually(async () => expect(deliveredOf(order)).toHaveLength(1));

    const fetched = await booked();
    await kit.shipping.handOver({ order: fetched });
    await kit.settle();
    await pass(0.5);
    expect(await codeOf(kit.shipping.completeShipment({ orderId: fetched.orderId }))).toBe(
      'shipment.carrier_has_it',
    );
    expect(await codeOf(kit.shipping.completeShipment({ orderId: kit.clock.id() }))).toBe(
      'shipment.not_found',
    );
  });
});

describe('an order that is cancelled', () => {
  it('is not sent, whether it was booked, is being booked, or is handed over at this moment', async () => {
    kit.depot.away = true;
    const unbooked = kit.order();
    await kit.confirm(unbooked);
    await eventually(async () => expect(await statusOf(unbooked)).toBe('PENDING'));
    await kit.cancel(unbooked);
    await eventually(async () => expect(await statusOf(unbooked)).toBe('CANCELLED'));
    kit.depot.away = false;

    const asked = await booked();
    await kit.cancel(asked);
    await eventually(async () => expect(await statusOf(asked)).toBe('CANCELLED'));
    expect(await codeOf(kit.shipping.handOver({ order: asked }))).toBe('shipment.cancelled');
    kit.clock.advance(60_000);
    await kit.settle();
    const { parcels } = await kit.see(asked);
    const [{ trackingNumber }] = parcels as [(typeof parcels)[0]];
    expect((await kit.simulator.getSimulatedParcel({ trackingNumber })).state).toBe('cancelled');

    const raced = await Promise.all(Array.from({ length: 8 }, () => booked()));
    await Promise.all(
      raced.map((order) => Promise.all([kit.cancel(order), codeOf(kit.shipping.handOver({ order }))])),
    );
    for (const order of raced) await eventually(async () => expect(await statusOf(order)).toBe('CANCELLED'));
    await kit.settle();
    expect(createdOf(unbooked)).toEqual([]);
  });

  it('comes back from its carrier, and stays cancelled', async () => {
    const order = await booked();
    const { parcels } = await kit.shipping.handOver({ order });
    await kit.settle();
    await pass(0.5);
    await kit.cancel(order);
    await eventually(async () => expect(await statusOf(order)).toBe('CANCELLED'));
    await kit.settle();
    await pass(9);
    const [{ trackingNumber }] = parcels as [(typeof parcels)[0]];
    const parcel = await kit.simulator.getSimulatedParcel({ trackingNumber });
    expect(parcel.happened.at(-1)).toBe(TrackingEvent_Kind.RETURNED);
    const shipment = await kit.see(order);
    expect(shipment.status).toBe(Shipment_Status.CANCELLED);
    expect(shipment.events.at(-1)?.kind).toBe(TrackingEvent_Kind.RETURNED);
  });
});

describe('a parcel of which nothing is heard', () => {
  it('counts as lost after a while, and may turn up', async () => {
    const order = await booked();
    const { parcels } = await kit.shipping.handOver({ order });
    const [{ trackingNumber }] = parcels as [(typeof parcels)[0]];
    await kit.settle();
    await kit.simulator.advanceSimulatedParcel({ trackingNumber });
    await kit.settle();
    const giveUp = () => kit.service.get(Shipments).giveUpSilent();
    await giveUp();
    expect(await statusOf(order)).toBe('PICKED_UP');
    // As if it was long ago: moving the clock so far would end everybody's session.
    await kit.service.database.pool.query(`update parcel set heard_at = heard_at - interval '15 days'`);
    await Promise.all([giveUp(), giveUp()]);
    const lost = await kit.see(order);
    expect(lost.status).toBe(Shipment_Status.LOST);
    expect(lost.events.filter(({ kind }) => kind === TrackingEvent_Kind.LOST)).toHaveLength(1);
    kit.clock.advance(1_000);
    await kit.simulator.advanceSimulatedParcel({ trackingNumber, until: TrackingEvent_Kind.DELIVERED });
    await kit.settle();
    expect(await statusOf(order)).toBe('DELIVERED');
  });
});

it('forgets where somebody lived who has left, once the goods are there', async () => {
  const customerId = kit.clock.id();
  const [over, open, foreign] = [await booked({ customerId }), await booked({ customerId }), await booked()];
  for (const order of [over, foreign]) await kit.cancel(order);
  await eventually(async () => expect(await statusOf(foreign)).toBe('CANCELLED'));
  for (let i = 0; i < 2; i++)
    await kit.publish(event(UserUpdatedSchema, customerId, { userId: customerId, deleted: true }));
  const { city, province, ...personal } = over.destination;
  const erased = Object.fromEntries(Object.keys(personal).map((field) => [field, '']));
  const destinationOf = async ({ orderId }: TestOrder) => {
    const { rows } = await kit.service.database.pool.query(
      'select destination from shipment where order_id = $1',
      [orderId],
    );
    return rows[0].destination;
  };
  const forgotten = { ...erased, city, province, country: 'ID' };
  await eventually(async () => expect(await destinationOf(over)).toEqual(forgotten));
  for (const order of [open, foreign]) expect(await destinationOf(order)).toEqual(order.destination);
  await kit.cancel(open);
  await eventually(async () => expect(await statusOf(open)).toBe('CANCELLED'));
  await kit.service.get(ShippingJobs).forgetDeparted();
  expect(await destinationOf(open)).toEqual(forgotten);
  expect(await destinationOf(foreign)).toEqual(foreign.destination);
});
