import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  Bearer,
  type Benefit as BenefitMessage,
  Discount_Kind,
  type DiscountSchema,
  type FlashSale as FlashSaleMessage,
  type FlashSaleSchema,
  Promotion_Segment,
  type Promotion as PromotionMessage,
  type PromotionSchema,
  type QuoteResponseSchema,
  Refusal,
  type UsableVoucherSchema,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { invalidField } from '@pasar/platform/errors';
import type { FlashSale } from './flash-sale-store.js';
import type { FlashSaleDraft } from './flash-sales.js';
import { type Benefit, commonCurrency, type Promotion, type Segment, type Terms } from './promotion.js';
import type { UsableVoucher } from './promotions.js';
import type { Discount, Quote } from './quote.js';
import type { StoredPromotion } from './store.js';

interface MoneyMessage {
  amount: bigint;
  currency: string;
}

const noBenefit: Omit<Benefit, 'kind'> = {
  ...{ basisPoints: 0, amount: 0n, cap: 0n, buy: 0, get: 0, getProductIds: [], items: [], maxTimes: 0 },
};

/** What somebody wants to make. @throws DomainError `request.invalid` */
export function toDraft(message: PromotionMessage): Omit<Promotion, 'id' | 'sellerId' | 'endedAt'> {
  const { code, benefit, minSpend, segment, stackable, categoryIds, productIds } = message;
  if (!benefit) throw invalidField('promotion.benefit', 'is required');
  if (minSpend && minSpend.amount < 0n) throw invalidField('promotion.minSpend', 'must not be negative');
  const currency = commonCurrency([minSpend, ...amountsOf(benefit)].map((amount) => amount?.currency));
  const { startsAt, endsAt } = message;
  if (!startsAt || !endsAt)
    throw invalidField(startsAt ? 'promotion.endsAt' : 'promotion.startsAt', 'is required');
  return {
    ...toTerms(message),
    ...{ startsAt: timestampDate(startsAt), endsAt: timestampDate(endsAt) },
    ...{ code: code.toUpperCase() || null, benefit: toBenefit(benefit), currency, stackable },
    minSpend: minSpend?.amount ?? 0n,
    categoryIds: categoryIds.map((id) => id.toLowerCase()),
    productIds: productIds.map((id) => id.toLowerCase()),
    segment: (Promotion_Segment[segment || Promotion_Segment.EVERYONE] ?? 'EVERYONE') as Segment,
  };
}

/** What may be changed later. A time that is not given comes as the epoch's, which nothing accepts. */
export function toTerms(message: PromotionMessage): Terms {
  const { name, description, startsAt, endsAt, quota, perCustomer, listed } = message;
  const toDate = (time: typeof startsAt) => (time ? timestampDate(time) : new Date(0));
  return {
    ...{ name, description, listed, startsAt: toDate(startsAt), endsAt: toDate(endsAt) },
    ...{ quota: quota || null, perCustomer: perCustomer || null },
  };
}

function amountsOf({ benefit }: BenefitMessage): (MoneyMessage | undefined)[] {
  switch (benefit.case) {
    case 'fixed':
      return [benefit.value.amount];
    case 'bundle':
      return [benefit.value.price];
    case 'cashback':
      return [benefit.value.amount, benefit.value.cap];
    default:
      return [benefit.value?.cap];
  }
}

function toBenefit({ benefit }: BenefitMessage): Benefit {
  switch (benefit.case) {
    case 'percentage': {
      const { basisPoints, cap } = benefit.value;
      return { ...noBenefit, kind: 'PERCENTAGE', basisPoints, cap: cap?.amount ?? 0n };
    }
    case 'fixed':
      return { ...noBenefit, kind: 'FIXED', amount: benefit.value.amount?.amount ?? 0n };
    case 'freeShipping':
      return { ...noBenefit, kind: 'FREE_SHIPPING', cap: benefit.value.cap?.amount ?? 0n };
    case 'cashback': {
      const { basisPoints, amount, cap } = benefit.value;
      const amounts = { amount: amount?.amount ?? 0n, cap: cap?.amount ?? 0n };
      return { ...noBenefit, kind: 'CASHBACK', basisPoints, ...amounts };
    }
    case 'buyXGetY': {
      const { buy, get, basisPoints, maxTimes, cap, getProductIds } = benefit.value;
      const gifts = { getProductIds: getProductIds.map((id) => id.toLowerCase()), cap: cap?.amount ?? 0n };
      return { ...noBenefit, kind: 'BUY_X_GET_Y', buy, get, basisPoints, maxTimes, ...gifts };
    }
    case 'bundle': {
      const { price, maxTimes, items } = benefit.value;
      const parts = items.map(({ variantId, quantity }) => ({
        variantId: variantId.toLowerCase(),
        quantity,
      }));
      return { ...noBenefit, kind: 'BUNDLE', items: parts, amount: price?.amount ?? 0n, maxTimes };
    }
    default:
      throw invalidField('promotion.benefit', 'is required');
  }
}

function fromBenefit(benefit: Benefit, currency: string | null) {
  const { basisPoints, amount, cap, buy, get, getProductIds, items, maxTimes } = benefit;
  const money = (value: bigint) => ({ amount: value, currency: currency ?? '' });
  const upTo = cap > 0n ? { cap: money(cap) } : {};
  switch (benefit.kind) {
    case 'PERCENTAGE':
      return { case: 'percentage', value: { basisPoints, ...upTo } } as const;
    case 'FIXED':
      return { case: 'fixed', value: { amount: money(amount) } } as const;
    case 'FREE_SHIPPING':
      return { case: 'freeShipping', value: upTo } as const;
    case 'CASHBACK': {
      const fixed = amount > 0n ? { amount: money(amount) } : {};
      return { case: 'cashback', value: { basisPoints, ...fixed, ...upTo } } as const;
    }
    case 'BUY_X_GET_Y':
      return {
        case: 'buyXGetY',
        value: { buy, get, basisPoints, getProductIds, maxTimes, ...upTo },
      } as const;
    case 'BUNDLE':
      return { case: 'bundle', value: { items, price: money(amount), maxTimes } } as const;
  }
}

export function toPromotion(one: StoredPromotion): MessageInitShape<typeof PromotionSchema> {
  const { id, name, description, categoryIds, productIds, stackable, listed, used, currency } = one;
  return {
    ...{ id, name, description, categoryIds, productIds, stackable, listed, used },
    sellerId: one.sellerId ?? '',
    code: one.code ?? '',
    benefit: { benefit: fromBenefit(one.benefit, currency) },
    minSpend: one.minSpend > 0n ? { amount: one.minSpend, currency: currency ?? '' } : undefined,
    segment: Promotion_Segment[one.segment],
    startsAt: timestampFromDate(one.startsAt),
    endsAt: timestampFromDate(one.endsAt),
    endedAt: one.endedAt ? timestampFromDate(one.endedAt) : undefined,
    quota: one.quota ?? 0,
    perCustomer: one.perCustomer ?? 0,
    createdAt: timestampFromDate(one.createdAt),
  };
}

export function toUsable(one: UsableVoucher): MessageInitShape<typeof UsableVoucherSchema> {
  return {
    voucher: toPromotion(one.voucher),
    refusal: one.refusal ? Refusal[one.refusal] : undefined,
    usedByMe: one.usedByMe,
    claimedAt: one.claimedAt && timestampFromDate(one.claimedAt),
  };
}

export function toFlashSaleDraft(message: FlashSaleMessage): FlashSaleDraft {
  const { name, startsAt, endsAt, items } = message;
  return {
    name,
    startsAt: timestampDate(startsAt!),
    endsAt: timestampDate(endsAt!),
    items: items.map(({ variantId, price, stock, perCustomer }) => ({
      ...{ variantId, price: price!, stock, perCustomer: perCustomer || null },
    })),
  };
}

export function toFlashSale(sale: FlashSale): MessageInitShape<typeof FlashSaleSchema> {
  const { id, name, sellerId, startsAt, endsAt, endedAt } = sale;
  return {
    ...{ id, name, sellerId: sellerId ?? '' },
    startsAt: timestampFromDate(startsAt),
    endsAt: timestampFromDate(endsAt),
    endedAt: endedAt ? timestampFromDate(endedAt) : undefined,
    items: sale.items.map(({ price, regularPrice, currency, perCustomer, ...item }) => ({
      ...item,
      price: { amount: price, currency },
      regularPrice: { amount: regularPrice, currency },
      perCustomer: perCustomer ?? 0,
    })),
  };
}

export function toQuoteResponse(
  { lines, fees, vouchers, uses }: Quote,
  unknown: string[],
  ofUnknown: Refusal,
  currency: string,
  names: (promotionId: string) => string,
): MessageInitShape<typeof QuoteResponseSchema> {
  const money = (amount: bigint) => ({ amount, currency });
  const toDiscount = ({
    kind,
    bearer,
    amount,
    ...discount
  }: Discount): MessageInitShape<typeof DiscountSchema> => ({
    ...{ ...discount, kind: Discount_Kind[kind], bearer: Bearer[bearer], amount: money(amount) },
  });
  const codes = new Map(vouchers.map(({ promotionId, code }) => [promotionId, code]));
  return {
    lines: lines.map(({ discounts, total, cashbacks }) => ({
      ...{ discounts: discounts.map(toDiscount), total, cashbacks: cashbacks.map(toDiscount) },
    })),
    fees: fees.map(({ discounts, total }) => ({ discounts: discounts.map(toDiscount), total })),
    vouchers: [
      ...vouchers.map(({ refusal, amount, missing, ...voucher }) => ({
        ...{ ...voucher, name: names(voucher.promotionId), amount: money(amount) },
        refusal: refusal ? Refusal[refusal] : undefined,
        missing: missing > 0n ? money(missing) : undefined,
      })),
      ...unknown.map((code) => ({ code, refusal: ofUnknown, amount: money(0n) })),
    ],
    uses: uses.map(({ amount, ...use }) => ({
      ...{ ...use, code: codes.get(use.promotionId) ?? '', amount: money(amount) },
    })),
  };
}
