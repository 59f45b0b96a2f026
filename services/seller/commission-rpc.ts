import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type AssignCommissionPlanRequest,
  type BatchGetCommissionsRequest,
  Commission_Source,
  type CommissionRateSchema,
  type CommissionSchema,
  type CommissionService,
  type CreateCommissionPlanRequest,
  type GetMyCommissionRequest,
  type ListCommissionPlansRequest,
  type ListCommissionRatesRequest,
  type SetCommissionRateRequest,
} from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { requireStore, requireUser } from '@pasar/platform/access';
import { invalidField } from '@pasar/platform/errors';
import type { Commission } from './commission.js';
import type { StoredRate } from './commission-store.js';
import { Commissions, type RateOwner } from './commissions.js';

@Injectable()
export class CommissionRpc implements ServiceImpl<typeof CommissionService> {
  constructor(private readonly commissions: Commissions) {}

  async listCommissionPlans({ pageSize, pageToken }: ListCommissionPlansRequest) {
    const { rows, nextPageToken } = await this.commissions.listPlans(pageSize, pageToken);
    return { plans: rows, nextPageToken };
  }

  createCommissionPlan(request: CreateCommissionPlanRequest, context: HandlerContext) {
    const { name, description, basisPoints } = request;
    return this.commissions.createPlan(name, description, basisPoints, requireUser(context).id);
  }

  async assignCommissionPlan(request: AssignCommissionPlanRequest, context: HandlerContext) {
    const { id, sellerId, effectiveFrom } = request;
    const from = effectiveFrom && timestampDate(effectiveFrom);
    await this.commissions.assign(id, sellerId, from, requireUser(context).id);
    return {};
  }

  async setCommissionRate(request: SetCommissionRateRequest, context: HandlerContext) {
    const { categoryId, basisPoints = null, effectiveFrom } = request;
    const from = effectiveFrom && timestampDate(effectiveFrom);
    const by = requireUser(context).id;
    return toRate(await this.commissions.setRate(ownerOf(request), categoryId, basisPoints, from, by));
  }

  async listCommissionRates(request: ListCommissionRatesRequest) {
    const { pageSize, pageToken } = request;
    const page = await this.commissions.listRates(ownerOf(request), pageSize, pageToken);
    return { rates: page.rows.map(toRate), nextPageToken: page.nextPageToken };
  }

  async getMyCommission({ categoryId }: GetMyCommissionRequest, context: HandlerContext) {
    const sellerId = requireStore(context);
    const [commission] = await this.commissions.find([{ sellerId, categoryId }]);
    return toCommission(commission as Commission);
  }

  async batchGetCommissions({ sales, at }: BatchGetCommissionsRequest) {
    const commissions = await this.commissions.find(sales, at && timestampDate(at));
    return { commissions: commissions.map(toCommission) };
  }
}

function ownerOf({ planId, sellerId }: { planId: string; sellerId: string }): RateOwner {
  if ((planId === '') === (sellerId === '')) throw invalidField('planId', 'Name a plan or a store.');
  return planId ? { planId } : { sellerId };
}

function toCommission(commission: Commission): MessageInitShape<typeof CommissionSchema> {
  const { plan, source, categoryId, ...rest } = commission;
  return {
    ...rest,
    source: Commission_Source[source],
    planId: plan.id,
    planName: plan.name,
    categoryId: categoryId ?? '',
  };
}

function toRate(rate: StoredRate): MessageInitShape<typeof CommissionRateSchema> {
  return {
    id: rate.id,
    planId: rate.planId ?? '',
    sellerId: rate.sellerId ?? '',
    categoryId: rate.categoryId ?? '',
    basisPoints: rate.basisPoints ?? undefined,
    effectiveFrom: timestampFromDate(rate.effectiveFrom),
    createdAt: timestampFromDate(rate.createdAt),
  };
}
