import type { Zone } from '../geography.js';
import type { Tariff, ZoneRate } from '../rates.js';

/** Base price and price per further kilogramme in rupiah, and days at the least and the most. */
const zone = (base: number, perKg: number, minDays: number, maxDays: number): ZoneRate => ({
  ...{ base, perKg },
  days: [minDays, maxDays],
});

/** The simulated carriers' price lists. */
export const tariffs: Tariff[] = [
  {
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
  {
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
  {
    service: 'same-day',
    carrier: 'Ojek Sehari',
    volumeDivisor: 5000,
    includedKg: 5,
    parcelKg: 20,
    maxKg: 20,
    zones: { local: zone(25_000, 3_000, 0, 0) },
  },
  {
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
] satisfies (Tariff & { zones: Partial<Record<Zone, ZoneRate>> })[];
