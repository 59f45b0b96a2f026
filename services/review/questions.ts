import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { QuestionAnsweredSchema, QuestionAskedSchema } from '@pasar/contracts/pasar/review/v1/question_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import {
  type Answer,
  findQuestion,
  insertAnswer,
  insertQuestion,
  listAnswers,
  listQuestions,
  type Question,
  type QuestionFilter,
  setAnswerStatus,
  setQuestionStatus,
} from './question-store.js';
import { type Author, normaliseText } from './review.js';
import { hasBought } from './review-store.js';
import { type Paging, Reviews } from './reviews.js';

@Injectable()
export class Questions {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly reviews: Reviews,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
  ) {}

  /** @throws DomainError `product.not_found` */
  async ask(author: Author, productId: string, text: string): Promise<Question> {
    const words = requireText(text);
    // Asked for nobody, so that a draft is as unknown to its seller as to everybody else.
    const { sellerId } = await this.products.getProduct({ id: productId });
    const question = {
      ...{ id: this.clock.id(), productId, sellerId, text: words },
      ...{ authorId: author.id, authorName: author.name, createdAt: this.clock.now() },
    };
    await this.database.transaction(async (tx) => {
      await this.reviews.assertPresent(tx, author.id);
      await insertQuestion(tx, question);
      const facts = { questionId: question.id, productId, sellerId, authorId: author.id };
      await this.outbox.append(tx, event(QuestionAskedSchema, question.id, facts));
    });
    this.outbox.wake();
    return { ...question, answerCount: 0, answers: [] };
  }

  async list(filter: QuestionFilter, { size, token }: Paging) {
    const limit = pageSize(size);
    const rows = await listQuestions(this.database.kysely, filter, decodeIdToken(token), limit + 1);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async listAnswers(questionId: string, { size, token }: Paging) {
    const limit = pageSize(size);
    const rows = await listAnswers(this.database.kysely, questionId, decodeIdToken(token), limit + 1);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws DomainError `question.not_a_buyer`, `question.not_found` */
  async answer(author: Author & { sellerId?: string }, questionId: string, text: string): Promise<Answer> {
    const words = requireText(text);
    const question = (await findQuestion(this.database.kysely, questionId)) ?? refuseUnknown();
    const bySeller = author.sellerId === question.sellerId;
    if (!bySeller && !(await hasBought(this.database.kysely, author.id, question.productId))) {
      const detail = 'Only the seller, and those to whom the product was delivered, can answer.';
      throw new DomainError('question.not_a_buyer', 'forbidden', detail);
    }
    const answer = {
      ...{ id: this.clock.id(), questionId, bySeller, text: words },
      ...{ authorId: author.id, authorName: author.name, createdAt: this.clock.now() },
    };
    const added = await this.database.transaction(async (tx) => {
      await this.reviews.assertPresent(tx, author.id);
      const answered = await insertAnswer(tx, answer);
      if (!answered) return false;
      const { productId, sellerId } = question;
      const authorId = answered.askedBy ?? '';
      const facts = { questionId, productId, sellerId, authorId, answeredBy: author.id, bySeller };
      await this.outbox.append(tx, event(QuestionAnsweredSchema, questionId, facts));
      return true;
    });
    this.outbox.wake();
    return added ? answer : refuseUnknown();
  }

  async deleteQuestion(authorId: string, id: string): Promise<void> {
    const deleted = await this.database.transaction((tx) => setQuestionStatus(tx, id, 'DELETED', authorId));
    if (!deleted) throw notFound('question');
  }

  async deleteAnswer(authorId: string, id: string): Promise<void> {
    const deleted = await this.database.transaction((tx) => setAnswerStatus(tx, id, 'DELETED', authorId));
    if (!deleted) throw notFound('answer');
  }
}

function requireText(text: string): string {
  const words = normaliseText(text);
  if (words === '') throw invalidField('text', 'must not be blank');
  return words;
}

function refuseUnknown(): never {
  throw notFound('question');
}
