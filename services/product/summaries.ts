import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { decodeIdToken, pageOf } from '@pasar/platform/page';
import { sql } from 'kysely';
import { isId, type Status } from './product.js';
import type { Db } from './store.js';

/** A product as read models keep it: without what only its own page shows. */
export interface Summary {
  id: string;
  slug: string;
  title: string;
  /** Its beginning. */
  description: string;
  sellerId: string;
  categoryId: string;
  category: string;
  brandId: string;
  brand: string;
  status: Status;
  attributes: Record<string, string>;
  imageUrl: string;
  price: bigint | null;
  currency: string | null;
  variantIds: string[];
  publishedAt: Date | null;
  /** What `price` is when no flash sale makes it lower. */
  regularPrice?: bigint;
  flashEndsAt?: Timestamp;
}

/** Texts are empty where there is nothing, as in the contract. */
const columns = sql`p.id, p.slug, p.title, left(p.description, 1000) as description, p.seller_id as "sellerId",
  coalesce(p.category_id::text, '') as "categoryId", coalesce(c.slug, '') as category,
  coalesce(p.brand_id::text, '') as "brandId", coalesce(b.slug, '') as brand, p.status, p.attributes,
  coalesce(jsonb_path_query_first(p.media, '$[*] ? (@.kind == "IMAGE").url') #>> '{}', '') as "imageUrl",
  p.price, p.currency, p.published_at as "publishedAt",
  array(select v.id from variant v where v.product_id = p.id and v.state = 'live') as "variantIds"`;
const tables = sql`product p left join category c on c.id = p.category_id left join brand b on b.id = p.brand_id`;

export async function findSummaries(db: Db, ids: string[]): Promise<Summary[]> {
  const { rows } = await sql<Summary>`
    select ${columns} from ${tables} where p.id = any((select ${ids.filter(isId)}::uuid[])::uuid[])`.execute(
    db,
  );
  return rows;
}

/** All that are published, in the order of their ids. */
export async function listSummaries(db: Db, size: number, token: string) {
  const after = decodeIdToken(token) ?? '00000000-0000-0000-0000-000000000000';
  const { rows } = await sql<Summary>`
    select ${columns} from ${tables} where p.status = 'published' and p.id > ${after}::uuid
    order by p.id limit ${size + 1}`.execute(db);
  return pageOf(rows, size, ({ id }) => [id]);
}
