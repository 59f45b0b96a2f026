/**
 * Double-entry book-keeping (L. Pacioli, 1494): money is never made or lost, it moves between accounts, and what is
 * booked is never changed.
 *
 * Accounts: `provider:<name>` is what a provider holds for us; `escrow` is what we hold for buyers and sellers until an
 * order is settled, each entry with its order and seller; `platform:promotions` is what the platform has spent on
 * discounts that it bears: with it a seller gets the price before them; `seller:<id>` is what we owe to a seller, or,
 * above zero, what a seller owes to us; `platform:commission` is what the platform has earned. `payouts` is on its way to
 * sellers; `credit:<customer>` is store credit, `provider:credit` what is held of it for payments under way, `gift-cards`
 * what may become some, `platform:gifts` what that cost; `suspense` is what a provider says and nobody can explain.
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

export type LedgerKind =
  | 'capture'
  | 'collection'
  | 'refund'
  | 'release'
  | 'clawback'
  | 'payout'
  | 'payout-paid'
  | 'payout-failed'
  | 'gift-card-issued'
  | 'gift-card-redeemed'
  | 'gift-card-ended'
  | 'credit-granted'
  | 'credit-spent'
  | 'credit-returned'
  | 'correction';

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
  /** What of that is store credit. */
  credit: bigint;
  /** What the platform adds. */
  subsidy: bigint;
}

const promotions = 'platform:promotions';
const commissions = 'platform:commission';
const gifts = 'platform:gifts';
const giftCards = 'gift-cards';
const payouts = 'payouts';

/** Money came in: the provider owes it to us, and we hold it for the orders. */
export function bookReceipt(
  id: string,
  kind: 'capture' | 'collection',
  { paymentId, provider, currency, parts }: LedgerFacts,
): LedgerTransaction {
  const held = parts.map(({ orderId, sellerId, amount, subsidy }) => ({
    account: 'escrow',
    amount: -amount - subsidy,
    ...{ currency, orderId, sellerId },
  }));
  const spent = { account: promotions, amount: sumSubsidies(parts), currency };
  const credit = sumCredit(parts);
  return post(id, kind, paymentId, [
    providerEntry(provider, sumParts(parts) - credit, currency),
    providerEntry('credit', credit, currency),
    spent,
    ...held,
  ]);
}

/** Money went back to the buyer, and the platform's part of it to the platform: the reverse. */
export function bookRefund(
  id: string,
  { paymentId, customerId, provider, currency, parts }: LedgerFacts,
): LedgerTransaction {
  const released = parts.map(({ orderId, sellerId, amount, subsidy }) => ({
    account: 'escrow',
    amount: amount + subsidy,
    ...{ currency, orderId, sellerId },
  }));
  const saved = { account: promotions, amount: -sumSubsidies(parts), currency };
  const credit = sumCredit(parts);
  return post(id, 'refund', paymentId, [
    ...released,
    providerEntry(provider, credit - sumParts(parts), currency),
    { account: creditAccount(customerId), amount: -credit, currency },
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

/** What a seller has earned is on its way: nobody can pay it twice. */
export function bookPayout({ id, sellerId, amount, currency }: PayoutFacts): LedgerTransaction {
  return post(`payout:${id}`, 'payout', null, [
    { account: sellerAccount(sellerId), amount, currency, sellerId },
    { account: payouts, amount: -amount, currency, sellerId },
  ]);
}

/** It has arrived, paid by the provider; without one it came back to the seller's balance. */
export function endPayout(
  { id, sellerId, amount, currency }: PayoutFacts,
  provider: string | null,
): LedgerTransaction {
  const [kind, account]: [LedgerKind, string] = provider
    ? ['payout-paid', `provider:${provider}`]
    : ['payout-failed', sellerAccount(sellerId)];
  return post(`${kind}:${id}`, kind, null, [
    { account: payouts, amount, currency, sellerId },
    { account, amount: -amount, currency, sellerId },
  ]);
}

interface PayoutFacts {
  id: string;
  sellerId: string;
  amount: bigint;
  currency: string;
}

interface Gift {
  id: string;
  amount: bigint;
  currency: string;
}

/** A gift card is a debt to whoever holds it, then to whoever redeemed it. What is not redeemed is the platform's again. */
export function bookGift(
  kind: 'gift-card-issued' | 'gift-card-redeemed' | 'gift-card-ended',
  { id, amount, currency }: Gift,
  customerId?: string,
): LedgerTransaction {
  const [from, to] =
    kind === 'gift-card-issued'
      ? [gifts, giftCards]
      : [giftCards, customerId ? creditAccount(customerId) : gifts];
  return post(`${kind}:${id}`, kind, null, [
    { account: from, amount, currency },
    { account: to, amount: -amount, currency },
  ]);
}

/** Given by the platform, but for what a seller gives of it. */
export function bookGrant(
  grant: Gift & { customerId: string; seller?: { id: string; amount: bigint } },
): LedgerTransaction {
  const { id, customerId, amount, currency, seller } = grant;
  const given = seller?.amount ?? 0n;
  return post(`credit-granted:${id}`, 'credit-granted', null, [
    { account: gifts, amount: amount - given, currency },
    { account: sellerAccount(seller?.id ?? ''), amount: given, currency },
    { account: creditAccount(customerId), amount: -amount, currency },
  ]);
}

/** Credit is held for a payment; below zero, it comes back. */
export function bookCredit(
  id: string,
  { paymentId, customerId, currency }: Pick<LedgerFacts, 'paymentId' | 'customerId' | 'currency'>,
  amount: bigint,
): LedgerTransaction {
  return post(id, amount > 0n ? 'credit-spent' : 'credit-returned', paymentId, [
    { account: creditAccount(customerId), amount, currency },
    providerEntry('credit', -amount, currency),
  ]);
}

/** The ledger follows the provider; whose money it is, people find out. */
export function bookCorrection(
  id: string,
  provider: string,
  facts: { paymentId: string | null; currency: string; correction: bigint },
): LedgerTransaction {
  const { paymentId, currency, correction } = facts;
  return post(id, 'correction', paymentId, [
    providerEntry(provider, correction, currency),
    { account: 'suspense', amount: -correction, currency },
  ]);
}

export function creditAccount(customerId: string): string {
  return `credit:${customerId}`;
}

export function sellerAccount(sellerId: string): string {
  return `seller:${sellerId}`;
}

interface LedgerFacts {
  paymentId: string;
  customerId: string;
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

export function sumCredit(parts: Pick<Part, 'credit'>[]): bigint {
  return parts.reduce((sum, { credit }) => sum + credit, 0n);
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
