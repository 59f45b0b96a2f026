import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { StockChangedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, decodeNumberToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import { type RawBuilder, sql } from 'kysely';
import { belowReserved, versionConflict } from './inventory.js';

export interface Stock {
  variantId: string;
  sellerId: string;
  onHand: bigint;
  reserved: bigint;
  available: bigint;
  lowThreshold: bigint;
  version: bigint;
}

export interface WarehouseStock {
  warehouseId: string;
  onHand: bigint;
  reserved: bigint;
  available: bigint;
}

export interface Warehouse {
  id: string;
  name: string;
  city: string;
  isDefault: boolean;
}

interface Movement {
  id: bigint;
  kind: 'RECEIVED' | 'ADJUSTED' | 'RESERVED' | 'RELEASED' | 'DEDUCTED' | 'RESTOCKED';
  onHandDelta: bigint;
  reservedDelta: bigint;
  warehouseId: string;
  reference: string;
  createdAt: Date;
}

/** What is done to one variant's stock in one warehouse, the default one when none is named. */
interface Change {
  kind: 'ADJUSTED' | 'RECEIVED';
  onHand(before: bigint): bigint;
  reference: string;
  warehouseId: string;
  version?: bigint;
}

const stockColumns = sql`
  k.variant_id as "variantId", k.seller_id as "sellerId", k.low_threshold as "lowThreshold",
  coalesce(sum(s.on_hand), 0)::bigint as "onHand", coalesce(sum(s.reserved), 0)::bigint as reserved,
  coalesce(sum(s.on_hand - s.reserved), 0)::bigint as available, coalesce(sum(s.version), 0)::bigint as version`;

/** What sellers do with their stock. */
@Injectable()
export class StockKeeping {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
  ) {}

  /** @param sellerId whose stock it must be; undefined for staff */
  async get(
    variantId: string,
    sellerId: string | undefined,
  ): Promise<{ stock: Stock; warehouses: WarehouseStock[] }> {
    await this.#adopt(variantId, sellerId);
    const [stock] = await this.#list(sql`k.variant_id = ${variantId}`, 1);
    if (!stock) throw notFound('variant');
    const { rows } = await sql<WarehouseStock>`
      select warehouse_id as "warehouseId", on_hand as "onHand", reserved, on_hand - reserved as available
      from stock where variant_id = ${variantId} order by warehouse_id`.execute(this.database.kysely);
    return { stock, warehouses: rows };
  }

  /** Sets what a count has found. */
  set(variantId: string, sellerId: string, onHand: bigint, warehouseId: string, version: bigint | undefined) {
    return this.#change(variantId, sellerId, {
      kind: 'ADJUSTED',
      onHand: () => onHand,
      reference: 'count',
      warehouseId,
      version,
    });
  }

  adjust(variantId: string, sellerId: string, delta: bigint, reason: string, warehouseId: string) {
    if (delta === 0n) throw invalidField('delta', 'must not be 0');
    return this.#change(variantId, sellerId, {
      kind: 'ADJUSTED',
      onHand: (before) => before + delta,
      reference: reason,
      warehouseId,
    });
  }

  /** Books goods in, once per reference. */
  receive(variantId: string, sellerId: string, quantity: bigint, reference: string, warehouseId: string) {
    return this.#change(variantId, sellerId, {
      kind: 'RECEIVED',
      onHand: (before) => before + quantity,
      reference,
      warehouseId,
    });
  }

  async setLowThreshold(variantId: string, sellerId: string, threshold: bigint): Promise<void> {
    await this.database.write(sql`
      update sku set low_threshold = ${threshold}, low_alerted = false
      where variant_id = ${variantId} and seller_id = ${sellerId}`);
  }

  async listMovements(variantId: string, sellerId: string | undefined, size: number, token: string) {
    const limit = pageSize(size);
    const after = decodeNumberToken(token);
    const { rows: owned } = await sql`
      select from sku k where k.variant_id = ${variantId} ${ownedBy(sellerId)}`.execute(this.database.kysely);
    if (owned.length === 0) throw notFound('variant');
    const { rows } = await sql<Movement>`
      select id, kind, on_hand_delta as "onHandDelta", reserved_delta as "reservedDelta",
        warehouse_id as "warehouseId", reference, at as "createdAt"
      from movement where variant_id = ${variantId} and id < coalesce(${after ?? null}::bigint, 9223372036854775807)
      order by id desc limit ${limit + 1}`.execute(this.database.kysely);
    return pageOf(rows, limit, (row) => [row.id]);
  }

  async listLow(sellerId: string, size: number, token: string) {
    const limit = pageSize(size);
    const after = decodeIdToken(token) ?? '00000000-0000-0000-0000-000000000000';
    const rows = await this.#list(
      sql`k.seller_id = ${sellerId} and k.low_threshold > 0 and k.variant_id > ${after}::uuid`,
      limit + 1,
      sql`having coalesce(sum(s.on_hand - s.reserved), 0) <= k.low_threshold`,
    );
    return pageOf(rows, limit, (row) => [row.variantId]);
  }

  /** Units that can be bought now. Variants without stock are left out. */
  async available(variantIds: string[]): Promise<Map<string, bigint>> {
    const { rows } = await sql<{ id: string; available: bigint }>`
      select variant_id as id, sum(on_hand - reserved)::bigint as available from stock
      where variant_id = any(${variantIds}::uuid[]) group by variant_id`.execute(this.database.kysely);
    return new Map(rows.map((row) => [row.id, row.available]));
  }

  async listWarehouses(sellerId: string): Promise<Warehouse[]> {
    const { rows } = await sql<Warehouse>`
      select id, name, city, is_default as "isDefault" from warehouse
      where seller_id = ${sellerId} order by created_at limit 200`.execute(this.database.kysely);
    return rows;
  }

  async getWarehouse(id: string, sellerId: string): Promise<Warehouse> {
    const { rows } = await sql<Warehouse>`
      select id, name, city, is_default as "isDefault" from warehouse
      where id = ${id} and seller_id = ${sellerId}`.execute(this.database.kysely);
    if (!rows[0]) throw notFound('warehouse');
    return rows[0];
  }

  async createWarehouse(sellerId: string, name: string, city: string): Promise<Warehouse> {
    const id = this.clock.id();
    const rows = await this.database.write<Warehouse>(sql`
      insert into warehouse (id, seller_id, name, city, is_default, created_at)
      select ${id}, ${sellerId}, ${name}, ${city}, false, ${this.clock.now()}
      where (select count(*) from warehouse where seller_id = ${sellerId}) < 200
      returning id, name, city, is_default as "isDefault"`);
    if (!rows[0])
      throw new DomainError('inventory.too_many_warehouses', 'conflict', 'A store has 200 at most.');
    return rows[0];
  }

  /** Remembers who waits for a variant that is sold out. */
  async addWaiting(variantId: string, userId: string): Promise<void> {
    await this.database.write(sql`
      insert into waiting_customer (variant_id, user_id, created_at)
      values (${variantId}, ${userId}, ${this.clock.now()}) on conflict do nothing`);
  }

  /** Takes up new variants, with their first stock where it is told; what is known already is left alone. */
  async introduce(
    executor: Executor<unknown>,
    variants: { variantId: string; sellerId: string; onHand: bigint | undefined }[],
  ): Promise<void> {
    const now = this.clock.now();
    const sellers = [...new Set(variants.map((variant) => variant.sellerId))].sort();
    const sorted = variants.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1));
    const outbox = this.outbox.prepare(
      sorted.map(({ variantId, sellerId }) => event(StockChangedSchema, variantId, { variantId, sellerId })),
    );
    await sql`
      insert into warehouse (id, seller_id, name, is_default, created_at)
      select id, seller_id, 'Gudang utama', true, ${now}
      from unnest(${sellers.map(() => this.clock.id())}::uuid[], ${sellers}::uuid[]) as w (id, seller_id)
      on conflict (seller_id) where is_default do nothing`.execute(executor);
    await sql`
      insert into sku (variant_id, seller_id)
      select * from unnest(${sorted.map((variant) => variant.variantId)}::uuid[],
        ${sorted.map((variant) => variant.sellerId)}::uuid[])
      on conflict do nothing`.execute(executor);
    await sql`
      with first as (
        insert into stock (variant_id, warehouse_id, on_hand)
        select v.variant_id, w.id, v.on_hand
        from unnest(${sorted.map((variant) => variant.variantId)}::uuid[],
          ${sorted.map((variant) => variant.onHand ?? null)}::bigint[]) as v (variant_id, on_hand)
        join sku k using (variant_id) join warehouse w on w.seller_id = k.seller_id and w.is_default
        where v.on_hand is not null and not exists (select from stock s where s.variant_id = v.variant_id)
        on conflict do nothing returning variant_id, warehouse_id, on_hand
      ), journal as (
        insert into movement (variant_id, warehouse_id, kind, on_hand_delta, reference, at)
        select variant_id, warehouse_id, 'RECEIVED', on_hand, 'first stock', ${now} from first where on_hand > 0
      )
      ${this.outbox.insert(outbox, sql`first`, sql`first.variant_id::text = o.subject`)}`.execute(executor);
  }

  /**
   * Books in what came with a delivery, once. It goes to the store's first warehouse where the named one is not the
   * store's; variants that are not the store's are left out.
   */
  async receiveSupply(
    tx: Executor<unknown>,
    receiptId: string,
    sellerId: string,
    warehouseId: string,
    goods: { variantId: string; quantity: bigint }[],
  ): Promise<void> {
    // Their own event may still be on its way.
    await this.introduce(
      tx,
      goods.map(({ variantId }) => ({ variantId, sellerId, onHand: undefined })),
    );
    const sorted = goods.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1));
    const { rows } = await sql<{ variantId: string }>`
      with target as (
        select id from warehouse where seller_id = ${sellerId} and (is_default or id::text = ${warehouseId})
        order by id::text = ${warehouseId} desc limit 1
      ), come as (
        select g.variant_id, target.id as warehouse_id, g.quantity
        from unnest(${sorted.map(({ variantId }) => variantId)}::uuid[],
          ${sorted.map(({ quantity }) => quantity)}::bigint[]) as g (variant_id, quantity)
        join sku k on k.variant_id = g.variant_id and k.seller_id = ${sellerId} cross join target
      ), journal as (
        insert into movement (variant_id, warehouse_id, kind, on_hand_delta, reference, at)
        select variant_id, warehouse_id, 'RECEIVED', quantity, ${`supply ${receiptId}`}, ${this.clock.now()}::timestamptz
        from come order by variant_id
        on conflict do nothing returning variant_id, warehouse_id, on_hand_delta
      )
      insert into stock as s (variant_id, warehouse_id, on_hand)
      select variant_id, warehouse_id, on_hand_delta from journal order by variant_id
      on conflict (variant_id, warehouse_id) do update
        set on_hand = s.on_hand + excluded.on_hand, version = s.version + 1
      returning s.variant_id as "variantId"`.execute(tx);
    await this.outbox.append(
      tx,
      ...rows.map(({ variantId }) => event(StockChangedSchema, variantId, { variantId, sellerId })),
    );
  }

  async #change(variantId: string, sellerId: string, change: Change): Promise<void> {
    await this.#adopt(variantId, sellerId);
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      await sql`
        insert into stock (variant_id, warehouse_id)
        select ${variantId}, id from warehouse where seller_id = ${sellerId} and ${inWarehouse(change.warehouseId)}
        on conflict do nothing`.execute(tx);
      const { rows } = await sql<{ warehouseId: string; onHand: bigint; reserved: bigint; version: bigint }>`
        select warehouse_id as "warehouseId", on_hand as "onHand", reserved,
          (select sum(version) from stock where variant_id = ${variantId})::bigint as version
        from stock where variant_id = ${variantId} and warehouse_id = (
          select id from warehouse where seller_id = ${sellerId} and ${inWarehouse(change.warehouseId)})
        for update`.execute(tx);
      const [stock] = rows;
      if (!stock) throw notFound('warehouse');
      if (change.version !== undefined && change.version !== stock.version) throw versionConflict();
      const onHand = change.onHand(stock.onHand);
      if (onHand < stock.reserved) throw belowReserved();
      const journal = await sql`
        insert into movement (variant_id, warehouse_id, kind, on_hand_delta, reference, at)
        values (${variantId}, ${stock.warehouseId}, ${change.kind}, ${onHand - stock.onHand}, ${change.reference}, ${now})
        on conflict do nothing returning id`.execute(tx);
      // These goods were booked in before.
      if (journal.rows.length === 0) return;
      await sql`
        update stock set on_hand = ${onHand}, version = version + 1
        where variant_id = ${variantId} and warehouse_id = ${stock.warehouseId}`.execute(tx);
      await this.outbox.append(tx, event(StockChangedSchema, variantId, { variantId, sellerId }));
    });
    this.outbox.wake();
  }

  /** Takes up a variant that its event has not brought yet, and makes sure that it is the seller's. */
  async #adopt(variantId: string, sellerId: string | undefined): Promise<void> {
    const { rows } = await sql<{ sellerId: string }>`
      select seller_id as "sellerId" from sku where variant_id = ${variantId}`.execute(this.database.kysely);
    let owner = rows[0]?.sellerId;
    if (!owner) {
      const { variants } = await this.products.batchGetVariants({ ids: [variantId] });
      owner = variants[0]?.sellerId;
      if (owner) {
        const variant = { variantId, sellerId: owner, onHand: undefined };
        await this.database.transaction((tx) => this.introduce(tx, [variant]));
      }
    }
    if (!owner || (sellerId !== undefined && owner !== sellerId)) throw notFound('variant');
  }

  async #list(where: RawBuilder<unknown>, limit: number, having = sql``): Promise<Stock[]> {
    const { rows } = await sql<Stock>`
      select ${stockColumns} from sku k left join stock s using (variant_id)
      where ${where} group by k.variant_id ${having} order by k.variant_id limit ${limit}`.execute(
      this.database.kysely,
    );
    return rows;
  }
}

function inWarehouse(id: string): RawBuilder<unknown> {
  return id === '' ? sql`is_default` : sql`id::text = ${id}`;
}

function ownedBy(sellerId: string | undefined): RawBuilder<unknown> {
  return sellerId === undefined ? sql`` : sql`and k.seller_id = ${sellerId}`;
}
