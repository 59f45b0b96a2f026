import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Address } from './user.js';

const columns = sql`
  id, recipient, phone, line1, line2, city, province, postal_code as "postalCode", country, label,
  is_default as "isDefault"`;

/** The default one first, then the newest. */
export async function listAddresses(executor: Executor<unknown>, userId: string): Promise<Address[]> {
  const { rows } = await sql<Address>`
    select ${columns} from address where user_id = ${userId} order by is_default desc, id desc`.execute(
    executor,
  );
  return rows;
}

export async function findAddress(
  executor: Executor<unknown>,
  userId: string,
  id: string,
): Promise<Address | undefined> {
  const { rows } = await sql<Address>`
    select ${columns} from address where id = ${id} and user_id = ${userId}`.execute(executor);
  return rows[0];
}

export async function countAddresses(executor: Executor<unknown>, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from address where user_id = ${userId}`.execute(executor);
  return rows[0]?.count ?? 0;
}

/** Inserts the address, or replaces it. A new default takes the place of the old one. */
export async function saveAddress(tx: Executor<unknown>, userId: string, address: Address): Promise<void> {
  if (address.isDefault) {
    await sql`
      update address set is_default = false
      where user_id = ${userId} and is_default and id <> ${address.id}`.execute(tx);
  }
  await sql`
    insert into address as a
      (id, user_id, recipient, phone, line1, line2, city, province, postal_code, country, label, is_default)
    values (${address.id}, ${userId}, ${address.recipient}, ${address.phone}, ${address.line1}, ${address.line2},
      ${address.city}, ${address.province}, ${address.postalCode}, ${address.country}, ${address.label},
      ${address.isDefault})
    on conflict (id) do update set
      recipient = excluded.recipient, phone = excluded.phone, line1 = excluded.line1, line2 = excluded.line2,
      city = excluded.city, province = excluded.province, postal_code = excluded.postal_code,
      country = excluded.country, label = excluded.label, is_default = excluded.is_default
    where a.user_id = excluded.user_id`.execute(tx);
}

/** @returns the deleted address, if it was the user's */
export async function deleteAddress(
  tx: Executor<unknown>,
  userId: string,
  id: string,
): Promise<Address | undefined> {
  const { rows } = await sql<Address>`
    delete from address where id = ${id} and user_id = ${userId} returning ${columns}`.execute(tx);
  return rows[0];
}

export async function makeNewestDefault(tx: Executor<unknown>, userId: string): Promise<void> {
  await sql`
    update address set is_default = true
    where id = (select id from address where user_id = ${userId} order by id desc limit 1)`.execute(tx);
}
