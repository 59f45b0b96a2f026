import { DomainError } from '@pasar/platform/errors';
import { add, type Money, money, sum } from '@pasar/platform/money';
import type { Portion, ShippedPortion } from './checkout.js';
import { type Discount, sumOf } from './order.js';

/** What promotion says of one line or fee. */
export interface QuotedPart {
  discounts: Discount[];
  cashbacks: Discount[];
  total: bigint;
}

/** What it says of a voucher that the buyer gave. */
export interface QuotedVoucher {
  code: string;
  promotionId: string;
  name: string;
  /** Why it does not count. */
  refusal?: string;
  amount: bigint;
  /** How much is missing to its minimum. */
  missing: bigint;
}

/** What placing the checkout has to redeem, in whose orders. */
export interface Use {
  id: string;
  promotionId: string;
  code: string;
  units: number;
  amount: bigint;
  sellerIds: string[];
}

export interface Discounts {
  /** Of the lines of all portions, in their order. */
  lines: QuotedPart[];
  /** Of the portions' shipping. */
  fees: QuotedPart[];
  vouchers: QuotedVoucher[];
  uses: Use[];
}

/** A portion with its discounts: items + shipping - discounts = total. */
export interface PricedPortion extends Omit<ShippedPortion, 'lines'> {
  lines: PricedLine[];
  shippingDiscounts: Discount[];
  discountTotal: Money;
  total: Money;
}

export interface PricedLine extends Omit<Portion['lines'][0], 'total'> {
  /** What is paid for it. */
  total: Money;
  discounts: Discount[];
  cashbacks: Discount[];
}

/** Takes off each line, and the shipping, what promotion says. */
export function applyDiscounts(portions: ShippedPortion[], { lines, fees }: Discounts): PricedPortion[] {
  let nth = 0;
  return portions.map((portion, index) => {
    const { currency, itemsTotal, shipping } = portion;
    const priced = portion.lines.map((line): PricedLine => {
      const { discounts, cashbacks, total } = lines[nth++] as QuotedPart;
      return { ...line, discounts, cashbacks, total: money(total, currency) };
    });
    const fee = fees[index] as QuotedPart;
    const paid = [...priced.map(({ total }) => total), money(fee.total, currency)];
    const total = sum(paid, currency);
    const before = add(itemsTotal, shipping.cost);
    return {
      ...portion,
      lines: priced,
      shippingDiscounts: fee.discounts,
      discountTotal: money(before.amount - total.amount, currency),
      total,
    };
  });
}

/** What each promotion takes off the whole, and off whose order where it is one only. */
export function summarizeDiscounts(portions: PricedPortion[]): (Discount & { sellerId: string })[] {
  const all = portions.flatMap(({ sellerId, lines, shippingDiscounts }) =>
    [...lines.flatMap(({ discounts }) => discounts), ...shippingDiscounts].map((one) => ({
      ...one,
      sellerId,
    })),
  );
  return [...Map.groupBy(all, ({ promotionId }) => promotionId).values()].map((parts) => {
    const [first] = parts as [(typeof parts)[0]];
    const isOfOne = parts.every(({ sellerId }) => sellerId === first.sellerId);
    return { ...first, amount: sumOf(parts).toString(), sellerId: isOfOne ? first.sellerId : '' };
  });
}

/** The buyer is not to find out afterwards that a voucher did not count. @throws DomainError */
export function requireVouchers(vouchers: QuotedVoucher[]): void {
  const refused = vouchers.filter(({ refusal }) => refusal);
  if (refused.length === 0) return;
  throw new DomainError('checkout.voucher_refused', 'conflict', 'A voucher cannot be used for this.', {
    details: {
      vouchers: refused.map(({ code, refusal, missing }) => ({
        ...{ code, refusal: refusal ?? '' },
        ...(missing > 0n ? { missing: missing.toString() } : {}),
      })),
    },
  });
}
