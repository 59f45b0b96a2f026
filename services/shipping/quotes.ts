import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { Batcher } from '@pasar/platform/batcher';
import { Cache } from '@pasar/platform/cache';
import { minorDigits } from '@pasar/platform/currency';
import type { Money } from '@pasar/platform/money';
import { Calls } from '@pasar/platform/service';
import { Carriers } from './carrier.js';
import { ShippingConfig } from './config.js';
import type { Place } from './geography.js';
import { type Goods, type Rate, ratesOf } from './rates.js';
import type { Sender } from './shipment.js';

export interface Consignment {
  sellerId: string;
  goods: Goods[];
}

export type Option = Omit<Rate, 'cost'> & { cost: Money };

type Origin = Sender & Place;

/** A seller that nobody knows sends from nowhere: the farthest zone. */
const nowhere: Origin = { name: '', city: '', province: '', country: 'ID' };

/** Answers what shipping costs from what is in memory: a checkout waits for it. */
@Injectable()
export class Quotes {
  /** Where sellers send from. A store that moves is noticed after its time. */
  readonly #origins = new Cache<Origin>({ max: 20_000, ttlMs: 60_000 });
  readonly #loading = new Batcher((ids: string[]) => this.#load(ids), { isRemote: true });

  constructor(
    private readonly config: ShippingConfig,
    private readonly carriers: Carriers,
    @Calls(SellerService) private readonly sellers: Client<typeof SellerService>,
  ) {}

  /** The options of each consignment, the cheapest first; none where no carrier goes. */
  async quote(destination: Place, currency: string, consignments: Consignment[]): Promise<Option[][]> {
    const origins = await Promise.all(consignments.map(({ sellerId }) => this.#originOf(sellerId)));
    return consignments.map(({ goods }, index) =>
      ratesOf(this.carriers.tariffs, origins[index] as Place, destination, goods).flatMap(
        ({ cost, ...rate }) => {
          const converted = this.#convert(cost, currency);
          return converted ? [{ ...rate, cost: converted }] : [];
        },
      ),
    );
  }

  /** Whether there is such a seller. */
  async knows(sellerId: string): Promise<boolean> {
    return (await this.#originOf(sellerId)) !== nowhere;
  }

  async senderOf(sellerId: string): Promise<Sender> {
    const { name, city, province } = await this.#originOf(sellerId);
    return { name, city, province };
  }

  async #originOf(sellerId: string): Promise<Origin> {
    return (await this.#origins.get(sellerId, () => this.#loading.submit(sellerId))) ?? nowhere;
  }

  async #load(ids: string[]): Promise<(Origin | undefined)[]> {
    const { sellers } = await this.sellers.batchGetSellers({ ids });
    const byId = new Map(
      sellers.map(({ id, name, city, province }) => [id, { name, city, province, country: 'ID' }]),
    );
    return ids.map((id) => byId.get(id.toLowerCase()));
  }

  /** Rounded up to a minor unit; nothing for a currency without a rate. */
  #convert(rupiah: bigint, currency: string): Money | undefined {
    const scale = 10n ** BigInt(minorDigits(currency));
    const perUnit = currency === 'IDR' ? 1n : this.config.rupiahPerUnit.get(currency);
    if (!perUnit) return undefined;
    return { amount: (rupiah * scale + perUnit - 1n) / perUnit, currency };
  }
}
