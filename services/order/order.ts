import { DomainError } from '@pasar/platform/errors';

export type OrderStatus =
  | 'PENDING'
  | 'AWAITING_PAYMENT'
  | 'CONFIRMED'
  | 'PROCESSING'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'COMPLETED'
  | 'CANCELLED';

export type PaymentMethod = 'CARD' | 'EWALLET' | 'BANK_TRANSFER' | 'QR' | 'COD';

/** Who did it, as the history tells it. */
export type Actor = 'customer' | 'seller' | 'staff' | 'system';

/** Minor units as decimal text: events are JSON, which has no 64-bit integers. */
export type Amount = string;

export interface OrderLine {
  variantId: string;
  productId: string;
  sku: string;
  title: string;
  variantTitle: string;
  quantity: number;
  unitPrice: Amount;
  total: Amount;
  imageUrl: string;
}

export interface Address {
  recipient: string;
  phone: string;
  line1: string;
  line2: string;
  city: string;
  province: string;
  postalCode: string;
  country: string;
}

/** How an order is sent, as the buyer chose it. */
export interface OrderShipping {
  service: string;
  carrier: string;
  cost: Amount;
  minDays: number;
  maxDays: number;
  chargedWeightGrams: number;
}

/** What an order is from the moment it is placed. */
export interface OrderFacts {
  id: string;
  number: string;
  checkoutId: string;
  customerId: string;
  sellerId: string;
  paymentId: string;
  paymentMethod: PaymentMethod;
  lines: OrderLine[];
  shipping: OrderShipping;
  /** Of the lines and their shipping. */
  total: Amount;
  currency: string;
  shippingAddress: Address;
  note: string;
  /** The lines were taken from the customer's cart. */
  fromCart: boolean;
}

export interface OrderState {
  status: OrderStatus;
  facts: OrderFacts;
  cancelReason?: string;
  carrier?: string;
  trackingNumber?: string;
}

export type OrderEvent =
  | { type: 'order.created'; data: OrderFacts }
  | { type: 'order.payment-awaited'; data: Record<string, never> }
  | { type: 'order.confirmed'; data: Record<string, never> }
  | { type: 'order.processing'; data: Record<string, never> }
  | { type: 'order.shipped'; data: { carrier: string; trackingNumber: string } }
  | { type: 'order.delivered'; data: Record<string, never> }
  | { type: 'order.completed'; data: Record<string, never> }
  | { type: 'order.cancelled'; data: { reason: string; wasConfirmed: boolean } };

export type OrderCommand =
  | { type: 'place'; facts: OrderFacts }
  | { type: 'await payment' }
  | { type: 'confirm' }
  | { type: 'process' }
  | { type: 'ship'; carrier: string; trackingNumber: string }
  | { type: 'deliver' }
  | { type: 'complete' }
  | { type: 'cancel'; reason: string };

/** From which status a command may be given. In any other one it is refused, or has been done already. */
export const legalMoves: Record<
  Exclude<OrderCommand['type'], 'place'>,
  { from: OrderStatus[]; to: OrderStatus }
> = {
  'await payment': { from: ['PENDING'], to: 'AWAITING_PAYMENT' },
  confirm: { from: ['PENDING', 'AWAITING_PAYMENT'], to: 'CONFIRMED' },
  process: { from: ['CONFIRMED'], to: 'PROCESSING' },
  ship: { from: ['CONFIRMED', 'PROCESSING'], to: 'SHIPPED' },
  deliver: { from: ['SHIPPED'], to: 'DELIVERED' },
  complete: { from: ['DELIVERED'], to: 'COMPLETED' },
  cancel: { from: ['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'PROCESSING'], to: 'CANCELLED' },
};

/** What the lines cost together. */
export function itemsTotalOf({ lines }: Pick<OrderFacts, 'lines'>): bigint {
  return lines.reduce((sum, { total }) => sum + BigInt(total), 0n);
}

/** Whether the checkout of an order in this status has been decided and its money taken or promised. */
export function isConfirmed(status: OrderStatus): boolean {
  return status !== 'PENDING' && status !== 'AWAITING_PAYMENT' && status !== 'CANCELLED';
}

export function illegalMove(command: OrderCommand['type'], status: OrderStatus): DomainError {
  return new DomainError(
    'order.illegal_move',
    'conflict',
    `An order that is ${status} does not take "${command}".`,
    {
      details: { status },
    },
  );
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A number for people: the random part of the order's UUIDv7 in Crockford's base 32. */
export function orderNumber(id: string): string {
  const random = BigInt(`0x${id.replaceAll('-', '').slice(17)}`);
  let digits = '';
  for (let shift = 55n; shift >= 0n; shift -= 5n) digits += alphabet[Number((random >> shift) & 31n)];
  return `PSR-${digits}`;
}
