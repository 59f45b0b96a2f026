import { DomainError } from '@pasar/platform/errors';
import type { ReturnCommand, ReturnEvent, ReturnState } from './return.js';

export type OrderStatus =
  | 'PENDING'
  | 'AWAITING_PAYMENT'
  | 'CONFIRMED'
  | 'PROCESSING'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'COMPLETED'
  | 'CANCELLED'
  | 'RETURN_REQUESTED'
  | 'RETURNED'
  | 'REJECTED';

export type PaymentMethod = 'CARD' | 'EWALLET' | 'BANK_TRANSFER' | 'QR' | 'COD' | 'STORE_CREDIT';

/** Who did it, as the history tells it. */
export type Actor = 'customer' | 'seller' | 'staff' | 'system';

/** Minor units as decimal text: events are JSON, which has no 64-bit integers. */
export type Amount = string;

/** A part of a price that a promotion takes off, and who pays for it. */
export interface Discount {
  promotionId: string;
  /** Of a voucher. */
  code: string;
  name: string;
  kind: DiscountKind;
  bearer: 'PLATFORM' | 'SELLER';
  amount: Amount;
  /** Of a line: how many units it is about; 0 for all. */
  units: number;
}

export type DiscountKind =
  | 'PERCENTAGE'
  | 'FIXED'
  | 'FREE_SHIPPING'
  | 'CASHBACK'
  | 'BUY_X_GET_Y'
  | 'BUNDLE'
  | 'FLASH_SALE';

export interface OrderLine {
  variantId: string;
  productId: string;
  sku: string;
  title: string;
  variantTitle: string;
  quantity: number;
  /** Before discounts. */
  unitPrice: Amount;
  /** What is paid for it. */
  total: Amount;
  imageUrl: string;
  discounts?: Discount[];
  /** Given when the order is complete. */
  cashbacks?: Discount[];
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
  /** Before discounts. */
  cost: Amount;
  discounts?: Discount[];
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
  /** Store credit pays first; most do without. */
  useCredit?: true;
  lines: OrderLine[];
  shipping: OrderShipping;
  /** Of the lines and their shipping, less what is taken off. */
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
  return?: ReturnState;
}

export type OrderEvent =
  | ReturnEvent
  | { type: 'order.created'; data: OrderFacts }
  | { type: 'order.payment-awaited'; data: Record<string, never> }
  | { type: 'order.confirmed'; data: Record<string, never> }
  | { type: 'order.processing'; data: Record<string, never> }
  | { type: 'order.shipped'; data: { carrier: string; trackingNumber: string } }
  | { type: 'order.delivered'; data: Record<string, never> }
  | { type: 'order.completed'; data: Record<string, never> }
  | { type: 'order.cancelled'; data: { reason: string; wasConfirmed: boolean; goodsLost?: true } };

export type OrderCommand =
  | ReturnCommand
  | { type: 'place'; facts: OrderFacts }
  | { type: 'await payment' }
  | { type: 'confirm' }
  | { type: 'process' }
  | { type: 'ship'; carrier: string; trackingNumber: string }
  | { type: 'deliver' }
  | { type: 'complete' }
  | { type: 'cancel'; reason: string }
  /** The carrier lost the goods. */
  | { type: 'lose' }
  /** The carrier could not deliver the goods, and took them back to the seller. */
  | { type: 'bring back' };

/** From which status a command may be given. In any other one it is refused, or has been done already. */
export const legalMoves: Record<
  Exclude<OrderCommand['type'], 'place' | ReturnCommand['type']>,
  { from: OrderStatus[]; to: OrderStatus }
> = {
  'await payment': { from: ['PENDING'], to: 'AWAITING_PAYMENT' },
  confirm: { from: ['PENDING', 'AWAITING_PAYMENT'], to: 'CONFIRMED' },
  process: { from: ['CONFIRMED'], to: 'PROCESSING' },
  ship: { from: ['CONFIRMED', 'PROCESSING'], to: 'SHIPPED' },
  deliver: { from: ['SHIPPED'], to: 'DELIVERED' },
  complete: { from: ['DELIVERED'], to: 'COMPLETED' },
  lose: { from: ['SHIPPED'], to: 'CANCELLED' },
  'bring back': { from: ['SHIPPED'], to: 'RETURN_REQUESTED' },
  cancel: { from: ['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'PROCESSING'], to: 'CANCELLED' },
};

/** What the lines cost together, before discounts. */
export function itemsTotalOf({ lines }: Pick<OrderFacts, 'lines'>): bigint {
  return lines.reduce((sum, { unitPrice, quantity }) => sum + BigInt(unitPrice) * BigInt(quantity), 0n);
}

/** What is taken off the lines and the shipping. */
export function discountsOf({ lines, shipping }: Pick<OrderFacts, 'lines' | 'shipping'>): Discount[] {
  return [...lines.flatMap(({ discounts }) => discounts ?? []), ...(shipping.discounts ?? [])];
}

/** What of an order's discounts the platform bears. */
export function subsidyOf(facts: Pick<OrderFacts, 'lines' | 'shipping'>): bigint {
  return sumOf(discountsOf(facts).filter(({ bearer }) => bearer === 'PLATFORM'));
}

export function cashbackOf({ lines }: Pick<OrderFacts, 'lines'>): bigint {
  return sumOf(lines.flatMap(({ cashbacks }) => cashbacks ?? []));
}

export function sumOf(discounts: Discount[]): bigint {
  return discounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
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

/** The last 15 digits (base 16) of the id of the order with this number, as people type it; none for what is no number. */
export function idEndOf(number: string): string | undefined {
  const typed = number.toUpperCase().replace(/[\s-]/g, '');
  const text = typed.length === 15 && typed.startsWith('PSR') ? typed.slice(3) : typed;
  let random = 0n;
  // Crockford: what looks alike is the same.
  for (const letter of text.replaceAll('O', '0').replace(/[IL]/g, '1')) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return undefined;
    random = random * 32n + BigInt(digit);
  }
  return text.length === 12 ? random.toString(16).padStart(15, '0') : undefined;
}
