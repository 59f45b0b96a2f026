import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  type AnswerReturnRequest,
  type DecideDisputeRequest,
  type DisputeReturnRequest,
  type GetReturnRequest,
  type ListDisputesRequest,
  type ReceiveReturnRequest,
  type RequestReturnRequest,
  Return_Stage,
  type ReturnSchema,
  type ReturnService,
} from '@pasar/contracts/pasar/order/v1/return_pb';
import { requireStore, requireUser } from '@pasar/platform/access';
import { notFound } from '@pasar/platform/errors';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import type { StoredOrder } from './facts.js';
import { Orders } from './orders.js';
import { OrderStore, type Viewer } from './store.js';

@Injectable()
export class ReturnRpc implements ServiceImpl<typeof ReturnService> {
  constructor(
    private readonly orders: Orders,
    private readonly store: OrderStore,
  ) {}

  async requestReturn({ id, lines, reason }: RequestReturnRequest, context: HandlerContext) {
    const wanted = lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
    const buyer = { customerId: requireUser(context).id };
    return toReturn(await this.orders.command(id, buyer, { type: 'request return', lines: wanted, reason }));
  }

  async getReturn({ id }: GetReturnRequest, context: HandlerContext) {
    const { id: customerId, sellerId, roles } = requireUser(context);
    const staff = roles.includes(Role.ADMIN) || roles.includes(Role.SUPER_ADMIN);
    return toReturn(await this.orders.get(id, { customerId, sellerId, staff }));
  }

  async answerReturn({ id, approve, reason }: AnswerReturnRequest, context: HandlerContext) {
    return toReturn(
      await this.orders.command(id, sellerOf(context), { type: 'answer return', approve, reason }),
    );
  }

  async receiveReturn({ id }: ReceiveReturnRequest, context: HandlerContext) {
    return toReturn(await this.orders.command(id, sellerOf(context), { type: 'receive return' }));
  }

  async disputeReturn({ id, text, mediaIds }: DisputeReturnRequest, context: HandlerContext) {
    const { id: customerId, sellerId } = requireUser(context);
    const viewer = { customerId, sellerId };
    const { facts } = (await this.orders.get(id, viewer)).state;
    const by = facts.customerId === customerId ? ('customer' as const) : ('seller' as const);
    const evidence = { by, text, mediaIds };
    return toReturn(await this.orders.command(id, viewer, { type: 'dispute return', evidence }));
  }

  async listDisputes({ pageSize: size, pageToken }: ListDisputesRequest) {
    const limit = pageSize(size);
    const rows = await this.store.listDisputes(limit + 1, decodeIdToken(pageToken));
    const page = pageOf(rows, limit, (row) => [row.state.facts.id]);
    return { disputes: page.rows.map(toReturn), nextPageToken: page.nextPageToken };
  }

  async decideDispute({ id, refund, reason }: DecideDisputeRequest) {
    const { amount, currency } = refund ?? { amount: 0n, currency: '' };
    const command = { type: 'decide dispute' as const, refund: amount, currency, reason };
    return toReturn(await this.orders.command(id, { staff: true }, command));
  }
}

function sellerOf(context: HandlerContext): Viewer {
  return { sellerId: requireStore(context) };
}

function toReturn({ state, updatedAt }: StoredOrder): MessageInitShape<typeof ReturnSchema> {
  const { facts, return: own } = state;
  if (!own) throw notFound('return');
  const { stage, lines, reason, answer, refund, evidence } = own;
  return {
    ...{ orderId: facts.id, lines, reason, answer, evidence },
    stage: Return_Stage[stage],
    refund: { amount: BigInt(refund), currency: facts.currency },
    updatedAt: timestampFromDate(updatedAt),
  };
}
