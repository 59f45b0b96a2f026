import { DomainError } from '@pasar/platform/errors';

export type ReservationStatus = 'HELD' | 'RELEASED' | 'COMMITTED';

export interface Line {
  variantId: string;
  quantity: bigint;
}

export interface Shortage extends Line {
  available: bigint;
}

/**
 * Lines of the same variant as one, in the order of their ids: a variant is asked for once with its whole quantity,
 * and everybody takes the rows in the same order, so that no two checkouts wait for each other.
 */
export function sumLines(lines: Line[]): Line[] {
  const byVariant = new Map<string, bigint>();
  for (const { variantId, quantity } of lines) {
    const id = variantId.toLowerCase();
    byVariant.set(id, (byVariant.get(id) ?? 0n) + quantity);
  }
  return [...byVariant]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}

export function insufficientStock(shortages: Shortage[]): DomainError {
  return new DomainError('inventory.insufficient_stock', 'conflict', 'There is not enough stock for this.', {
    details: {
      lines: shortages.map(({ variantId, quantity, available }) => ({
        variantId,
        requested: Number(quantity),
        available: Number(available),
      })),
    },
  });
}

export function versionConflict(): DomainError {
  return new DomainError(
    'inventory.version_conflict',
    'conflict',
    'Somebody else changed this stock meanwhile.',
  );
}

export function belowReserved(): DomainError {
  return new DomainError('inventory.below_reserved', 'conflict', 'More than this is held for orders.');
}

/** Stock of a sold order is gone although it was never deducted. It must not happen; if it does, people must know. */
export function holdLost(reservationIds: string[]): Error {
  return new Error(`orders were confirmed whose stock is no longer held: ${reservationIds.join(', ')}`);
}
