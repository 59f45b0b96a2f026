import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { Categories } from './categories.js';
import { type Promotion, refusalOf } from './promotion.js';
import { Promotions } from './promotions.js';
import { type Candidate, type Fee, type Line, type Offer, type Quote, quote } from './quote.js';
import { RunningPromotions } from './running.js';
import { findByCodes, findUsage, leftOf, type Usage } from './store.js';

export interface Asked {
  /** Empty for a guest. */
  customerId: string;
  currency: string;
  lines: (Omit<Line, 'categoryIds'> & { categoryId: string })[];
  fees: Fee[];
  codes: string[];
}

export interface Quoted {
  quote: Quote;
  /** Codes that nobody gave out; for a guest those that are not shown to everybody are among them. */
  unknown: string[];
  names(promotionId: string): string;
}

/** Gathers what a price depends on, and asks the rules. A basket that nothing is about costs no query. */
@Injectable()
export class Quotes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly running: RunningPromotions,
    private readonly promotions: Promotions,
    private readonly categories: Categories,
  ) {}

  async quote({ customerId, currency, lines, fees, codes }: Asked): Promise<Quoted> {
    const sellerIds = lines.map(({ sellerId }) => sellerId);
    const campaigns = await this.running.campaignsOf(sellerIds);
    const running = await this.running.offersOf(lines.map(({ variantId }) => variantId));
    const wanted = [...new Set(codes.map((code) => code.trim().toUpperCase()))];
    const guest = customerId === '';
    const found = wanted.length === 0 ? [] : await findByCodes(this.database.kysely, wanted);
    const vouchers = guest ? found.filter(({ listed }) => listed) : found;
    const offers = running.filter((offer) => offer.currency === currency);

    const counted = [...vouchers, ...campaigns.filter(isLimited), ...offers].map(({ id }) => id);
    const all: Promotion[] = [...vouchers, ...campaigns];
    const [usage, orders, paths] = await Promise.all([
      counted.length === 0 ? none : findUsage(this.database.kysely, counted, customerId),
      !guest && all.some(({ segment }) => segment !== 'EVERYONE') ? this.promotions.ordersOf(customerId) : 0,
      all.some(({ categoryIds }) => categoryIds.length > 0) ? this.categories.paths() : noPaths,
    ]);
    const now = this.clock.now();
    const toCandidate = (promotion: Promotion): Candidate => {
      const { used = 0, usedByCustomer = 0, ...limits } = usage.get(promotion.id) ?? {};
      // The limits as they are stored are newer than those in memory.
      const current = { ...promotion, ...limits };
      return { promotion, refusal: refusalOf(current, { now, used, usedByCustomer, orders, guest }) };
    };
    const priced = quote({
      currency,
      fees,
      lines: lines.map(({ categoryId, ...line }) => ({
        ...line,
        categoryIds: paths.get(categoryId) ?? [categoryId],
      })),
      offers: offers.map((offer): Offer => ({ ...offer, left: leftOf(usage.get(offer.id)) })),
      campaigns: campaigns.map(toCandidate).flatMap(({ promotion, refusal }) => (refusal ? [] : [promotion])),
      vouchers: vouchers.map(toCandidate),
    });
    const known = new Set(vouchers.map(({ code }) => code));
    const names = new Map(vouchers.map(({ id, name }) => [id, name]));
    return {
      quote: priced,
      unknown: wanted.filter((code) => !known.has(code)),
      names: (promotionId) => names.get(promotionId) ?? '',
    };
  }
}

const none = new Map<string, Usage>();
const noPaths = new Map<string, string[]>();

function isLimited({ quota, perCustomer }: Promotion): boolean {
  return quota !== null || perCustomer !== null;
}
