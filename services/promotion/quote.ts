import { type Bearer, bearerOf, isCounted, type Kind, type Promotion, type Refusal } from './promotion.js';
import { type Room, reduce, sum } from './reduction.js';

/*
 * What a basket costs after everything that takes something off it. Pure, and the same whatever order the promotions
 * come in: they are applied in this one.
 *
 *  1. Flash prices, for as many units as are left at that price.
 *  2. Campaigns on goods, what saves most first, on units at the regular price. Two meet on a line only if both stack.
 *  3. Vouchers on goods: stores' before the platform's, then by kind as in `kindOrder`, then the older first.
 *  4. Free shipping: campaigns, then vouchers.
 *  5. Cashback, on what is paid for goods in the end: campaigns, then vouchers. It takes nothing off.
 *
 * Each works on what those before it have left. A voucher that does not stack stands alone among the vouchers; where
 * there is a choice, the buyer gets what saves most. A minimum is compared to the goods' price after step 1, so that no
 * discount can stand in the way of another.
 */

/** Of a basket; each variant stands once. */
export interface Line {
  variantId: string;
  productId: string;
  sellerId: string;
  /** Of the product, and all above it. */
  categoryIds: string[];
  quantity: number;
  unitPrice: bigint;
}

export interface Fee {
  sellerId: string;
  amount: bigint;
}

/** A variant at its price in a flash sale. */
export interface Offer {
  id: string;
  flashSaleId: string;
  name: string;
  /** Null for a sale of the platform. */
  sellerId: string | null;
  variantId: string;
  price: bigint;
  /** Units that this customer can still have. */
  left: number;
}

export interface Candidate {
  promotion: Promotion;
  /** What stands against it already. */
  refusal?: Refusal;
}

export interface Basket {
  currency: string;
  lines: Line[];
  fees: Fee[];
  offers: Offer[];
  campaigns: Promotion[];
  vouchers: Candidate[];
}

/** A part of a line or fee that is taken off, and why. */
export interface Discount {
  /** The flash sale's, for one. */
  promotionId: string;
  code: string;
  name: string;
  kind: Kind | 'FLASH_SALE';
  bearer: Bearer;
  amount: bigint;
  /** Of the line: how many units it is about; 0 for all. */
  units: number;
}

export interface QuotedLine {
  variantId: string;
  sellerId: string;
  subtotal: bigint;
  discounts: Discount[];
  total: bigint;
  /** Given after the purchase. */
  cashbacks: Discount[];
}

export interface QuotedFee {
  sellerId: string;
  subtotal: bigint;
  discounts: Discount[];
  total: bigint;
}

export interface QuotedVoucher {
  promotionId: string;
  code: string;
  refusal?: Refusal;
  /** What it takes off, or gives back. */
  amount: bigint;
  /** MINIMUM_SPEND: how much is missing. */
  missing: bigint;
}

/** What placing the order has to redeem: a counted promotion, or units of a flash sale. */
export interface Use {
  /** Of the promotion, or of the flash sale's item. */
  id: string;
  promotionId: string;
  units: number;
  amount: bigint;
  /** In whose orders. */
  sellerIds: string[];
}

export interface Quote {
  lines: QuotedLine[];
  fees: QuotedFee[];
  vouchers: QuotedVoucher[];
  uses: Use[];
  total: bigint;
}

/** What can still be taken from: a line, or a fee. */
interface Pot {
  sellerId: string;
  /** A line's own part; a fee has none. */
  line?: Line;
  subtotal: bigint;
  left: bigint;
  /** Price of the line after flash prices: what minimums are compared to. */
  spend: bigint;
  /** Units at the regular price. */
  regularUnits: number;
  regularLeft: bigint;
  campaigns: 'none' | 'stackable' | 'exclusive';
  discounts: Discount[];
  cashbacks: Discount[];
  rewarded: bigint;
}

interface Share extends Room {
  pot: Pot;
}

interface State {
  lines: Pot[];
  fees: Pot[];
  uses: Map<string, Use>;
}

const kindOrder: Kind[] = ['BUNDLE', 'BUY_X_GET_Y', 'PERCENTAGE', 'FIXED', 'FREE_SHIPPING', 'CASHBACK'];

export function quote(basket: Basket): Quote {
  const start: State = {
    lines: basket.lines.map(toPot),
    fees: basket.fees.map(({ sellerId, amount }) => ({
      ...emptyPot(sellerId),
      subtotal: amount,
      left: amount,
    })),
    uses: new Map(),
  };
  applyOffers(start, basket.offers);
  const campaigns = basket.campaigns.filter((campaign) => isPayable(campaign, basket.currency));
  applyGoodsCampaigns(start, campaigns.filter(isOnGoods));

  const vouchers = [...new Map(basket.vouchers.map((one) => [one.promotion.id, one])).values()].sort((a, b) =>
    byCanon(a.promotion, b.promotion),
  );
  const usable = vouchers.filter(
    ({ promotion, refusal }) => !refusal && isPayable(promotion, basket.currency),
  );
  const outcomes = combinations(usable.map(({ promotion }) => promotion)).map((chosen) => {
    const state = copy(start);
    const refusals = new Map<string, { refusal: Refusal; missing: bigint }>();
    const apply = (promotion: Promotion, shares: (state: State) => Share[]) => {
      const outcome = applyOne(state, promotion, shares(state));
      if (typeof outcome !== 'bigint') refusals.set(promotion.id, outcome);
    };
    const inOrder = [...campaigns].sort(byCanon);
    for (const voucher of chosen.filter(isOnGoods)) apply(voucher, ({ lines }) => lines.map(whatIsLeft));
    for (const campaign of inOrder.filter(isOnShipping)) apply(campaign, openFees(campaign));
    for (const voucher of chosen.filter(isOnShipping)) apply(voucher, ({ fees }) => fees.map(whatIsLeft));
    for (const one of [...inOrder, ...chosen].filter(isCashback))
      apply(one, ({ lines }) => lines.map(whatIsNotRewarded));
    return { state, refusals, chosen };
  });
  const [first, ...others] = outcomes as [Outcome, ...Outcome[]];
  return answer(others.reduce(better, first), vouchers, basket.currency);
}

interface Outcome {
  state: State;
  chosen: Promotion[];
  refusals: Map<string, { refusal: Refusal; missing: bigint }>;
}

/** All that stack together, and each that does not by itself. */
function combinations(vouchers: Promotion[]): Promotion[][] {
  const stacking = vouchers.filter(({ stackable }) => stackable);
  const alone = vouchers.filter(({ stackable }) => !stackable).map((voucher) => [voucher]);
  return stacking.length > 0 || alone.length === 0 ? [stacking, ...alone] : alone;
}

function better(best: Outcome, other: Outcome): Outcome {
  const [paid, given] = worthOf(best.state);
  const [otherPaid, otherGiven] = worthOf(other.state);
  return otherPaid < paid || (otherPaid === paid && otherGiven > given) ? other : best;
}

function worthOf({ lines, fees }: State): [paid: bigint, given: bigint] {
  return [sum([...lines, ...fees].map(({ left }) => left)), sum(lines.map(({ rewarded }) => rewarded))];
}

/** At flash prices a buyer gets what is left; further units cost what they always do. */
function applyOffers(state: State, offers: Offer[]): void {
  const inOrder = [...offers].sort((a, b) =>
    a.price === b.price ? (a.id < b.id ? -1 : 1) : a.price < b.price ? -1 : 1,
  );
  for (const pot of state.lines) {
    const line = pot.line as Line;
    const offer = inOrder.find(
      ({ variantId, price, left }) => variantId === line.variantId && price < line.unitPrice && left > 0,
    );
    if (!offer) continue;
    const units = Math.min(offer.left, line.quantity);
    const amount = (line.unitPrice - offer.price) * BigInt(units);
    const { flashSaleId: promotionId, name } = offer;
    pot.discounts.push({
      promotionId,
      code: '',
      name,
      kind: 'FLASH_SALE',
      bearer: bearerOf(offer),
      amount,
      units,
    });
    pot.left -= amount;
    pot.spend -= amount;
    pot.regularUnits -= units;
    pot.regularLeft = line.unitPrice * BigInt(pot.regularUnits);
    state.uses.set(offer.id, { id: offer.id, promotionId, units, amount, sellerIds: [line.sellerId] });
  }
}

function applyGoodsCampaigns(state: State, campaigns: Promotion[]): void {
  const alone = new Map(
    campaigns.map((campaign) => {
      const saved = applyOne(state, campaign, state.lines.map(whatIsRegular), true);
      return [campaign.id, typeof saved === 'bigint' ? saved : 0n];
    }),
  );
  const saves = ({ id }: Promotion) => alone.get(id) as bigint;
  const inOrder = campaigns
    .filter((campaign) => saves(campaign) > 0n)
    .sort((a, b) => (saves(a) === saves(b) ? byCanon(a, b) : saves(a) > saves(b) ? -1 : 1));
  for (const campaign of inOrder) {
    const open = state.lines.filter((pot) => isOpen(pot, campaign));
    applyOne(state, campaign, open.map(whatIsRegular));
  }
}

function isOpen({ campaigns }: Pot, { stackable }: Promotion): boolean {
  return campaigns === 'none' || (campaigns === 'stackable' && stackable);
}

function openFees(campaign: Promotion): (state: State) => Share[] {
  return ({ fees }) => fees.filter((pot) => isOpen(pot, campaign)).map(whatIsLeft);
}

const whatIsLeft = (pot: Pot) => toShare(pot, pot.left, pot.line?.quantity ?? 0);
const whatIsRegular = (pot: Pot) => toShare(pot, pot.regularLeft, pot.regularUnits);
const whatIsNotRewarded = (pot: Pot) => toShare(pot, pot.left - pot.rewarded, 0);

function toShare(pot: Pot, left: bigint, units: number): Share {
  const { variantId = '', productId = '', unitPrice = 0n } = pot.line ?? {};
  return { pot, left, units, variantId, productId, unitPrice };
}

/**
 * Takes from the shares what the promotion takes off.
 * @param dry only tells how much that would be
 * @returns how much, or why nothing
 */
function applyOne(
  state: State,
  promotion: Promotion,
  shares: Share[],
  dry = false,
): bigint | { refusal: Refusal; missing: bigint } {
  const concerned = state.lines.filter(({ line }) => concerns(promotion, line as Line));
  if (concerned.length === 0) return { refusal: 'NO_MATCHING_ITEMS', missing: 0n };
  const missing = promotion.minSpend - sum(concerned.map(({ spend }) => spend));
  if (missing > 0n) return { refusal: 'MINIMUM_SPEND', missing };
  const sellers = new Set(concerned.map(({ sellerId }) => sellerId));
  const reached = shares.filter(({ pot }) =>
    pot.line ? concerned.some(({ line }) => line === pot.line) : sellers.has(pot.sellerId),
  );
  const parts = reduce(promotion.benefit, reached);
  const amount = sum(parts.map((part) => part.amount));
  if (amount === 0n) return { refusal: 'NOTHING_TO_REDUCE', missing: 0n };
  if (dry) return amount;
  const { id, code, name, benefit } = promotion;
  const facts = { promotionId: id, code: code ?? '', name, kind: benefit.kind, bearer: bearerOf(promotion) };
  const hit = new Set<string>();
  for (const [index, { amount, units }] of parts.entries()) {
    const { pot } = reached[index] as Share;
    if (amount === 0n) continue;
    hit.add(pot.sellerId);
    if (isCashback(promotion)) {
      pot.rewarded += amount;
      pot.cashbacks.push({ ...facts, amount, units });
      continue;
    }
    pot.left -= amount;
    if (code === null) {
      pot.regularLeft -= amount;
      pot.campaigns = promotion.stackable ? 'stackable' : 'exclusive';
    }
    pot.discounts.push({ ...facts, amount, units });
  }
  if (isCounted(promotion)) {
    state.uses.set(id, { id, promotionId: id, units: 1, amount, sellerIds: [...hit].sort() });
  }
  return amount;
}

/** Whether a line is one that the promotion is about. */
function concerns({ sellerId, categoryIds, productIds, benefit }: Promotion, line: Line): boolean {
  if (sellerId !== null && sellerId !== line.sellerId) return false;
  if (benefit.kind === 'BUNDLE') return benefit.items.some(({ variantId }) => variantId === line.variantId);
  if (benefit.getProductIds.includes(line.productId)) return true;
  if (categoryIds.length === 0 && productIds.length === 0) return true;
  return productIds.includes(line.productId) || line.categoryIds.some((id) => categoryIds.includes(id));
}

function answer({ state, chosen, refusals }: Outcome, vouchers: Candidate[], currency: string): Quote {
  const lines = state.lines.map(({ line, sellerId, subtotal, discounts, left, cashbacks }) => ({
    ...{ variantId: (line as Line).variantId, sellerId, subtotal, discounts, total: left, cashbacks },
  }));
  const fees = state.fees.map(({ sellerId, subtotal, discounts, left }) => ({
    ...{ sellerId, subtotal, discounts, total: left },
  }));
  const explained = vouchers.map(({ promotion, refusal }): QuotedVoucher => {
    const { id, code } = promotion;
    const voucher = { promotionId: id, code: code ?? '', missing: 0n, amount: 0n };
    if (refusal) return { ...voucher, refusal };
    if (!isPayable(promotion, currency)) return { ...voucher, refusal: 'OTHER_CURRENCY' };
    if (!chosen.includes(promotion)) return { ...voucher, refusal: 'NOT_COMBINABLE' };
    return { ...voucher, ...(refusals.get(id) ?? { amount: state.uses.get(id)?.amount ?? 0n }) };
  });
  const total = sum([...lines, ...fees].map((part) => part.total));
  return { lines, fees, vouchers: explained, uses: [...state.uses.values()], total };
}

const isPayable = ({ currency }: Promotion, inCurrency: string) =>
  currency === null || currency === inCurrency;
const isOnShipping = ({ benefit }: Promotion) => benefit.kind === 'FREE_SHIPPING';
const isCashback = ({ benefit }: Promotion) => benefit.kind === 'CASHBACK';
const isOnGoods = (promotion: Promotion) => !isOnShipping(promotion) && !isCashback(promotion);

/** Stores before the platform, then by kind, then the older first: ids rise with time. */
function byCanon(a: Promotion, b: Promotion): number {
  return (
    Number(a.sellerId === null) - Number(b.sellerId === null) ||
    kindOrder.indexOf(a.benefit.kind) - kindOrder.indexOf(b.benefit.kind) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function toPot(line: Line): Pot {
  const price = line.unitPrice * BigInt(line.quantity);
  return {
    ...emptyPot(line.sellerId),
    ...{ line, subtotal: price, left: price, spend: price, regularUnits: line.quantity, regularLeft: price },
  };
}

function emptyPot(sellerId: string): Pot {
  return {
    ...{ sellerId, subtotal: 0n, left: 0n, spend: 0n, regularUnits: 0, regularLeft: 0n, rewarded: 0n },
    ...{ campaigns: 'none', discounts: [], cashbacks: [] },
  };
}

function copy({ lines, fees, uses }: State): State {
  const pot = (one: Pot): Pot => ({ ...one, discounts: [...one.discounts], cashbacks: [...one.cashbacks] });
  return { lines: lines.map(pot), fees: fees.map(pot), uses: new Map(uses) };
}
