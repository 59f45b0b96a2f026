import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type CheckoutQuoteSchema,
  type CheckoutSchema,
  Order_Status,
  OrderCancelledSchema,
  OrderCompletedSchema,
  OrderConfirmedSchema,
  OrderCreatedSchema,
  OrderDeliveredSchema,
  type OrderFactsSchema,
  type OrderSchema,
  OrderShippedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  ReturnRequestedSchema,
  ReturnResolvedSchema,
  ReturnUpdatedSchema,
  Return_Stage as Stage,
} from '@pasar/contracts/pasar/order/v1/return_pb';
import { Payment_Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import {
  Bearer,
  Discount_Kind,
  type DiscountSchema,
  Refusal,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import type { ShipmentOrderSchema } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { event, type PendingEvent } from '@pasar/platform/events';
import { type ShippingOption, toOrderLine, totalsOf } from './checkout.js';
import { type PricedPortion, type QuotedVoucher, summarizeDiscounts } from './discounts.js';
import {
  type Actor,
  type Amount,
  cashbackOf,
  type Discount,
  discountsOf,
  itemsTotalOf,
  type OrderEvent,
  type OrderFacts,
  type OrderLine,
  type OrderState,
  subsidyOf,
  sumOf,
} from './order.js';

/** An order as it is stored: its state, and when it came to be and last changed. */
export interface StoredOrder {
  state: OrderState;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const toMoney = (amount: Amount, currency: string) => ({ amount: BigInt(amount), currency });

function toLine(line: OrderLine, currency: string) {
  return {
    ...line,
    unitPrice: toMoney(line.unitPrice, currency),
    total: toMoney(line.total, currency),
    discounts: toDiscounts(line.discounts, currency),
    cashbacks: toDiscounts(line.cashbacks, currency),
  };
}

function toDiscounts(discounts: Discount[] | undefined, currency: string) {
  return discounts?.map(
    ({ kind, bearer, amount, ...discount }): MessageInitShape<typeof DiscountSchema> => ({
      ...{
        ...discount,
        kind: Discount_Kind[kind],
        bearer: Bearer[bearer],
        amount: toMoney(amount, currency),
      },
    }),
  );
}

const unlessZero = (amount: bigint, currency: string) => (amount === 0n ? undefined : { amount, currency });

/** What promotions make of an order. */
function toReductions(facts: OrderFacts) {
  const { currency, shipping } = facts;
  return {
    discountTotal: { amount: sumOf(discountsOf(facts)), currency },
    shippingDiscounts: toDiscounts(shipping.discounts, currency),
    cashbackTotal: unlessZero(cashbackOf(facts), currency),
  };
}

function toFacts(facts: OrderFacts): MessageInitShape<typeof OrderFactsSchema> {
  return {
    orderId: facts.id,
    number: facts.number,
    checkoutId: facts.checkoutId,
    customerId: facts.customerId,
    sellerId: facts.sellerId,
    total: toMoney(facts.total, facts.currency),
    paymentId: facts.paymentId,
    paymentMethod: Payment_Method[facts.paymentMethod],
    useCredit: facts.useCredit,
    lines: facts.lines.map((line) => toLine(line, facts.currency)),
    fromCart: facts.fromCart,
    shippingCost: toMoney(facts.shipping.cost, facts.currency),
    ...toReductions(facts),
    subsidy: unlessZero(subsidyOf(facts), facts.currency),
  };
}

function toOption({ chargedWeightGrams, ...option }: ShippingOption) {
  return { ...option, chargedWeightGrams: BigInt(chargedWeightGrams) };
}

/** The contract's order. */
export function toOrder({
  state,
  version,
  createdAt,
  updatedAt,
}: StoredOrder): MessageInitShape<typeof OrderSchema> {
  const { facts, status, cancelReason, carrier, trackingNumber } = state;
  return {
    id: facts.id,
    number: facts.number,
    checkoutId: facts.checkoutId,
    sellerId: facts.sellerId,
    customerId: facts.customerId,
    status: Order_Status[status],
    total: toMoney(facts.total, facts.currency),
    itemsTotal: { amount: itemsTotalOf(facts), currency: facts.currency },
    ...toReductions(facts),
    lines: facts.lines.map((line) => toLine(line, facts.currency)),
    shipping: toOption({ ...facts.shipping, cost: toMoney(facts.shipping.cost, facts.currency) }),
    shippingAddress: facts.shippingAddress,
    paymentId: facts.paymentId,
    paymentMethod: Payment_Method[facts.paymentMethod],
    note: facts.note,
    cancelReason,
    carrier,
    trackingNumber,
    version: BigInt(version),
    createdAt: timestampFromDate(createdAt),
    updatedAt: timestampFromDate(updatedAt),
  };
}

/** What shipping makes a shipment of. */
export function toShipmentOrder(facts: OrderFacts): MessageInitShape<typeof ShipmentOrderSchema> {
  const { id: orderId, number, customerId, sellerId, shippingAddress, shipping, currency } = facts;
  return {
    ...{ orderId, number, customerId, sellerId },
    destination: shippingAddress,
    option: toOption({ ...shipping, cost: toMoney(shipping.cost, currency) }),
    contents: facts.lines.map(({ title, variantTitle, quantity }) => ({
      title: [title, variantTitle].filter(Boolean).join(', '),
      quantity,
    })),
    collect: facts.paymentMethod === 'COD' ? toMoney(facts.total, currency) : undefined,
  };
}

/** What a checkout with these orders costs. */
export function toTotals(
  orders: StoredOrder[],
): Pick<MessageInitShape<typeof CheckoutSchema>, 'total' | 'itemsTotal' | 'shippingTotal' | 'discountTotal'> {
  const all = orders.map(({ state }) => state.facts);
  const currency = all[0]?.currency ?? '';
  const sumOfAll = (amount: (facts: OrderFacts) => bigint) => ({
    amount: all.reduce((sum, facts) => sum + amount(facts), 0n),
    currency,
  });
  return {
    total: sumOfAll(({ total }) => BigInt(total)),
    itemsTotal: sumOfAll(itemsTotalOf),
    shippingTotal: sumOfAll(({ shipping }) => BigInt(shipping.cost)),
    discountTotal: sumOfAll((facts) => sumOf(discountsOf(facts))),
  };
}

export type CheckoutQuoteInit = MessageInitShape<typeof CheckoutQuoteSchema>;

/** The contract's explanation of a checkout that was not placed. */
export function toQuote(
  portions: PricedPortion[],
  vouchers: QuotedVoucher[],
  credit: { balance: bigint; used: bigint },
): CheckoutQuoteInit {
  const { items, shipping, discount, total } = totalsOf(portions);
  const { currency } = total;
  const cashbacks = portions.flatMap(({ lines }) => lines.flatMap((line) => line.cashbacks));
  return {
    orders: portions.map((portion) => ({
      sellerId: portion.sellerId,
      lines: portion.lines.map((line) => toLine(toOrderLine(line), portion.currency)),
      shippingOptions: portion.options.map(toOption),
      shipping: toOption(portion.shipping),
      shippingDiscounts: toDiscounts(portion.shippingDiscounts, currency),
      itemsTotal: portion.itemsTotal,
      discountTotal: portion.discountTotal,
      total: portion.total,
    })),
    discounts: summarizeDiscounts(portions).map(({ kind, bearer, amount, units: _, ...rest }) => ({
      ...{ ...rest, kind: Discount_Kind[kind], bearer: Bearer[bearer], amount: toMoney(amount, currency) },
    })),
    vouchers: vouchers.map(({ refusal, amount, missing, ...voucher }) => ({
      ...{ ...voucher, amount: { amount, currency } },
      refusal: refusal ? Refusal[refusal as keyof typeof Refusal] : undefined,
      missing: missing > 0n ? { amount: missing, currency } : undefined,
    })),
    itemsTotal: items,
    shippingTotal: shipping,
    discountTotal: discount,
    cashbackTotal: { amount: sumOf(cashbacks), currency },
    total,
    creditBalance: { amount: credit.balance, currency },
    credit: { amount: credit.used, currency },
    toPay: { amount: total.amount - credit.used, currency },
  };
}

/** What the world is told of a stored event; nothing for those that are nobody else's business. */
export function toPublicEvent(stored: OrderEvent, facts: OrderFacts, actor: Actor): PendingEvent | undefined {
  const order = toFacts(facts);
  switch (stored.type) {
    case 'order.created':
      return event(OrderCreatedSchema, facts.id, { order });
    case 'order.confirmed':
      return event(OrderConfirmedSchema, facts.id, { order, shipment: toShipmentOrder(facts) });
    case 'order.shipped':
      return event(OrderShippedSchema, facts.id, { order, ...stored.data });
    case 'order.delivered':
      return event(OrderDeliveredSchema, facts.id, { order });
    case 'order.completed':
      return event(OrderCompletedSchema, facts.id, { order });
    case 'order.cancelled':
      return event(OrderCancelledSchema, facts.id, { order, ...stored.data, cancelledBy: actor });
    case 'order.return-requested': {
      const { refund: _, ...request } = stored.data;
      return event(ReturnRequestedSchema, facts.id, { order, ...request });
    }
    case 'order.return-answered': {
      const { approved, reason } = stored.data;
      const stage = approved ? Stage.APPROVED : Stage.REFUSED;
      return event(ReturnUpdatedSchema, facts.id, { order, stage, reason, updatedBy: actor });
    }
    case 'order.return-disputed': {
      const { by, text: reason, mediaIds } = stored.data;
      const stage = Stage.DISPUTED;
      return event(ReturnUpdatedSchema, facts.id, { order, stage, reason, mediaIds, updatedBy: by });
    }
    case 'order.return-resolved': {
      const { refund, ...resolution } = stored.data;
      return event(ReturnResolvedSchema, facts.id, {
        order,
        refund: toMoney(refund, facts.currency),
        ...resolution,
        resolvedBy: actor,
      });
    }
    default:
      return undefined;
  }
}
