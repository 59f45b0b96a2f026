import { Injectable } from '@nestjs/common';
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  type OrderFacts,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { ReturnResolvedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import { ProductCreatedSchema, ProductUpdatedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { SupplyReceivedSchema } from '@pasar/contracts/pasar/seller/v1/supply_pb';
import type { Executor } from '@pasar/platform/db';
import { on, onBatch } from '@pasar/platform/inbox';
import { Reservations } from './reservations.js';
import { StockKeeping } from './stock-keeping.js';

interface Goods {
  variantId: string;
  quantity: number;
}

interface ProductFacts {
  sellerId: string;
  variants: { id: string; onHand?: bigint }[];
}

@Injectable()
export class InventoryConsumers {
  constructor(
    private readonly stock: StockKeeping,
    private readonly reservations: Reservations,
  ) {}

  readonly subscriptions = [
    onBatch(ProductCreatedSchema, (tx, events) => this.stock.introduce(tx, variantsOf(events))),
    onBatch(ProductUpdatedSchema, (tx, events) => this.stock.introduce(tx, variantsOf(events))),
    onBatch(OrderConfirmedSchema, (tx, events) => {
      // One reservation for all orders of a checkout: the first that is confirmed deducts it.
      const checkouts = new Set(events.map(({ data }) => data.order?.checkoutId ?? ''));
      return this.reservations.commit(tx, [...checkouts]);
    }),
    on(SupplyReceivedSchema, (tx, { data: { receiptId, sellerId, warehouseId, goods } }) =>
      this.stock.receiveSupply(tx, receiptId, sellerId, warehouseId, goods),
    ),
    on(OrderCancelledSchema, async (tx, { data: { order, wasConfirmed, goodsLost } }) => {
      if (wasConfirmed && !goodsLost) await this.#restock(tx, order, order?.lines ?? []);
    }),
    // An order is cancelled or goes back, once: it has one restocking.
    on(ReturnResolvedSchema, (tx, { data: { order, sellable } }) => this.#restock(tx, order, sellable)),
  ];

  async #restock(tx: Executor<unknown>, order: OrderFacts | undefined, goods: Goods[]): Promise<void> {
    if (!order || goods.length === 0) return;
    const lines = goods.map(({ variantId, quantity }) => ({ variantId, quantity: BigInt(quantity) }));
    await this.reservations.restock(tx, order.orderId, order.checkoutId, lines);
  }
}

function variantsOf(events: { data: ProductFacts }[]) {
  return events.flatMap(({ data: { sellerId, variants } }) =>
    variants.map(({ id, onHand }) => ({ variantId: id, sellerId, onHand })),
  );
}
