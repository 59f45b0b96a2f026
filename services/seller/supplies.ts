import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { SupplyReceivedSchema } from '@pasar/contracts/pasar/seller/v1/supply_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, fromRpcError, invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import type { Money } from '@pasar/platform/money';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, decodePageToken, foreignToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import { isId } from './seller.js';
import {
  assertOpen,
  type Goods,
  goodsOf,
  type PurchaseLine,
  type PurchaseStatus,
  statusOf,
} from './supply.js';
import {
  bookGoods,
  findPurchase,
  insertPurchase,
  insertReceipt,
  insertSupplier,
  listCosts,
  listPurchases,
  listSuppliers,
  type Purchase,
  type Supplier,
  updatePurchaseStatus,
  updateSupplier,
} from './supply-store.js';

const maxSuppliers = 1000;
const maxAmount = 1_000_000_000_000_000n;

export interface WantedLine {
  variantId: string;
  quantity: bigint;
  unitCost: Money;
}

export interface WholePurchase {
  purchase: Purchase;
  lines: PurchaseLine[];
}

/** Whom a store buys from, what it has ordered, and what that cost. Every query names the store. */
@Injectable()
export class Supplies {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
    @Calls(InventoryService) private readonly inventory: Client<typeof InventoryService>,
  ) {}

  async addSupplier(sellerId: string, facts: Pick<Supplier, 'name' | 'contact' | 'note'>): Promise<Supplier> {
    const supplier = { ...facts, id: this.clock.id(), createdAt: this.clock.now() };
    if (await insertSupplier(this.database.kysely, sellerId, supplier, maxSuppliers)) return supplier;
    throw new DomainError('seller.too_many_suppliers', 'conflict', `A store has ${maxSuppliers} at most.`);
  }

  async changeSupplier(sellerId: string, supplier: Omit<Supplier, 'createdAt'>): Promise<Supplier> {
    const changed = await updateSupplier(this.database.kysely, sellerId, supplier);
    if (!changed) throw notFound('supplier');
    return changed;
  }

  async listSuppliers(sellerId: string, size: number, token: string) {
    const limit = pageSize(size);
    const rows = await listSuppliers(this.database.kysely, sellerId, limit + 1, decodeIdToken(token));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @param warehouseId empty for the store's first one */
  async order(
    sellerId: string,
    supplierId: string,
    warehouseId: string,
    wanted: WantedLine[],
    note: string,
  ): Promise<WholePurchase> {
    const [lines] = await Promise.all([
      this.#describe(sellerId, wanted),
      this.#requireWarehouse(sellerId, warehouseId),
    ]);
    const total = lines.reduce((sum, { quantity, unitCost }) => sum + quantity * unitCost, 0n);
    if (total > maxAmount) throw invalidField('lines', 'cost too much together');
    const now = this.clock.now();
    const currency = wanted[0]?.unitCost.currency ?? '';
    const purchase: Purchase = {
      ...{ id: this.clock.id(), sellerId, supplierId, warehouseId: warehouseId || null, status: 'ORDERED' },
      ...{ note, currency, total, createdAt: now, updatedAt: now },
    };
    const made = await this.database.transaction((tx) => insertPurchase(tx, purchase, lines));
    if (!made) throw notFound('supplier');
    return { purchase, lines };
  }

  /** @throws DomainError `request.invalid` for one that is not the store's */
  async #requireWarehouse(sellerId: string, id: string): Promise<void> {
    if (!id) return;
    await this.inventory.getWarehouse({ id, sellerId }).catch((error: unknown) => {
      const { kind } = fromRpcError(error);
      throw kind === 'not_found' ? invalidField('warehouseId', 'is no warehouse of yours') : error;
    });
  }

  async get(sellerId: string, id: string): Promise<WholePurchase> {
    return (await findPurchase(this.database.kysely, sellerId, id)) ?? refuseUnknown();
  }

  async list(sellerId: string, status: PurchaseStatus | undefined, size: number, token: string) {
    const limit = pageSize(size);
    const after = decodeIdToken(token);
    const rows = await listPurchases(this.database.kysely, sellerId, status, limit + 1, after);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @param said what has come; all that is missing when empty */
  async receive(sellerId: string, id: string, reference: string, said: Goods[]): Promise<WholePurchase> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const found = await findPurchase(tx, sellerId, id, true);
      if (!found) throw notFound('purchase_order');
      const receiptId = this.clock.id();
      // The same delivery note again, perhaps long after the order was complete.
      if (!(await insertReceipt(tx, receiptId, id, reference, now))) return;
      const { purchase, lines } = found;
      assertOpen(purchase.status);
      const goods = goodsOf(lines, said);
      await bookGoods(tx, purchase, goods, now);
      const come = new Map(goods.map(({ variantId, quantity }) => [variantId, quantity]));
      const after = lines.map((line) => ({
        ...line,
        received: line.received + (come.get(line.variantId) ?? 0n),
      }));
      await updatePurchaseStatus(tx, id, statusOf(after), now);
      const costs = new Map(lines.map(({ variantId, unitCost }) => [variantId, unitCost]));
      const facts = {
        ...{ receiptId, sellerId, purchaseOrderId: id, warehouseId: purchase.warehouseId ?? '' },
        goods: goods.map(({ variantId, quantity }) => ({
          variantId,
          quantity,
          unitCost: { amount: costs.get(variantId) ?? 0n, currency: purchase.currency },
        })),
      };
      await this.outbox.append(tx, event(SupplyReceivedSchema, sellerId, facts));
    });
    this.outbox.wake();
    return this.get(sellerId, id);
  }

  async cancel(sellerId: string, id: string): Promise<WholePurchase> {
    await this.database.transaction(async (tx) => {
      const found = await findPurchase(tx, sellerId, id, true);
      if (!found) refuseUnknown();
      if (found.purchase.status === 'CANCELLED') return;
      assertOpen(found.purchase.status);
      await updatePurchaseStatus(tx, id, 'CANCELLED', this.clock.now());
    });
    return this.get(sellerId, id);
  }

  async listCosts(sellerId: string, size: number, token: string) {
    const limit = pageSize(size);
    const after = decodePageToken(token, 2);
    if (after && !isId(after[0] ?? '')) throw foreignToken();
    const rows = await listCosts(this.database.kysely, sellerId, limit + 1, after);
    return pageOf(rows, limit, ({ variantId, currency }) => [variantId, currency]);
  }

  /** Goods must be variants of the store's own, each once, in one currency. */
  async #describe(sellerId: string, wanted: WantedLine[]): Promise<PurchaseLine[]> {
    const ids = wanted.map(({ variantId }) => variantId.toLowerCase());
    const { variants } = await this.products.batchGetVariants({ ids: [...new Set(ids)] });
    const own = new Map(variants.filter((each) => each.sellerId === sellerId).map((each) => [each.id, each]));
    return wanted.map(({ quantity, unitCost }, index) => {
      const variantId = ids[index] as string;
      const variant = own.get(variantId);
      const field = `lines[${index}]`;
      if (!variant) throw invalidField(`${field}.variantId`, 'is no variant of the store');
      if (ids.indexOf(variantId) < index) throw invalidField(`${field}.variantId`, 'is there twice');
      if (unitCost.currency !== wanted[0]?.unitCost.currency)
        throw invalidField(`${field}.unitCost`, 'must be in the currency of the others');
      if (unitCost.amount < 0n || unitCost.amount > maxAmount)
        throw invalidField(`${field}.unitCost`, 'must be 0 or more, and not more than a store can pay');
      const title = [variant.title, variant.variantTitle].filter(Boolean).join(' – ');
      return { variantId, sku: variant.sku, title, quantity, received: 0n, unitCost: unitCost.amount };
    });
  }
}

function refuseUnknown(): never {
  throw notFound('purchase_order');
}
