import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { StaffInvitedSchema } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import type { User } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { staffChanged } from './openings.js';
import { alreadyApplied, type Seller, storeClosed } from './seller.js';
import {
  deleteInvitation,
  deleteMember,
  findInvitation,
  type Invitation,
  insertInvitation,
  insertMember,
  listInvitations,
  listStaff,
  type Member,
  takeInvitation,
  updateMember,
} from './staff-store.js';
import { findSellerOf, lockAccounts, lockOwnStore, lockSeller } from './store.js';

const maxStaff = 100;
const maxInvitations = 100;
const invitationDays = 14;

/** Those who act for a store beside its owner. */
@Injectable()
export class Staff {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async invite(ownerUserId: string, address: string, permissions: string[]): Promise<Invitation> {
    const token = this.clock.secret();
    const now = this.clock.now();
    const invitation = await this.database.transaction(async (tx) => {
      const store = await this.#lockOpen(tx, ownerUserId);
      const one: Invitation = {
        id: this.clock.id(),
        sellerId: store.id,
        email: address.normalize('NFKC').trim().toLowerCase(),
        permissions,
        createdAt: now,
        expiresAt: new Date(now.getTime() + invitationDays * 86_400_000),
      };
      if (!(await insertInvitation(tx, one, hashOf(token), maxInvitations)))
        throw tooMany(`A store has ${maxInvitations} open invitations at most.`);
      const facts = { sellerId: store.id, storeName: store.name, email: one.email, token };
      await this.outbox.append(tx, event(StaffInvitedSchema, store.id, facts));
      return one;
    });
    this.outbox.wake();
    return invitation;
  }

  async listInvitations(ownerUserId: string, size: number, token: string) {
    const limit = pageSize(size);
    const after = decodeIdToken(token);
    const now = this.clock.now();
    const rows = await listInvitations(this.database.kysely, ownerUserId, now, limit + 1, after);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws DomainError `invitation.not_found`, also for another store's */
  async cancel(ownerUserId: string, id: string): Promise<void> {
    if (!(await deleteInvitation(this.database.kysely, ownerUserId, id))) throw notFound('invitation');
  }

  /** @throws DomainError `seller.invalid_invitation`, `seller.already_applied`, `seller.closed` */
  async accept(user: User, token: string): Promise<Member> {
    const member = await this.database.transaction(async (tx) => {
      await lockAccounts(tx, [user.id]);
      const now = this.clock.now();
      const invitation = await findInvitation(tx, hashOf(token), now);
      if (!invitation) throw invalidInvitation();
      if (await findSellerOf(tx, user.id)) throw alreadyApplied();
      const { sellerId, permissions } = invitation;
      const store = await lockSeller(tx, sellerId);
      if (store?.status !== 'APPROVED') throw storeClosed();
      // After its store, as whoever invites the same person again, who may have been faster.
      if (!(await takeInvitation(tx, invitation.id))) throw invalidInvitation();
      const { id: userId, email, name = '' } = user;
      const one: Member = { userId, id: this.clock.id(), sellerId, email, name, permissions, joinedAt: now };
      if (!(await insertMember(tx, one, maxStaff)))
        throw tooMany(`A store has a staff of ${maxStaff} at most.`);
      await this.outbox.append(tx, staffChanged(sellerId, userId, permissions));
      return one;
    });
    this.outbox.wake();
    return member;
  }

  /** Takes somebody in without an invitation: the demo's, never a person's. Who works for a store already stays there. */
  async enlist(
    sellerId: string,
    person: Pick<Member, 'userId' | 'email' | 'name' | 'permissions'>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockAccounts(tx, [person.userId]);
      if (await findSellerOf(tx, person.userId)) return;
      const one: Member = { ...person, id: this.clock.id(), sellerId, joinedAt: this.clock.now() };
      if (await insertMember(tx, one, maxStaff))
        await this.outbox.append(tx, staffChanged(sellerId, one.userId, one.permissions));
    });
    this.outbox.wake();
  }

  async list(ownerUserId: string, size: number, token: string) {
    const limit = pageSize(size);
    const rows = await listStaff(this.database.kysely, ownerUserId, limit + 1, decodeIdToken(token));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws DomainError `staff.not_found`, also for another store's */
  async change(ownerUserId: string, userId: string, permissions: string[]): Promise<Member> {
    const member = await this.database.transaction(async (tx) => {
      const store = await this.#lockOpen(tx, ownerUserId);
      const changed = await updateMember(tx, store.id, userId, permissions);
      if (!changed) throw notFound('staff');
      await this.outbox.append(tx, staffChanged(store.id, userId, permissions));
      return changed;
    });
    this.outbox.wake();
    return member;
  }

  /** @throws DomainError `staff.not_found`, also for another store's */
  async remove(ownerUserId: string, userId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const store = await this.#lockOpen(tx, ownerUserId);
      if (!(await deleteMember(tx, userId, store.id))) throw notFound('staff');
      await this.outbox.append(tx, staffChanged(store.id, userId, []));
    });
    this.outbox.wake();
  }

  /** Ends an account's work for whatever store it works for. */
  async leave(userId: string): Promise<void> {
    await this.database.transaction((tx) => this.forget(tx, userId));
    this.outbox.wake();
  }

  async forget(tx: Executor<unknown>, userId: string): Promise<void> {
    const sellerId = await deleteMember(tx, userId);
    if (sellerId) await this.outbox.append(tx, staffChanged(sellerId, userId, []));
  }

  async #lockOpen(tx: Executor<unknown>, ownerUserId: string): Promise<Seller> {
    const store = await lockOwnStore(tx, ownerUserId);
    if (!store) throw notFound('seller');
    if (store.status !== 'APPROVED') throw storeClosed();
    return store;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function invalidInvitation(): DomainError {
  return new DomainError(
    'seller.invalid_invitation',
    'invalid',
    'This invitation was used already or has expired.',
  );
}

function tooMany(message: string): DomainError {
  return new DomainError('seller.staff_limit', 'conflict', message);
}
