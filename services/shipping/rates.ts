import { type Place, type Zone, zoneBetween } from './geography.js';

/** What one unit of goods weighs and measures; 0 where the seller did not say. */
export interface Goods {
  quantity: number;
  weightGrams: number;
  lengthMm: number;
  widthMm: number;
  heightMm: number;
}

/** What a carrier asks for a zone, in rupiah. */
export interface ZoneRate {
  /** For the kilogrammes that are included. */
  base: number;
  /** For each begun kilogramme above them. */
  perKg: number;
  /** From pick-up to the door. */
  days: [min: number, max: number];
}

/** A carrier's price list. */
export interface Tariff {
  /** As the buyer names it, e.g. `express`. */
  service: string;
  /** Name of the carrier, for people. */
  carrier: string;
  /** Cubic millimetres that are charged as a gramme: bulky goods cost as if they were heavy. */
  volumeDivisor: number;
  /** Kilogrammes in the base price. */
  includedKg: number;
  /** What one parcel may weigh. */
  parcelKg: number;
  /** What it takes at once, in any number of parcels. */
  maxKg: number;
  /** A zone that is not here is not served. */
  zones: Partial<Record<Zone, ZoneRate>>;
}

export interface Rate {
  service: string;
  carrier: string;
  /** Rupiah. */
  cost: bigint;
  minDays: number;
  maxDays: number;
  chargedGrams: number;
}

/** What a unit weighs of which the seller did not say it. */
export const defaultWeightGrams = 500;

export function weightOf(goods: Goods[]): number {
  return goods.reduce(
    (sum, { quantity, weightGrams }) => sum + quantity * (weightGrams || defaultWeightGrams),
    0,
  );
}

/** The greater of weight and volume, of each thing: a pillow and a brick do not share a price. */
export function chargedWeightOf(goods: Goods[], volumeDivisor: number): number {
  return goods.reduce((sum, { quantity, weightGrams, lengthMm, widthMm, heightMm }) => {
    const byVolume = Math.ceil((lengthMm * widthMm * heightMm) / volumeDivisor);
    return sum + quantity * Math.max(weightGrams || defaultWeightGrams, byVolume);
  }, 0);
}

/** What a carrier asks for bringing the goods; nothing when it does not go there, or cannot carry so much. */
export function rate(tariff: Tariff, zone: Zone, goods: Goods[]): Rate | undefined {
  const zoneRate = tariff.zones[zone];
  const chargedGrams = chargedWeightOf(goods, tariff.volumeDivisor);
  const heaviest = Math.max(
    ...goods.map((one) => chargedWeightOf([{ ...one, quantity: 1 }], tariff.volumeDivisor)),
  );
  if (!zoneRate || chargedGrams > tariff.maxKg * 1000 || heaviest > tariff.parcelKg * 1000) return undefined;
  const extraKg = Math.max(0, Math.ceil(chargedGrams / 1000) - tariff.includedKg);
  const [minDays, maxDays] = zoneRate.days;
  return {
    service: tariff.service,
    carrier: tariff.carrier,
    cost: BigInt(zoneRate.base + zoneRate.perKg * extraKg),
    ...{ minDays, maxDays, chargedGrams },
  };
}

/** All who would bring the goods, the cheapest first. */
export function ratesOf(tariffs: Tariff[], origin: Place, destination: Place, goods: Goods[]): Rate[] {
  const zone = zoneBetween(origin, destination);
  return tariffs
    .flatMap((tariff) => rate(tariff, zone, goods) ?? [])
    .sort((a, b) => (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : a.maxDays - b.maxDays));
}

/** Weights of the parcels that a shipment of this weight is packed into, as even as can be. */
export function packInto(grams: number, parcelKg: number): number[] {
  const count = Math.max(1, Math.ceil(grams / (parcelKg * 1000)));
  const each = Math.floor(grams / count);
  return Array.from({ length: count }, (_, index) => each + (index < grams - each * count ? 1 : 0));
}
