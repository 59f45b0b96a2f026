import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { invalidField, notFound } from '@pasar/platform/errors';
import { decodeIdToken, decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { Categories } from './categories.js';
import { type Commission, commissionOf, planNameTaken } from './commission.js';
import {
  findPlans,
  findRates,
  insertAssignment,
  insertPlan,
  insertRate,
  listPlans,
  listRates,
  type StoredPlan,
  type StoredRate,
} from './commission-store.js';

/** Whose rate it is. */
export type RateOwner = { planId: string } | { sellerId: string };

export interface SoldIn {
  sellerId: string;
  /** Empty when the product has none. */
  categoryId: string;
}

@Injectable()
export class Commissions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly categories: Categories,
  ) {}

  async listPlans(size: number, token: string) {
    const limit = pageSize(size);
    const [after = ''] = decodePageToken(token, 1) ?? [];
    const rows = await listPlans(this.database.kysely, this.clock.now(), limit + 1, after);
    return pageOf(rows, limit, ({ name }) => [name]);
  }

  /** @throws DomainError `seller.plan_name_taken` */
  async createPlan(name: string, description: string, basisPoints: number, by: string): Promise<StoredPlan> {
    const now = this.clock.now();
    const plan = { id: this.clock.id(), name: name.trim(), description: description.trim() };
    if (plan.name === '') throw invalidField('name', 'must not be blank');
    await this.database.transaction(async (tx) => {
      if (!(await insertPlan(tx, plan, now))) throw planNameTaken();
      const owner = { planId: plan.id, sellerId: null, categoryId: null };
      const times = { effectiveFrom: now, createdAt: now };
      await insertRate(tx, { id: this.clock.id(), ...owner, basisPoints, ...times, createdBy: by });
    });
    return { ...plan, isDefault: false, basisPoints };
  }

  async assign(planId: string, sellerId: string, from: Date | undefined, by: string): Promise<void> {
    const now = this.clock.now();
    const one = { id: this.clock.id(), planId, sellerId, createdBy: by, now };
    const effectiveFrom = this.#notPast(from, now);
    if (!(await insertAssignment(this.database.kysely, { ...one, effectiveFrom }))) throw notFound('plan');
  }

  /** @param basisPoints null ends the rate */
  async setRate(
    owner: RateOwner,
    categoryId: string,
    basisPoints: number | null,
    from: Date | undefined,
    by: string,
  ): Promise<StoredRate> {
    if (basisPoints === null && categoryId === '' && 'planId' in owner)
      throw invalidField('basisPoints', 'A plan always has a rate for everything.');
    await this.categories.require(categoryId);
    const now = this.clock.now();
    const rate = {
      id: this.clock.id(),
      planId: 'planId' in owner ? owner.planId : null,
      sellerId: 'sellerId' in owner ? owner.sellerId : null,
      categoryId: categoryId || null,
      basisPoints,
      effectiveFrom: this.#notPast(from, now),
      createdAt: now,
      createdBy: by,
    };
    if (!(await insertRate(this.database.kysely, rate)))
      throw notFound('planId' in owner ? 'plan' : 'seller');
    return rate;
  }

  async listRates(owner: RateOwner, size: number, token: string) {
    const limit = pageSize(size);
    const rows = await listRates(this.database.kysely, owner, limit + 1, decodeIdToken(token));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** What applied to sales, in their order, in two statements however many there are. */
  async find(sales: SoldIn[], at: Date = this.clock.now()): Promise<Commission[]> {
    const sellerIds = [...new Set(sales.map(({ sellerId }) => sellerId.toLowerCase()))];
    const paths = await Promise.all(sales.map(({ categoryId }) => this.categories.path(categoryId)));
    const plans = await findPlans(this.database.kysely, sellerIds, at);
    const planIds = [...new Set([...plans.values()].map(({ id }) => id))];
    const rates = await findRates(this.database.kysely, sellerIds, planIds, at);
    return sales.map((sale, index) => {
      const sellerId = sale.sellerId.toLowerCase();
      const plan = plans.get(sellerId);
      if (!plan) throw new Error(`no plan for ${sellerId}`);
      return commissionOf({ sellerId, categories: paths[index] ?? [] }, plan, rates);
    });
  }

  /** What was kept of past sales must stay as it was. */
  #notPast(from: Date | undefined, now: Date): Date {
    if (from && from < now) throw invalidField('effectiveFrom', 'must not be in the past');
    return from ?? now;
  }
}
