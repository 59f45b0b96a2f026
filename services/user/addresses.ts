import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { invalidField, notFound } from '@pasar/platform/errors';
import {
  countAddresses,
  deleteAddress,
  findAddress,
  listAddresses,
  makeNewestDefault,
  saveAddress,
} from './address-store.js';
import { type Person, Profiles } from './profiles.js';
import { type Address, assertBelow, limits } from './user.js';

/** The addresses of a user. Who has any has exactly one default. */
@Injectable()
export class Addresses {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly profiles: Profiles,
  ) {}

  list(userId: string): Promise<Address[]> {
    return listAddresses(this.database.kysely, userId);
  }

  async get(userId: string, id: string): Promise<Address> {
    const address = await findAddress(this.database.kysely, userId, id);
    if (!address) throw notFound('address');
    return address;
  }

  create(person: Person, draft: Omit<Address, 'id'>): Promise<Address> {
    return this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      const count = await countAddresses(tx, person.id);
      assertBelow(count, limits.addresses, 'address');
      const address = { ...draft, id: this.clock.id(), isDefault: draft.isDefault || count === 0 };
      await saveAddress(tx, person.id, address);
      return address;
    });
  }

  change(person: Person, id: string, change: (address: Address) => Address): Promise<Address> {
    return this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      const present = await findAddress(tx, person.id, id);
      if (!present) throw notFound('address');
      const address = change(present);
      if (present.isDefault && !address.isDefault) {
        throw invalidField('isDefault', 'choose another address as the default instead');
      }
      await saveAddress(tx, person.id, address);
      return address;
    });
  }

  /** Deletes an address; the newest of the others takes the place of a default. */
  async delete(person: Person, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      const deleted = await deleteAddress(tx, person.id, id);
      if (!deleted) throw notFound('address');
      if (deleted.isDefault) await makeNewestDefault(tx, person.id);
    });
  }
}
