import { DomainError, invalidField } from '@pasar/platform/errors';
import type { Actor, Amount, OrderFacts, OrderState } from './order.js';

export interface ReturnLine {
  variantId: string;
  quantity: number;
}

export interface Evidence {
  by: Actor;
  text: string;
  mediaIds: string[];
}

/** What buyer and seller make of goods that are to go back; part of the order's state. */
export interface ReturnState {
  stage: 'REQUESTED' | 'APPROVED' | 'REFUSED' | 'DISPUTED' | 'RESOLVED';
  lines: ReturnLine[];
  reason: string;
  answer: string;
  /** Asked for; given, once it is resolved. */
  refund: Amount;
  evidence: Evidence[];
  /** The carrier brought it back, so nobody asked. */
  undeliverable?: true;
}

export type ReturnEvent =
  | {
      type: 'order.return-requested';
      data: Pick<ReturnState, 'lines' | 'reason' | 'refund' | 'undeliverable'> & { mediaIds?: string[] };
    }
  | { type: 'order.return-answered'; data: { approved: boolean; reason: string } }
  | { type: 'order.return-disputed'; data: Evidence }
  | { type: 'order.return-resolved'; data: { refund: Amount; reason: string; sellable?: ReturnLine[] } };

export type ReturnCommand =
  | { type: 'request return'; lines: ReturnLine[]; reason: string; mediaIds: string[] }
  | { type: 'answer return'; approve: boolean; reason: string }
  | { type: 'receive return'; sellable: ReturnLine[] }
  | { type: 'dispute return'; evidence: Evidence }
  | { type: 'decide dispute'; refund: bigint; currency: string; reason: string }
  /** The buyer has not disputed what the seller refused, or the seller has not missed what the carrier brought back. */
  | { type: 'close return' };

const mostEvidence = 50;

export function isReturnCommand(command: { type: string }): command is ReturnCommand {
  return [
    'request return',
    'answer return',
    'receive return',
    'dispute return',
    'decide dispute',
    'close return',
  ].includes(command.type);
}

export function isReturnEvent(event: { type: string }): event is ReturnEvent {
  return event.type.startsWith('order.return-');
}

/** @throws DomainError `return.illegal_move`, or what is wrong with the request; what has been done gives no events */
export function decideReturn(command: ReturnCommand, state: OrderState): ReturnEvent[] {
  const open = state.status === 'RETURN_REQUESTED' ? state.return : undefined;
  if (command.type === 'request return') {
    const lines = linesOf(command.lines, state.facts);
    if (open && isSame(open.lines, lines)) return [];
    if (state.status !== 'DELIVERED') throw illegal(command, state);
    const refund = `${refundOf(lines, state.facts)}`;
    const { reason, mediaIds } = command;
    const shown = mediaIds.length > 0 && { mediaIds };
    return [{ type: 'order.return-requested', data: { lines, reason, refund, ...shown } }];
  }
  if (!open) {
    // What was received or decided before is not done again.
    const isDone = state.return?.stage === 'RESOLVED' && command.type === 'receive return';
    if (isDone && state.status === 'RETURNED') return [];
    throw illegal(command, state);
  }
  const { stage, refund, evidence } = open;
  switch (command.type) {
    case 'answer return':
      if (stage === (command.approve ? 'APPROVED' : 'REFUSED')) return [];
      if (stage !== 'REQUESTED') throw illegal(command, state);
      return [{ type: 'order.return-answered', data: { approved: command.approve, reason: command.reason } }];
    case 'receive return':
      if (stage !== 'REQUESTED' && stage !== 'APPROVED') throw illegal(command, state);
      return [
        {
          type: 'order.return-resolved',
          data: { refund, reason: 'received', ...sellableOf(command.sellable, open.lines) },
        },
      ];
    case 'dispute return':
      if (evidence.length >= mostEvidence)
        throw new DomainError('return.too_much_evidence', 'conflict', 'There is evidence enough.');
      return [{ type: 'order.return-disputed', data: command.evidence }];
    case 'decide dispute': {
      if (stage !== 'DISPUTED') throw illegal(command, state);
      const { total, currency } = state.facts;
      if (command.refund > 0n && command.currency !== currency)
        throw invalidField('refund.currency', `The order is in ${currency}.`);
      if (command.refund < 0n || command.refund > BigInt(total))
        throw invalidField('refund.amount', 'Must be between nothing and what was paid.');
      const data = { refund: `${command.refund}`, reason: command.reason };
      return [{ type: 'order.return-resolved', data }];
    }
    case 'close return':
      if (stage === 'REFUSED')
        return [{ type: 'order.return-resolved', data: { refund: '0', reason: open.answer } }];
      return stage === 'APPROVED' && open.undeliverable
        ? [{ type: 'order.return-resolved', data: { refund, reason: 'received' } }]
        : [];
  }
}

/** Undelivered goods come back as if both had agreed on it: the seller says when they are there. */
export function bringBack({ facts }: OrderState): ReturnEvent[] {
  const lines = linesOf([], facts);
  const data = { lines, reason: 'shipment.returned', refund: `${refundOf(lines, facts)}` };
  return [{ type: 'order.return-requested', data: { ...data, undeliverable: true } }];
}

export function evolveReturn(state: OrderState, event: ReturnEvent): OrderState {
  if (event.type === 'order.return-requested') {
    const { mediaIds, ...data } = event.data;
    const opened: ReturnState = {
      stage: data.undeliverable ? 'APPROVED' : 'REQUESTED',
      answer: '',
      evidence: mediaIds ? [{ by: 'customer', text: data.reason, mediaIds }] : [],
      ...data,
    };
    return { ...state, status: 'RETURN_REQUESTED', return: opened };
  }
  const open = state.return as ReturnState;
  switch (event.type) {
    case 'order.return-answered': {
      const stage = event.data.approved ? 'APPROVED' : 'REFUSED';
      return { ...state, return: { ...open, stage, answer: event.data.reason } };
    }
    case 'order.return-disputed':
      return {
        ...state,
        return: { ...open, stage: 'DISPUTED', evidence: [...open.evidence, event.data] },
      };
    case 'order.return-resolved': {
      const { refund, reason } = event.data;
      const status = refund === '0' ? 'REJECTED' : 'RETURNED';
      return { ...state, status, return: { ...open, stage: 'RESOLVED', refund, answer: reason } };
    }
  }
}

/** @throws DomainError for more than came back */
function sellableOf(asked: ReturnLine[], lines: ReturnLine[]): { sellable?: ReturnLine[] } {
  return asked.length > 0 ? { sellable: sumLines('sellable', asked, lines, 'came back') } : {};
}

/** Everything when none are named. */
function linesOf(asked: ReturnLine[], { lines }: OrderFacts): ReturnLine[] {
  if (asked.length === 0) return lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  return sumLines('lines', asked, lines, 'were bought');
}

/** Lines of the same variant as one. @throws DomainError for more than there are */
function sumLines(field: string, asked: ReturnLine[], lines: ReturnLine[], verb: string): ReturnLine[] {
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of asked) {
    const id = variantId.toLowerCase();
    wanted.set(id, (wanted.get(id) ?? 0) + quantity);
  }
  return [...wanted].map(([variantId, quantity]) => {
    const bought = lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
    if (quantity > bought) throw invalidField(field, `Only ${bought} of ${variantId} ${verb}.`);
    return { variantId, quantity };
  });
}

function isSame(some: ReturnLine[], others: ReturnLine[]): boolean {
  const quantityOf = (id: string) => others.find(({ variantId }) => variantId === id)?.quantity;
  return some.length === others.length && some.every((line) => quantityOf(line.variantId) === line.quantity);
}

/** What was paid for the goods, rounded down for parts of a line; not what it cost to bring them. */
function refundOf(returned: ReturnLine[], { lines }: OrderFacts): bigint {
  return returned.reduce((sum, { variantId, quantity }) => {
    const line = lines.find((one) => one.variantId === variantId);
    return line ? sum + (BigInt(line.total) * BigInt(quantity)) / BigInt(line.quantity) : sum;
  }, 0n);
}

function illegal({ type }: ReturnCommand, { status, return: open }: OrderState): DomainError {
  const stage = open?.stage ?? '';
  return new DomainError(
    'return.illegal_move',
    'conflict',
    `An order that is ${status} ${stage ? `with a return that is ${stage} ` : ''}does not take "${type}".`,
    { details: { status, stage } },
  );
}
