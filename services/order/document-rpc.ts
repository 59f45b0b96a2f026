import type { Client, HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type {
  DocumentService,
  ExportSellerOrdersRequest,
  GetInvoiceRequest,
} from '@pasar/contracts/pasar/order/v1/document_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { requireStore, viewerOf } from '@pasar/platform/access';
import { csvLine } from '@pasar/platform/csv';
import { toDecimal } from '@pasar/platform/currency';
import { Calls } from '@pasar/platform/service';
import type { StoredOrder } from './facts.js';
import { printInvoice } from './invoice.js';
import { OrderLists } from './lists.js';
import { Orders } from './orders.js';

const piece = 200;
const columns = [
  ...['number', 'order_id', 'status', 'created_at', 'payment_method', 'recipient', 'city', 'province'],
  ...['sku', 'title', 'variant_title', 'quantity', 'unit_price', 'line_total'],
  ...['shipping_cost', 'order_total', 'currency'],
];

@Injectable()
export class DocumentRpc implements ServiceImpl<typeof DocumentService> {
  constructor(
    private readonly orders: Orders,
    private readonly lists: OrderLists,
    @Calls(SellerService) private readonly sellers: Client<typeof SellerService>,
  ) {}

  async getInvoice({ id }: GetInvoiceRequest, context: HandlerContext) {
    const order = await this.orders.get(id, viewerOf(context));
    const { sellers } = await this.sellers.batchGetSellers({ ids: [order.state.facts.sellerId] });
    const [{ name = '', city = '', province = '' } = {}] = sellers;
    const data = await printInvoice(order, { name, city, province });
    return { contentType: 'application/pdf', data };
  }

  /** In pieces that are read as they are asked for. */
  async *exportSellerOrders(_: ExportSellerOrdersRequest, context: HandlerContext) {
    const sellerId = requireStore(context);
    yield { contentType: 'text/csv; charset=utf-8', data: Buffer.from(csvLine(columns)) };
    let last: string | undefined;
    do {
      const orders = await this.lists.list({ sellerId }, undefined, piece, last);
      if (orders.length > 0) yield { data: Buffer.from(orders.flatMap(toRows).join('')) };
      last = orders.length === piece ? orders.at(-1)?.state.facts.id : undefined;
    } while (last);
  }
}

function toRows({ state: { facts, status }, createdAt }: StoredOrder): string[] {
  const { number, id, paymentMethod, shippingAddress, shipping, total, currency } = facts;
  const money = (amount: string) => toDecimal(BigInt(amount), currency);
  const { recipient, city, province } = shippingAddress;
  return facts.lines.map(({ sku, title, variantTitle, quantity, unitPrice, total: lineTotal }) =>
    csvLine([
      ...[number, id, status, createdAt.toISOString(), paymentMethod, recipient, city, province],
      ...[sku, title, variantTitle, `${quantity}`, money(unitPrice), money(lineTotal)],
      ...[money(shipping.cost), money(total), currency],
    ]),
  );
}
