import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type AdjustStockRequest,
  type BatchGetAvailabilityRequest,
  type CommitRequest,
  type CreateWarehouseRequest,
  type GetStockRequest,
  type GetWarehouseRequest,
  type InventoryService,
  type ListLowStockRequest,
  type ListMovementsRequest,
  Movement_Kind,
  type NotifyBackInStockRequest,
  type ReceiveStockRequest,
  type ReleaseRequest,
  Reservation_Status,
  type ReservationSchema,
  type ReserveRequest,
  type SetStockRequest,
  type StockSchema,
} from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { isStaff, requireStore, requireUser } from '@pasar/platform/access';
import { Database } from '@pasar/platform/db';
import { type Reservation, Reservations } from './reservations.js';
import { StockKeeping } from './stock-keeping.js';

@Injectable()
export class InventoryRpc implements ServiceImpl<typeof InventoryService> {
  constructor(
    private readonly stock: StockKeeping,
    private readonly reservations: Reservations,
    private readonly database: Database,
  ) {}

  getStock(request: GetStockRequest, context: HandlerContext) {
    return this.#read(request.variantId, sellerUnlessStaff(context));
  }

  async setStock(request: SetStockRequest, context: HandlerContext) {
    const sellerId = requireStore(context);
    const { variantId, onHand, warehouseId, version, lowThreshold } = request;
    await this.stock.set(variantId, sellerId, onHand, warehouseId, version);
    if (lowThreshold !== undefined) await this.stock.setLowThreshold(variantId, sellerId, lowThreshold);
    return this.#read(variantId, sellerId);
  }

  async adjustStock(request: AdjustStockRequest, context: HandlerContext) {
    const sellerId = requireStore(context);
    const { variantId, delta, reason, warehouseId } = request;
    await this.stock.adjust(variantId, sellerId, delta, reason || 'adjusted', warehouseId);
    return this.#read(variantId, sellerId);
  }

  async receiveStock(request: ReceiveStockRequest, context: HandlerContext) {
    const sellerId = requireStore(context);
    const { variantId, quantity, reference, warehouseId } = request;
    await this.stock.receive(variantId, sellerId, quantity, reference, warehouseId);
    return this.#read(variantId, sellerId);
  }

  async listMovements(request: ListMovementsRequest, context: HandlerContext) {
    const { variantId, pageSize, pageToken } = request;
    const page = await this.stock.listMovements(variantId, sellerUnlessStaff(context), pageSize, pageToken);
    return {
      movements: page.rows.map((row) => ({
        ...row,
        id: row.id.toString(),
        kind: Movement_Kind[row.kind],
        createdAt: timestampFromDate(row.createdAt),
      })),
      nextPageToken: page.nextPageToken,
    };
  }

  async listLowStock(request: ListLowStockRequest, context: HandlerContext) {
    const page = await this.stock.listLow(requireStore(context), request.pageSize, request.pageToken);
    return { stocks: page.rows, nextPageToken: page.nextPageToken };
  }

  async listWarehouses(_request: unknown, context: HandlerContext) {
    return { warehouses: await this.stock.listWarehouses(requireStore(context)) };
  }

  createWarehouse(request: CreateWarehouseRequest, context: HandlerContext) {
    return this.stock.createWarehouse(requireStore(context), request.name, request.city);
  }

  async notifyBackInStock(request: NotifyBackInStockRequest, context: HandlerContext) {
    await this.stock.addWaiting(request.variantId, requireUser(context).id);
    return {};
  }

  async reserve(request: ReserveRequest) {
    const { reservationId, lines, ttlSeconds } = request;
    return toReservation(await this.reservations.reserve(reservationId, lines, ttlSeconds));
  }

  async release(request: ReleaseRequest) {
    return toReservation(await this.reservations.release(request.reservationId));
  }

  async commit(request: CommitRequest) {
    await this.database.transaction((tx) => this.reservations.commit(tx, [request.reservationId]));
    const reservation = await this.reservations.find(request.reservationId);
    return toReservation(reservation as Reservation);
  }

  getWarehouse({ id, sellerId }: GetWarehouseRequest) {
    return this.stock.getWarehouse(id, sellerId);
  }

  async batchGetAvailability(request: BatchGetAvailabilityRequest) {
    return { available: Object.fromEntries(await this.stock.available(request.variantIds)) };
  }

  async #read(
    variantId: string,
    sellerId: string | undefined,
  ): Promise<MessageInitShape<typeof StockSchema>> {
    const { stock, warehouses } = await this.stock.get(variantId, sellerId);
    return { ...stock, warehouses };
  }
}

/** Staff sees everybody's stock; a seller the own store's. */
function sellerUnlessStaff(context: HandlerContext): string | undefined {
  return isStaff(requireUser(context)) ? undefined : requireStore(context);
}

function toReservation({ id, status, expiresAt }: Reservation): MessageInitShape<typeof ReservationSchema> {
  return { id, status: Reservation_Status[status], expiresAt: timestampFromDate(expiresAt) };
}
