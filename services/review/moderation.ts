import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import {
  type Case,
  type CaseStatus,
  decideCase,
  findCase,
  findReported,
  type Kind,
  listCases,
  lockCase,
  type Reason,
  saveReport,
} from './moderation-store.js';
import { setAnswerStatus, setQuestionStatus } from './question-store.js';
import { type Paging, Reviews } from './reviews.js';

@Injectable()
export class Moderation {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly reviews: Reviews,
  ) {}

  /** Every account's first report of a thing counts; the others change nothing. */
  async report(
    userId: string,
    kind: Kind,
    subjectId: string,
    given: { reason: Reason; detail: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.reviews.assertPresent(tx, userId);
      const subject = await findReported(tx, kind, subjectId);
      if (!subject) throw notFound(kind.toLowerCase());
      if (subject.authorId === userId) {
        throw new DomainError('report.own', 'unprocessable', 'You can take your own words back yourself.');
      }
      const report = { kind, subjectId, userId, productId: subject.productId, ...given };
      await saveReport(tx, report, this.clock.id(), this.clock.now());
    });
  }

  async list(status: CaseStatus, { size, token }: Paging) {
    const limit = pageSize(size);
    const rows = await listCases(this.database.kysely, status, decodeIdToken(token), limit + 1);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async decide(staffId: string, id: string, hide: boolean, note: string): Promise<Case> {
    const decided = await this.database.transaction(async (tx) => {
      const found = await lockCase(tx, id);
      if (!found) throw notFound('moderation_case');
      const { kind, subjectId } = found;
      const status = hide ? 'HIDDEN' : 'PUBLISHED';
      if (kind === 'REVIEW') {
        await this.reviews.changeIn(tx, subjectId, undefined, (review) =>
          review.status === status ? review : { ...review, status },
        );
      } else if (kind === 'QUESTION') await setQuestionStatus(tx, subjectId, status);
      else await setAnswerStatus(tx, subjectId, status);
      await decideCase(tx, id, { status: hide ? 'HIDDEN' : 'KEPT', staffId, note, at: this.clock.now() });
      return findCase(tx, id);
    });
    this.outbox.wake();
    return decided as Case;
  }
}
