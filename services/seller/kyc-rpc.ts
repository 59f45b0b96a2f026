import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type ApproveCaseRequest,
  type DecideCaseRequest,
  type GetCaseRequest,
  KycCase_Status,
  type KycCaseSchema,
  type KycDocument,
  KycDocument_Kind,
  type KycService,
  KycStep_Kind,
  type ListCasesRequest,
  type SupplyDocumentsRequest,
  type TakeCaseRequest,
} from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { requireUser } from '@pasar/platform/access';
import { Cases } from './cases.js';
import type { Case, CaseStatus, Document, DocumentKind } from './kyc.js';
import type { WholeCase } from './kyc-store.js';

@Injectable()
export class KycRpc implements ServiceImpl<typeof KycService> {
  constructor(private readonly cases: Cases) {}

  async getMyCase(_request: unknown, context: HandlerContext) {
    return forApplicant(await this.cases.getOf(requireUser(context).id));
  }

  async supplyDocuments({ documents, note }: SupplyDocumentsRequest, context: HandlerContext) {
    const owner = requireUser(context).id;
    return forApplicant(await this.cases.supply(owner, documents.map(toDocument), note));
  }

  async listCases({ status, mine, pageSize, pageToken }: ListCasesRequest, context: HandlerContext) {
    const asked = (KycCase_Status[status || KycCase_Status.OPEN] ?? 'OPEN') as CaseStatus;
    const reviewerId = mine ? requireUser(context).id : undefined;
    const { rows, nextPageToken } = await this.cases.list(asked, reviewerId, pageSize, pageToken);
    return { cases: rows.map(factsOf), nextPageToken };
  }

  async getCase({ id }: GetCaseRequest) {
    return toWholeCase(await this.cases.get(id));
  }

  async takeCase({ id, takeOver }: TakeCaseRequest, context: HandlerContext) {
    const command = takeOver ? 'takeOver' : 'take';
    return toWholeCase(await this.cases.command(id, command, requireUser(context).id, ''));
  }

  async askForMore({ id, note }: DecideCaseRequest, context: HandlerContext) {
    return toWholeCase(await this.cases.command(id, 'askForMore', requireUser(context).id, note));
  }

  async approveCase({ id, note }: ApproveCaseRequest, context: HandlerContext) {
    return toWholeCase(await this.cases.command(id, 'approve', requireUser(context).id, note));
  }

  async rejectCase({ id, note }: DecideCaseRequest, context: HandlerContext) {
    return toWholeCase(await this.cases.command(id, 'reject', requireUser(context).id, note));
  }
}

export function toDocument({ mediaId, kind }: KycDocument): Document {
  return { mediaId, kind: KycDocument_Kind[kind] as DocumentKind };
}

/** Reviewers are nobody's to argue with in private. */
function forApplicant(one: WholeCase): MessageInitShape<typeof KycCaseSchema> {
  const history = one.history.map((step) => ({ ...step, byUserId: '' }));
  return toWholeCase({ ...one, history, reviewerId: null });
}

function toWholeCase(one: WholeCase): MessageInitShape<typeof KycCaseSchema> {
  const { documents, history } = one;
  return {
    ...factsOf(one),
    documents: documents.map(({ mediaId, kind }) => ({ mediaId, kind: KycDocument_Kind[kind] })),
    history: history.map(({ kind, byUserId, note, at }) => ({
      kind: KycStep_Kind[kind],
      byUserId,
      note,
      at: timestampFromDate(at),
    })),
  };
}

function factsOf(one: Case) {
  const { id, sellerId, storeName, status, reviewerId, legalName, taxId, createdAt, updatedAt } = one;
  return {
    ...{ id, sellerId, storeName, legalName, taxId },
    status: KycCase_Status[status],
    reviewerId: reviewerId ?? '',
    createdAt: timestampFromDate(createdAt),
    updatedAt: timestampFromDate(updatedAt),
  };
}
