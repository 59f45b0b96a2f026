import type { Executor } from '@pasar/platform/db';
import { type RawBuilder, sql } from 'kysely';
import type { Case, CaseState, CaseStatus, Document, Step } from './kyc.js';

const columns = sql`c.id, c.seller_id as "sellerId", s.name as "storeName", c.status, c.reviewer_id as "reviewerId",
  c.legal_name as "legalName", c.tax_id as "taxId", c.created_at as "createdAt", c.updated_at as "updatedAt"`;
const tables = sql`kyc_case c join seller s on s.id = c.seller_id`;

export interface WholeCase extends Case {
  documents: Document[];
  history: Step[];
}

export async function insertCase(
  tx: Executor<unknown>,
  one: { id: string; sellerId: string; legalName: string; taxId: string },
  now: Date,
): Promise<void> {
  await sql`
    insert into kyc_case (id, seller_id, status, legal_name, tax_id, created_at, updated_at)
    values (${one.id}, ${one.sellerId}, 'OPEN', ${one.legalName}, ${one.taxId}, ${now}, ${now})`.execute(tx);
}

/** A case by its id, under a lock. */
export async function lockCase(tx: Executor<unknown>, id: string): Promise<Case | undefined> {
  const { rows } = await sql<Case>`
    select ${columns} from ${tables} where c.id = ${id} for no key update of c`.execute(tx);
  return rows[0];
}

/** The case of a store that is not decided. Lock the store first. */
export async function findUndecidedCase(tx: Executor<unknown>, sellerId: string): Promise<Case | undefined> {
  const { rows } = await sql<Case>`
    select ${columns} from ${tables}
    where c.seller_id = ${sellerId} and c.status not in ('APPROVED', 'REJECTED') for no key update of c`.execute(
    tx,
  );
  return rows[0];
}

/** A case with its documents and steps. */
export async function findCase(
  executor: Executor<unknown>,
  key: { id: string } | { ownerUserId: string },
): Promise<WholeCase | undefined> {
  const where: RawBuilder<unknown> =
    'id' in key
      ? sql`c.id = ${key.id}`
      : sql`c.id = (select l.id from kyc_case l join seller o on o.id = l.seller_id
          where o.owner_user_id = ${key.ownerUserId} order by l.id desc limit 1)`;
  const { rows } = await sql<Case>`select ${columns} from ${tables} where ${where}`.execute(executor);
  const [found] = rows;
  if (!found) return undefined;
  const { rows: documents } = await sql<Document>`
    select media_id as "mediaId", kind from kyc_document where case_id = ${found.id} order by position`.execute(
    executor,
  );
  const { rows: history } = await sql<Step>`
    select kind, by_user_id as "byUserId", note, at from kyc_step where case_id = ${found.id}
    order by id limit 500`.execute(executor);
  return { ...found, documents, history };
}

/** Those that wait longest first. */
export async function listCases(
  executor: Executor<unknown>,
  status: CaseStatus,
  reviewerId: string | undefined,
  limit: number,
  after: string | undefined,
): Promise<Case[]> {
  const { rows } = await sql<Case>`
    select ${columns} from ${tables}
    where c.status = ${status} and ${reviewerId ? sql`c.reviewer_id = ${reviewerId}` : sql`true`}
      and ${after ? sql`c.id > ${after}` : sql`true`}
    order by c.id limit ${limit}`.execute(executor);
  return rows;
}

export async function updateCase(
  tx: Executor<unknown>,
  id: string,
  { status, reviewerId }: CaseState,
  now: Date,
): Promise<void> {
  await sql`
    update kyc_case set status = ${status}, reviewer_id = ${reviewerId}, updated_at = ${now} where id = ${id}`.execute(
    tx,
  );
}

export async function insertStep(
  tx: Executor<unknown>,
  id: string,
  caseId: string,
  { kind, byUserId, note, at }: Step,
): Promise<void> {
  await sql`
    insert into kyc_step (id, case_id, kind, by_user_id, note, at)
    values (${id}, ${caseId}, ${kind}, ${byUserId}, ${note}, ${at})`.execute(tx);
}

/** Adds those that are not there yet; lock the case first. @returns the ids of all */
export async function addDocuments(
  tx: Executor<unknown>,
  caseId: string,
  documents: Document[],
): Promise<string[]> {
  await sql`
    insert into kyc_document (case_id, media_id, kind, position)
    select ${caseId}, d.id, d.kind, d.n + (select count(*) from kyc_document where case_id = ${caseId})
    from unnest(${documents.map(({ mediaId }) => mediaId)}::uuid[], ${documents.map(({ kind }) => kind)}::text[])
      with ordinality as d (id, kind, n)
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    select media_id as id from kyc_document where case_id = ${caseId} order by position`.execute(tx);
  return rows.map(({ id }) => id);
}
