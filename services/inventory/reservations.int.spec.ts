import {
  InventoryService,
  Reservation_Status as Status,
  StockDeductedSchema,
  StockLowSchema,
  StockReleasedSchema,
  StockReservedSchema,
  StockReturnedSchema,
} from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  DecideHoldsResponse_Decision as Decision,
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderService,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { ReturnResolvedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import {
  ProductCreatedSchema,
  ProductService,
  ProductUpdatedSchema,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { SupplyReceivedSchema } from '@pasar/contracts/pasar/seller/v1/supply_pb';
import { TestClock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inventoryService } from './inventory.module.js';
import { InventoryJobs } from './jobs.js';

const clock = new TestClock();
const sellerId = clock.id();
const owners = new Map<string, string>();
const decisions = new Map<string, Decision>();
let kit: TestService;

const seller = () => asUser({ id: clock.id(), roles: [Role.SELLER], sellerId });
const inventory = () => kit.client(InventoryService);

beforeAll(async () => {
  kit = await startTestService(inventoryService, {
    clock,
    fakes: [
      fake(ProductService, {
        batchGetVariants: ({ ids }) => ({
          variants: ids.flatMap((id) => (owners.has(id) ? [{ id, sellerId: owners.get(id) }] : [])),
        }),
      }),
      fake(OrderService, {
        decideHolds: ({ checkoutIds }) => ({
          decisions: Object.fromEntries(checkoutIds.map((id) => [id, decisions.get(id) ?? Decision.RELEASE])),
        }),
      }),
    ],
  });
});
afterAll(() => kit.close());

/** A variant of the seller with this much on hand. */
async function stocked(onHand: number, warehouseId = ''): Promise<string> {
  const variantId = clock.id();
  owners.set(variantId, sellerId);
  await inventory().setStock({ variantId, onHand: BigInt(onHand), warehouseId }, seller());
  return variantId;
}

async function countersOf(variantId: string) {
  const { onHand, reserved, available } = await inventory().getStock({ variantId }, seller());
  return { onHand: Number(onHand), reserved: Number(reserved), available: Number(available) };
}

const reserve = (lines: [string, number][], reservationId = clock.id()) =>
  inventory().reserve({
    reservationId,
    ttlSeconds: 60,
    lines: lines.map(([variantId, quantity]) => ({ variantId, quantity: BigInt(quantity) })),
  });

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const orderOf = (checkoutId: string, orderId: string, lines: { variantId: string; quantity: number }[]) => ({
  order: { orderId, checkoutId, lines },
});

describe('reserving', () => {
  it('gives 500 buyers of 50 units exactly 50', async () => {
    const variantId = await stocked(50);
    const outcomes = await Promise.all(Array.from({ length: 500 }, () => codeOf(reserve([[variantId, 1]]))));
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(50);
    expect(outcomes.filter((code) => code === 'inventory.insufficient_stock')).toHaveLength(450);
    expect(await countersOf(variantId)).toEqual({ onHand: 50, reserved: 50, available: 0 });
  });

  it('takes all lines or none, and names those that are short', async () => {
    const plenty = await stocked(10);
    const scarce = await stocked(2);
    const error = await reserve([
      [plenty, 1],
      [scarce, 3],
    ]).catch((cause) => cause);
    expect(error).toBeInstanceOf(DomainError);
    expect(error.details).toEqual({ lines: [{ variantId: scarce, requested: 3, available: 2 }] });
    expect(await countersOf(plenty)).toMatchObject({ reserved: 0 });
  });

  it('sums lines of the same variant, so that a list of ones cannot pass for less', async () => {
    const variantId = await stocked(3);
    expect(
      await codeOf(
        reserve([
          [variantId, 2],
          [variantId.toUpperCase(), 2],
        ]),
      ),
    ).toBe('inventory.insufficient_stock');
    expect(
      await codeOf(
        reserve([
          [variantId, 2],
          [variantId, 1],
        ]),
      ),
    ).toBe('ok');
  });

  it('holds once for one id, however often and at once it is asked', async () => {
    const variantId = await stocked(100);
    const id = clock.id();
    const answers = await Promise.all(Array.from({ length: 50 }, () => reserve([[variantId, 7]], id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([Status.HELD]));
    // Every answer names the same end.
    const ends = new Set(answers.map(({ expiresAt }) => Number(expiresAt?.seconds)));
    expect(ends.size).toBe(1);
    // A quarter of an hour, unless it is asked for otherwise.
    const usual = await inventory().reserve({
      reservationId: clock.id(),
      lines: [{ variantId, quantity: 1n }],
    });
    expect(Number(usual.expiresAt?.seconds) - clock.now().getTime() / 1000).toBeGreaterThan(800);
    await inventory().release({ reservationId: usual.id });
    expect(await countersOf(variantId)).toMatchObject({ reserved: 7 });
    await vi.waitFor(() =>
      expect(kit.published(StockReservedSchema).filter((e) => e.reservationId === id)).toHaveLength(1),
    );
  });

  it('does not deadlock when checkouts name the same variants in different orders', async () => {
    const [a, b, c] = [await stocked(1000), await stocked(1000), await stocked(1000)];
    const orders = [
      [a, b, c],
      [c, b, a],
      [b, a, c],
      [c, a, b],
    ];
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const { id } = await reserve((orders[index % 4] as string[]).map((variant) => [variant, 1]));
        if (index % 2) await inventory().release({ reservationId: id });
      }),
    );
    for (const variant of [a, b, c]) expect(await countersOf(variant)).toMatchObject({ reserved: 100 });
  });

  it('draws on several warehouses when one has too little', async () => {
    const other = await inventory().createWarehouse({ name: 'Bandung' }, seller());
    const variantId = await stocked(3);
    await inventory().setStock({ variantId, onHand: 4n, warehouseId: other.id }, seller());
    const { id } = await reserve([[variantId, 6]]);
    expect(await codeOf(reserve([[variantId, 2]]))).toBe('inventory.insufficient_stock');
    const { warehouses } = await inventory().getStock({ variantId }, seller());
    expect(warehouses.map(({ reserved }) => Number(reserved)).sort()).toEqual([2, 4]);
    await inventory().release({ reservationId: id });
    expect(await countersOf(variantId)).toEqual({ onHand: 7, reserved: 0, available: 7 });
  });

  it('knows nothing of variants that have no stock', async () => {
    expect(await codeOf(reserve([[clock.id(), 1]]))).toBe('inventory.insufficient_stock');
  });
});

describe('releasing', () => {
  it('gives back once, however often and at once it is asked', async () => {
    const variantId = await stocked(5);
    const { id } = await reserve([[variantId, 5]]);
    await Promise.all(Array.from({ length: 20 }, () => inventory().release({ reservationId: id })));
    expect(await countersOf(variantId)).toEqual({ onHand: 5, reserved: 0, available: 5 });
    await vi.waitFor(() =>
      expect(kit.published(StockReleasedSchema).filter((e) => e.reservationId === id)).toHaveLength(1),
    );
  });

  it('keeps a Reserve that comes too late from holding anything', async () => {
    const variantId = await stocked(5);
    const id = clock.id();
    await inventory().release({ reservationId: id });
    expect((await reserve([[variantId, 5]], id)).status).toBe(Status.RELEASED);
    expect(await countersOf(variantId)).toMatchObject({ reserved: 0 });
  });

  it('ends every race with Reserve in one of the two, with nothing lost', async () => {
    const variantId = await stocked(1_000);
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const id = clock.id();
        const [, released] = await Promise.all([
          reserve([[variantId, 1]], id),
          inventory().release({ reservationId: id }),
        ]);
        expect(released.status).toBe(Status.RELEASED);
      }),
    );
    expect(await countersOf(variantId)).toEqual({ onHand: 1000, reserved: 0, available: 1000 });
  });
});

describe('selling', () => {
  it('deducts the reservation of a checkout once, for all of its orders', async () => {
    const [a, b] = [await stocked(5), await stocked(5)];
    const { id } = await reserve([
      [a, 2],
      [b, 3],
    ]);
    const confirmed = [a, b].map((variantId) =>
      event(OrderConfirmedSchema, clock.id(), orderOf(id, clock.id(), [{ variantId, quantity: 1 }])),
    );
    await kit.publish(...confirmed, ...confirmed);
    await vi.waitFor(async () => {
      expect(await countersOf(a)).toEqual({ onHand: 3, reserved: 0, available: 3 });
      expect(await countersOf(b)).toEqual({ onHand: 2, reserved: 0, available: 2 });
    });
    await vi.waitFor(() =>
      expect(kit.published(StockDeductedSchema).filter((e) => e.reservationId === id)).toHaveLength(1),
    );
    expect((await inventory().release({ reservationId: id })).status).toBe(Status.COMMITTED);
    expect((await inventory().commit({ reservationId: id })).status).toBe(Status.COMMITTED);
    expect(await countersOf(a)).toEqual({ onHand: 3, reserved: 0, available: 3 });
  });

  it('puts the goods of a cancelled order back once, and only if they were sold', async () => {
    const variantId = await stocked(5);
    const { id } = await reserve([[variantId, 2]]);
    await inventory().commit({ reservationId: id });
    const orderId = clock.id();
    const cancelled = { ...orderOf(id, orderId, [{ variantId, quantity: 2 }]), wasConfirmed: true };
    await kit.publish(
      event(OrderCancelledSchema, orderId, cancelled),
      event(OrderCancelledSchema, orderId, cancelled),
      event(OrderCancelledSchema, clock.id(), { ...cancelled, wasConfirmed: false }),
    );
    await vi.waitFor(async () =>
      expect(await countersOf(variantId)).toEqual({ onHand: 5, reserved: 0, available: 5 }),
    );
    const { movements } = await inventory().listMovements({ variantId }, seller());
    expect(movements.map(({ onHandDelta }) => Number(onHandDelta))).toEqual([2, -2, 0, 5]);
  });

  it('puts back what was returned and can be sold again, once, and nothing of what was lost', async () => {
    const variantId = await stocked(5);
    const { id } = await reserve([[variantId, 3]]);
    await inventory().commit({ reservationId: id });
    const orderId = clock.id();
    const { order } = orderOf(id, orderId, [{ variantId, quantity: 3 }]);
    const back = event(ReturnResolvedSchema, orderId, { order, sellable: [{ variantId, quantity: 2 }] });
    const lost = orderOf(id, clock.id(), [{ variantId, quantity: 3 }]);
    await kit.publish(
      event(OrderCancelledSchema, lost.order.orderId, { ...lost, wasConfirmed: true, goodsLost: true }),
      event(ReturnResolvedSchema, clock.id(), { order, sellable: [] }),
      back,
      back,
    );
    await vi.waitFor(async () =>
      expect(await countersOf(variantId)).toEqual({ onHand: 4, reserved: 0, available: 4 }),
    );
    const { movements } = await inventory().listMovements({ variantId }, seller());
    expect(movements.map(({ onHandDelta }) => Number(onHandDelta))).toEqual([2, -3, 0, 5]);
  });

  it('refuses to commit what is no longer held', async () => {
    const variantId = await stocked(5);
    const { id } = await reserve([[variantId, 2]]);
    await inventory().release({ reservationId: id });
    await expect(inventory().commit({ reservationId: id })).rejects.toMatchObject({ kind: 'internal' });
    expect(await countersOf(variantId)).toEqual({ onHand: 5, reserved: 0, available: 5 });
  });
});

describe('a hold whose time is over', () => {
  it.each([
    ['is given back when its checkout is cancelled or unknown', Decision.RELEASE, { onHand: 5, reserved: 0 }],
    ['is deducted when its checkout was confirmed', Decision.COMMIT, { onHand: 3, reserved: 0 }],
    ['is kept when its checkout is alive', Decision.KEEP, { onHand: 5, reserved: 2 }],
  ])('%s', async (_, decision, expected) => {
    const variantId = await stocked(5);
    const { id } = await reserve([[variantId, 2]]);
    decisions.set(id, decision);
    clock.advance(61_000);
    await kit.service.get(InventoryJobs).settleExpired();
    expect(await countersOf(variantId)).toMatchObject(expected);
  });
});

describe('keeping stock', () => {
  it('refuses less than is held, an old version, and the stock of others', async () => {
    const variantId = await stocked(5);
    const before = await inventory().getStock({ variantId }, seller());
    await reserve([[variantId, 3]]);
    expect(await codeOf(inventory().setStock({ variantId, onHand: 2n }, seller()))).toBe(
      'inventory.below_reserved',
    );
    const { version } = before;
    expect(await codeOf(inventory().setStock({ variantId, onHand: 9n, version }, seller()))).toBe(
      'inventory.version_conflict',
    );
    const stranger = asUser({ id: clock.id(), roles: [Role.SELLER], sellerId: clock.id() });
    expect(await codeOf(inventory().setStock({ variantId, onHand: 9n }, stranger))).toBe('variant.not_found');
    expect(await codeOf(inventory().getStock({ variantId }, stranger))).toBe('variant.not_found');
    expect(await codeOf(inventory().listMovements({ variantId }, stranger))).toBe('variant.not_found');
    expect(await codeOf(inventory().setStock({ variantId: clock.id(), onHand: 9n }, seller()))).toBe(
      'variant.not_found',
    );
    expect(await countersOf(variantId)).toEqual({ onHand: 5, reserved: 3, available: 2 });
  });

  it('books a delivery in once', async () => {
    const variantId = await stocked(0);
    const delivery = { variantId, quantity: 7n, reference: 'SJ-1' };
    await Promise.all(Array.from({ length: 10 }, () => inventory().receiveStock(delivery, seller())));
    expect(await countersOf(variantId)).toEqual({ onHand: 7, reserved: 0, available: 7 });
  });

  it('adjusts under concurrency without losing one', async () => {
    const variantId = await stocked(100);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        inventory().adjustStock({ variantId, delta: index % 2 ? 1n : -1n, reason: 'count' }, seller()),
      ),
    );
    expect(await countersOf(variantId)).toMatchObject({ onHand: 100 });
    expect(await codeOf(inventory().adjustStock({ variantId, delta: -101n }, seller()))).toBe(
      'inventory.below_reserved',
    );
  });

  it('takes first stock from a new product and leaves known stock alone', async () => {
    const [fresh, known] = [clock.id(), await stocked(9)];
    const created = event(ProductCreatedSchema, clock.id(), {
      sellerId,
      variants: [
        { id: fresh, onHand: 12n },
        { id: known, onHand: 1n },
      ],
    });
    await kit.publish(created, created);
    await vi.waitFor(async () => expect(await countersOf(fresh)).toMatchObject({ onHand: 12 }));
    expect(await countersOf(known)).toMatchObject({ onHand: 9 });
    // A variant that a product gets later, too.
    const later = clock.id();
    const variants = [
      { id: later, onHand: 4n },
      { id: fresh, onHand: 1n },
    ];
    await kit.publish(event(ProductUpdatedSchema, clock.id(), { sellerId, variants }));
    await vi.waitFor(async () => expect(await countersOf(later)).toMatchObject({ onHand: 4 }));
    expect(await countersOf(fresh)).toMatchObject({ onHand: 12 });
  });

  it('pages through the journal', async () => {
    const variantId = await stocked(0);
    for (let i = 1; i <= 7; i++)
      await inventory().adjustStock({ variantId, delta: 1n, reason: `${i}` }, seller());
    const first = await inventory().listMovements({ variantId, pageSize: 5 }, seller());
    const second = await inventory().listMovements(
      { variantId, pageSize: 5, pageToken: first.nextPageToken },
      seller(),
    );
    expect([...first.movements, ...second.movements].map(({ reference }) => reference)).toEqual([
      '7',
      '6',
      '5',
      '4',
      '3',
      '2',
      '1',
      'count',
    ]);
    await expect(inventory().listMovements({ variantId, pageToken: 'x' }, seller())).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });

  it('alerts low stock once per shortage', async () => {
    const variantId = await stocked(5);
    await inventory().setStock({ variantId, onHand: 5n, lowThreshold: 3n }, seller());
    await reserve([[variantId, 2]]);
    const alerts = () => kit.published(StockLowSchema).filter((low) => low.variantId === variantId).length;
    await kit.service.get(InventoryJobs).alertLowStock();
    await kit.service.get(InventoryJobs).alertLowStock();
    await vi.waitFor(() => expect(alerts()).toBe(1));
    const { stocks } = await inventory().listLowStock({}, seller());
    expect(stocks.map((stock) => stock.variantId)).toContain(variantId);
  });

  it('tells waiting customers once that a variant is back', async () => {
    const variantId = await stocked(0);
    const userId = clock.id();
    await inventory().notifyBackInStock({ variantId }, asUser({ id: userId }));
    await inventory().notifyBackInStock({ variantId }, asUser({ id: userId }));
    await kit.service.get(InventoryJobs).tellWaiting();
    await inventory().setStock({ variantId, onHand: 1n }, seller());
    await kit.service.get(InventoryJobs).tellWaiting();
    await vi.waitFor(() =>
      expect(kit.published(StockReturnedSchema).filter((told) => told.variantId === variantId)).toMatchObject(
        [{ userIds: [userId] }],
      ),
    );
  });
});

describe('the journal', () => {
  it('sums up to the counters after all of this, and a difference is found', async () => {
    const jobs = kit.service.get(InventoryJobs);
    expect(await jobs.compareJournal()).toBe(0);
    await sql`update stock set on_hand = on_hand + 1 where (variant_id, warehouse_id) in (
      select variant_id, warehouse_id from stock limit 1)`.execute(kit.service.database.kysely);
    expect(await jobs.compareJournal()).toBe(1);
  });

  it('has the last word in the database: nothing holds more than there is', async () => {
    const variantId = await stocked(1);
    const oversell = sql`update stock set reserved = 2 where variant_id = ${variantId}`;
    await expect(oversell.execute(kit.service.database.kysely)).rejects.toThrow(/stock_not_oversold/);
  });
});

describe('goods from a supplier', () => {
  const receipt = (goods: { variantId: string; quantity: bigint }[], facts = {}) => {
    const receiptId = clock.id();
    return event(SupplyReceivedSchema, sellerId, { receiptId, sellerId, goods, ...facts });
  };

  it('are booked in once, also of a variant that is new here, into the warehouse that is named', async () => {
    const [known, fresh] = [await stocked(3), clock.id()];
    owners.set(fresh, sellerId);
    const warehouse = await inventory().createWarehouse({ name: 'Gudang B', city: 'Solo' }, seller());
    const come = receipt(
      [
        { variantId: known, quantity: 4n },
        { variantId: fresh, quantity: 2n },
      ],
      { warehouseId: warehouse.id },
    );
    await kit.publish(come, come);
    await vi.waitUntil(async () => (await countersOf(fresh)).onHand === 2, { timeout: 20_000 });
    await kit.publish(receipt([{ variantId: known, quantity: 1n }], { warehouseId: clock.id() }));
    await vi.waitUntil(async () => (await countersOf(known)).onHand === 8, { timeout: 20_000 });
    const { warehouses } = await inventory().getStock({ variantId: known }, seller());
    expect(warehouses.find(({ warehouseId }) => warehouseId === warehouse.id)?.onHand).toBe(4n);
    expect((await countersOf(fresh)).onHand).toBe(2);
  });

  it('of another store’s variant are not booked in', async () => {
    const [own, foreign] = [await stocked(1), await stocked(1)];
    const other = clock.id();
    const goods = [{ variantId: foreign, quantity: 5n }];
    await kit.publish(receipt(goods, { sellerId: other }), receipt([{ variantId: own, quantity: 1n }]));
    await vi.waitUntil(async () => (await countersOf(own)).onHand === 2, { timeout: 20_000 });
    expect((await countersOf(foreign)).onHand).toBe(1);
  });
});
