import { allocate, min } from '@pasar/platform/money';
import type { Benefit } from './promotion.js';

/** What a promotion may take from: what is left of a line or fee, and of a line how many units. */
export interface Room {
  left: bigint;
  units: number;
  variantId: string;
  productId: string;
  unitPrice: bigint;
}

export interface Taken {
  amount: bigint;
  /** How many units it is about; 0 for all. */
  units: number;
}

/** What a benefit takes of each room: never more than is left of it. */
export function reduce(benefit: Benefit, rooms: Room[]): Taken[] {
  const left = rooms.map((room) => room.left);
  const all = sum(left);
  const ofAll = (amount: bigint) =>
    spread(capped(amount, benefit), left).map((part) => ({ amount: part, units: 0 }));
  switch (benefit.kind) {
    case 'PERCENTAGE':
      return ofAll(percent(all, benefit));
    case 'FIXED':
      return ofAll(benefit.amount);
    case 'CASHBACK':
      return ofAll(benefit.basisPoints > 0 ? percent(all, benefit) : benefit.amount);
    case 'FREE_SHIPPING':
      return ofAll(all);
    case 'BUY_X_GET_Y':
      return reduceUnits(benefit, rooms);
    case 'BUNDLE':
      return reduceSets(benefit, rooms);
  }
}

/** The cheapest units, so that it does not matter how the buyer sorts the basket. */
function reduceUnits(benefit: Benefit, rooms: Room[]): Taken[] {
  const apart = benefit.getProductIds.length > 0;
  const isGift = ({ productId }: Room) => benefit.getProductIds.includes(productId);
  const bought = rooms.filter((room) => !apart || !isGift(room)).reduce((n, { units }) => n + units, 0);
  const times = atMost(Math.floor(bought / (benefit.buy + (apart ? 0 : benefit.get))), benefit.maxTimes);
  let open = times * benefit.get;
  const reduced = new Map<Room, number>();
  for (const room of rooms.filter((room) => !apart || isGift(room)).sort(byPrice)) {
    const units = Math.min(open, room.units);
    reduced.set(room, units);
    open -= units;
  }
  const unitsOf = (room: Room) => reduced.get(room) ?? 0;
  const wanted = rooms.map((room) =>
    min(room.left, percent(room.unitPrice * BigInt(unitsOf(room)), benefit)),
  );
  const parts = spread(capped(sum(wanted), benefit), wanted);
  return rooms.map((room, index) => ({ amount: parts[index] as bigint, units: unitsOf(room) }));
}

/** Whole sets, at the price of a set. */
function reduceSets({ items, amount: price, maxTimes }: Benefit, rooms: Room[]): Taken[] {
  const unitsOf = new Map(rooms.map(({ variantId, units }) => [variantId, units]));
  const possible = items.map(({ variantId, quantity }) =>
    Math.floor((unitsOf.get(variantId) ?? 0) / quantity),
  );
  const times = atMost(Math.min(...possible), maxTimes);
  const inSets = new Map(items.map(({ variantId, quantity }) => [variantId, quantity * times]));
  const units = rooms.map(({ variantId }) => inSets.get(variantId) ?? 0);
  const worth = rooms.map(({ unitPrice }, index) => unitPrice * BigInt(units[index] as number));
  const parts = spread(
    sum(worth) - price * BigInt(times),
    worth.map((amount, index) => min(amount, (rooms[index] as Room).left)),
  );
  return parts.map((amount, index) => ({ amount, units: units[index] as number }));
}

/** Spreads an amount, or as much of it as there is room for, in proportion to the rooms. */
function spread(amount: bigint, rooms: bigint[]): bigint[] {
  const all = min(amount, sum(rooms));
  return all <= 0n ? rooms.map(() => 0n) : allocate(all, rooms);
}

function byPrice(a: Room, b: Room): number {
  if (a.unitPrice !== b.unitPrice) return a.unitPrice < b.unitPrice ? -1 : 1;
  return a.variantId < b.variantId ? -1 : 1;
}

function percent(amount: bigint, { basisPoints }: Benefit): bigint {
  return (amount * BigInt(basisPoints)) / 10_000n;
}

function capped(amount: bigint, { cap }: Benefit): bigint {
  return cap > 0n ? min(amount, cap) : amount;
}

function atMost(times: number, limit: number): number {
  return limit > 0 ? Math.min(times, limit) : times;
}

export function sum(amounts: bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
