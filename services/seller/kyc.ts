import { DomainError } from '@pasar/platform/errors';

export type CaseStatus = 'OPEN' | 'IN_REVIEW' | 'NEEDS_MORE' | 'APPROVED' | 'REJECTED';
export type StepKind = 'OPENED' | 'TAKEN' | 'MORE_ASKED' | 'SUPPLIED' | 'APPROVED' | 'REJECTED';
export type DocumentKind = 'IDENTITY' | 'TAX' | 'BUSINESS_LICENCE' | 'BANK_STATEMENT' | 'OTHER';

export interface Document {
  mediaId: string;
  kind: DocumentKind;
}

/** What an applicant says beside the store's page. */
export interface Application {
  legalName: string;
  taxId: string;
  documents: Document[];
}

export interface CaseState {
  status: CaseStatus;
  reviewerId: string | null;
}

export interface Case extends CaseState {
  id: string;
  sellerId: string;
  storeName: string;
  legalName: string;
  taxId: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface Step {
  kind: StepKind;
  byUserId: string;
  note: string;
  at: Date;
}

export type CaseCommand = 'take' | 'takeOver' | 'askForMore' | 'supply' | 'approve' | 'reject';

export const maxDocuments = 20;

export function isDecided({ status }: CaseState): boolean {
  return status === 'APPROVED' || status === 'REJECTED';
}

/**
 * A case after a command, and the step that it is; no step where it is so already.
 * @throws DomainError `seller.case_decided`, `seller.case_taken`, `seller.case_not_taken`
 */
export function decideCase(
  before: CaseState,
  command: CaseCommand,
  by: string,
): { after: CaseState; step?: StepKind } {
  const outcome = command === 'approve' ? 'APPROVED' : command === 'reject' ? 'REJECTED' : undefined;
  if (outcome && before.status === outcome) return { after: before };
  if (isDecided(before)) throw refuse('case_decided', 'This application is decided already.');
  if (command === 'supply') {
    // The reviewer who asked for more goes on.
    const status = before.status === 'NEEDS_MORE' ? 'IN_REVIEW' : before.status;
    return { after: { ...before, status }, step: 'SUPPLIED' };
  }
  if (command === 'take' || command === 'takeOver') {
    if (before.reviewerId === by) return { after: before };
    if (before.reviewerId && command === 'take')
      throw refuse('case_taken', 'Somebody else reviews this application.');
    const status = before.status === 'OPEN' ? 'IN_REVIEW' : before.status;
    return { after: { status, reviewerId: by }, step: 'TAKEN' };
  }
  if (before.reviewerId !== by) throw refuse('case_not_taken', 'Take this case first.');
  if (outcome) return { after: { ...before, status: outcome }, step: outcome };
  return { after: { ...before, status: 'NEEDS_MORE' }, step: 'MORE_ASKED' };
}

function refuse(code: string, message: string): DomainError {
  return new DomainError(`seller.${code}`, 'conflict', message);
}
