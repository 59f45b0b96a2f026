/** In which what happened loses nearly two thirds of its weight. */
const lifeMs = 3 * 24 * 3_600_000;
/** Far enough away for one of them to count for nothing. */
export const beyond = 40;

/** The weight of something that happens then, as a logarithm: two of them are added by `addHeat`. */
export function heatAt(time: Date): number {
  return time.getTime() / lifeMs;
}

export function addHeat(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.min(Math.abs(a - b), beyond)));
}

/** What each product is heated by; each at most once by an event. */
export function heatOf(events: { time: Date; productIds: string[] }[]): Map<string, number> {
  const heats = new Map<string, number>();
  for (const { time, productIds } of events) {
    for (const id of new Set(productIds)) {
      const before = heats.get(id);
      heats.set(id, before === undefined ? heatAt(time) : addHeat(before, heatAt(time)));
    }
  }
  return heats;
}
