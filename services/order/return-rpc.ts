import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client, HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { MediaService, Media_Purpose as Purpose } from '@pasar/contracts/pasar/media/v1/media_pb';
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
import { requireStore, requireUser, type Viewer, viewerOf } from '@pasar/platform/access';
import { chunks } from '@pasar/platform/chunks';
import { invalidField, notFound } from '@pasar/platform/errors';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import type { StoredOrder } from './facts.js';
import { OrderLists } from './lists.js';
import { Orders } from './orders.js';
import type { ReturnLine } from './return.js';

@Injectable()
export class ReturnRpc implements ServiceImpl<typeof ReturnService> {
  constructor(
    private readonly orders: Orders,
    private readonly lists: OrderLists,
    @Calls(MediaService) private readonly media: Client<typeof MediaService>,
  ) {}

  async requestReturn({ id, lines, reason, ...request }: RequestReturnRequest, context: HandlerContext) {
    const { id: customerId } = requireUser(context);
    const mediaIds = await this.#filesOf(customerId, request.mediaIds);
    const command = { type: 'request return' as const, lines: lines.map(toLine), reason, mediaIds };
    return this.#show(await this.orders.command(id, { customerId }, command));
  }

  async getReturn({ id }: GetReturnRequest, context: HandlerContext) {
    return this.#show(await this.orders.get(id, viewerOf(context)));
  }

  async answerReturn({ id, approve, reason }: AnswerReturnRequest, context: HandlerContext) {
    const command = { type: 'answer return' as const, approve, reason };
    return this.#show(await this.orders.command(id, sellerOf(context), command));
  }

  async receiveReturn({ id, sellable }: ReceiveReturnRequest, context: HandlerContext) {
    const command = { type: 'receive return' as const, sellable: sellable.map(toLine) };
    return this.#show(await this.orders.command(id, sellerOf(context), command));
  }

  async disputeReturn({ id, text, ...request }: DisputeReturnRequest, context: HandlerContext) {
    const { id: customerId, sellerId } = requireUser(context);
    const viewer = { customerId, sellerId };
    const { facts } = (await this.orders.get(id, viewer)).state;
    const by = facts.customerId === customerId ? ('customer' as const) : ('seller' as const);
    const evidence = { by, text, mediaIds: await this.#filesOf(customerId, request.mediaIds) };
    return this.#show(await this.orders.command(id, viewer, { type: 'dispute return', evidence }));
  }

  async listDisputes({ pageSize: size, pageToken }: ListDisputesRequest) {
    const limit = pageSize(size);
    const rows = await this.lists.listDisputes(limit + 1, decodeIdToken(pageToken));
    const page = pageOf(rows, limit, (row) => [row.state.facts.id]);
    return { disputes: await this.#showAll(page.rows), nextPageToken: page.nextPageToken };
  }

  async decideDispute({ id, refund, reason }: DecideDisputeRequest) {
    const { amount, currency } = refund ?? { amount: 0n, currency: '' };
    const command = { type: 'decide dispute' as const, refund: amount, currency, reason };
    return this.#show(await this.orders.command(id, { staff: true }, command));
  }

  /** The caller's own, uploaded as what they are for. @throws DomainError `request.invalid` */
  async #filesOf(ownerId: string, asked: string[]): Promise<string[]> {
    if (asked.length === 0) return [];
    const ids = asked.map((id) => id.toLowerCase());
    const { media } = await this.media.batchGetMedia({ ownerId, purpose: Purpose.ATTACHMENT, ids });
    const known = new Set(media.map(({ id }) => id));
    const wrong = ids.findIndex((id) => !known.has(id));
    if (wrong >= 0) throw invalidField(`mediaIds[${wrong}]`, 'is no attachment of yours');
    return ids;
  }

  async #show(order: StoredOrder) {
    const [shown] = await this.#showAll([order]);
    return shown as MessageInitShape<typeof ReturnSchema>;
  }

  /** With addresses of the files: who sees the return may see them. */
  async #showAll(orders: StoredOrder[]): Promise<MessageInitShape<typeof ReturnSchema>[]> {
    const evidence = orders.flatMap(({ state }) => state.return?.evidence ?? []);
    const ids = [...new Set(evidence.flatMap(({ mediaIds }) => mediaIds))];
    const urls = new Map<string, string>();
    for (const part of chunks(ids, largestQuestion)) {
      const { media } = await this.media.batchSignMedia({ ids: part });
      for (const { id, url } of media) urls.set(id, url);
    }
    return orders.map((order) => toReturn(order, urls));
  }
}

/** As many as the contract takes. */
const largestQuestion = 1000;

function toLine({ variantId, quantity }: ReturnLine): ReturnLine {
  return { variantId, quantity };
}

function sellerOf(context: HandlerContext): Viewer {
  return { sellerId: requireStore(context) };
}

function toReturn(
  { state, updatedAt }: StoredOrder,
  urls: Map<string, string>,
): MessageInitShape<typeof ReturnSchema> {
  const { facts, return: own } = state;
  if (!own) throw notFound('return');
  const { stage, lines, reason, answer, refund, evidence } = own;
  return {
    ...{ orderId: facts.id, lines, reason, answer },
    evidence: evidence.map((one) => ({ ...one, urls: one.mediaIds.flatMap((id) => urls.get(id) ?? []) })),
    stage: Return_Stage[stage],
    refund: { amount: BigInt(refund), currency: facts.currency },
    updatedAt: timestampFromDate(updatedAt),
  };
}
