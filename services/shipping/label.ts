import { toDecimal } from '@pasar/platform/currency';
import { DomainError } from '@pasar/platform/errors';
import type { Parcel, Shipment } from './shipment.js';

const pointsPerMm = 72 / 25.4;
const mm = (length: number) => length * pointsPerMm;
const margin = mm(5);
const width = mm(105) - 2 * margin;

/**
 * The labels of a shipment's parcels as PDF, a page of A6 each.
 * @throws DomainError `shipping.no_label` as long as there is none
 */
export async function printLabels(shipment: Shipment): Promise<Buffer> {
  const numbered = shipment.parcels.every(({ trackingNumber }) => trackingNumber !== '');
  if (shipment.ownCourier || shipment.status === 'CANCELLED' || !numbered) {
    throw new DomainError('shipping.no_label', 'conflict', 'This shipment has no label (yet).', {
      details: { status: shipment.status },
    });
  }
  // They take a moment and some memory, which only those pay who print.
  const [{ default: PDFDocument }, { default: bwip }] = await Promise.all([
    import('pdfkit'),
    import('bwip-js'),
  ]);
  const document = new PDFDocument({
    size: 'A6',
    margin,
    autoFirstPage: false,
    info: { Title: `Label ${shipment.number}`, CreationDate: shipment.createdAt },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  for (const parcel of shipment.parcels) {
    document.addPage();
    // Bars and gaps in turn, in units of the narrowest.
    const [{ sbs }] = bwip.raw('code128', parcel.trackingNumber, '') as unknown as [{ sbs: number[] }];
    printLabel(document, shipment, parcel, sbs);
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function printLabel(document: PDFKit.PDFDocument, shipment: Shipment, parcel: Parcel, bars: number[]): void {
  const { sender, destination, contents, collect, cost } = shipment;
  const write = (text: string, size: number, y: number, height: number, font = 'Helvetica') =>
    document
      .font(font)
      .fontSize(size)
      .text(printable(text), margin, mm(y), { width, height: mm(height), ellipsis: true });
  const rule = (y: number) =>
    document
      .moveTo(margin, mm(y))
      .lineTo(margin + width, mm(y))
      .lineWidth(0.5)
      .stroke();

  write(shipment.carrier, 15, 5, 7, 'Helvetica-Bold');
  document.text(printable(shipment.service.toUpperCase()), margin, mm(5), { width, align: 'right' });
  const unit = width / (bars.reduce((sum, bar) => sum + bar, 0) + 20);
  let x = margin + 10 * unit;
  for (const [index, bar] of bars.entries()) {
    if (index % 2 === 0) document.rect(x, mm(14), bar * unit, mm(18)).fill('black');
    x += bar * unit;
  }
  document
    .font('Courier-Bold')
    .fontSize(12)
    .text(parcel.trackingNumber, margin, mm(34), { width, align: 'center' });
  rule(41);
  write('KEPADA / TO', 7, 43, 4);
  write(destination.recipient, 13, 47, 6, 'Helvetica-Bold');
  write(destination.phone, 10, 53, 5);
  const { line1, line2, city, province, postalCode, country } = destination;
  const lines = [line1, line2, `${city}, ${province} ${postalCode}`, country === 'ID' ? '' : country];
  write(lines.filter(Boolean).join('\n'), 10, 59, 26);
  rule(87);
  write('DARI / FROM', 7, 89, 4);
  const from = [sender?.city, sender?.province].filter(Boolean).join(', ');
  write([sender?.name, from].filter(Boolean).join('\n'), 10, 93, 10);
  rule(105);
  const kilogrammes = (parcel.weightGrams / 1000).toFixed(2);
  write(
    `${shipment.number}     ${kilogrammes} kg     ${parcel.number} / ${shipment.parcels.length}`,
    10,
    107,
    5,
  );
  write(contents.map(({ title, quantity }) => `${quantity} x ${title}`).join('; '), 8, 113, 14);
  rule(129);
  if (collect > 0n) {
    const amount = `${cost.currency} ${toDecimal(collect, cost.currency)}`;
    write(parcel.number === 1 ? `COD ${amount}` : 'COD: parcel 1', 14, 132, 8, 'Helvetica-Bold');
  }
}

/** The fonts that every PDF reader has know Latin letters only. */
function printable(text: string): string {
  return text.normalize('NFC').replace(/[^\n\x20-\x7e\xa0-\xff]/g, '?');
}
