import { MediaService, Media_Purpose as Purpose } from '@pasar/contracts/pasar/media/v1/media_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { DocumentService } from '@pasar/contracts/pasar/order/v1/document_pb';
import {
  OrderCancelledSchema,
  OrderService,
  Order_Status as Status,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  ReturnRequestedSchema,
  ReturnResolvedSchema,
  ReturnService,
  Return_Stage as Stage,
} from '@pasar/contracts/pasar/order/v1/return_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import {
  Shipment_Status as Shipment,
  ShipmentUpdatedSchema,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { TestClock } from '@pasar/platform/clock';
import { fromRpcError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { orderDecider } from './decider.js';
import { type OrderEvent, type OrderFacts, type OrderState, orderNumber } from './order.js';
import { orderService } from './order.module.js';
import { Orders } from './orders.js';
import { OrderStore } from './store.js';

const clock = new TestClock();
let kit: TestService;
/** Attachments, with their owners. */
const files = new Map<string, string>();

function newFile(ownerId: string): string {
  const id = clock.id();
  files.set(id, ownerId);
  return id;
}

beforeAll(async () => {
  const sellers = fake(SellerService, {
    batchGetSellers: ({ ids }) => ({
      sellers: ids.map((id) => ({ id, name: 'Toko Sari ☕', city: 'Bandung' })),
    }),
  });
  const media = fake(MediaService, {
    batchGetMedia: ({ ids, ownerId, purpose }) => ({
      media: ids
        .filter((id) => purpose === Purpose.ATTACHMENT && files.get(id) === ownerId)
        .map((id) => ({ id })),
    }),
    batchSignMedia: ({ ids }) => ({ media: ids.map((id) => ({ id, url: `/signed/${id}` })) }),
  });
  kit = await startTestService(orderService, { clock, fakes: [sellers, media] });
});
afterAll(() => kit.close());

const rpc = () => kit.client(ReturnService);
const staff = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });
const refusal = (promise: Promise<unknown>) => promise.then(() => expect.fail('accepted'), fromRpcError);
const idr = (amount: bigint) => ({ amount, currency: 'IDR' });

const address = {
  ...{ phone: '', line1: 'Jl. Merdeka 1', line2: '', city: 'Bandung', province: 'Jawa Barat' },
  ...{ postalCode: '40111', country: 'ID' },
};

/** Two of one thing for 1,000 and one of another for 500, brought for 200. */
async function delivered(upTo: OrderEvent['type'] = 'order.delivered') {
  const [id, customerId, sellerId] = [clock.id(), clock.id(), clock.id()];
  const line = (quantity: number, total: string) => ({
    ...{
      variantId: clock.id(),
      productId: clock.id(),
      sku: 'S',
      title: 'Kopi',
      variantTitle: '',
      imageUrl: '',
    },
    ...{ quantity, unitPrice: '500', total },
  });
  const facts: OrderFacts = {
    ...{ id, number: orderNumber(id), checkoutId: clock.id(), customerId, sellerId, paymentId: clock.id() },
    ...{ paymentMethod: 'CARD', lines: [line(2, '1000'), line(1, '500')], total: '1700', currency: 'IDR' },
    shipping: {
      service: 'regular',
      carrier: 'K',
      cost: '200',
      minDays: 1,
      maxDays: 2,
      chargedWeightGrams: 1,
    },
    ...{ shippingAddress: { ...address, recipient: '=Sari' }, note: '', fromCart: false },
  };
  const life: OrderEvent[] = [
    { type: 'order.created', data: facts },
    { type: 'order.confirmed', data: {} },
    { type: 'order.shipped', data: { carrier: 'K', trackingNumber: '1' } },
    { type: 'order.delivered', data: {} },
  ];
  const events = life.slice(0, life.findIndex(({ type }) => type === upTo) + 1);
  const store = kit.service.get(OrderStore);
  const { kysely } = kit.service.database;
  const at = clock.now();
  await store.events.insert([{ stream: id, after: 0, events, at, actor: 'system' }]).execute(kysely);
  const state = events.reduce(orderDecider.evolve, undefined as OrderState | undefined) as OrderState;
  await store.overwrite(kysely, { state, version: events.length, createdAt: at, updatedAt: at });
  return {
    ...{ id, lines: facts.lines, customerId, sellerId },
    buyer: asUser({ id: customerId }),
    seller: asUser({ id: clock.id(), roles: [Role.SELLER], sellerId }),
    status: async () => (await kit.client(OrderService).getOrder({ id }, staff)).status,
  };
}

const resolved = (orderId: string) =>
  kit.published(ReturnResolvedSchema).filter(({ order }) => order?.orderId === orderId);

describe('a return', () => {
  it('goes from request to refund, and is told', async () => {
    const { id, buyer, seller, status } = await delivered();
    const asked = await rpc().requestReturn({ id, reason: 'broken' }, buyer);
    expect(asked).toMatchObject({ stage: Stage.REQUESTED, refund: idr(1_500n) });
    expect(asked.lines).toHaveLength(2);
    expect(await rpc().requestReturn({ id, reason: 'broken' }, buyer)).toMatchObject({
      stage: Stage.REQUESTED,
    });
    expect(await rpc().answerReturn({ id, approve: true }, seller)).toMatchObject({ stage: Stage.APPROVED });
    for (let i = 0; i < 2; i++)
      expect(await rpc().receiveReturn({ id }, seller)).toMatchObject({ stage: Stage.RESOLVED });
    expect(await status()).toBe(Status.RETURNED);
    await vi.waitFor(() => expect(resolved(id)).toMatchObject([{ refund: idr(1_500n), reason: 'received' }]));
    expect(kit.published(ReturnRequestedSchema).filter(({ order }) => order?.orderId === id)).toMatchObject([
      { reason: 'broken' },
    ]);
    const { entries } = await kit.client(OrderService).getOrderHistory({ id }, buyer);
    expect(entries.map(({ type, actor }) => [type, actor]).slice(-3)).toEqual([
      ['order.return-requested', 'customer'],
      ['order.return-answered', 'seller'],
      ['order.return-resolved', 'seller'],
    ]);
  });

  it('may be of a part', async () => {
    const { id, lines, buyer, seller } = await delivered();
    const [first] = lines as [(typeof lines)[0]];
    const half = { variantId: first.variantId, quantity: 1 };
    expect(await rpc().requestReturn({ id, lines: [half], reason: 'too many' }, buyer)).toMatchObject({
      lines: [half],
      refund: idr(500n),
    });
    await rpc().receiveReturn({ id }, seller);
    await vi.waitFor(() => expect(resolved(id)).toMatchObject([{ refund: idr(500n) }]));
  });

  it('is only of what was bought and delivered, by whom it is', async () => {
    const { id, lines, buyer, seller } = await delivered();
    const [first] = lines as [(typeof lines)[0]];
    for (const wrong of [
      [{ variantId: clock.id(), quantity: 1 }],
      [{ variantId: first.variantId, quantity: 3 }],
      [first, first].map(({ variantId }) => ({ variantId, quantity: 2 })),
    ])
      expect((await refusal(rpc().requestReturn({ id, lines: wrong, reason: 'x' }, buyer))).code).toBe(
        'request.invalid',
      );
    expect((await refusal(rpc().getReturn({ id }, buyer))).code).toBe('return.not_found');
    for (const stranger of [asUser({ id: clock.id() }), seller])
      expect((await refusal(rpc().requestReturn({ id, reason: 'x' }, stranger))).code).toBe(
        'order.not_found',
      );
    const early = await delivered('order.shipped');
    expect((await refusal(rpc().requestReturn({ id: early.id, reason: 'x' }, early.buyer))).code).toBe(
      'return.illegal_move',
    );
    await rpc().requestReturn({ id, reason: 'x' }, buyer);
    const foreign = asUser({ id: clock.id(), roles: [Role.SELLER], sellerId: clock.id() });
    expect((await refusal(rpc().answerReturn({ id, approve: true }, foreign))).code).toBe('order.not_found');
    expect((await refusal(kit.client(OrderService).completeOrder({ id }, buyer))).code).toBe(
      'order.illegal_move',
    );
    expect((await refusal(rpc().decideDispute({ id, reason: 'x' }, staff))).code).toBe('return.illegal_move');
  });

  it('is resolved once, whoever is faster', async () => {
    const { id, buyer, seller } = await delivered();
    await rpc().requestReturn({ id, reason: 'x' }, buyer);
    await Promise.allSettled([
      rpc().receiveReturn({ id }, seller),
      rpc().answerReturn({ id, approve: false }, seller),
      rpc().receiveReturn({ id }, seller),
      rpc().disputeReturn({ id, text: 'no answer' }, buyer),
    ]);
    const { stage } = await rpc().getReturn({ id }, buyer);
    await vi.waitFor(() => expect(resolved(id)).toHaveLength(stage === Stage.RESOLVED ? 1 : 0));
  });
});

describe('a dispute', () => {
  it('is argued with evidence and decided by staff', async () => {
    const { id, buyer, seller, status, customerId } = await delivered();
    const photo = newFile(customerId);
    for (const foreign of [clock.id(), newFile(clock.id())])
      expect(
        await refusal(rpc().requestReturn({ id, reason: 'x', mediaIds: [photo, foreign] }, buyer)),
      ).toMatchObject({ errors: [{ field: 'mediaIds[1]' }] });
    await rpc().requestReturn({ id, reason: 'broken', mediaIds: [photo] }, buyer);
    await rpc().answerReturn({ id, approve: false, reason: 'it was whole' }, seller);
    const mediaIds = [newFile(customerId)];
    expect((await refusal(rpc().disputeReturn({ id, text: 'mine', mediaIds }, seller))).kind).toBe('invalid');
    await rpc().disputeReturn({ id, text: 'see the picture', mediaIds }, buyer);
    const argued = await rpc().disputeReturn({ id, text: 'that is another cup' }, seller);
    expect(argued).toMatchObject({
      stage: Stage.DISPUTED,
      evidence: [
        { by: 'customer', text: 'broken', urls: [`/signed/${photo}`] },
        { by: 'customer', mediaIds, urls: [`/signed/${mediaIds[0]}`] },
        { by: 'seller', text: 'that is another cup', urls: [] },
      ],
    });
    const { disputes } = await rpc().listDisputes({ pageSize: 100 }, staff);
    expect(disputes.map(({ orderId }) => orderId)).toContain(id);
    for (const refund of [idr(1_701n), idr(-1n), { amount: 1n, currency: 'USD' }])
      expect((await refusal(rpc().decideDispute({ id, refund, reason: 'x' }, staff))).code).toBe(
        'request.invalid',
      );
    expect((await refusal(rpc().decideDispute({ id, reason: 'x' }, seller))).kind).toBe('forbidden');
    await rpc().decideDispute({ id, refund: idr(700n), reason: 'half each' }, staff);
    expect(await status()).toBe(Status.RETURNED);
    await vi.waitFor(() => expect(resolved(id)).toMatchObject([{ refund: idr(700n), reason: 'half each' }]));
    expect((await refusal(rpc().disputeReturn({ id, text: 'again' }, buyer))).code).toBe(
      'return.illegal_move',
    );
    expect((await rpc().listDisputes({}, staff)).disputes.map(({ orderId }) => orderId)).not.toContain(id);
  });

  it('that nobody opens leaves the seller right', async () => {
    const { id, buyer, seller, status } = await delivered();
    await rpc().requestReturn({ id, reason: 'x' }, buyer);
    await rpc().answerReturn({ id, approve: false, reason: 'worn' }, seller);
    await kit.service.get(Orders).closeReturns();
    expect(await status()).toBe(Status.RETURN_REQUESTED);
    clock.advance(600_000);
    await kit.service.database.pool.query(
      `update order_projection set updated_at = updated_at - interval '30 days' where id = $1`,
      [id],
    );
    await kit.service.get(Orders).closeReturns();
    expect(await status()).toBe(Status.REJECTED);
    await vi.waitFor(() => expect(resolved(id)).toMatchObject([{ refund: idr(0n), reason: 'worn' }]));
  });
});

describe('what its carrier tells of an order', () => {
  const tell = (order: { id: string; sellerId: string }, status: Shipment, deliveredParcels = 0) => {
    const facts = { orderId: order.id, sellerId: order.sellerId, carrier: 'K', status, deliveredParcels };
    return kit.publish(event(ShipmentUpdatedSchema, order.id, { shipment: facts }));
  };

  it('as lost cancels it, once, and its goods do not come back', async () => {
    const order = await delivered('order.confirmed');
    for (let i = 0; i < 2; i++) await tell(order, Shipment.LOST);
    await vi.waitFor(async () => expect(await order.status()).toBe(Status.CANCELLED));
    const cancelled = () =>
      kit.published(OrderCancelledSchema).filter((one) => one.order?.orderId === order.id);
    await vi.waitFor(() =>
      expect(cancelled()).toMatchObject([{ reason: 'shipment.lost', wasConfirmed: true, goodsLost: true }]),
    );
    // Found after all: the buyer has the money back by then.
    await tell(order, Shipment.IN_TRANSIT);
    expect(await order.status()).toBe(Status.CANCELLED);
  });

  it('as brought back makes it a return, which ends when the seller says so', async () => {
    const order = await delivered('order.shipped');
    const { id, lines, buyer, seller } = order;
    for (let i = 0; i < 2; i++) await tell(order, Shipment.RETURNED);
    await vi.waitFor(async () => expect(await order.status()).toBe(Status.RETURN_REQUESTED));
    expect(await rpc().getReturn({ id }, buyer)).toMatchObject({
      stage: Stage.APPROVED,
      refund: idr(1_500n),
    });
    const sellable = [{ variantId: lines[0]?.variantId, quantity: 1 }];
    const tooMany = [{ variantId: lines[0]?.variantId, quantity: 3 }];
    expect((await refusal(rpc().receiveReturn({ id, sellable: tooMany }, seller))).kind).toBe('invalid');
    for (let i = 0; i < 2; i++) await rpc().receiveReturn({ id, sellable }, seller);
    await vi.waitFor(() =>
      expect(resolved(id)).toMatchObject([{ refund: idr(1_500n), sellable, resolvedBy: 'seller' }]),
    );
  });

  it('as brought back refunds the buyer also where the seller says nothing', async () => {
    const order = await delivered('order.shipped');
    await tell(order, Shipment.RETURNED);
    await vi.waitFor(async () => expect(await order.status()).toBe(Status.RETURN_REQUESTED));
    await kit.service.get(Orders).closeReturns();
    expect(await order.status()).toBe(Status.RETURN_REQUESTED);
    await kit.service.database.pool.query(
      `update order_projection set updated_at = updated_at - interval '30 days' where id = $1`,
      [order.id],
    );
    await kit.service.get(Orders).closeReturns();
    expect(await order.status()).toBe(Status.RETURNED);
    await vi.waitFor(() => expect(resolved(order.id)).toMatchObject([{ refund: idr(1_500n) }]));
  });

  it('as lost in part leaves the rest to the buyer', async () => {
    const order = await delivered('order.shipped');
    await tell(order, Shipment.LOST, 1);
    await vi.waitFor(async () => expect(await order.status()).toBe(Status.DELIVERED));
  });
});

describe('documents', () => {
  const documents = () => kit.client(DocumentService);

  it('are an invoice as PDF for those whose order it is', async () => {
    const { id, buyer, seller } = await delivered();
    for (const caller of [buyer, seller, staff]) {
      const { contentType, data } = await documents().getInvoice({ id }, caller);
      expect(contentType).toBe('application/pdf');
      expect(Buffer.from(data).subarray(0, 5).toString()).toBe('%PDF-');
      expect(data.length).toBeGreaterThan(1_000);
    }
    const stranger = asUser({ id: clock.id(), roles: [Role.SELLER], sellerId: clock.id() });
    expect((await refusal(documents().getInvoice({ id }, stranger))).code).toBe('order.not_found');
    const early = await delivered('order.created');
    expect((await refusal(documents().getInvoice({ id: early.id }, early.buyer))).code).toBe(
      'order.no_invoice',
    );
  });

  it('are the orders of a store as CSV', async () => {
    const { id, seller } = await delivered();
    const parts: string[] = [];
    for await (const { data } of documents().exportSellerOrders({}, seller))
      parts.push(Buffer.from(data).toString());
    const rows = parts.join('').trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain('number,order_id,status');
    expect(rows[1]).toContain(`${id},DELIVERED,`);
    expect(rows[1]).toContain(',2,5.00,10.00,2.00,17.00,IDR');
    const lost = asUser({ id: clock.id(), roles: [Role.SELLER] });
    const reading = async () => {
      for await (const _ of documents().exportSellerOrders({}, lost));
    };
    expect((await refusal(reading())).code).toBe('seller.no_store');
  });
});

it('is rebuilt from its events', async () => {
  const rows = async () =>
    (
      await kit.service.database.pool.query(
        'select id, status, version, state from order_projection order by id',
      )
    ).rows;
  const before = await rows();
  const { rebuilt } = await kit.client(OrderService).rebuildOrders({}, staff);
  expect(rebuilt).toBe(before.length);
  expect(await rows()).toEqual(before);
});
