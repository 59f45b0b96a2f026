import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type CompleteShipmentRequest,
  type EstimateRatesRequest,
  type GetOrderShipmentRequest,
  type GetRatesRequest,
  type GetShipmentRequest,
  type HandOverRequest,
  type ListShipmentsRequest,
  type PackShipmentRequest,
  type ReceiveWebhookRequest,
  Shipment_Status,
  type ShipmentOrder,
  type ShippingService,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { requireStore, viewerOf } from '@pasar/platform/access';
import { invalidField, notFound } from '@pasar/platform/errors';
import { Carriers } from './carrier.js';
import { listPlaces } from './geography.js';
import { printLabels } from './label.js';
import { toMessage, toShipmentOrder } from './messages.js';
import { type Option, Quotes } from './quotes.js';
import type { Status } from './shipment.js';
import { Shipments } from './use-cases.js';

@Injectable()
export class ShippingRpc implements ServiceImpl<typeof ShippingService> {
  constructor(
    private readonly shipments: Shipments,
    private readonly quotes: Quotes,
    private readonly carriers: Carriers,
  ) {}

  async getShipment({ id }: GetShipmentRequest, context: HandlerContext) {
    const { shipment, events } = await this.shipments.get({ id }, viewerOf(context));
    return toMessage(shipment, events);
  }

  async getOrderShipment({ orderId }: GetOrderShipmentRequest, context: HandlerContext) {
    const { shipment, events } = await this.shipments.get({ orderId }, viewerOf(context));
    return toMessage(shipment, events);
  }

  listShipments(request: ListShipmentsRequest, context: HandlerContext) {
    const { customerId, staff } = viewerOf(context);
    return this.#list(staff || !customerId ? undefined : { customerId }, request);
  }

  listSellerShipments(request: ListShipmentsRequest, context: HandlerContext) {
    return this.#list({ sellerId: requireStore(context) }, request);
  }

  async getLabel({ id }: GetShipmentRequest, context: HandlerContext) {
    // A seller who buys elsewhere does not print what is sent to him.
    const { customerId: _, ...viewer } = viewerOf(context);
    const { shipment } = await this.shipments.get({ id }, viewer);
    return { contentType: 'application/pdf', data: await printLabels(shipment) };
  }

  async packShipment({ id, weightGrams }: PackShipmentRequest, context: HandlerContext) {
    return toMessage(await this.shipments.pack(id, requireStore(context), weightGrams.map(Number)));
  }

  async receiveWebhook({ carrier, payload }: ReceiveWebhookRequest, context: HandlerContext) {
    await this.shipments.receive(carrier, context.requestHeader, payload?.data ?? new Uint8Array());
    return {};
  }

  async getRates({ destination, currency, consignments }: GetRatesRequest) {
    const { city = '', province = '', country = '' } = destination ?? {};
    const options = await this.quotes.quote({ city, province, country }, currency, consignments);
    return {
      sellers: consignments.map(({ sellerId }, index) => ({
        sellerId,
        options: (options[index] ?? []).map(toOption),
      })),
    };
  }

  async estimateRates({ sellerId, city, province, currency, ...piece }: EstimateRatesRequest) {
    if (!(await this.quotes.knows(sellerId))) throw notFound('seller');
    const consignment = { sellerId, goods: [{ ...piece, quantity: 1 }] };
    const [options = []] = await this.quotes.quote({ city, province, country: 'ID' }, currency || 'IDR', [
      consignment,
    ]);
    return { options: options.map(toOption) };
  }

  listDestinations() {
    return { provinces: listPlaces() };
  }

  async handOver({ order, ownCarrier, ownTrackingNumber }: HandOverRequest) {
    const shipmentOrder = toShipmentOrder(order as ShipmentOrder);
    if (!this.carriers.tariffs.some(({ service }) => service === shipmentOrder.service)) {
      throw invalidField('order.option.service', 'No carrier offers it.');
    }
    const own = ownCarrier ? { carrier: ownCarrier, trackingNumber: ownTrackingNumber } : undefined;
    return toMessage(await this.shipments.handOver(shipmentOrder, own));
  }

  async completeShipment({ orderId }: CompleteShipmentRequest) {
    return toMessage(await this.shipments.complete(orderId));
  }

  async #list(by: { customerId: string } | { sellerId: string } | undefined, request: ListShipmentsRequest) {
    const status = request.status === 0 ? undefined : (Shipment_Status[request.status] as Status);
    const page = await this.shipments.list(by, status, request.pageSize, request.pageToken);
    return { shipments: page.rows.map((row) => toMessage(row)), nextPageToken: page.nextPageToken };
  }
}

function toOption({ chargedGrams, ...option }: Option) {
  return { ...option, chargedWeightGrams: BigInt(chargedGrams) };
}
