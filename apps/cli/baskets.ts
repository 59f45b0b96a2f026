import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

export interface Basket {
  /** Of the invoice. */
  id: string;
  customer: string;
  lines: { code: string; quantity: number }[];
}

interface Row {
  InvoiceNo: string;
  StockCode: string;
  Quantity: string;
  CustomerID: string;
}

/**
 * Baskets of an invoice file with the columns of UCI Online Retail, in file order: rows of an invoice follow each other.
 * Cancellations, returns and rows that name no article are left out.
 */
export async function* readBaskets(path: string): AsyncGenerator<Basket> {
  const rows = parse({
    columns: true,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_records_with_error: true,
  });
  const unpack = (await isGzip(path)) ? createGunzip() : new PassThrough();
  // What goes wrong on the way is met by whoever reads the rows.
  pipeline(createReadStream(path), unpack, rows, () => {});
  let basket: Basket | undefined;
  for await (const { InvoiceNo: id, StockCode: code, Quantity, CustomerID } of rows as AsyncIterable<Row>) {
    const quantity = Math.trunc(Number(Quantity));
    if (!id || id.startsWith('C') || !code || !(quantity > 0)) continue;
    if (basket?.id !== id) {
      if (basket) yield basket;
      basket = { id, customer: CustomerID || 'guest', lines: [] };
    }
    basket.lines.push({ code, quantity });
  }
  if (basket) yield basket;
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
