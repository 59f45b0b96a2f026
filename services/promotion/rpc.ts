import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type BatchGetFlashPricesRequest,
  type CheckVoucherRequest,
  type ClaimVoucherRequest,
  type CreateFlashSaleRequest,
  type CreatePromotionRequest,
  type EndFlashSaleRequest,
  type EndPromotionRequest,
  type GetFlashSaleRequest,
  type GetPromotionRequest,
  type ListClaimedVouchersRequest,
  ListPromotionsRequest_Kind as ListedKind,
  type ListFlashSalesRequest,
  type ListOwnFlashSalesRequest,
  type ListPromotionsRequest,
  type ListRedemptionsRequest,
  type ListVouchersRequest,
  PromotionSchema,
  type PromotionService,
  type QuoteRequest,
  type RedeemRequest,
  Redemption_Status,
  Refusal,
  type ReleaseRequest,
  type UpdatePromotionRequest,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { isStaff, requireStore, requireUser } from '@pasar/platform/access';
import { invalidField } from '@pasar/platform/errors';
import { changedFields } from '@pasar/platform/update-mask';
import { FlashSales } from './flash-sales.js';
import {
  toDraft,
  toFlashSale,
  toFlashSaleDraft,
  toPromotion,
  toQuoteResponse,
  toTerms,
  toUsable,
} from './messages.js';
import type { Terms } from './promotion.js';
import { Promotions } from './promotions.js';
import { Quotes } from './quotes.js';
import { type RedemptionStatus, Redemptions } from './redemptions.js';
import type { Manager } from './store.js';

@Injectable()
export class PromotionRpc implements ServiceImpl<typeof PromotionService> {
  constructor(
    private readonly promotions: Promotions,
    private readonly flashSales: FlashSales,
    private readonly quotes: Quotes,
    private readonly redemptions: Redemptions,
  ) {}

  async batchGetFlashPrices({ variantIds, customerId }: BatchGetFlashPricesRequest) {
    const prices = await this.flashSales.pricesOf(variantIds, customerId);
    return {
      prices: Object.fromEntries(
        [...prices].map(([variantId, { price, currency, endsAt, units, flashSaleId }]) => [
          variantId,
          { price: { amount: price, currency }, endsAt: timestampFromDate(endsAt), units, flashSaleId },
        ]),
      ),
    };
  }

  async listVouchers({ sellerId, pageSize, pageToken }: ListVouchersRequest) {
    const page = await this.promotions.listListed(sellerId || null, pageSize, pageToken);
    return { vouchers: page.rows.map(toPromotion), nextPageToken: page.nextPageToken };
  }

  async checkVoucher({ code }: CheckVoucherRequest, context: HandlerContext) {
    return toUsable(await this.promotions.check(code, requireUser(context).id));
  }

  async claimVoucher({ code }: ClaimVoucherRequest, context: HandlerContext) {
    return toUsable(await this.promotions.claim(code, requireUser(context).id));
  }

  async listClaimedVouchers({ pageSize, pageToken }: ListClaimedVouchersRequest, context: HandlerContext) {
    const page = await this.promotions.listClaimed(requireUser(context).id, pageSize, pageToken);
    return { ...page, vouchers: page.vouchers.map(toUsable) };
  }

  async createPromotion({ promotion }: CreatePromotionRequest, context: HandlerContext) {
    return toPromotion(await this.promotions.create(managerOf(context), toDraft(promotion!)));
  }

  async listPromotions(request: ListPromotionsRequest, context: HandlerContext) {
    const { kind, sellerId, pageSize, pageToken } = request;
    const manager = managerOf(context);
    const asked = manager.staff && sellerId ? { ...manager, sellerId } : manager;
    const isVoucher = kind === ListedKind.KIND_UNSPECIFIED ? undefined : kind === ListedKind.VOUCHER;
    const page = await this.promotions.list(asked, isVoucher, pageSize, pageToken);
    return { promotions: page.rows.map(toPromotion), nextPageToken: page.nextPageToken };
  }

  async getPromotion({ id }: GetPromotionRequest, context: HandlerContext) {
    return toPromotion(await this.promotions.get(managerOf(context), id));
  }

  async updatePromotion({ id, promotion, updateMask }: UpdatePromotionRequest, context: HandlerContext) {
    const fields = changedFields(PromotionSchema, promotion!, updateMask, { changeable, outputOnly });
    const given = toTerms(promotion!);
    const terms = Object.fromEntries([...fields].map((field) => [field, given[field]]));
    return toPromotion(await this.promotions.change(managerOf(context), id, terms));
  }

  async endPromotion({ id }: EndPromotionRequest, context: HandlerContext) {
    return toPromotion(await this.promotions.end(managerOf(context), id));
  }

  async listRedemptions({ id, pageSize, pageToken }: ListRedemptionsRequest, context: HandlerContext) {
    await this.promotions.get(managerOf(context), id);
    const page = await this.redemptions.list(id, pageSize, pageToken);
    return {
      redemptions: page.rows.map(({ checkoutId, units, amount, currency, createdAt, releasedAt }) => ({
        ...{ checkoutId, units: BigInt(units), amount: { amount, currency } },
        redeemedAt: timestampFromDate(createdAt),
        releasedAt: releasedAt ? timestampFromDate(releasedAt) : undefined,
      })),
      nextPageToken: page.nextPageToken,
    };
  }

  async listFlashSales({ pageSize, pageToken }: ListFlashSalesRequest) {
    const page = await this.flashSales.listOpen(pageSize, pageToken);
    return { flashSales: page.rows.map(toFlashSale), nextPageToken: page.nextPageToken };
  }

  async getFlashSale({ id }: GetFlashSaleRequest) {
    return toFlashSale(await this.flashSales.get(id));
  }

  async createFlashSale({ flashSale }: CreateFlashSaleRequest, context: HandlerContext) {
    return toFlashSale(await this.flashSales.create(managerOf(context), toFlashSaleDraft(flashSale!)));
  }

  async listOwnFlashSales({ pageSize, pageToken }: ListOwnFlashSalesRequest, context: HandlerContext) {
    const page = await this.flashSales.listOwn(managerOf(context), pageSize, pageToken);
    return { flashSales: page.rows.map(toFlashSale), nextPageToken: page.nextPageToken };
  }

  async endFlashSale({ id }: EndFlashSaleRequest, context: HandlerContext) {
    return toFlashSale(await this.flashSales.end(managerOf(context), id));
  }

  async quote({ customerId, currency, lines, fees, codes }: QuoteRequest) {
    if (new Set(lines.map(({ variantId }) => variantId)).size < lines.length) {
      throw invalidField('lines', 'must name a variant once');
    }
    const { quote, unknown, names } = await this.quotes.quote({ customerId, currency, lines, fees, codes });
    return toQuoteResponse(quote, unknown, customerId ? Refusal.UNKNOWN : Refusal.SIGN_IN, currency, names);
  }

  async redeem({ checkoutId, customerId, uses }: RedeemRequest) {
    const wanted = uses.map(({ id, promotionId, code, units, amount, orderIds }) => ({
      ...{ id, promotionId, code, units, orderIds, amount: amount!.amount, currency: amount!.currency },
    }));
    return toRedemption(checkoutId, await this.redemptions.redeem(checkoutId, customerId, wanted));
  }

  async release({ checkoutId }: ReleaseRequest) {
    return toRedemption(checkoutId, await this.redemptions.release(checkoutId));
  }
}

const changeable = [
  ...(['name', 'description', 'startsAt', 'endsAt', 'quota', 'perCustomer', 'listed'] as const),
] satisfies (keyof Terms)[];
const outputOnly = ['id', 'sellerId', 'endedAt', 'used', 'createdAt'];

/** Staff manage the platform's promotions, a seller those of the store. */
function managerOf(context: HandlerContext): Manager {
  if (isStaff(requireUser(context))) return { sellerId: null, staff: true };
  return { sellerId: requireStore(context), staff: false };
}

function toRedemption(checkoutId: string, status: RedemptionStatus) {
  return { checkoutId, status: Redemption_Status[status] };
}
