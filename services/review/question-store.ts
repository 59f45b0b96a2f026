import { sql } from 'kysely';
import type { Db } from './review-store.js';

export interface Question {
  id: string;
  productId: string;
  sellerId: string;
  authorName: string;
  text: string;
  answerCount: number;
  createdAt: Date;
  /** The first few. */
  answers: Answer[];
}

export interface Answer {
  id: string;
  questionId: string;
  bySeller: boolean;
  authorName: string;
  text: string;
  createdAt: Date;
}

/** As JSON has it. */
type QuestionRow = Omit<Question, 'answers'> & {
  answers: (Omit<Answer, 'createdAt'> & { createdAt: string })[];
};

const answersShown = 3;

const answerColumns = sql`a.id, a.question_id as "questionId", a.by_seller as "bySeller",
  a.author_name as "authorName", a.body as text, a.created_at as "createdAt"`;

const questionColumns = sql`q.id, q.product_id as "productId", q.seller_id as "sellerId",
  q.author_name as "authorName", q.body as text, q.answer_count as "answerCount", q.created_at as "createdAt",
  (select coalesce(json_agg(f), '[]') from (
    select ${answerColumns} from answer a where a.question_id = q.id and a.status = 'PUBLISHED'
    order by a.id limit ${sql.lit(answersShown)}) f) as answers`;

function toQuestion({ answers, ...question }: QuestionRow): Question {
  return {
    ...question,
    answers: answers.map((answer) => ({ ...answer, createdAt: new Date(answer.createdAt) })),
  };
}

export async function insertQuestion(
  tx: Db,
  question: Omit<Question, 'answers' | 'answerCount'> & { authorId: string },
): Promise<void> {
  const { id, productId, sellerId, authorId, authorName, text, createdAt } = question;
  await sql`
    insert into question (id, product_id, seller_id, author_id, author_name, body, created_at)
    values (${id}, ${productId}, ${sellerId}, ${authorId}, ${authorName}, ${text}, ${createdAt})`.execute(tx);
}

export interface QuestionFilter {
  by: { productId: string } | { sellerId: string };
  unanswered: boolean;
}

/** Published questions, newest first. */
export async function listQuestions(
  db: Db,
  { by, unanswered }: QuestionFilter,
  before: string | undefined,
  limit: number,
): Promise<Question[]> {
  const of = 'productId' in by ? sql`q.product_id = ${by.productId}` : sql`q.seller_id = ${by.sellerId}`;
  const { rows } = await sql<QuestionRow>`
    select ${questionColumns} from question q
    where ${of} and q.status = 'PUBLISHED' ${unanswered ? sql`and q.answer_count = 0` : sql``}
      ${before ? sql`and q.id < ${before}::uuid` : sql``}
    order by q.id desc limit ${limit}`.execute(db);
  return rows.map(toQuestion);
}

export async function listAnswers(
  db: Db,
  questionId: string,
  after: string | undefined,
  limit: number,
): Promise<Answer[]> {
  const { rows } = await sql<Answer>`
    select ${answerColumns} from answer a join question q on q.id = a.question_id
    where a.question_id = ${questionId} and a.status = 'PUBLISHED' and q.status = 'PUBLISHED'
      ${after ? sql`and a.id > ${after}::uuid` : sql``}
    order by a.id limit ${limit}`.execute(db);
  return rows;
}

export async function findQuestion(
  db: Db,
  id: string,
): Promise<{ productId: string; sellerId: string } | undefined> {
  const { rows } = await sql<{ productId: string; sellerId: string }>`
    select product_id as "productId", seller_id as "sellerId" from question
    where id = ${id} and status = 'PUBLISHED'`.execute(db);
  return rows[0];
}

/** Adds an answer to a question that is still there. @returns whether it is */
export async function insertAnswer(
  tx: Db,
  answer: Answer & { authorId: string },
): Promise<{ askedBy: string | null } | undefined> {
  const { id, questionId, bySeller, authorId, authorName, text, createdAt } = answer;
  const { rows } = await sql<{ askedBy: string | null }>`
    update question set answer_count = answer_count + 1 where id = ${questionId} and status = 'PUBLISHED'
    returning author_id as "askedBy"`.execute(tx);
  const [question] = rows;
  if (!question) return undefined;
  await sql`
    insert into answer (id, question_id, by_seller, author_id, author_name, body, created_at)
    values (${id}, ${questionId}, ${bySeller}, ${authorId}, ${authorName}, ${text}, ${createdAt})`.execute(
    tx,
  );
  return question;
}

export type Visibility = 'PUBLISHED' | 'HIDDEN' | 'DELETED';

/** Shows or hides a question; a deleted one stays deleted. @returns whether it is there, and belongs to the author */
export async function setQuestionStatus(
  tx: Db,
  id: string,
  status: Visibility,
  authorId?: string,
): Promise<boolean> {
  const { rows } = await sql`
    update question set status = ${status}, body = case when ${status} = 'DELETED' then '' else body end
    where id = ${id} and status <> 'DELETED' ${authorId ? sql`and author_id = ${authorId}` : sql``}
    returning id`.execute(tx);
  return rows.length > 0;
}

/** The same for an answer; its question counts those that are shown. */
export async function setAnswerStatus(
  tx: Db,
  id: string,
  status: Visibility,
  authorId?: string,
): Promise<boolean> {
  // Of the question first, as everybody who answers takes it.
  const { rows } = await sql<{ was: Visibility }>`
    with asked as (
      select q.id from question q join answer a on a.question_id = q.id where a.id = ${id} for no key update of q
    )
    select a.status as was from answer a join asked on asked.id = a.question_id
    where a.id = ${id} and a.status <> 'DELETED' ${authorId ? sql`and a.author_id = ${authorId}` : sql``}
    for no key update of a`.execute(tx);
  const [answer] = rows;
  if (!answer) return false;
  const shown = Number(status === 'PUBLISHED') - Number(answer.was === 'PUBLISHED');
  await sql`
    update answer set status = ${status}, body = case when ${status} = 'DELETED' then '' else body end
    where id = ${id}`.execute(tx);
  await sql`
    update question set answer_count = answer_count + ${shown}
    where id = (select question_id from answer where id = ${id})`.execute(tx);
  return true;
}
