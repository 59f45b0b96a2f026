import { minorDigits } from '@pasar/platform/currency';

/**
 * A price in minor units from `53500`, `Rp 53.500,-`, `53,500.00`, `1.234,56`. Of two kinds of marks the last one parts
 * decimals. A single kind parts thousands when it comes more than once or before exactly three digits, decimals
 * otherwise; in a currency with three digits, a mark that comes once parts decimals.
 * @param decimal the mark of decimals, where it is known
 * @returns decimal text
 * @throws Error that quotes what is no price
 */
export function parsePrice(text: string, currency: string, decimal?: '.' | ','): string {
  const wrong = (why: string) => new Error(`"${text.slice(0, 40)}" ${why}.`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error(`"${currency.slice(0, 10)}" is not a currency.`);
  const digits = minorDigits(currency);
  const plain = text.replace(/[.,]-+\s*$/, '').replace(/[^\d.,-]/g, '');
  const mark = decimal ?? decimalMark(plain, digits);
  const at = mark ? plain.lastIndexOf(mark) : -1;
  const whole = at < 0 ? plain : plain.slice(0, at);
  const fraction = at < 0 ? '' : plain.slice(at + 1);
  if (
    !/^-?(\d+|\d{1,3}(([.,])\d{3}(\3\d{3})*)?)?$/.test(whole) ||
    !/^\d*$/.test(fraction) ||
    !/\d/.test(plain)
  ) {
    throw wrong('is not a price');
  }
  if (/[1-9]/.test(fraction.slice(digits))) throw wrong(`has more decimals than ${currency} has`);
  const amount = `${whole.replace(/[.,]/g, '') || '0'}${fraction.slice(0, digits).padEnd(digits, '0')}`;
  return BigInt(amount).toString();
}

function decimalMark(plain: string, digits: number): string | undefined {
  const marks = plain.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (!last) return undefined;
  if (marks.some((mark) => mark !== last)) return last;
  const tail = plain.length - plain.lastIndexOf(last) - 1;
  return marks.length === 1 && (tail !== 3 || digits === 3) ? last : undefined;
}
