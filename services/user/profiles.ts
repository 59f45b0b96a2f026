import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { AuthService } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { mediaIdsOf } from '@pasar/platform/media-address';
import { Outbox } from '@pasar/platform/outbox';
import { Calls } from '@pasar/platform/service';
import { listAddresses } from './address-store.js';
import {
  eraseProfile,
  findProfile,
  listProfiles,
  lockProfile,
  markActive,
  markDeactivated,
  type Registration,
  type StoredProfile,
  saveRegistration,
  updateProfile,
} from './profile-store.js';
import { accountClosed, defaultLocale, type Profile } from './user.js';
import { listWishlists } from './wishlist-store.js';

/** A signed-in person as the access token tells. */
export interface Person {
  id: string;
  email: string;
  name?: string;
}

@Injectable()
export class Profiles {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Calls(AuthService) private readonly auth: Client<typeof AuthService>,
  ) {}

  /** The profile; it is made of the token when the registration was not heard of yet. */
  async get(person: Person): Promise<Profile> {
    const known = await findProfile(this.database.kysely, person.id);
    const profile = known ?? (await this.database.transaction((tx) => this.#lock(tx, person)));
    if (profile.deleted) throw notFound('user');
    return profile;
  }

  async change(person: Person, change: (profile: Profile) => Profile): Promise<Profile> {
    const changed = await this.database.transaction(async (tx) => {
      const profile = change(await this.hold(tx, person));
      await updateProfile(tx, profile);
      const { id, name, email, phone, locale, avatarUrl } = profile;
      const mediaIds = mediaIdsOf([avatarUrl]);
      const facts = { userId: id, name, email, phone, locale: locale ?? defaultLocale, mediaIds };
      await this.outbox.append(tx, event(UserUpdatedSchema, id, facts));
      return profile;
    });
    this.outbox.wake();
    return changed;
  }

  /**
   * The profile, locked until the transaction ends: a user's commands happen one after the other, and none after the
   * person has gone. Every command on something of a user begins with it.
   * @throws DomainError `user.closed`
   */
  async hold(tx: Executor<unknown>, person: Person): Promise<Profile> {
    const profile = await this.#lock(tx, person);
    if (profile.deleted || profile.deactivated) throw accountClosed();
    return profile;
  }

  /** Everything that this service keeps of a person. */
  async export(person: Person) {
    const profile = await this.get(person);
    const [addresses, wishlists] = await Promise.all([
      listAddresses(this.database.kysely, person.id),
      listWishlists(this.database.kysely, person.id),
    ]);
    return { profile, addresses, wishlists, exportedAt: this.clock.now() };
  }

  /** Deletes the account for good: what is personal goes, here and wherever `user.updated` is heard. */
  async delete(person: Person, password: string): Promise<void> {
    await this.auth.verifyPassword({ userId: person.id, password });
    await this.database.transaction(async (tx) => {
      const { id, deleted } = await this.#lock(tx, person);
      if (deleted) return;
      await eraseProfile(tx, id, this.clock.now());
      await this.outbox.append(tx, event(UserUpdatedSchema, id, { userId: id, deleted: true }));
    });
    this.outbox.wake();
  }

  async register(tx: Executor<unknown>, registration: Registration): Promise<void> {
    await saveRegistration(tx, registration, this.clock.now());
  }

  async deactivate(tx: Executor<unknown>, id: string): Promise<void> {
    await markDeactivated(tx, id, this.clock.now());
  }

  async reactivate(tx: Executor<unknown>, id: string): Promise<void> {
    await markActive(tx, id);
  }

  /** Those of the ids that exist; the order is not that of the ids. */
  listContacts(ids: string[]): Promise<Profile[]> {
    return listProfiles(this.database.kysely, ids);
  }

  async #lock(tx: Executor<unknown>, { id, email, name = '' }: Person): Promise<StoredProfile> {
    const known = await lockProfile(tx, id);
    if (known) return known;
    await saveRegistration(tx, { id, email, name, locale: null }, this.clock.now());
    return (await lockProfile(tx, id)) as StoredProfile;
  }
}
