import { DomainError } from '@pasar/platform/errors';

export type PurchaseStatus = 'ORDERED' | 'PARTIALLY_RECEIVED' | 'RECEIVED' | 'CANCELLED';

export interface PurchaseLine {
  variantId: string;
  sku: string;
  title: string;
  quantity: bigint;
  received: bigint;
  /** In minor units of the order's currency. */
  unitCost: bigint;
}

export interface Goods {
  variantId: string;
  quantity: bigint;
}

/** What a delivery brings: what is said to have come, or all that is missing. @throws DomainError */
export function goodsOf(lines: PurchaseLine[], said: Goods[]): Goods[] {
  if (said.length === 0)
    return lines.flatMap(({ variantId, quantity, received }) =>
      quantity > received ? [{ variantId, quantity: quantity - received }] : [],
    );
  const byId = new Map(lines.map((line) => [line.variantId, line]));
  const sums = new Map<string, bigint>();
  for (const { variantId, quantity } of said)
    sums.set(variantId.toLowerCase(), (sums.get(variantId.toLowerCase()) ?? 0n) + quantity);
  return [...sums].map(([variantId, quantity]) => {
    const line = byId.get(variantId);
    const missing = line ? line.quantity - line.received : 0n;
    if (quantity > missing) {
      const message = line ? `${missing} of ${line.sku} are missing.` : 'It is not in this purchase order.';
      throw new DomainError('seller.over_received', 'unprocessable', message, { details: { variantId } });
    }
    return { variantId, quantity };
  });
}

/** How far a purchase order is, by its lines. */
export function statusOf(lines: Pick<PurchaseLine, 'quantity' | 'received'>[]): PurchaseStatus {
  if (lines.every(({ quantity, received }) => received >= quantity)) return 'RECEIVED';
  return lines.some(({ received }) => received > 0n) ? 'PARTIALLY_RECEIVED' : 'ORDERED';
}

export function assertOpen(status: PurchaseStatus): void {
  if (status === 'RECEIVED' || status === 'CANCELLED')
    throw new DomainError(
      'seller.purchase_order_closed',
      'conflict',
      `This purchase order is ${status.toLowerCase()}.`,
    );
}

/** What a unit costs on average, to the nearest minor unit. */
export function averageCost(total: bigint, units: bigint): bigint {
  return (2n * total + units) / (2n * units);
}
