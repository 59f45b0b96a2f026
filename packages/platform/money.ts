/** An amount in minor units of an ISO 4217 currency. Never a floating point number. */
export interface Money {
  readonly amount: bigint;
  readonly currency: string;
}

export function money(amount: bigint, currency: string): Money {
  return { amount, currency };
}

/** @throws RangeError for different currencies: adding those is always a mistake in the program */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} cannot be added to ${b.currency}`);
  return { amount: a.amount + b.amount, currency: a.currency };
}

export function times(price: Money, quantity: number): Money {
  return { amount: price.amount * BigInt(quantity), currency: price.currency };
}

export function sum(parts: Money[], currency: string): Money {
  return parts.reduce(add, { amount: 0n, currency });
}

export function equals(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency;
}

/** `Math.min` of two amounts of the same currency. */
export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/**
 * Splits `total` in the proportion of `weights`, to the last minor unit: the remainder goes, one unit each, to the
 * largest fractions (the largest remainder method), so that the parts always sum to the total.
 */
export function allocate(total: bigint, weights: bigint[]): bigint[] {
  const whole = weights.reduce((a, b) => a + b, 0n);
  if (whole <= 0n) throw new RangeError('weights must sum to more than zero');
  const parts = weights.map((weight) => (total * weight) / whole);
  let rest = total - parts.reduce((a, b) => a + b, 0n);
  const byFraction = weights
    .map((weight, index) => ({ index, fraction: (total * weight) % whole }))
    .sort((a, b) => (b.fraction > a.fraction ? 1 : b.fraction < a.fraction ? -1 : a.index - b.index));
  for (const { index } of byFraction) {
    if (rest === 0n) break;
    parts[index] = (parts[index] as bigint) + 1n;
    rest -= 1n;
  }
  return parts;
}
