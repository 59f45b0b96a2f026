import type { Schemas } from '@pasar/sdk';
import type { BadgeTone } from '@pasar/ui/badge';

type Status = Schemas['OrderStatus'];

export const toneOf: Record<Status, BadgeTone> = {
  STATUS_UNSPECIFIED: 'plain',
  PENDING: 'warm',
  AWAITING_PAYMENT: 'warm',
  CONFIRMED: 'brand',
  PROCESSING: 'brand',
  SHIPPED: 'brand',
  DELIVERED: 'brand',
  COMPLETED: 'brand',
  CANCELLED: 'hot',
  RETURN_REQUESTED: 'warm',
  RETURNED: 'plain',
  REJECTED: 'hot',
};

/** Nothing more happens to it by itself. */
export function isSettled(status: Status): boolean {
  return status === 'COMPLETED' || status === 'CANCELLED' || status === 'RETURNED';
}

/** Before it is on its way. */
export function isCancellable(status: Status): boolean {
  return ['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'PROCESSING'].includes(status);
}
