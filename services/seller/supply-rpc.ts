import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type CancelPurchaseOrderRequest,
  type CreatePurchaseOrderRequest,
  type CreateSupplierRequest,
  type GetPurchaseOrderRequest,
  type ListPurchaseOrdersRequest,
  type ListSkuCostsRequest,
  type ListSuppliersRequest,
  PurchaseOrder_Status,
  type PurchaseOrderSchema,
  type ReceivePurchaseOrderRequest,
  type SupplierSchema,
  type SupplyService,
  type UpdateSupplierRequest,
} from '@pasar/contracts/pasar/seller/v1/supply_pb';
import { requireStore } from '@pasar/platform/access';
import { Supplies, type WholePurchase } from './supplies.js';
import { averageCost, type PurchaseStatus } from './supply.js';
import type { Purchase, Supplier } from './supply-store.js';

@Injectable()
export class SupplyRpc implements ServiceImpl<typeof SupplyService> {
  constructor(private readonly supplies: Supplies) {}

  async createSupplier({ name, contact, note }: CreateSupplierRequest, context: HandlerContext) {
    return toSupplier(await this.supplies.addSupplier(requireStore(context), { name, contact, note }));
  }

  async listSuppliers({ pageSize, pageToken }: ListSuppliersRequest, context: HandlerContext) {
    const page = await this.supplies.listSuppliers(requireStore(context), pageSize, pageToken);
    return { suppliers: page.rows.map(toSupplier), nextPageToken: page.nextPageToken };
  }

  async updateSupplier({ id, name, contact, note }: UpdateSupplierRequest, context: HandlerContext) {
    return toSupplier(await this.supplies.changeSupplier(requireStore(context), { id, name, contact, note }));
  }

  async createPurchaseOrder(request: CreatePurchaseOrderRequest, context: HandlerContext) {
    const { supplierId, warehouseId, note } = request;
    const lines = request.lines.map(({ variantId, quantity, unitCost }) => ({
      variantId,
      quantity,
      unitCost: { amount: unitCost?.amount ?? 0n, currency: unitCost?.currency ?? '' },
    }));
    return toWhole(await this.supplies.order(requireStore(context), supplierId, warehouseId, lines, note));
  }

  async listPurchaseOrders(request: ListPurchaseOrdersRequest, context: HandlerContext) {
    const { status, pageSize, pageToken } = request;
    const asked = status ? (PurchaseOrder_Status[status] as PurchaseStatus) : undefined;
    const page = await this.supplies.list(requireStore(context), asked, pageSize, pageToken);
    return { purchaseOrders: page.rows.map(toPurchase), nextPageToken: page.nextPageToken };
  }

  async getPurchaseOrder({ id }: GetPurchaseOrderRequest, context: HandlerContext) {
    return toWhole(await this.supplies.get(requireStore(context), id));
  }

  async receivePurchaseOrder(request: ReceivePurchaseOrderRequest, context: HandlerContext) {
    const { id, reference, lines } = request;
    return toWhole(await this.supplies.receive(requireStore(context), id, reference, lines));
  }

  async cancelPurchaseOrder({ id }: CancelPurchaseOrderRequest, context: HandlerContext) {
    return toWhole(await this.supplies.cancel(requireStore(context), id));
  }

  async listSkuCosts({ pageSize, pageToken }: ListSkuCostsRequest, context: HandlerContext) {
    const { rows, nextPageToken } = await this.supplies.listCosts(requireStore(context), pageSize, pageToken);
    const costs = rows.map(({ variantId, currency, units, total, last, updatedAt }) => ({
      variantId,
      average: { amount: averageCost(total, units), currency },
      last: { amount: last, currency },
      unitsReceived: units,
      updatedAt: timestampFromDate(updatedAt),
    }));
    return { costs, nextPageToken };
  }
}

function toSupplier({ createdAt, ...supplier }: Supplier): MessageInitShape<typeof SupplierSchema> {
  return { ...supplier, createdAt: timestampFromDate(createdAt) };
}

function toWhole({ purchase, lines }: WholePurchase): MessageInitShape<typeof PurchaseOrderSchema> {
  const { currency } = purchase;
  return {
    ...toPurchase(purchase),
    lines: lines.map(({ unitCost, ...line }) => ({ ...line, unitCost: { amount: unitCost, currency } })),
  };
}

function toPurchase(purchase: Purchase) {
  const { id, supplierId, warehouseId, status, note, currency, total, createdAt, updatedAt } = purchase;
  return {
    ...{ id, supplierId, note },
    warehouseId: warehouseId ?? '',
    status: PurchaseOrder_Status[status],
    total: { amount: total, currency },
    createdAt: timestampFromDate(createdAt),
    updatedAt: timestampFromDate(updatedAt),
  };
}
