import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type ApplySellerRequest,
  type BatchGetSellersRequest,
  type EnsureSellersRequest,
  type GetSellerRequest,
  type ListSellersRequest,
  type ReviewSellerRequest,
  type SearchSellersRequest,
  Seller_Status,
  SellerSchema,
  type SellerService,
  type SetHolidayRequest,
  type UpdateMySellerRequest,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { requireUser } from '@pasar/platform/access';
import { invalidField } from '@pasar/platform/errors';
import { changedFields } from '@pasar/platform/update-mask';
import { toDocument } from './kyc-rpc.js';
import { isId, type Seller, type Status, type StorePage } from './seller.js';
import { Sellers } from './use-cases.js';

/** What the owner may change. */
const fields = {
  changeable: [
    ...(['name', 'description', 'city', 'province', 'logoUrl', 'bannerUrl', 'openingHours'] as const),
  ] satisfies (keyof StorePage)[],
  outputOnly: [],
};

@Injectable()
export class SellerRpc implements ServiceImpl<typeof SellerService> {
  constructor(private readonly sellers: Sellers) {}

  async getSeller({ id }: GetSellerRequest, context: HandlerContext) {
    const seller = await this.sellers.get(id);
    context.responseHeader.set('pasar-cache-tags', `${seller.id},${seller.slug}`);
    return toSeller(seller);
  }

  async listSellers({ pageSize, pageToken }: ListSellersRequest, context: HandlerContext) {
    const { rows, nextPageToken } = await this.sellers.list(pageSize, pageToken);
    context.responseHeader.set('pasar-cache-tags', 'seller:list');
    return { sellers: rows.map(toSeller), nextPageToken };
  }

  async searchSellers({ status, name, pageSize, pageToken }: SearchSellersRequest) {
    const asked = status ? (Seller_Status[status] as Status) : undefined;
    const { rows, nextPageToken } = await this.sellers.search(asked, name, pageSize, pageToken);
    return { sellers: rows.map(toSeller), nextPageToken };
  }

  async applySeller(request: ApplySellerRequest, context: HandlerContext) {
    const { name, description, city, province, legalName, taxId, documents } = request;
    const page = { name, description, city, province, logoUrl: '', bannerUrl: '', openingHours: [] };
    const application = { legalName, taxId, documents: documents.map(toDocument) };
    return toSeller(await this.sellers.apply(requireUser(context).id, page, application));
  }

  async getMySeller(_request: unknown, context: HandlerContext) {
    return toSeller(await this.sellers.getOf(requireUser(context).id));
  }

  async updateMySeller({ seller, updateMask }: UpdateMySellerRequest, context: HandlerContext) {
    const given = seller ?? create(SellerSchema);
    const changes = [...changedFields(SellerSchema, given, updateMask, fields)].map((name) => [
      name,
      given[name],
    ]);
    const owner = requireUser(context).id;
    return toSeller(
      await this.sellers.changeOf(owner, (page) => ({ ...page, ...Object.fromEntries(changes) })),
    );
  }

  async setHoliday({ holiday }: SetHolidayRequest, context: HandlerContext) {
    const given = holiday?.endsAt && {
      startsAt: holiday.startsAt && timestampDate(holiday.startsAt),
      endsAt: timestampDate(holiday.endsAt),
      note: holiday.note,
    };
    return toSeller(await this.sellers.setHoliday(requireUser(context).id, given));
  }

  async approveSeller({ id, reason }: ReviewSellerRequest, context: HandlerContext) {
    return toSeller(await this.sellers.approve(id, reason, requireUser(context).id));
  }

  async suspendSeller({ id, reason }: ReviewSellerRequest, context: HandlerContext) {
    return toSeller(await this.sellers.suspend(id, reason, requireUser(context).id));
  }

  async ensureSellers({ stores }: EnsureSellersRequest) {
    const given = stores.map(({ $typeName: _, $unknown: __, ownerUserId, ...store }, index) => {
      if (ownerUserId && !isId(ownerUserId))
        throw invalidField(`stores[${index}].ownerUserId`, 'must be a UUID');
      return { ...store, ownerUserId: ownerUserId || null, openingHours: [] };
    });
    return { sellers: (await this.sellers.ensure(given)).map(toSeller) };
  }

  async batchGetSellers({ ids }: BatchGetSellersRequest) {
    return { sellers: (await this.sellers.listByIds(ids)).map(toSeller) };
  }
}

function toSeller(seller: Seller): MessageInitShape<typeof SellerSchema> {
  const { status, createdAt, ownerUserId: _, holidayStartsAt, holidayEndsAt, holidayNote, ...page } = seller;
  return {
    ...page,
    status: Seller_Status[status],
    createdAt: timestampFromDate(createdAt),
    holiday:
      holidayStartsAt && holidayEndsAt
        ? {
            startsAt: timestampFromDate(holidayStartsAt),
            endsAt: timestampFromDate(holidayEndsAt),
            note: holidayNote,
          }
        : undefined,
  };
}
