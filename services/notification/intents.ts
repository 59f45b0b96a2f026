import type { Intent, MoneyText, Params } from './message.js';
import { templates } from './templates.js';

interface Order {
  orderId: string;
  number: string;
  total?: { amount: bigint; currency: string };
  lines: {
    title: string;
    variantTitle: string;
    quantity: number;
    total?: { amount: bigint; currency: string };
  }[];
}

export function toMoneyText(money: { amount: bigint; currency: string } | undefined): MoneyText | undefined {
  return money && { amount: money.amount.toString(), currency: money.currency };
}

/** What templates say of an order. */
export function orderParams(order: Order): Params {
  return {
    orderId: order.orderId,
    number: order.number,
    total: toMoneyText(order.total),
    lines: order.lines.map(({ title, variantTitle, quantity, total }) => ({
      title: variantTitle ? `${title} (${variantTitle})` : title,
      quantity,
      total: toMoneyText(total) ?? { amount: '0', currency: 'IDR' },
    })),
  };
}

/** One message per channel of the template. */
export function intentsFor(
  template: string,
  eventId: string,
  to: Pick<Intent, 'userId' | 'sellerId' | 'recipient' | 'locale'>,
  params: Params,
): Intent[] {
  return (templates[template]?.channels ?? []).map((channel) => ({
    eventId,
    template,
    channel,
    ...to,
    params,
  }));
}
