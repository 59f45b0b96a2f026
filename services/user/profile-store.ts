import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Preferences, Profile } from './user.js';

/** What tokens and `user.registered` tell of a person. */
export interface Registration {
  id: string;
  email: string;
  name: string;
  locale: string | null;
}

export interface StoredProfile extends Profile {
  deactivated: boolean;
  deleted: boolean;
}

interface ProfileRow extends Omit<StoredProfile, 'preferences'>, Preferences {}

const columns = sql`
  user_id as id, email, name, phone, avatar_url as "avatarUrl", locale,
  marketing_email as "marketingEmail", order_email as "orderEmail", order_push as "orderPush",
  price_drop_notice as "priceDropNotice", sales_email as "salesEmail", created_at as "createdAt",
  deactivated_at is not null as deactivated, deleted_at is not null as deleted`;

export async function findProfile(
  executor: Executor<unknown>,
  id: string,
): Promise<StoredProfile | undefined> {
  const { rows } = await sql<ProfileRow>`select ${columns} from profile where user_id = ${id}`.execute(
    executor,
  );
  return rows[0] && toProfile(rows[0]);
}

/** The profile, locked against other commands of the same user. */
export async function lockProfile(tx: Executor<unknown>, id: string): Promise<StoredProfile | undefined> {
  const { rows } = await sql<ProfileRow>`
    select ${columns} from profile where user_id = ${id} for no key update`.execute(tx);
  return rows[0] && toProfile(rows[0]);
}

/** Makes the profile, or completes one that was made before its registration was heard of. */
export async function saveRegistration(
  executor: Executor<unknown>,
  { id, email, name, locale }: Registration,
  now: Date,
): Promise<void> {
  await sql`
    insert into profile as p (user_id, email, name, locale, created_at)
    values (${id}, ${email}, ${name}, ${locale}, ${now})
    on conflict (user_id) do update set locale = coalesce(p.locale, excluded.locale)
    where p.locale is null and p.deleted_at is null`.execute(executor);
}

export async function updateProfile(tx: Executor<unknown>, profile: Profile): Promise<void> {
  const { id, name, phone, avatarUrl, locale, preferences } = profile;
  await sql`
    update profile set name = ${name}, phone = ${phone}, avatar_url = ${avatarUrl}, locale = ${locale},
      marketing_email = ${preferences.marketingEmail}, order_email = ${preferences.orderEmail},
      order_push = ${preferences.orderPush}, price_drop_notice = ${preferences.priceDropNotice},
      sales_email = ${preferences.salesEmail}
    where user_id = ${id}`.execute(tx);
}

/** Empties the profile and deletes what hangs on it. */
export async function eraseProfile(tx: Executor<unknown>, id: string, now: Date): Promise<void> {
  await sql`delete from wishlist where user_id = ${id}`.execute(tx);
  await sql`delete from address where user_id = ${id}`.execute(tx);
  await sql`
    update profile set email = '', name = '', phone = '', avatar_url = '', locale = null, marketing_email = false,
      order_email = false, order_push = false, price_drop_notice = false, sales_email = false, deleted_at = ${now}
    where user_id = ${id}`.execute(tx);
}

export async function markDeactivated(tx: Executor<unknown>, id: string, now: Date): Promise<void> {
  await sql`
    update profile set deactivated_at = ${now} where user_id = ${id} and deactivated_at is null`.execute(tx);
}

export async function markActive(tx: Executor<unknown>, id: string): Promise<void> {
  await sql`update profile set deactivated_at = null where user_id = ${id} and deactivated_at is not null`.execute(
    tx,
  );
}

/** The profiles of the ids that exist and were not deleted. */
export async function listProfiles(executor: Executor<unknown>, ids: string[]): Promise<Profile[]> {
  const { rows } = await sql<ProfileRow>`
    select ${columns} from profile where user_id = any(${ids}::uuid[]) and deleted_at is null`.execute(
    executor,
  );
  return rows.map(toProfile);
}

function toProfile({
  marketingEmail,
  orderEmail,
  orderPush,
  priceDropNotice,
  salesEmail,
  ...profile
}: ProfileRow): StoredProfile {
  return { ...profile, preferences: { marketingEmail, orderEmail, orderPush, priceDropNotice, salesEmail } };
}
