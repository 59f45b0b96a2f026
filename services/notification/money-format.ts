/** Minor units per currency (ISO 4217); `Intl` alone would show rupiah without them. */
export function currencyFractionDigits(currency: string): number {
  // CLDR rounds rupiah to whole ones for display; ISO 4217 gives it two digits, and so do our amounts.
  if (currency === 'IDR') return 2;
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}
