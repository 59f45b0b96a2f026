const byCurrency = new Map<string, number>();

/** How many digits of the major unit the minor unit stands for (ISO 4217): 2 for IDR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  // CLDR shows rupiah without sen; ISO 4217 gives it two digits, and so do our amounts.
  if (currency === 'IDR') return 2;
  let digits = byCurrency.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    byCurrency.set(currency, digits);
  }
  return digits;
}

/** `5350000n` in IDR → `53500.00`. */
export function toDecimal(amount: bigint, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return amount.toString();
  const padded = amount.toString().padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
