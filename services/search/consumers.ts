import { Injectable } from '@nestjs/common';
import { BrandChangedSchema, CategoryChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import {
  StockChangedSchema,
  StockReleasedSchema,
  StockReservedSchema,
} from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  PriceChangedSchema,
  ProductArchivedSchema,
  ProductCreatedSchema,
  ProductUpdatedSchema,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionChangedSchema } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { RatingChangedSchema, ReviewCreatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import {
  SellerApprovedSchema,
  SellerSuspendedSchema,
  SellerUpdatedSchema,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { type Handling, on, onBatch } from '@pasar/platform/inbox';
import { Directory } from './directory.js';
import { lockForRatings, writeRatings } from './index-store.js';
import { Indexing } from './indexing.js';
import { type Db, markName, markProducts, markStock } from './marks.js';
import { dropBrand, dropCategory, openSeller } from './names-store.js';
import { heatUp } from './trending.js';

@Injectable()
export class SearchConsumers {
  constructor(
    private readonly indexing: Indexing,
    private readonly directory: Directory,
  ) {}

  readonly subscriptions = [
    onBatch(ProductCreatedSchema, (tx, events, handling) => this.#mark(tx, events, handling)),
    onBatch(ProductUpdatedSchema, (tx, events, handling) => this.#mark(tx, events, handling)),
    onBatch(ProductArchivedSchema, (tx, events, handling) => this.#mark(tx, events, handling)),
    onBatch(PriceChangedSchema, (tx, events, handling) => this.#mark(tx, events, handling)),
    onBatch(PromotionChangedSchema, async (tx, events, { afterCommit }) => {
      const ids = events.flatMap(({ data }) => data.productIds);
      if (ids.length === 0) return;
      await markProducts(tx, ids);
      afterCommit(() => this.indexing.runSoon());
    }),
    // Not `stock.deducted`: what is deducted was reserved, and could not be bought before.
    onBatch(StockChangedSchema, (tx, events, handling) =>
      this.#markStock(
        tx,
        events.map(({ data }) => data.variantId),
        handling,
      ),
    ),
    onBatch(StockReservedSchema, (tx, events, handling) => this.#markStock(tx, variantsOf(events), handling)),
    onBatch(StockReleasedSchema, (tx, events, handling) => this.#markStock(tx, variantsOf(events), handling)),
    onBatch(RatingChangedSchema, async (tx, events) => {
      await lockForRatings(tx);
      // Those without a product are of stores.
      const ofProducts = events.filter(({ data }) => data.productId !== '');
      await writeRatings(
        tx,
        ofProducts.map(({ data }) => ({ ...data, count: Number(data.count) })),
      );
    }),
    // One who buys a hundred of it is one buyer.
    onBatch(OrderConfirmedSchema, (tx, events) =>
      heatUp(
        tx,
        events.map(({ time, data }) => ({
          time,
          productIds: data.order?.lines.map(({ productId }) => productId) ?? [],
        })),
      ),
    ),
    onBatch(ReviewCreatedSchema, (tx, events) =>
      heatUp(
        tx,
        events.map(({ time, data }) => ({ time, productIds: data.review ? [data.review.productId] : [] })),
      ),
    ),
    on(CategoryChangedSchema, async (tx, { data }, handling) => {
      const { categoryId, deleted, parentId } = data;
      await (deleted ? dropCategory(tx, categoryId, parentId || null) : markName(tx, 'category', categoryId));
      this.#forgetAfter(handling);
    }),
    on(BrandChangedSchema, async (tx, { data: { brandId, slug, deleted } }, handling) => {
      await (deleted ? dropBrand(tx, brandId) : markName(tx, 'brand', brandId, slug));
      this.#forgetAfter(handling);
    }),
    on(SellerApprovedSchema, async (tx, { data }, handling) => {
      await openSeller(tx, data.sellerId, true);
      this.#forgetAfter(handling);
    }),
    on(SellerSuspendedSchema, async (tx, { data }, handling) => {
      await openSeller(tx, data.sellerId, false);
      this.#forgetAfter(handling);
    }),
    on(SellerUpdatedSchema, async (tx, { data }, handling) => {
      await markName(tx, 'seller', data.sellerId);
      this.#forgetAfter(handling);
    }),
  ];

  async #mark(tx: Db, events: { data: { productId: string } }[], handling: Handling): Promise<void> {
    await markProducts(
      tx,
      events.map(({ data }) => data.productId),
    );
    this.#runAfter(handling);
  }

  async #markStock(tx: Db, variantIds: string[], handling: Handling): Promise<void> {
    await markStock(tx, variantIds);
    this.#runAfter(handling);
  }

  #runAfter({ afterCommit }: Handling): void {
    afterCommit(() => this.indexing.runSoon());
  }

  /** What is named or closed is known to every search. */
  #forgetAfter(handling: Handling): void {
    handling.afterCommit(() => this.directory.forget());
    this.#runAfter(handling);
  }
}

function variantsOf(events: { data: { lines: { variantId: string }[] } }[]): string[] {
  return events.flatMap(({ data }) => data.lines.map(({ variantId }) => variantId));
}
