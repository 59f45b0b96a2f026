import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { MediaService, Media_Purpose as Purpose } from '@pasar/contracts/pasar/media/v1/media_pb';
import {
  DocumentsRequestedSchema,
  DocumentsSuppliedSchema,
  SellerRejectedSchema,
} from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import {
  type Application,
  type Case,
  type CaseCommand,
  type CaseStatus,
  type Document,
  decideCase,
  maxDocuments,
  type StepKind,
} from './kyc.js';
import {
  addDocuments,
  findCase,
  findUndecidedCase,
  insertCase,
  insertStep,
  listCases,
  lockCase,
  updateCase,
  type WholeCase,
} from './kyc-store.js';
import { Openings } from './openings.js';
import type { Seller } from './seller.js';
import { lockSeller, updateStatus } from './store.js';

/** Applications, and how they are decided. Whoever changes one locks its store first. */
@Injectable()
export class Cases {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly openings: Openings,
    @Calls(MediaService) private readonly media: Client<typeof MediaService>,
  ) {}

  /** Opens a case for a store that has just applied. */
  async open(tx: Executor<unknown>, seller: Seller, application: Application): Promise<void> {
    const { legalName, taxId, documents } = application;
    const id = this.clock.id();
    const now = this.clock.now();
    await insertCase(tx, { id, sellerId: seller.id, legalName: legalName.trim(), taxId: taxId.trim() }, now);
    await this.#note(tx, id, 'OPENED', seller.ownerUserId ?? '', '');
    await this.#attach(tx, { id, sellerId: seller.id }, documents);
  }

  /** Documents are private files of the applicant. No transaction is open yet. @throws DomainError `request.invalid` */
  async requireDocuments(ownerId: string, documents: Document[]): Promise<void> {
    if (documents.length === 0) return;
    const ids = [...new Set(documents.map(({ mediaId }) => mediaId.toLowerCase()))];
    const { media } = await this.media.batchGetMedia({ ownerId, purpose: Purpose.DOCUMENT, ids });
    const known = new Set(media.map(({ id }) => id));
    const wrong = documents.findIndex(({ mediaId }) => !known.has(mediaId.toLowerCase()));
    if (wrong >= 0) throw invalidField(`documents[${wrong}].mediaId`, 'is no document of yours');
  }

  async getOf(ownerUserId: string): Promise<WholeCase> {
    return (await findCase(this.database.kysely, { ownerUserId })) ?? refuseUnknown();
  }

  async get(id: string): Promise<WholeCase> {
    return (await findCase(this.database.kysely, { id })) ?? refuseUnknown();
  }

  async list(status: CaseStatus, reviewerId: string | undefined, size: number, token: string) {
    const limit = pageSize(size);
    const after = decodeIdToken(token);
    const rows = await listCases(this.database.kysely, status, reviewerId, limit + 1, after);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async supply(ownerUserId: string, documents: Document[], note: string): Promise<WholeCase> {
    await this.requireDocuments(ownerUserId, documents);
    const { id } = await this.getOf(ownerUserId);
    await this.#change(id, 'supply', ownerUserId, note, (tx, one) => this.#attach(tx, one, documents));
    return this.get(id);
  }

  /** What a reviewer does with a case. */
  async command(id: string, command: Exclude<CaseCommand, 'supply'>, by: string, note: string) {
    await this.#change(id, command, by, note, async (tx, one) => {
      if (command === 'approve') await this.openings.open(tx, one.sellerId, note);
      if (command === 'reject') await this.#reject(tx, one.sellerId, note);
      if (command === 'askForMore') await this.#askForMore(tx, one.sellerId, note);
    });
    return this.get(id);
  }

  /** Decides the case of a store that is opened or closed without one of its reviewers. Lock the store first. */
  async settle(
    tx: Executor<unknown>,
    sellerId: string,
    outcome: 'APPROVED' | 'REJECTED',
    by: string,
    note: string,
  ) {
    const one = await findUndecidedCase(tx, sellerId);
    if (!one) return;
    await updateCase(tx, one.id, { status: outcome, reviewerId: by }, this.clock.now());
    await this.#note(tx, one.id, outcome, by, note);
  }

  async #change(
    id: string,
    command: CaseCommand,
    by: string,
    note: string,
    effect: (tx: Executor<unknown>, one: Case) => Promise<void>,
  ): Promise<void> {
    const known = await findCase(this.database.kysely, { id });
    if (!known) refuseUnknown();
    await this.database.transaction(async (tx) => {
      await lockSeller(tx, known.sellerId);
      const one = (await lockCase(tx, id)) ?? refuseUnknown();
      const { after, step } = decideCase(one, command, by);
      if (!step) return;
      await updateCase(tx, id, after, this.clock.now());
      await this.#note(tx, id, step, by, note);
      await effect(tx, one);
    });
    this.outbox.wake();
  }

  async #reject(tx: Executor<unknown>, sellerId: string, reason: string): Promise<void> {
    const seller = await lockSeller(tx, sellerId);
    if (seller?.status !== 'APPLIED') return;
    await updateStatus(tx, sellerId, 'REJECTED', reason, this.clock.now());
    const facts = { sellerId, ownerUserId: seller.ownerUserId ?? '', name: seller.name, reason };
    await this.outbox.append(tx, event(SellerRejectedSchema, sellerId, facts));
  }

  async #askForMore(tx: Executor<unknown>, sellerId: string, note: string): Promise<void> {
    const seller = await lockSeller(tx, sellerId);
    if (!seller?.ownerUserId) return;
    const facts = { sellerId, ownerUserId: seller.ownerUserId, name: seller.name, note };
    await this.outbox.append(tx, event(DocumentsRequestedSchema, sellerId, facts));
  }

  async #attach(
    tx: Executor<unknown>,
    { id, sellerId }: Pick<Case, 'id' | 'sellerId'>,
    documents: Document[],
  ): Promise<void> {
    if (documents.length === 0) return;
    const mediaIds = await addDocuments(tx, id, documents);
    if (mediaIds.length > maxDocuments)
      throw invalidField('documents', `A case has ${maxDocuments} at most.`);
    const facts = { sellerId, caseId: id, mediaIds };
    await this.outbox.append(tx, event(DocumentsSuppliedSchema, sellerId, facts));
  }

  #note(
    tx: Executor<unknown>,
    caseId: string,
    kind: StepKind,
    byUserId: string,
    note: string,
  ): Promise<void> {
    return insertStep(tx, this.clock.id(), caseId, { kind, byUserId, note, at: this.clock.now() });
  }
}

function refuseUnknown(): never {
  throw notFound('case');
}
