import { toDecimal } from '@pasar/platform/currency';
import { DomainError } from '@pasar/platform/errors';
import type { StoredOrder } from './facts.js';
import { type Amount, discountsOf, isConfirmed, itemsTotalOf, sumOf } from './order.js';

export interface Issuer {
  name: string;
  city: string;
  province: string;
}

const margin = 50;
const width = 595 - 2 * margin;
/** Where columns begin, and how wide they are. */
const columns = [
  { x: margin, width: 270 },
  { x: margin + 280, width: 40 },
  { x: margin + 325, width: 80 },
  { x: margin + 410, width: 85 },
] as const;
const lowest = 760;

/**
 * The invoice of an order as PDF, on A4.
 * @throws DomainError `order.no_invoice` as long as it is not confirmed, or when it was cancelled
 */
export async function printInvoice({ state, createdAt }: StoredOrder, issuer: Issuer): Promise<Buffer> {
  const { facts, status } = state;
  if (!isConfirmed(status))
    throw new DomainError('order.no_invoice', 'conflict', 'There is no invoice for this order.', {
      details: { status },
    });
  // It takes a moment and some memory, which only those pay who print.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin,
    info: { Title: `Invoice ${facts.number}`, CreationDate: createdAt },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  const money = (amount: bigint | Amount) => `${facts.currency} ${toDecimal(BigInt(amount), facts.currency)}`;
  const font = (size: number, bold = false) =>
    document.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);

  font(18, true).text('INVOICE', margin, margin);
  font(10).text(`${facts.number}\n${createdAt.toISOString().slice(0, 10)}`, margin, margin, {
    width,
    align: 'right',
  });
  const { recipient, line1, line2, city, province, postalCode } = facts.shippingAddress;
  const from = [issuer.name, [issuer.city, issuer.province].filter(Boolean).join(', ')];
  const to = [recipient, line1, line2, `${city}, ${province} ${postalCode}`];
  const half = { width: width / 2 - 10 };
  font(10).text(printable(`Dari / From\n${from.filter(Boolean).join('\n')}`), margin, 100, half);
  document.text(printable(`Kepada / To\n${to.filter(Boolean).join('\n')}`), margin + width / 2, 100, half);

  let y = 190;
  /** A row of the table; on another page when there is no room left. */
  const row = (cells: string[], bold = false) => {
    font(10, bold);
    const height = document.heightOfString(printable(cells[0] ?? ''), { width: columns[0].width });
    if (y + height > lowest) {
      document.addPage();
      y = margin;
    }
    for (const [index, column] of columns.entries())
      document.text(printable(cells[index] ?? ''), column.x, y, {
        width: column.width,
        align: index === 0 ? 'left' : 'right',
      });
    y += height + 6;
  };
  row(['Barang / Item', 'Jml', 'Harga / Price', 'Total'], true);
  for (const { title, variantTitle, quantity, unitPrice } of facts.lines) {
    const price = BigInt(unitPrice);
    const name = [title, variantTitle].filter(Boolean).join(', ');
    row([name, `${quantity}`, money(price), money(price * BigInt(quantity))]);
  }
  y += 10;
  row(['Subtotal', '', '', money(itemsTotalOf(facts))]);
  row([`Ongkir / Shipping (${facts.shipping.carrier})`, '', '', money(facts.shipping.cost)]);
  const discount = sumOf(discountsOf(facts));
  if (discount > 0n) row(['Diskon / Discount', '', '', money(-discount)]);
  row(['Total', '', '', money(facts.total)], true);
  if (state.return?.stage === 'RESOLVED' && state.return.refund !== '0')
    row(['Dikembalikan / Refunded', '', '', money(`-${state.return.refund}`)]);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** The fonts that every PDF reader has know Latin letters only. */
function printable(text: string): string {
  return text.normalize('NFC').replace(/[^\n\x20-\x7e\xa0-\xff]/g, '?');
}
