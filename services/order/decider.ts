import {
  illegalMove,
  isConfirmed,
  legalMoves,
  type OrderCommand,
  type OrderEvent,
  type OrderState,
} from './order.js';
import { bringBack, decideReturn, evolveReturn, isReturnCommand, isReturnEvent } from './return.js';

/** The life of an order as a pure function. `undefined` is an order that does not exist yet. */
export const orderDecider = {
  initial: undefined as OrderState | undefined,

  /** @throws DomainError `order.illegal_move`; a command that has been done already gives no events */
  decide(command: OrderCommand, state: OrderState | undefined): OrderEvent[] {
    if (command.type === 'place') {
      if (state) throw illegalMove('place', state.status);
      return [{ type: 'order.created', data: command.facts }];
    }
    if (!state) throw new Error(`"${command.type}" for an order that was never placed`);
    if (isReturnCommand(command)) return decideReturn(command, state);
    const { from, to } = legalMoves[command.type];
    if (state.status === to) return [];
    if (!from.includes(state.status)) throw illegalMove(command.type, state.status);
    switch (command.type) {
      case 'await payment':
        return [{ type: 'order.payment-awaited', data: {} }];
      case 'confirm':
        return [{ type: 'order.confirmed', data: {} }];
      case 'process':
        return [{ type: 'order.processing', data: {} }];
      case 'ship':
        return [
          {
            type: 'order.shipped',
            data: { carrier: command.carrier, trackingNumber: command.trackingNumber },
          },
        ];
      case 'deliver':
        return [{ type: 'order.delivered', data: {} }];
      case 'complete':
        return [{ type: 'order.completed', data: {} }];
      case 'lose':
        return [
          {
            type: 'order.cancelled',
            data: { reason: 'shipment.lost', wasConfirmed: true, goodsLost: true },
          },
        ];
      case 'bring back':
        return bringBack(state);
      case 'cancel':
        return [
          {
            type: 'order.cancelled',
            data: { reason: command.reason, wasConfirmed: isConfirmed(state.status) },
          },
        ];
    }
  },

  evolve(state: OrderState | undefined, event: OrderEvent): OrderState {
    if (event.type === 'order.created') return { status: 'PENDING', facts: event.data };
    if (!state) throw new Error(`${event.type} before order.created`);
    if (isReturnEvent(event)) return evolveReturn(state, event);
    switch (event.type) {
      case 'order.payment-awaited':
        return { ...state, status: 'AWAITING_PAYMENT' };
      case 'order.confirmed':
        return { ...state, status: 'CONFIRMED' };
      case 'order.processing':
        return { ...state, status: 'PROCESSING' };
      case 'order.shipped':
        return { ...state, status: 'SHIPPED', ...event.data };
      case 'order.delivered':
        return { ...state, status: 'DELIVERED' };
      case 'order.completed':
        return { ...state, status: 'COMPLETED' };
      case 'order.cancelled':
        return { ...state, status: 'CANCELLED', cancelReason: event.data.reason };
    }
  },
};
