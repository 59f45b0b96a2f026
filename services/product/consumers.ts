import { timestampDate } from '@bufbuild/protobuf/wkt';
import { Injectable } from '@nestjs/common';
import { BrandChangedSchema, CategoryChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { ProductCategoryChangedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionChangedSchema } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import {
  SellerApprovedSchema,
  SellerSuspendedSchema,
  SellerUpdatedSchema,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { event } from '@pasar/platform/events';
import { on, onBatch } from '@pasar/platform/inbox';
import { Outbox } from '@pasar/platform/outbox';
import { Catalogue } from './catalogue.js';
import { CatalogueChanges } from './catalogue-changes.js';
import {
  changeBrand,
  changeCategory,
  dropBrand,
  dropCategory,
  noteHoliday,
  reopenStore,
  suspendStore,
} from './catalogue-store.js';
import { FlashMarks } from './flash-marks.js';
import { markFlashPrices } from './flash-store.js';

@Injectable()
export class ProductConsumers {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly changes: CatalogueChanges,
    private readonly flashMarks: FlashMarks,
    private readonly outbox: Outbox,
  ) {}

  readonly subscriptions = [
    on(CategoryChangedSchema, async (tx, { data }, { afterCommit }) => {
      const { categoryId, slug, deleted } = data;
      const parentId = data.parentId || null;
      const isOther = !deleted && (await changeCategory(tx, categoryId, slug, parentId));
      if (deleted) await dropCategory(tx, categoryId, parentId);
      // Its products may be very many, and are read with it: one event tells of all that are shown somewhere.
      if (isOther)
        await this.outbox.append(tx, event(ProductCategoryChangedSchema, categoryId, { categoryId }));
      afterCommit(() => {
        this.catalogue.forget();
        if (deleted) this.changes.rounds.runSoon();
        if (isOther) this.outbox.wake();
      });
    }),
    on(BrandChangedSchema, async (tx, { data: { brandId, slug, deleted } }, { afterCommit }) => {
      await (deleted ? dropBrand(tx, brandId) : changeBrand(tx, brandId, slug));
      afterCommit(() => {
        this.catalogue.forget();
        this.changes.rounds.runSoon();
      });
    }),
    onBatch(PromotionChangedSchema, async (tx, events, { afterCommit }) => {
      const ids = events.flatMap(({ data }) => data.productIds);
      if (ids.length === 0) return;
      await markFlashPrices(tx, ids);
      afterCommit(() => this.flashMarks.rounds.runSoon());
    }),
    on(SellerSuspendedSchema, (tx, { data }) => suspendStore(tx, data.sellerId)),
    on(SellerApprovedSchema, (tx, { data }) => reopenStore(tx, data.sellerId)),
    on(SellerUpdatedSchema, (tx, { data: { sellerId, holiday } }) => {
      const { startsAt, endsAt } = holiday ?? {};
      const dates = startsAt &&
        endsAt && { startsAt: timestampDate(startsAt), endsAt: timestampDate(endsAt) };
      return noteHoliday(tx, sellerId, dates);
    }),
  ];
}
