import { timestampDate } from '@bufbuild/protobuf/wkt';
import { Injectable } from '@nestjs/common';
import { BrandChangedSchema, CategoryChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { PromotionChangedSchema } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import {
  SellerApprovedSchema,
  SellerSuspendedSchema,
  SellerUpdatedSchema,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { on, onBatch } from '@pasar/platform/inbox';
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
  ) {}

  readonly subscriptions = [
    on(CategoryChangedSchema, async (tx, { data }, { afterCommit }) => {
      const { categoryId, slug, deleted } = data;
      const parentId = data.parentId || null;
      await (deleted
        ? dropCategory(tx, categoryId, parentId)
        : changeCategory(tx, categoryId, slug, parentId));
      afterCommit(() => {
        this.catalogue.forget();
        if (deleted) this.changes.rounds.runSoon();
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
