import { type RawBuilder, sql } from 'kysely';
import type { Db } from './review-store.js';

export type Kind = 'REVIEW' | 'QUESTION' | 'ANSWER';
export type CaseStatus = 'OPEN' | 'KEPT' | 'HIDDEN';
export type Reason = 'SPAM' | 'OFFENSIVE' | 'FALSE' | 'PRIVATE' | 'OTHER';

export interface Case {
  id: string;
  kind: Kind;
  subjectId: string;
  productId: string;
  text: string;
  authorName: string;
  status: CaseStatus;
  reportCount: number;
  reports: { reason: Reason; detail: string; createdAt: Date }[];
  createdAt: Date;
  decidedAt: Date | null;
  note: string;
}

type CaseRow = Omit<Case, 'reports'> & { reports: { reason: Reason; detail: string; createdAt: string }[] };

export interface NewReport {
  kind: Kind;
  subjectId: string;
  productId: string;
  userId: string;
  reason: Reason;
  detail: string;
}

/** What everybody can see, so that it can be reported. */
export async function findReported(
  db: Db,
  kind: Kind,
  id: string,
): Promise<{ productId: string; authorId: string | null } | undefined> {
  const from = {
    REVIEW: sql`review s where true`,
    QUESTION: sql`question s where true`,
    ANSWER: sql`(select a.*, q.product_id from answer a join question q on q.id = a.question_id) s where true`,
  };
  const { rows } = await sql<{ productId: string; authorId: string | null }>`
    select s.product_id as "productId", s.author_id as "authorId" from ${from[kind]}
      and s.id = ${id} and s.status = 'PUBLISHED'`.execute(db);
  return rows[0];
}

/** Adds a report to the open case of a thing, and opens one where there is none. */
export async function saveReport(tx: Db, report: NewReport, caseId: string, now: Date): Promise<void> {
  const { kind, subjectId, productId, userId, reason, detail } = report;
  const { rows: known } = await sql`
    select from report where kind = ${kind} and subject_id = ${subjectId} and user_id = ${userId}`.execute(
    tx,
  );
  if (known.length > 0) return;
  const { rows } = await sql<{ id: string }>`
    insert into moderation_case as c (id, kind, subject_id, product_id, report_count, created_at)
    values (${caseId}, ${kind}, ${subjectId}, ${productId}, 0, ${now})
    on conflict (kind, subject_id) where status = 'OPEN' do update set report_count = c.report_count
    returning id`.execute(tx);
  // Under the lock of the case, so that two reports of one account at the same time are one.
  const added = await sql`
    insert into report (kind, subject_id, user_id, case_id, reason, detail, created_at)
    values (${kind}, ${subjectId}, ${userId}, ${rows[0]?.id}, ${reason}, ${detail}, ${now})
    on conflict do nothing`.execute(tx);
  await (added.numAffectedRows === 0n
    ? sql`delete from moderation_case where id = ${rows[0]?.id} and report_count = 0`
    : sql`update moderation_case set report_count = report_count + 1 where id = ${rows[0]?.id}`
  ).execute(tx);
}

const columns = sql`c.id, c.kind, c.subject_id as "subjectId", c.product_id as "productId", c.status,
  c.report_count as "reportCount", c.created_at as "createdAt", c.decided_at as "decidedAt", c.note,
  coalesce(r.body, q.body, a.body, '') as text,
  coalesce(r.author_name, q.author_name, a.author_name, '') as "authorName",
  (select coalesce(json_agg(f), '[]') from (
    select p.reason, p.detail, p.created_at as "createdAt" from report p where p.case_id = c.id
    order by p.created_at desc limit 20) f) as reports`;

const subjects = sql`
  left join review r on c.kind = 'REVIEW' and r.id = c.subject_id
  left join question q on c.kind = 'QUESTION' and q.id = c.subject_id
  left join answer a on c.kind = 'ANSWER' and a.id = c.subject_id`;

async function readCases(db: Db, where: RawBuilder<unknown>): Promise<Case[]> {
  const { rows } = await sql<CaseRow>`
    select ${columns} from moderation_case c ${subjects} where ${where}`.execute(db);
  return rows.map(({ reports, ...row }) => ({
    ...row,
    reports: reports.map((report) => ({ ...report, createdAt: new Date(report.createdAt) })),
  }));
}

/** Oldest first. */
export function listCases(
  db: Db,
  status: CaseStatus,
  after: string | undefined,
  limit: number,
): Promise<Case[]> {
  const from = after ? sql`and c.id > ${after}::uuid` : sql``;
  return readCases(db, sql`c.status = ${status} ${from} order by c.id limit ${limit}`);
}

export async function findCase(db: Db, id: string): Promise<Case | undefined> {
  return (await readCases(db, sql`c.id = ${id}`))[0];
}

export async function lockCase(tx: Db, id: string): Promise<{ kind: Kind; subjectId: string } | undefined> {
  const { rows } = await sql<{ kind: Kind; subjectId: string }>`
    select kind, subject_id as "subjectId" from moderation_case where id = ${id} for no key update`.execute(
    tx,
  );
  return rows[0];
}

export async function decideCase(
  tx: Db,
  id: string,
  { status, staffId, note, at }: { status: CaseStatus; staffId: string; note: string; at: Date },
): Promise<void> {
  await sql`
    update moderation_case set status = ${status}, decided_by = ${staffId}, note = ${note}, decided_at = ${at}
    where id = ${id}`.execute(tx);
}
