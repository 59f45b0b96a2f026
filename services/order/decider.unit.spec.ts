import { DomainError } from '@pasar/platform/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderDecider } from './decider.js';
import {
  idEndOf,
  isConfirmed,
  legalMoves,
  type OrderCommand,
  type OrderEvent,
  type OrderFacts,
  type OrderState,
  orderNumber,
} from './order.js';

const facts = { id: '0190b0f0-0000-7000-8000-000000000001', lines: [] } as unknown as OrderFacts;
const command = fc.oneof(
  fc.constantFrom<OrderCommand>(
    { type: 'await payment' },
    { type: 'confirm' },
    { type: 'process' },
    { type: 'deliver' },
    { type: 'complete' },
  ),
  fc.record({ type: fc.constant('ship' as const), carrier: fc.string(), trackingNumber: fc.string() }),
  fc.record({ type: fc.constant('cancel' as const), reason: fc.string() }),
);

/** Gives commands to an order one after the other; refused ones change nothing. */
function live(commands: OrderCommand[]): { events: OrderEvent[]; state: OrderState } {
  const events = orderDecider.decide({ type: 'place', facts }, undefined);
  let state = events.reduce<OrderState | undefined>(orderDecider.evolve, undefined) as OrderState;
  for (const given of commands) {
    try {
      const decided = orderDecider.decide(given, state);
      events.push(...decided);
      state = decided.reduce<OrderState>(orderDecider.evolve, state);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      expect(error.code).toBe('order.illegal_move');
    }
  }
  return { events, state };
}

describe('the life of an order', () => {
  it('goes from placed to completed', () => {
    const { events, state } = live([
      { type: 'confirm' },
      { type: 'process' },
      { type: 'ship', carrier: 'Kurir', trackingNumber: '1' },
      { type: 'deliver' },
      { type: 'complete' },
    ]);
    expect(state).toMatchObject({ status: 'COMPLETED', carrier: 'Kurir', trackingNumber: '1' });
    expect(events.map((event) => event.type)).toEqual([
      'order.created',
      'order.confirmed',
      'order.processing',
      'order.shipped',
      'order.delivered',
      'order.completed',
    ]);
  });

  it('never makes an illegal move, whatever is commanded', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const { events } = live(commands);
        let state: OrderState | undefined;
        for (const event of events) {
          const before = state?.status;
          state = orderDecider.evolve(state, event);
          const legal = Object.values(legalMoves).some(
            ({ from, to }) => before !== undefined && from.includes(before) && to === state?.status,
          );
          expect(before === undefined || legal).toBe(true);
        }
      }),
    );
  });

  it('is replayed from its events to the same state', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const { events, state } = live(commands);
        const stored = JSON.parse(JSON.stringify(events)) as OrderEvent[];
        const replayed = stored.reduce<OrderState | undefined>(orderDecider.evolve, undefined);
        expect(replayed).toEqual(JSON.parse(JSON.stringify(state)));
      }),
    );
  });

  it('does nothing twice: a repeated command gives no event', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 10 }), command, (commands, last) => {
        const { state } = live([...commands, last]);
        const to = legalMoves[last.type as keyof typeof legalMoves].to;
        if (state.status === to) expect(orderDecider.decide(last, state)).toEqual([]);
      }),
    );
  });

  it('tells whether a cancelled order had been confirmed, for only then stock and money go back', () => {
    const early = live([{ type: 'cancel', reason: 'x' }]);
    const late = live([{ type: 'confirm' }, { type: 'cancel', reason: 'x' }]);
    expect(early.events.at(-1)).toMatchObject({ data: { wasConfirmed: false } });
    expect(late.events.at(-1)).toMatchObject({ data: { wasConfirmed: true } });
  });

  it('cannot be cancelled once it was shipped', () => {
    const { state } = live([{ type: 'confirm' }, { type: 'ship', carrier: '', trackingNumber: '' }]);
    expect(() => orderDecider.decide({ type: 'cancel', reason: '' }, state)).toThrow(DomainError);
    expect(isConfirmed(state.status)).toBe(true);
  });
});

describe('an order number', () => {
  it('has twelve letters and digits that cannot be mistaken for each other', () => {
    expect(orderNumber('0190b0f0-1234-7abc-8def-0123456789ab')).toMatch(/^PSR-[0-9A-HJKMNP-TV-Z]{12}$/);
  });

  it('differs where ids differ in their random part', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.bigInt(0n, (1n << 60n) - 1n), { minLength: 2, maxLength: 2 }),
        (parts) => {
          const [a, b] = parts.map((part) => {
            const digits = part.toString(16).padStart(15, '0');
            return orderNumber(`0190b0f0-1234-7abc-8${digits.slice(0, 3)}-${digits.slice(3)}`);
          });
          expect(a).not.toBe(b);
          // And leads back to them, however it is typed.
          const typed = (a ?? '').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
          for (const text of [a ?? '', typed.slice(4), typed.replace('-', ' ')])
            expect(idEndOf(text)).toBe((parts[0] as bigint).toString(16).padStart(15, '0'));
        },
      ),
    );
    for (const text of [
      '',
      'PSR-',
      'PSR-7Q2M4X9KD1Z',
      'PSR-7Q2M4X9KD1ZTT',
      'PSR-7Q2M4X9KD1ZU',
      '7Q2M4X9KD1%T',
    ])
      expect(idEndOf(text)).toBeUndefined();
  });
});
