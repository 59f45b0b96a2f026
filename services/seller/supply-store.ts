import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Goods, PurchaseLine, PurchaseStatus } from './supply.js';

export interface Supplier {
  id: string;
  name: string;
  contact: string;
  note: string;
  createdAt: Date;
}

export interface Purchase {
  id: string;
  sellerId: string;
  supplierId: string;
  warehouseId: string | null;
  status: PurchaseStatus;
  note: string;
  currency: string;
  total: bigint;
  createdAt: Date;
  updatedAt: Date;
}

export interface SkuCost {
  variantId: string;
  currency: string;
  units: bigint;
  total: bigint;
  last: bigint;
  updatedAt: Date;
}

const supplierColumns = sql`id, name, contact, note, created_at as "createdAt"`;
const purchaseColumns = sql`id, seller_id as "sellerId", supplier_id as "supplierId", warehouse_id as "warehouseId",
  status, note, currency, total, created_at as "createdAt", updated_at as "updatedAt"`;

/** @returns false when the store has `max` already */
export async function insertSupplier(
  executor: Executor<unknown>,
  sellerId: string,
  one: Supplier,
  max: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into supplier (id, seller_id, name, contact, note, created_at)
    select ${one.id}, ${sellerId}, ${one.name}, ${one.contact}, ${one.note}, ${one.createdAt}
    where (select count(*) from supplier where seller_id = ${sellerId}) < ${max} returning id`.execute(
    executor,
  );
  return rows.length > 0;
}

export async function updateSupplier(
  executor: Executor<unknown>,
  sellerId: string,
  { id, name, contact, note }: Omit<Supplier, 'createdAt'>,
): Promise<Supplier | undefined> {
  const { rows } = await sql<Supplier>`
    update supplier set name = ${name}, contact = ${contact}, note = ${note}
    where id = ${id} and seller_id = ${sellerId} returning ${supplierColumns}`.execute(executor);
  return rows[0];
}

export async function listSuppliers(
  executor: Executor<unknown>,
  sellerId: string,
  limit: number,
  after: string | undefined,
): Promise<Supplier[]> {
  const { rows } = await sql<Supplier>`
    select ${supplierColumns} from supplier
    where seller_id = ${sellerId} and ${after ? sql`id < ${after}` : sql`true`}
    order by id desc limit ${limit}`.execute(executor);
  return rows;
}

/** @returns false when the supplier is not the store's */
export async function insertPurchase(
  tx: Executor<unknown>,
  one: Purchase,
  lines: PurchaseLine[],
): Promise<boolean> {
  const { rows } = await sql`
    insert into purchase_order (id, seller_id, supplier_id, warehouse_id, status, note, currency, total, created_at,
      updated_at)
    select ${one.id}, s.seller_id, s.id, ${one.warehouseId}::uuid, 'ORDERED', ${one.note}, ${one.currency},
      ${one.total}::bigint, ${one.createdAt}::timestamptz, ${one.createdAt}::timestamptz
    from supplier s where s.id = ${one.supplierId} and s.seller_id = ${one.sellerId} returning id`.execute(
    tx,
  );
  if (rows.length === 0) return false;
  await sql`
    insert into purchase_line (purchase_order_id, position, variant_id, sku, title, quantity, unit_cost)
    select ${one.id}, n, variant_id, sku, title, quantity, unit_cost
    from unnest(${lines.map(({ variantId }) => variantId)}::uuid[], ${lines.map(({ sku }) => sku)}::text[],
      ${lines.map(({ title }) => title)}::text[], ${lines.map(({ quantity }) => quantity)}::bigint[],
      ${lines.map(({ unitCost }) => unitCost)}::bigint[])
      with ordinality as l (variant_id, sku, title, quantity, unit_cost, n)`.execute(tx);
  return true;
}

/** Of a store. @param lock for a change */
export async function findPurchase(
  executor: Executor<unknown>,
  sellerId: string,
  id: string,
  lock = false,
): Promise<{ purchase: Purchase; lines: PurchaseLine[] } | undefined> {
  const { rows } = await sql<Purchase>`
    select ${purchaseColumns} from purchase_order where id = ${id} and seller_id = ${sellerId}
    ${lock ? sql`for no key update` : sql``}`.execute(executor);
  const [purchase] = rows;
  if (!purchase) return undefined;
  const { rows: lines } = await sql<PurchaseLine>`
    select variant_id as "variantId", sku, title, quantity, received, unit_cost as "unitCost"
    from purchase_line where purchase_order_id = ${id} order by position`.execute(executor);
  return { purchase, lines };
}

export async function listPurchases(
  executor: Executor<unknown>,
  sellerId: string,
  status: PurchaseStatus | undefined,
  limit: number,
  after: string | undefined,
): Promise<Purchase[]> {
  const { rows } = await sql<Purchase>`
    select ${purchaseColumns} from purchase_order
    where seller_id = ${sellerId} and ${status ? sql`status = ${status}` : sql`true`}
      and ${after ? sql`id < ${after}` : sql`true`}
    order by id desc limit ${limit}`.execute(executor);
  return rows;
}

export async function updatePurchaseStatus(
  tx: Executor<unknown>,
  id: string,
  status: PurchaseStatus,
  now: Date,
): Promise<void> {
  await sql`
    update purchase_order set status = ${status}, updated_at = ${now} where id = ${id}`.execute(tx);
}

/** @returns false when goods were booked in with this delivery note before */
export async function insertReceipt(
  tx: Executor<unknown>,
  id: string,
  purchaseId: string,
  reference: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into purchase_receipt (id, purchase_order_id, reference, received_at)
    values (${id}, ${purchaseId}, ${reference}, ${now}) on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Counts goods as received, and what they cost. Lock the purchase order first. */
export async function bookGoods(
  tx: Executor<unknown>,
  { id, sellerId, currency }: Purchase,
  goods: Goods[],
  now: Date,
): Promise<void> {
  const sorted = goods.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1));
  await sql`
    with received as (
      update purchase_line l set received = l.received + g.quantity
      from unnest(${sorted.map(({ variantId }) => variantId)}::uuid[],
        ${sorted.map(({ quantity }) => quantity)}::bigint[]) as g (variant_id, quantity)
      where l.purchase_order_id = ${id} and l.variant_id = g.variant_id
      returning l.variant_id, g.quantity, l.unit_cost
    )
    insert into sku_cost as c (seller_id, variant_id, currency, units, total, last, updated_at)
    select ${sellerId}::uuid, variant_id, ${currency}, quantity, quantity * unit_cost, unit_cost, ${now}::timestamptz
    from received order by variant_id
    on conflict (seller_id, variant_id, currency) do update
      set units = c.units + excluded.units, total = c.total + excluded.total, last = excluded.last,
        updated_at = excluded.updated_at`.execute(tx);
}

export async function listCosts(
  executor: Executor<unknown>,
  sellerId: string,
  limit: number,
  after: string[] | undefined,
): Promise<SkuCost[]> {
  const { rows } = await sql<SkuCost>`
    select variant_id as "variantId", currency, units, total, last, updated_at as "updatedAt" from sku_cost
    where seller_id = ${sellerId}
      and ${after ? sql`(variant_id, currency) > (${after[0]}::uuid, ${after[1]})` : sql`true`}
    order by variant_id, currency limit ${limit}`.execute(executor);
  return rows;
}
