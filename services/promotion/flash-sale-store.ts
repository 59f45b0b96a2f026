import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import { ownedBy } from './store.js';

export interface FlashItem {
  /** Also of its allotment: its stock. */
  id: string;
  variantId: string;
  price: bigint;
  currency: string;
  stock: number;
  perCustomer: number | null;
  sold: number;
  productId: string;
  sellerId: string;
  title: string;
  slug: string;
  imageUrl: string;
  regularPrice: bigint;
}

export interface FlashSale {
  id: string;
  /** Null for the platform's. */
  sellerId: string | null;
  name: string;
  startsAt: Date;
  endsAt: Date;
  endedAt: Date | null;
  items: FlashItem[];
}

/** An item of a sale that runs or is to come. */
export interface RunningOffer {
  id: string;
  flashSaleId: string;
  name: string;
  sellerId: string | null;
  variantId: string;
  price: bigint;
  currency: string;
  startsAt: Date;
  endsAt: Date;
}

type StoredItem = Omit<FlashItem, 'price' | 'regularPrice'> & { price: string; regularPrice: string };

const columns = sql`
  f.id, f.seller_id as "sellerId", f.name, f.starts_at as "startsAt", f.ends_at as "endsAt", f.ended_at as "endedAt",
  (select jsonb_agg(jsonb_build_object('id', i.id, 'variantId', i.variant_id, 'price', i.price::text,
      'currency', i.currency, 'stock', a.quota, 'perCustomer', a.per_customer, 'sold', a.used,
      'productId', i.product_id, 'sellerId', i.seller_id, 'title', i.title, 'slug', i.slug,
      'imageUrl', i.image_url, 'regularPrice', i.regular_price::text) order by i.id)
    from flash_item i join allotment a on a.id = i.id where i.flash_sale_id = f.id) as items`;

function toFlashSale(row: Omit<FlashSale, 'items'> & { items: StoredItem[] }): FlashSale {
  const items = row.items.map((item) => ({
    ...item,
    ...{ price: BigInt(item.price), regularPrice: BigInt(item.regularPrice) },
  }));
  return { ...row, items };
}

/** @returns false when the owner has `limit` of them running or to come */
export async function insertFlashSale(
  tx: Executor<unknown>,
  { items, ...sale }: FlashSale,
  now: Date,
  limit: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into flash_sale (id, seller_id, name, starts_at, ends_at, created_at)
    select ${sale.id}, ${sale.sellerId}::uuid, ${sale.name}, ${sale.startsAt}::timestamptz,
      ${sale.endsAt}::timestamptz, ${now}::timestamptz
    where (select count(*) from flash_sale
      where ${ownedBy(sale.sellerId)} and ended_at is null and ends_at > ${now}) < ${limit}
    returning id`.execute(tx);
  if (rows.length === 0) return false;
  await sql`
    with item as (
      select * from unnest(${items.map((i) => i.id)}::uuid[], ${items.map((i) => i.variantId)}::uuid[],
        ${items.map((i) => i.price)}::bigint[], ${items.map((i) => i.currency)}::text[],
        ${items.map((i) => i.stock)}::int[], ${items.map((i) => i.perCustomer)}::int[],
        ${items.map((i) => i.productId)}::uuid[], ${items.map((i) => i.sellerId)}::uuid[],
        ${items.map((i) => i.title)}::text[], ${items.map((i) => i.slug)}::text[],
        ${items.map((i) => i.imageUrl)}::text[], ${items.map((i) => i.regularPrice)}::bigint[])
        as i (id, variant_id, price, currency, stock, per_customer, product_id, seller_id, title, slug, image_url,
          regular_price)
    ), allotted as (
      insert into allotment (id, quota, per_customer, opens_at, closes_at)
      select id, stock, per_customer, ${sale.startsAt}::timestamptz, ${sale.endsAt}::timestamptz from item
    )
    insert into flash_item (id, flash_sale_id, variant_id, price, currency, product_id, seller_id, title, slug,
      image_url, regular_price)
    select id, ${sale.id}, variant_id, price, currency, product_id, seller_id, title, slug, image_url, regular_price
    from item`.execute(tx);
  return true;
}

/** Ends a sale that has not ended. @param owner undefined: anybody's @returns whether it did */
export async function endFlashSale(
  tx: Executor<unknown>,
  id: string,
  owner: { sellerId: string | null } | undefined,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    with ended as (
      update flash_sale set ended_at = ${now}
      where id = ${id} and ended_at is null and ends_at > ${now} ${owner ? sql`and ${ownedBy(owner.sellerId)}` : sql``}
      returning id
    ), locked as (
      -- In the order in which checkouts take them.
      select a.id from allotment a where a.id in (
        select i.id from flash_item i join ended on ended.id = i.flash_sale_id)
      order by a.id for update of a
    ), closed as (
      update allotment a set closes_at = ${now} from locked where a.id = locked.id
    )
    select id from ended`.execute(tx);
  return rows.length > 0;
}

/** Notes which sales have begun or ended, and what of them has come to be sold out or not. @returns those sales */
export async function turnFlashSales(db: Executor<unknown>, now: Date): Promise<FlashSale[]> {
  const { rows } = await sql<{ id: string }>`
    with turned as (
      update flash_sale
      set phase = case when ended_at is not null or ends_at <= ${now} then 'ENDED' else 'RUNNING' end
      where phase = 'AHEAD' and starts_at <= ${now} or phase <> 'ENDED' and (ended_at is not null or ends_at <= ${now})
      returning id
    ), sold as (
      update flash_item i set sold_out = a.used >= a.quota
      from allotment a, flash_sale f
      where a.id = i.id and f.id = i.flash_sale_id and f.phase = 'RUNNING' and i.sold_out <> (a.used >= a.quota)
      returning i.flash_sale_id
    )
    select id from turned union select flash_sale_id from sold`.execute(db);
  if (rows.length === 0) return [];
  const sales = await sql<Parameters<typeof toFlashSale>[0]>`
    select ${columns} from flash_sale f where f.id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(db);
  return sales.rows.map(toFlashSale);
}

/** @param owner undefined: anybody's */
export async function findFlashSale(
  db: Executor<unknown>,
  id: string,
  owner?: { sellerId: string | null },
): Promise<FlashSale | undefined> {
  const { rows } = await sql<Parameters<typeof toFlashSale>[0]>`
    select ${columns} from flash_sale f
    where f.id = ${id} ${owner ? sql`and ${ownedBy(owner.sellerId)}` : sql``}`.execute(db);
  return rows.map(toFlashSale)[0];
}

/** Running or to come, what ends first first. */
export async function listOpenFlashSales(
  db: Executor<unknown>,
  now: Date,
  limit: number,
  after: [endsAt: string, id: string] | undefined,
): Promise<FlashSale[]> {
  const { rows } = await sql<Parameters<typeof toFlashSale>[0]>`
    select ${columns} from flash_sale f
    where f.ended_at is null and f.ends_at > ${now}
      ${after ? sql`and (f.ends_at, f.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by f.ends_at, f.id limit ${limit}`.execute(db);
  return rows.map(toFlashSale);
}

/** Of one owner, newest first. */
export async function listFlashSales(
  db: Executor<unknown>,
  sellerId: string | null,
  limit: number,
  before: string | undefined,
): Promise<FlashSale[]> {
  const { rows } = await sql<Parameters<typeof toFlashSale>[0]>`
    select ${columns} from flash_sale f
    where ${ownedBy(sellerId)} ${before ? sql`and f.id < ${before}::uuid` : sql``}
    order by f.id desc limit ${limit}`.execute(db);
  return rows.map(toFlashSale);
}

/** Offers of sales that run or are to come; of those sales where some are given. */
export async function listOffers(
  db: Executor<unknown>,
  now: Date,
  saleIds?: string[],
): Promise<RunningOffer[]> {
  const { rows } = await sql<RunningOffer>`
    select i.id, f.id as "flashSaleId", f.name, f.seller_id as "sellerId", i.variant_id as "variantId", i.price,
      i.currency, f.starts_at as "startsAt", f.ends_at as "endsAt"
    from flash_sale f join flash_item i on i.flash_sale_id = f.id
    where f.ended_at is null and f.ends_at > ${now} ${saleIds ? sql`and f.id = any(${saleIds}::uuid[])` : sql``}`.execute(
    db,
  );
  return rows;
}
