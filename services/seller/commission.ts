import { DomainError } from '@pasar/platform/errors';

/** A rate of a plan or of a store, for a category or for everything. */
export interface Rate {
  id: string;
  planId: string | null;
  sellerId: string | null;
  categoryId: string | null;
  /** Null where the rate ends, and what is more general holds. */
  basisPoints: number | null;
}

export interface Plan {
  id: string;
  name: string;
}

/** What is sold: whose, and its category with all above it, nearest first. */
export interface Sale {
  sellerId: string;
  categories: string[];
}

export type Source = 'STORE_CATEGORY' | 'STORE' | 'PLAN_CATEGORY' | 'PLAN';

export interface Commission {
  basisPoints: number;
  source: Source;
  rateId: string;
  plan: Plan;
  /** The category whose rate it is; null for a rate for everything. */
  categoryId: string | null;
}

/**
 * The rate that applies to a sale: the store's own before that of its plan, and of each the nearest category before
 * everything.
 * @param rates those that hold, one at most for each owner and category
 */
export function commissionOf({ sellerId, categories }: Sale, plan: Plan, rates: Rate[]): Commission {
  const sources: [Source, (rate: Rate) => boolean, string | null][] = [];
  const owners: [Source, Source, (rate: Rate) => boolean][] = [
    ['STORE_CATEGORY', 'STORE', (rate) => rate.sellerId === sellerId],
    ['PLAN_CATEGORY', 'PLAN', (rate) => rate.planId === plan.id],
  ];
  for (const [ofCategory, ofAll, isOwn] of owners) {
    for (const categoryId of categories) sources.push([ofCategory, isOwn, categoryId]);
    sources.push([ofAll, isOwn, null]);
  }
  for (const [source, isOwn, categoryId] of sources) {
    const rate = rates.find((each) => isOwn(each) && each.categoryId === categoryId);
    if (rate && rate.basisPoints !== null)
      return { basisPoints: rate.basisPoints, source, rateId: rate.id, plan, categoryId };
  }
  throw new Error(`the plan ${plan.name} has no rate`);
}

export function planNameTaken(): DomainError {
  return new DomainError('seller.plan_name_taken', 'conflict', 'Another plan has this name.');
}
