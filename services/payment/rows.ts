import { sql } from 'kysely';
import type { Part } from './ledger.js';
import type { Owed, Payment, Refund, Settlement, Share } from './payment.js';

/** As in JSON. */
export type Stored<T> = { [Key in keyof T]: T[Key] extends bigint ? string : T[Key] };
type StoredShare = Stored<Omit<Share, 'settlement' | 'owed'>> & {
  settlement?: Stored<Settlement>;
  owed?: Stored<Owed>;
};
export type PaymentRow = Omit<Payment, 'shares'> & { shares: StoredShare[] };
export type RefundRow = Omit<Refund, 'parts'> & { parts: Stored<Part>[] };

export const paymentColumns = sql`
  p.id, p.version, p.status, p.voiding, p.method, p.checkout_id as "checkoutId", p.customer_id as "customerId",
  p.currency, p.amount, p.captured, p.refunding, p.refunded, p.shares, p.provider, p.reference,
  p.decline_code as "declineCode", p.instructions, p.expires_at as "expiresAt", p.created_at as "createdAt",
  p.updated_at as "updatedAt", p.status = 'CAPTURING' and exists (
    select from attempt a where a.key = p.id || ':capture' and a.tries > 0) as "captureSent"`;

export const refundColumns = sql`
  r.id, r.payment_id as "paymentId", r.status, r.amount, r.order_id as "orderId", r.parts, r.reason,
  r.idempotency_key as "idempotencyKey", r.created_at as "createdAt"`;

export function toPayment(row: PaymentRow): Payment {
  return {
    ...row,
    shares: row.shares.map((share) => ({
      ...share,
      amount: BigInt(share.amount),
      due: BigInt(share.due),
      captured: BigInt(share.captured),
      returned: BigInt(share.returned),
      // Payments of before there were discounts, or credit in part, have none.
      subsidy: BigInt(share.subsidy ?? 0),
      granted: BigInt(share.granted ?? 0),
      credit: BigInt(share.credit ?? 0),
      credited: BigInt(share.credited ?? 0),
      settlement: share.settlement && toSettlement(share.settlement),
      owed: share.owed && { ...share.owed, amount: BigInt(share.owed.amount) },
    })),
  };
}

function toSettlement({ commission, shipping, gross, fee }: Stored<Settlement>): Settlement {
  return { commission, shipping: BigInt(shipping), gross: BigInt(gross), fee: BigInt(fee) };
}

export function toRefund(row: RefundRow): Refund {
  const toPart = (part: Stored<Part>): Part => ({
    ...part,
    ...{ amount: BigInt(part.amount), subsidy: BigInt(part.subsidy ?? 0), credit: BigInt(part.credit ?? 0) },
  });
  return { ...row, parts: row.parts.map(toPart) };
}
