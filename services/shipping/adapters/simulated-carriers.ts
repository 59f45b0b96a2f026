import type { Clock } from '@pasar/platform/clock';
import type { ShippingConfig } from '../config.js';
import type { Tariff, ZoneRate } from '../rates.js';
import type { Behaviour } from './journey.js';
import { SimulatedCarrier } from './simulated-carrier.js';
import type { SimulatedDepot } from './simulated-depot.js';

/** Base price and price per further kilogramme in rupiah, and days at the least and the most. */
const zone = (base: number, perKg: number, minDays: number, maxDays: number): ZoneRate => ({
  ...{ base, perKg },
  days: [minDays, maxDays],
});

interface Profile {
  name: string;
  /** What its tracking numbers begin with. */
  prefix: string;
  tariff: Tariff;
  behaviour: Behaviour;
}

/** The simulated carriers: invented names, prices as they might be. */
const profiles: Profile[] = [
  {
    name: 'santai-logistik',
    prefix: 'SL',
    tariff: {
      service: 'regular',
      carrier: 'Santai Logistik',
      volumeDivisor: 6000,
      includedKg: 1,
      parcelKg: 30,
      maxKg: 300,
      zones: {
        local: zone(8_000, 5_000, 1, 2),
        province: zone(10_000, 7_000, 1, 3),
        island: zone(14_000, 10_000, 2, 4),
        near: zone(24_000, 18_000, 3, 6),
        far: zone(38_000, 30_000, 4, 8),
        farthest: zone(62_000, 52_000, 6, 14),
      },
    },
    behaviour: { pickupHours: 6, shortestHours: 20, attempts: 3, failureFactor: 1 },
  },
  {
    name: 'kilat-ekspres',
    prefix: 'KX',
    tariff: {
      service: 'express',
      carrier: 'Kilat Ekspres',
      volumeDivisor: 6000,
      includedKg: 1,
      parcelKg: 30,
      maxKg: 100,
      zones: {
        local: zone(12_000, 9_000, 1, 1),
        province: zone(16_000, 12_000, 1, 1),
        island: zone(23_000, 18_000, 1, 2),
        near: zone(39_000, 31_000, 1, 3),
        far: zone(59_000, 48_000, 2, 4),
        farthest: zone(97_000, 82_000, 3, 6),
        abroad: zone(420_000, 260_000, 4, 10),
      },
    },
    behaviour: { pickupHours: 2, shortestHours: 18, attempts: 2, failureFactor: 1 },
  },
  {
    name: 'ojek-sehari',
    prefix: 'OS',
    tariff: {
      service: 'same-day',
      carrier: 'Ojek Sehari',
      volumeDivisor: 5000,
      includedKg: 5,
      parcelKg: 20,
      maxKg: 20,
      zones: { local: zone(25_000, 3_000, 0, 0) },
    },
    behaviour: { pickupHours: 0.5, shortestHours: 5, attempts: 1, failureFactor: 0.4 },
  },
  {
    name: 'gajah-kargo',
    prefix: 'GK',
    tariff: {
      service: 'cargo',
      carrier: 'Gajah Kargo',
      volumeDivisor: 4000,
      includedKg: 10,
      parcelKg: 1_000,
      maxKg: 20_000,
      zones: {
        local: zone(28_000, 2_000, 2, 4),
        province: zone(35_000, 2_800, 2, 5),
        island: zone(48_000, 4_000, 3, 7),
        near: zone(85_000, 7_500, 6, 12),
        far: zone(130_000, 12_000, 8, 18),
        farthest: zone(210_000, 20_000, 12, 28),
        abroad: zone(1_400_000, 110_000, 20, 45),
      },
    },
    behaviour: { pickupHours: 12, shortestHours: 40, attempts: 2, failureFactor: 0.2 },
  },
];

/** Their price lists. */
export const tariffs: Tariff[] = profiles.map(({ tariff }) => tariff);

export function simulatedCarriers(
  depot: SimulatedDepot,
  config: ShippingConfig,
  clock: Clock,
): SimulatedCarrier[] {
  return profiles.map(({ name, prefix, tariff, behaviour }) => {
    const carrier = new SimulatedCarrier(name, prefix, tariff, behaviour, depot, config, clock);
    depot.admit(carrier);
    return carrier;
  });
}
