import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { type FlashPrice, PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { chunks } from '@pasar/platform/chunks';
import { isTransient } from '@pasar/platform/errors';
import { Calls } from '@pasar/platform/service';
import type { Product } from './product.js';
import type { Summary } from './summaries.js';

export type FlashPrices = Record<string, FlashPrice>;

/** As many as promotion answers in one call. */
const largestQuestion = 5_000;

/** What flash sales make of prices, where they are shown. */
@Injectable()
export class FlashSales {
  constructor(@Calls(PromotionService) private readonly promotions: Client<typeof PromotionService>) {}

  async find(variantIds: string[]): Promise<FlashPrices> {
    const answers = await Promise.all(
      chunks(variantIds, largestQuestion).map((part) =>
        this.promotions.batchGetFlashPrices({ variantIds: part }),
      ),
    );
    return Object.assign({}, ...answers.map(({ prices }) => prices));
  }

  /** For pages. Without promotion people look around all the same, and a checkout has to wait for it anyway. */
  async findFor(products: Product[]): Promise<FlashPrices> {
    try {
      return await this.find(products.flatMap(({ variants }) => variants.map(({ id }) => id)));
    } catch (error) {
      if (!isTransient(error)) throw error;
      return {};
    }
  }

  /** The lowest price of each that a buyer is charged now. */
  async reduce(summaries: Summary[]): Promise<Summary[]> {
    const prices = await this.find(summaries.flatMap(({ variantIds }) => variantIds));
    return summaries.map((summary) => {
      const { price } = summary;
      const lowest = lowestFlashPrice(summary, prices);
      if (!lowest || price === null || amountOf(lowest) >= price) return summary;
      return { ...summary, price: amountOf(lowest), regularPrice: price, flashEndsAt: lowest.endsAt };
    });
  }
}

/** Of a product's variants. */
export function lowestFlashPrice(
  { variantIds, currency }: { variantIds: string[]; currency: string | null },
  prices: FlashPrices,
): FlashPrice | undefined {
  return variantIds
    .flatMap((id) => (prices[id]?.price?.currency === currency ? prices[id] : []))
    .reduce<FlashPrice | undefined>(
      (low, one) => (low && amountOf(low) <= amountOf(one) ? low : one),
      undefined,
    );
}

/** A product at what buyers are charged now: what it costs otherwise is what that is compared to. */
export function atFlashPrices(product: Product, prices: FlashPrices): Product {
  const variants = product.variants.map((variant) => {
    const flash = prices[variant.id];
    if (!flash || flash.price?.currency !== product.currency || amountOf(flash) >= variant.price)
      return variant;
    return { ...variant, price: amountOf(flash), compareAtPrice: variant.price };
  });
  return { ...product, variants };
}

function amountOf({ price }: FlashPrice): bigint {
  return price?.amount ?? 0n;
}
