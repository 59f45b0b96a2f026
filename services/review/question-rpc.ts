import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type {
  AnswerQuestionRequest,
  AnswerSchema,
  AskQuestionRequest,
  DeleteAnswerRequest,
  DeleteQuestionRequest,
  ListAnswersRequest,
  ListQuestionsRequest,
  ListSellerQuestionsRequest,
  QuestionSchema,
  QuestionService,
} from '@pasar/contracts/pasar/review/v1/question_pb';
import type { ReportRequest } from '@pasar/contracts/pasar/review/v1/review_pb';
import { requireStore, requireUser } from '@pasar/platform/access';
import { Moderation } from './moderation.js';
import type { Answer, Question } from './question-store.js';
import { Questions } from './questions.js';
import { authorOf, toReport } from './rpc.js';

@Injectable()
export class QuestionRpc implements ServiceImpl<typeof QuestionService> {
  constructor(
    private readonly questions: Questions,
    private readonly moderation: Moderation,
  ) {}

  async askQuestion({ productId, text }: AskQuestionRequest, context: HandlerContext) {
    return toQuestion(await this.questions.ask(authorOf(requireUser(context)), productId, text));
  }

  async listQuestions({ productId, pageSize: size, pageToken: token }: ListQuestionsRequest) {
    const filter = { by: { productId }, unanswered: false };
    return toPage(await this.questions.list(filter, { size, token }));
  }

  async listSellerQuestions(
    { unanswered, pageSize: size, pageToken: token }: ListSellerQuestionsRequest,
    context: HandlerContext,
  ) {
    const sellerId = requireStore(context);
    return toPage(await this.questions.list({ by: { sellerId }, unanswered }, { size, token }));
  }

  async listAnswers({ id, pageSize: size, pageToken: token }: ListAnswersRequest) {
    const { rows, nextPageToken } = await this.questions.listAnswers(id, { size, token });
    return { answers: rows.map(toAnswer), nextPageToken };
  }

  async answerQuestion({ id, text }: AnswerQuestionRequest, context: HandlerContext) {
    const user = requireUser(context);
    const author = { ...authorOf(user), sellerId: user.sellerId };
    return toAnswer(await this.questions.answer(author, id, text));
  }

  async deleteQuestion({ id }: DeleteQuestionRequest, context: HandlerContext) {
    await this.questions.deleteQuestion(requireUser(context).id, id);
    return {};
  }

  async deleteAnswer({ id }: DeleteAnswerRequest, context: HandlerContext) {
    await this.questions.deleteAnswer(requireUser(context).id, id);
    return {};
  }

  async reportQuestion(request: ReportRequest, context: HandlerContext) {
    await this.moderation.report(requireUser(context).id, 'QUESTION', request.id, toReport(request));
    return {};
  }

  async reportAnswer(request: ReportRequest, context: HandlerContext) {
    await this.moderation.report(requireUser(context).id, 'ANSWER', request.id, toReport(request));
    return {};
  }
}

function toPage({ rows, nextPageToken }: { rows: Question[]; nextPageToken: string }) {
  return { questions: rows.map(toQuestion), nextPageToken };
}

function toQuestion({ answers, createdAt, ...question }: Question): MessageInitShape<typeof QuestionSchema> {
  return { ...question, answers: answers.map(toAnswer), createdAt: timestampFromDate(createdAt) };
}

function toAnswer({ createdAt, ...answer }: Answer): MessageInitShape<typeof AnswerSchema> {
  return { ...answer, createdAt: timestampFromDate(createdAt) };
}
