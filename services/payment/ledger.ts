/**
 * Double-entry book-keeping (L. Pacioli, 1494): money is never made or lost, it moves between accounts, and what is
 * booked is never changed.
 *
 * Accounts: `provider:<name>` is what a provider holds for us; `escrow` is what we hold for buyers and sellers until an
 * order is settled, each entry with its order and seller; `platform:promotions` is what the platform has spent on
 * discounts that it bears: with it a seller gets the price before them; `seller:<id>` is what we owe to a seller, or,
 * above zero, what a seller owes to us; `platform:commission` is what the platform has earned.
 */
export interface LedgerTransaction {
  /** Names its cause, e.g. `capture:<payment id>`, so that nothing is booked twice. */
  id: string;
  kind: LedgerKind;
  /** Null for what is not about a payment. */
  paymentId: string | null;
  /** Sum to zero in each currency. */
  entries: Entry[];
}

export type LedgerKind = 'capture' | 'collection' | 'refund' | 'release' | 'clawback';

export interface Entry {
  account: string;
  /** In minor units; positive is a debit, negative a credit. */
  amount: bigint;
  currency: string;
  orderId?: string;
  sellerId?: string;
}

/** What of an amount belongs to one order. */
export interface Part {
  orderId: string;
  sellerId: string;
  /** The buyer's. */
  amount: bigint;
  /** What the platform adds. */
  subsidy: bigint;
}

const promotions = 'platform:promotions';
const commissions = 'platform:commission';

/** Money came in: the provider owes it to us, and we hold it for the orders. */
export function bookReceipt(
  id: string,
  kind: 'capture' | 'collection',
  { paymentId, provider, currency, parts }: LedgerFacts,
): LedgerTransaction {
  const held = parts.map(({ amount, subsidy, ...order }) => ({
    account: 'escrow',
    amount: -amount - subsidy,
    currency,
    ...order,
  }));
  const spent = { account: promotions, amount: sumSubsidies(parts), currency };
  return post(id, kind, paymentId, [providerEntry(provider, sumParts(parts), currency), spent, ...held]);
}

/** Money went back to the buyer, and the platform's part of it to the platform: the reverse. */
export function bookRefund(
  id: string,
  { paymentId, provider, currency, parts }: LedgerFacts,
): LedgerTransaction {
  const released = parts.map(({ amount, subsidy, ...order }) => ({
    account: 'escrow',
    amount: amount + subsidy,
    currency,
    ...order,
  }));
  const saved = { account: promotions, amount: -sumSubsidies(parts), currency };
  return post(id, 'refund', paymentId, [
    ...released,
    providerEntry(provider, -sumParts(parts), currency),
    saved,
  ]);
}

/**
 * An order's money leaves escrow for its seller, less the commission; below zero, it comes back for a refund, from the
 * seller and the commission.
 */
export function bookSettlement(
  id: string,
  { paymentId, currency }: Pick<LedgerFacts, 'paymentId' | 'currency'>,
  { orderId, sellerId, gross, fee }: { orderId: string; sellerId: string; gross: bigint; fee: bigint },
): LedgerTransaction {
  const entry = (account: string, amount: bigint) => ({ account, amount, currency, orderId, sellerId });
  return post(id, gross < 0n ? 'clawback' : 'release', paymentId, [
    entry('escrow', gross),
    entry(commissions, -fee),
    entry(sellerAccount(sellerId), fee - gross),
  ]);
}

export function sellerAccount(sellerId: string): string {
  return `seller:${sellerId}`;
}

interface LedgerFacts {
  paymentId: string;
  provider: string;
  currency: string;
  parts: Part[];
}

/** @throws RangeError for entries that do not balance: that is always a mistake in the program */
export function post(
  id: string,
  kind: LedgerKind,
  paymentId: string | null,
  entries: Entry[],
): LedgerTransaction {
  const moved = entries.filter(({ amount }) => amount !== 0n);
  if (moved.length === 0) throw new RangeError(`${id} moves nothing`);
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of moved) sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw new RangeError(`${id} is out of balance by ${sum} ${currency}`);
  }
  return { id, kind, paymentId, entries: moved };
}

export function sumParts(parts: { amount: bigint }[]): bigint {
  return parts.reduce((sum, { amount }) => sum + amount, 0n);
}

function sumSubsidies(parts: Part[]): bigint {
  return parts.reduce((sum, { subsidy }) => sum + subsidy, 0n);
}

/** Whether there is anything to book: of an order that cost nobody anything there is not. */
export function movesMoney(parts: Part[]): boolean {
  return parts.some(({ amount, subsidy }) => amount !== 0n || subsidy !== 0n);
}

function providerEntry(provider: string, amount: bigint, currency: string): Entry {
  return { account: `provider:${provider}`, amount, currency };
}
