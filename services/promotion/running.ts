import { Injectable } from '@nestjs/common';
import { CategoryChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { PromotionChangedSchema } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { hear, type Listener } from '@pasar/platform/listener';
import { Categories } from './categories.js';
import { listOffers, type RunningOffer } from './flash-sale-store.js';
import type { Promotion } from './promotion.js';
import { listCampaigns } from './store.js';

interface Running {
  /** By store; the platform's under ''. */
  campaigns: Map<string, Map<string, Promotion>>;
  offers: Map<string, RunningOffer[]>;
}

/**
 * Campaigns and flash prices that run or are to come, in memory: every checkout asks for them, and most find none. Each
 * process hears of every change. One that it has not heard of yet costs a buyer nothing but a retry, because what is
 * limited is decided when it is redeemed.
 */
@Injectable()
export class RunningPromotions implements Listener {
  #running: Promise<Running> | undefined;
  /** The same, once it is there: a checkout does not wait for what is known. */
  #known: Running | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly categories: Categories,
  ) {}

  readonly broadcasts = [
    hear(PromotionChangedSchema, (events) => this.refresh(events.map(({ promotionId }) => promotionId))),
    hear(CategoryChangedSchema, async () => this.categories.forget()),
  ];

  /** What was read before may have changed unheard. Read here, so that no buyer waits for it. */
  async onListening(): Promise<void> {
    this.#forget();
    await this.#load();
  }

  /** Campaigns that may be about a basket with items of these stores. */
  async campaignsOf(sellerIds: Iterable<string>): Promise<Promotion[]> {
    const { campaigns } = this.#known ?? (await this.#load());
    const now = this.clock.now();
    const found: Promotion[] = [];
    for (const owner of ['', ...new Set(sellerIds)]) {
      for (const campaign of campaigns.get(owner)?.values() ?? [])
        if (isOpen(campaign, now)) found.push(campaign);
    }
    return found;
  }

  async offersOf(variantIds: string[]): Promise<RunningOffer[]> {
    const { offers } = this.#known ?? (await this.#load());
    if (offers.size === 0) return [];
    const now = this.clock.now();
    return variantIds.flatMap((id) => (offers.get(id) ?? []).filter((offer) => isOpen(offer, now)));
  }

  /** Reads anew what changed: promotions, or flash sales. Changes are taken one after the other, so the last one stays. */
  async refresh(ids: string[]): Promise<void> {
    if (!this.#running) return;
    const refreshed = this.#running.then(async (running) => {
      const now = this.clock.now();
      const db = this.database.kysely;
      const [campaigns, offers] = await Promise.all([listCampaigns(db, now, ids), listOffers(db, now, ids)]);
      for (const ofOwner of running.campaigns.values()) for (const id of ids) ofOwner.delete(id);
      for (const [variantId, known] of running.offers) {
        const left = known.filter(({ flashSaleId }) => !ids.includes(flashSaleId));
        if (left.length === 0) running.offers.delete(variantId);
        else if (left.length < known.length) running.offers.set(variantId, left);
      }
      return add(running, campaigns, offers);
    });
    this.#running = refreshed;
    await refreshed.catch((error) => {
      this.#forget();
      throw error;
    });
  }

  #forget(): void {
    this.#running = undefined;
    this.#known = undefined;
  }

  async #load(): Promise<Running> {
    this.#running ??= this.#readAll();
    const loading = this.#running;
    try {
      const running = await loading;
      if (this.#running === loading) this.#known = running;
      return running;
    } catch (error) {
      if (this.#running === loading) this.#forget();
      throw error;
    }
  }

  async #readAll(): Promise<Running> {
    const now = this.clock.now();
    const db = this.database.kysely;
    const [campaigns, offers] = await Promise.all([listCampaigns(db, now), listOffers(db, now)]);
    return add({ campaigns: new Map(), offers: new Map() }, campaigns, offers);
  }
}

function add(running: Running, campaigns: Promotion[], offers: RunningOffer[]): Running {
  for (const campaign of campaigns) {
    const owner = campaign.sellerId ?? '';
    const known = running.campaigns.get(owner) ?? new Map<string, Promotion>();
    running.campaigns.set(owner, known.set(campaign.id, campaign));
  }
  for (const offer of offers) {
    running.offers.set(offer.variantId, [...(running.offers.get(offer.variantId) ?? []), offer]);
  }
  return running;
}

function isOpen({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, now: Date): boolean {
  return startsAt <= now && endsAt > now;
}
