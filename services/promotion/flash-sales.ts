import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { ProductService, type VariantDetail } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionChangedSchema } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import type { Money } from '@pasar/platform/money';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import { PromotionConfig } from './config.js';
import {
  endFlashSale,
  type FlashItem,
  type FlashSale,
  findFlashSale,
  insertFlashSale,
  listFlashSales,
  listOpenFlashSales,
  type RunningOffer,
  turnFlashSales,
} from './flash-sale-store.js';
import { isId, requireTerms, tooMany } from './promotion.js';
import { anyFor, decodeTimeToken } from './promotions.js';
import { RunningPromotions } from './running.js';
import { findUsage, leftOf, type Manager } from './store.js';

/** A flash price that holds now. */
export interface FlashPrice extends RunningOffer {
  /** That one customer can still buy at it. */
  units: number;
}

export interface FlashSaleDraft {
  name: string;
  startsAt: Date;
  endsAt: Date;
  items: { variantId: string; price: Money; stock: number; perCustomer: number | null }[];
}

@Injectable()
export class FlashSales {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: PromotionConfig,
    private readonly running: RunningPromotions,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
  ) {}

  /**
   * A store sells its own products, at its expense; the platform anybody's, at its own.
   * @throws DomainError `request.invalid`, `promotion.too_many`
   */
  async create({ sellerId }: Manager, draft: FlashSaleDraft): Promise<FlashSale> {
    const now = this.clock.now();
    requireTerms(draft, now);
    const ids = draft.items.map(({ variantId }) => variantId.toLowerCase());
    if (new Set(ids).size < ids.length) throw invalidField('items', 'must name a variant once');
    const { variants } = await this.products.batchGetVariants({ ids });
    const byId = new Map(variants.map((variant) => [variant.id, variant]));
    const items = draft.items.map((item, index) => {
      const variant = byId.get(ids[index] as string);
      if (!variant?.purchasable || (sellerId !== null && variant.sellerId !== sellerId)) {
        throw invalidField(`items[${index}].variantId`, 'is not for sale here');
      }
      return this.#toItem(item, variant, `items[${index}].price`);
    });
    const { name, startsAt, endsAt } = draft;
    const made = { id: this.clock.id(), sellerId, name: name.trim(), startsAt, endsAt, endedAt: null, items };
    const limit = this.config.runningPerStore;
    await this.database.transaction(async (tx) => {
      if (!(await insertFlashSale(tx, made, now, limit))) throw tooMany(limit);
      await this.outbox.append(tx, changed(made));
    });
    await this.#tell(made.id);
    return made;
  }

  async get(id: string): Promise<FlashSale> {
    return (await findFlashSale(this.database.kysely, id)) ?? refuseUnknown();
  }

  /** Running or to come. */
  async listOpen(size: number, token: string) {
    const limit = pageSize(size, 20, 50);
    const after = decodeTimeToken(token);
    const rows = await listOpenFlashSales(this.database.kysely, this.clock.now(), limit + 1, after);
    return pageOf(rows, limit, ({ endsAt, id }) => [endsAt, id]);
  }

  /** What holds now for who asks. Where no sale is about any of the variants, nothing is asked. */
  async pricesOf(variantIds: string[], customerId: string): Promise<Map<string, FlashPrice>> {
    const offers = await this.running.offersOf(variantIds.map((id) => id.toLowerCase()));
    if (offers.length === 0) return new Map();
    const ids = offers.map(({ id }) => id);
    const usage = await findUsage(this.database.kysely, ids, isId(customerId) ? customerId : '');
    const prices = new Map<string, FlashPrice>();
    for (const offer of offers) {
      const units = leftOf(usage.get(offer.id));
      const known = prices.get(offer.variantId);
      if (units > 0 && (!known || offer.price < known.price))
        prices.set(offer.variantId, { ...offer, units });
    }
    return prices;
  }

  /** Tells of sales that have begun or ended, or are sold out, since it was last asked. */
  async tellTurns(): Promise<void> {
    const told = await this.database.transaction(async (tx) => {
      const sales = await turnFlashSales(tx, this.clock.now());
      await this.outbox.append(tx, ...sales.map(changed));
      return sales.length > 0;
    });
    if (told) this.outbox.wake();
  }

  async listOwn({ sellerId }: Manager, size: number, token: string) {
    const limit = pageSize(size, 20, 50);
    const rows = await listFlashSales(this.database.kysely, sellerId, limit + 1, decodeIdToken(token));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** Ends it at once; an ended one stays as it is. */
  async end(manager: Manager, id: string): Promise<FlashSale> {
    const sale = await this.database.transaction(async (tx) => {
      const ended = await endFlashSale(tx, id, anyFor(manager), this.clock.now());
      const found = (await findFlashSale(tx, id, anyFor(manager))) ?? refuseUnknown();
      if (ended) await this.outbox.append(tx, changed(found));
      return found;
    });
    await this.#tell(id);
    return sale;
  }

  #toItem(
    { price, stock, perCustomer }: FlashSaleDraft['items'][0],
    variant: VariantDetail,
    field: string,
  ): FlashItem {
    const regular = variant.price;
    if (!regular || regular.currency !== price.currency) {
      throw invalidField(field, `must be in ${regular?.currency}`);
    }
    if (price.amount < 0n || price.amount >= regular.amount) {
      throw invalidField(field, 'must be below the price of the product');
    }
    const { id: variantId, productId, sellerId, title, slug, imageUrl } = variant;
    return {
      ...{ id: this.clock.id(), variantId, stock, perCustomer, sold: 0 },
      ...{ price: price.amount, currency: price.currency, regularPrice: regular.amount },
      ...{ productId, sellerId, title, slug, imageUrl },
    };
  }

  async #tell(id: string): Promise<void> {
    this.outbox.wake();
    await this.running.refresh([id]);
  }
}

function changed({ id, sellerId, items }: FlashSale) {
  return event(PromotionChangedSchema, id, {
    ...{ promotionId: id, sellerId: sellerId ?? '', isFlashSale: true },
    productIds: [...new Set(items.map(({ productId }) => productId))],
    variantIds: items.map(({ variantId }) => variantId),
  });
}

function refuseUnknown(): never {
  throw notFound('flash_sale');
}
