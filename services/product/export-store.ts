import { sql } from 'kysely';
import type { Product } from './product.js';
import { type Db, type ProductRow, productColumns, toProduct } from './store.js';

/** The last product of a piece. */
export interface Cursor {
  status: string;
  id: string;
}

const productsPerPiece = 300;

/** The next products of a store, or of all, that are not archived; `next` is where to go on. */
export async function readForExport(db: Db, sellerId: string, after: Cursor | undefined) {
  // Each of the two goes along an index: that of a store's own products, and the primary key.
  const where = sellerId
    ? sql`p.seller_id = ${sellerId} and p.status in ('draft', 'published')
        and (p.status, p.id) > (${after?.status ?? ''}, ${after?.id ?? zero}::uuid) order by p.status, p.id`
    : sql`p.status <> 'archived' and p.id > ${after?.id ?? zero}::uuid order by p.id`;
  const { rows } = await sql<ProductRow>`
    select ${productColumns()} from product p where ${where} limit ${productsPerPiece}`.execute(db);
  const products: Product[] = rows.map(toProduct);
  const last = products.at(-1);
  return { products, next: products.length === productsPerPiece ? last : undefined };
}

const zero = '00000000-0000-0000-0000-000000000000';
