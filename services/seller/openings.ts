import { Injectable } from '@nestjs/common';
import { StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import { SellerApprovedSchema, SellerSuspendedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffChangedSchema } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { Clock } from '@pasar/platform/clock';
import type { Executor } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import type { Seller } from './seller.js';
import { allStaff, type Member } from './staff-store.js';
import { lockSeller, updateStatus } from './store.js';

/** Stores open and close; what owner and staff may do goes with that, by event. */
@Injectable()
export class Openings {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** An open store stays as it is. @throws DomainError `seller.not_found` */
  async open(tx: Executor<unknown>, id: string, reason: string): Promise<Seller> {
    return this.#move(tx, id, 'APPROVED', reason, (seller, staff) => [
      approved(seller),
      ...staff.map((member) => staffChanged(id, member.userId, member.permissions)),
    ]);
  }

  /** A closed store stays as it is. @throws DomainError `seller.not_found` */
  async close(tx: Executor<unknown>, id: string, reason: string): Promise<Seller> {
    return this.#move(tx, id, 'SUSPENDED', reason, ({ ownerUserId }, staff) => [
      event(SellerSuspendedSchema, id, { sellerId: id, ownerUserId: ownerUserId ?? '', reason }),
      ...staff.map((member) => staffChanged(id, member.userId, [])),
    ]);
  }

  async #move(
    tx: Executor<unknown>,
    id: string,
    status: 'APPROVED' | 'SUSPENDED',
    reason: string,
    tell: (seller: Seller, staff: Member[]) => PendingEvent[],
  ): Promise<Seller> {
    const seller = await lockSeller(tx, id);
    if (!seller) throw notFound('seller');
    if (seller.status === status) return seller;
    await updateStatus(tx, id, status, reason, this.clock.now());
    await this.outbox.append(tx, ...tell(seller, await allStaff(tx, id)));
    return { ...seller, status };
  }
}

export function approved({ id, ownerUserId, name, slug }: Seller): PendingEvent {
  return event(SellerApprovedSchema, id, { sellerId: id, ownerUserId: ownerUserId ?? '', name, slug });
}

/** @param permissions none for somebody who has nothing to do with the store any more */
export function staffChanged(sellerId: string, userId: string, permissions: string[]): PendingEvent {
  const codes = permissions.map((name) => StorePermission[name as keyof typeof StorePermission]);
  return event(StaffChangedSchema, sellerId, { sellerId, userId, permissions: codes });
}
