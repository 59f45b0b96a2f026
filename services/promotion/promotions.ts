import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { PromotionChangedSchema } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import { Categories } from './categories.js';
import { PromotionConfig } from './config.js';
import {
  hasEnded,
  isId,
  loyalOrders,
  type Promotion,
  type Refusal,
  refusalOf,
  requireBenefit,
  requireTerms,
  type Terms,
  tooMany,
} from './promotion.js';
import { RunningPromotions } from './running.js';
import {
  findByCodes,
  findPromotion,
  findUsage,
  insertClaim,
  insertPromotion,
  listClaims,
  listListed,
  listPromotions,
  type Manager,
  type StoredPromotion,
  updatePromotion,
} from './store.js';

/** A voucher as one customer sees it. */
export interface UsableVoucher {
  voucher: StoredPromotion;
  refusal?: Refusal;
  usedByMe: number;
  claimedAt?: Date;
}

/** The platform has no store's limit, and a bound all the same. */
const platformLimit = 10_000;

@Injectable()
export class Promotions {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: PromotionConfig,
    private readonly categories: Categories,
    private readonly running: RunningPromotions,
    @Calls(OrderService) private readonly orders: Client<typeof OrderService>,
  ) {}

  /** @throws DomainError `promotion.code_taken`, `promotion.too_many` */
  async create(
    { sellerId }: Manager,
    draft: Omit<Promotion, 'id' | 'sellerId' | 'endedAt'>,
  ): Promise<StoredPromotion> {
    const now = this.clock.now();
    requireTerms(draft, now);
    requireBenefit(draft.benefit);
    if (draft.code === null && draft.listed) throw invalidField('listed', 'is for vouchers');
    await this.categories.require(draft.categoryIds);
    const made: StoredPromotion = {
      ...draft,
      ...{ id: this.clock.id(), sellerId, endedAt: null, used: 0, createdAt: now, name: draft.name.trim() },
    };
    const limit = sellerId === null ? platformLimit : this.config.runningPerStore;
    await this.database.transaction(async (tx) => {
      if (!(await insertPromotion(tx, made, limit))) throw tooMany(limit);
      await this.outbox.append(tx, changed(made));
    });
    await this.#tell(made.id);
    return made;
  }

  async get(manager: Manager, id: string): Promise<StoredPromotion> {
    return (await findPromotion(this.database.kysely, id, anyFor(manager))) ?? refuseUnknown();
  }

  async list(manager: Manager, isVoucher: boolean | undefined, size: number, token: string) {
    const limit = pageSize(size);
    const before = decodeIdToken(token);
    const rows = await listPromotions(this.database.kysely, manager.sellerId, isVoucher, limit + 1, before);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws DomainError `promotion.ended`, `promotion.quota_below_used` */
  async change({ sellerId }: Manager, id: string, terms: Partial<Terms>): Promise<StoredPromotion> {
    const now = this.clock.now();
    return this.#change(id, { sellerId }, (promotion) => {
      if (promotion.endedAt !== null || promotion.endsAt <= now) throw hasEnded();
      const revised = { ...promotion, ...terms };
      requireTerms(revised, now);
      if (revised.code === null && revised.listed) throw invalidField('listed', 'is for vouchers');
      return revised;
    });
  }

  /** Ends it at once; an ended one stays as it is. */
  async end(manager: Manager, id: string): Promise<StoredPromotion> {
    const now = this.clock.now();
    return this.#change(id, anyFor(manager), (promotion) =>
      promotion.endedAt !== null || promotion.endsAt <= now ? promotion : { ...promotion, endedAt: now },
    );
  }

  /** Vouchers that anybody may use now. */
  async listListed(sellerId: string | null, size: number, token: string) {
    const limit = pageSize(size);
    const after = decodeTimeToken(token);
    const rows = await listListed(this.database.kysely, sellerId, this.clock.now(), limit + 1, after);
    return pageOf(rows, limit, ({ endsAt, id }) => [endsAt, id]);
  }

  /** @throws DomainError `voucher.not_found` */
  async check(code: string, customerId: string): Promise<UsableVoucher> {
    const [voucher] = await findByCodes(this.database.kysely, [code.toUpperCase()]);
    if (!voucher) throw notFound('voucher');
    const usage = await findUsage(this.database.kysely, [voucher.id], customerId);
    const usedByMe = usage.get(voucher.id)?.usedByCustomer ?? 0;
    const [claim] = await listClaims(this.database.kysely, customerId, this.clock.now(), 1, {
      promotionId: voucher.id,
    });
    return {
      voucher,
      usedByMe,
      claimedAt: claim?.claimedAt,
      ...(await this.#refusal(voucher, usedByMe, customerId)),
    };
  }

  /** @throws DomainError `promotion.ended` */
  async claim(code: string, customerId: string): Promise<UsableVoucher> {
    const { voucher, refusal } = await this.check(code, customerId);
    if (refusal === 'ENDED') throw hasEnded();
    const claim = { id: this.clock.id(), customerId, promotionId: voucher.id, at: this.clock.now() };
    await insertClaim(this.database.kysely, claim);
    return this.check(code, customerId);
  }

  async listClaimed(customerId: string, size: number, token: string) {
    const limit = pageSize(size);
    const before = decodeIdToken(token);
    const now = this.clock.now();
    const rows = await listClaims(this.database.kysely, customerId, now, limit + 1, { before });
    const page = pageOf(rows, limit, ({ claimId }) => [claimId]);
    const orders = page.rows.some(({ segment }) => segment !== 'EVERYONE')
      ? await this.ordersOf(customerId)
      : 0;
    const vouchers = page.rows.map((voucher): UsableVoucher => {
      const { usedByCustomer, claimedAt, used } = voucher;
      const refusal = refusalOf(voucher, { now, used, usedByCustomer, orders });
      return { voucher, refusal, usedByMe: usedByCustomer, claimedAt };
    });
    return { vouchers, nextPageToken: page.nextPageToken };
  }

  /** Confirmed orders of a customer, as far as anybody needs to know. */
  async ordersOf(customerId: string): Promise<number> {
    return (await this.orders.countOrders({ customerId, limit: loyalOrders })).count;
  }

  async #refusal(voucher: StoredPromotion, usedByCustomer: number, customerId: string) {
    const orders = voucher.segment === 'EVERYONE' ? 0 : await this.ordersOf(customerId);
    return {
      refusal: refusalOf(voucher, { now: this.clock.now(), used: voucher.used, usedByCustomer, orders }),
    };
  }

  async #change(
    id: string,
    owner: { sellerId: string | null } | undefined,
    revise: (promotion: StoredPromotion) => StoredPromotion,
  ): Promise<StoredPromotion> {
    const revised = await this.database.transaction(async (tx) => {
      const promotion = (await findPromotion(tx, id, owner, true)) ?? refuseUnknown();
      const next = revise(promotion);
      if (next === promotion) return promotion;
      await updatePromotion(tx, next);
      await this.outbox.append(tx, changed(next));
      return next;
    });
    await this.#tell(id);
    return revised;
  }

  /** The others hear of it by the event. */
  async #tell(id: string): Promise<void> {
    this.outbox.wake();
    await this.running.refresh([id]);
  }
}

function changed({ id, sellerId }: Promotion) {
  return event(PromotionChangedSchema, id, { promotionId: id, sellerId: sellerId ?? '' });
}

/** Staff may see and end anybody's. */
export function anyFor({ sellerId, staff }: Manager): { sellerId: string | null } | undefined {
  return staff ? undefined : { sellerId };
}

export function decodeTimeToken(token: string): [time: string, id: string] | undefined {
  const [time = '', id] = decodePageToken(token, 2) ?? [];
  if (id === undefined) return undefined;
  if (!isId(id) || Number.isNaN(Date.parse(time))) throw invalidField('pageToken', 'is not known here');
  return [time, id];
}

function refuseUnknown(): never {
  throw notFound('promotion');
}
