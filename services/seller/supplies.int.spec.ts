import type { Client } from '@connectrpc/connect';
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderShippedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { RatingChangedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { PerformanceService } from '@pasar/contracts/pasar/seller/v1/performance_pb';
import {
  PurchaseOrder_Status as Status,
  SupplyReceivedSchema,
  SupplyService,
} from '@pasar/contracts/pasar/seller/v1/supply_pb';
import { event } from '@pasar/platform/events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { admin, codeOf, openStore, type SellerTest, startSeller } from './testing.js';

let world: SellerTest;
let supply: Client<typeof SupplyService>;
beforeAll(async () => {
  world = await startSeller();
  supply = world.test.client(SupplyService);
});
afterAll(() => world.test.close());

const wait = { timeout: 20_000 };
const idr = (amount: number) => ({ amount: BigInt(amount), currency: 'IDR' });

async function order(name: string, ...quantities: number[]) {
  const store = await openStore(world.sellers, name);
  const supplier = await supply.createSupplier({ name: 'Grosir' }, store.owner);
  const lines = quantities.map((quantity, n) => ({
    variantId: world.addVariant(store.id),
    quantity: BigInt(quantity),
    unitCost: idr(1000 * (n + 1)),
  }));
  const purchase = await supply.createPurchaseOrder({ supplierId: supplier.id, lines }, store.owner);
  return { store, supplier, lines, purchase, id: purchase.id };
}

describe('a purchase order', () => {
  it('is received in parts, each delivery note once, and told to inventory', async () => {
    const { store, lines, id, purchase } = await order('Toko Pesan', 10, 4);
    expect(purchase).toMatchObject({ status: Status.ORDERED, total: idr(18_000) });
    const first = { id, reference: 'SJ-1', lines: [{ variantId: lines[0]?.variantId, quantity: 6n }] };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => supply.receivePurchaseOrder(first, store.owner)),
    );
    for (const answer of answers) expect(answer.lines.map(({ received }) => received)).toEqual([6n, 0n]);
    expect(answers[0]).toMatchObject({ status: Status.PARTIALLY_RECEIVED });
    const rest = await supply.receivePurchaseOrder({ id, reference: 'SJ-2' }, store.owner);
    expect(rest).toMatchObject({ status: Status.RECEIVED });
    expect(rest.lines.map(({ received }) => received)).toEqual([10n, 4n]);
    // The same note once more, and another one when all has come.
    expect(await supply.receivePurchaseOrder(first, store.owner)).toMatchObject({ status: Status.RECEIVED });
    expect(await codeOf(supply.receivePurchaseOrder({ id, reference: 'SJ-3' }, store.owner))).toBe(
      'seller.purchase_order_closed',
    );
    const told = () =>
      world.test.published(SupplyReceivedSchema).filter((each) => each.purchaseOrderId === id);
    await vi.waitUntil(() => told().length === 2, wait);
    expect(told().map(({ goods }) => goods.map(({ quantity }) => quantity))).toEqual([[6n], [4n, 4n]]);
    expect(new Set(told().map(({ receiptId }) => receiptId)).size).toBe(2);
  });

  it('never takes more than was ordered, however many receive it at once', async () => {
    const { store, lines, id } = await order('Toko Rebut', 5);
    const variantId = lines[0]?.variantId;
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        codeOf(
          supply.receivePurchaseOrder(
            { id, reference: `SJ-${n}`, lines: [{ variantId, quantity: 2n }] },
            store.owner,
          ),
        ),
      ),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(2);
    const after = await supply.getPurchaseOrder({ id }, store.owner);
    expect(after.lines[0]?.received).toBe(4n);
    const foreign = { id, reference: 'x', lines: [{ variantId: crypto.randomUUID(), quantity: 1n }] };
    expect(await codeOf(supply.receivePurchaseOrder(foreign, store.owner))).toBe('seller.over_received');
    expect(await supply.cancelPurchaseOrder({ id }, store.owner)).toMatchObject({ status: Status.CANCELLED });
    expect(await codeOf(supply.receivePurchaseOrder({ id, reference: 'late' }, store.owner))).toBe(
      'seller.purchase_order_closed',
    );
  });

  it('is of the store’s own goods and suppliers, and nobody else’s to see', async () => {
    const { store, supplier, lines, id } = await order('Toko Sendiri', 1);
    const other = await openStore(world.sellers, 'Toko Lain Lagi');
    const make = (request: object, by = store.owner) =>
      codeOf(supply.createPurchaseOrder({ supplierId: supplier.id, lines, ...request }, by));
    expect(await make({}, other.owner)).toBe('request.invalid');
    const theirs = [{ ...lines[0]!, variantId: world.addVariant(other.id) }];
    expect(await make({ lines: theirs }, other.owner)).toBe('supplier.not_found');
    expect(await make({ lines: theirs })).toBe('request.invalid');
    expect(await make({ lines: [lines[0]!, lines[0]!] })).toBe('request.invalid');
    expect(await make({ lines: [{ ...lines[0]!, unitCost: idr(-1) }] })).toBe('request.invalid');
    expect(await make({ warehouseId: world.addWarehouse(other.id) })).toBe('request.invalid');
    expect(await make({ warehouseId: crypto.randomUUID() })).toBe('request.invalid');
    expect(await make({ warehouseId: world.addWarehouse(store.id), supplierId: other.id })).toBe(
      'supplier.not_found',
    );
    expect(await codeOf(supply.getPurchaseOrder({ id }, other.owner))).toBe('purchase_order.not_found');
    expect(await codeOf(supply.updateSupplier({ id: supplier.id, name: 'X' }, other.owner))).toBe(
      'supplier.not_found',
    );
    expect(
      (await supply.listPurchaseOrders({ status: Status.ORDERED }, store.owner)).purchaseOrders,
    ).toMatchObject([{ id }]);
    expect(
      (await supply.listPurchaseOrders({ status: Status.RECEIVED }, store.owner)).purchaseOrders,
    ).toEqual([]);
  });

  it('says what goods cost on average and lately', async () => {
    const { store, supplier, lines, id } = await order('Toko Modal', 10);
    await supply.receivePurchaseOrder({ id, reference: '1' }, store.owner);
    const dearer = [{ ...lines[0]!, quantity: 5n, unitCost: idr(2000) }];
    const next = await supply.createPurchaseOrder({ supplierId: supplier.id, lines: dearer }, store.owner);
    await supply.receivePurchaseOrder({ id: next.id, reference: '1' }, store.owner);
    const { costs } = await supply.listSkuCosts({}, store.owner);
    expect(costs).toMatchObject([{ average: idr(1333), last: idr(2000), unitsReceived: 15n }]);
  });
});

describe('the score of a store', () => {
  it('comes from what happened to its orders and what buyers said, whatever comes twice', async () => {
    const performance = world.test.client(PerformanceService);
    const { id, owner } = await openStore(world.sellers, 'Toko Nilai');
    expect((await performance.getMyPerformance({}, owner)).score).toBeUndefined();
    const orders = Array.from({ length: 10 }, () => ({ orderId: crypto.randomUUID(), sellerId: id }));
    const confirmed = orders.map((order) => event(OrderConfirmedSchema, order.orderId, { order }));
    await world.test.publish(...confirmed, ...confirmed);
    const shipped = orders.slice(0, 9).map((order) => event(OrderShippedSchema, order.orderId, { order }));
    const cancel = { order: orders[9], reason: 'sold out', wasConfirmed: true, cancelledBy: 'seller' };
    await world.test.publish(...shipped, event(OrderCancelledSchema, orders[9]?.orderId ?? '', cancel));
    await world.test.publish(event(RatingChangedSchema, id, { sellerId: id, average: 4.8, count: 20n }));
    const get = () => performance.getPerformance({ id }, admin);
    await vi.waitUntil(async () => (await get()).parts[2]?.sample === 20n, wait);
    await vi.waitUntil(async () => (await get()).parts[0]?.value === 0.1, wait);
    await vi.waitUntil(async () => (await get()).parts[1]?.sample === 9n, wait);
    // No point for one of ten cancelled, all of the others.
    expect(await get()).toMatchObject({ score: 60, windowDays: 90 });
    const { scores } = await performance.batchGetScores({ sellerIds: [id, crypto.randomUUID()] });
    expect(scores).toEqual({ [id]: 60 });
    expect(await codeOf(performance.getPerformance({ id: crypto.randomUUID() }, admin))).toBe(
      'seller.not_found',
    );
  });
});
