import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { PerformanceService } from '@pasar/contracts/pasar/seller/v1/performance_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { Calls } from '@pasar/platform/service';
import { atFlashPrices, type FlashPrices, FlashSales } from './flash-prices.js';
import { type Offer, type Reason, rank } from './offers.js';
import { lowestPrice, type Product } from './product.js';
import { Products } from './products.js';
import { findOffers } from './store.js';

export interface ListedOffer extends Offer {
  product: Product;
  sellerName: string;
  city: string;
  available: bigint;
}

export interface Offers {
  /** The featured one first. */
  offers: ListedOffer[];
  /** Why it is featured. */
  reason?: Reason;
}

/** With the flash prices that hold for the product and all who offer it. */
export interface Offered extends Offers {
  flash: FlashPrices;
}

/** Who sells a catalogue product, and whose offer is featured. */
@Injectable()
export class Offering {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly products: Products,
    private readonly flashSales: FlashSales,
    @Calls(SellerService) private readonly sellers: Client<typeof SellerService>,
    @Calls(PerformanceService) private readonly performance: Client<typeof PerformanceService>,
  ) {}

  /** Of a product that is shown, at what buyers are charged now; none where one store sells it. */
  async find(product: Product): Promise<Offered> {
    const { catalogueId, currency } = product;
    const listings =
      catalogueId && currency
        ? await findOffers(this.database.kysely, catalogueId, currency, this.clock.now())
        : [];
    const flashPrices = this.flashSales.findFor([product, ...listings]);
    if (listings.length === 0) return { offers: [], flash: await flashPrices };
    const sellerIds = listings.map(({ sellerId }) => sellerId);
    const [flash, available, { sellers }, { scores }] = await Promise.all([
      flashPrices,
      this.products.available(listings),
      this.sellers.batchGetSellers({ ids: sellerIds }),
      this.performance.batchGetScores({ sellerIds }),
    ]);
    const stores = new Map(sellers.map((seller) => [seller.id, seller]));
    const { ranked, reason } = rank(
      listings.map((listing): ListedOffer => {
        const product = atFlashPrices(listing, flash);
        const units = product.variants.reduce((sum, { id }) => sum + (available[id] ?? 0n), 0n);
        const store = stores.get(product.sellerId);
        return {
          ...{ product, productId: product.id, price: lowestPrice(product.variants) ?? 0n },
          ...{ available: units, inStock: units > 0n, score: scores[product.sellerId] },
          ...{ sellerName: store?.name ?? '', city: store?.city ?? '' },
        };
      }),
    );
    return { offers: ranked, reason, flash };
  }
}
