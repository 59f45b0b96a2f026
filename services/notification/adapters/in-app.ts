import type { Clock } from '@pasar/platform/clock';
import type { Database } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Message } from '../message.js';
import type { Provider } from '../provider.js';

/** In-app messages, which their reader lists. */
export function inAppProvider(database: Database, clock: Clock): Provider {
  return {
    channels: ['IN_APP'],
    async send(messages: Message[]) {
      const column = <Key extends keyof Message>(key: Key) => messages.map((message) => message[key]);
      await database.write(sql`
        insert into notification (id, user_id, kind, title, body, link, created_at)
        select n.*, ${clock.now()} from unnest(${column('id')}::uuid[], ${column('userId')}::uuid[],
          ${column('template')}::text[], ${column('subject')}::text[], ${column('text')}::text[],
          ${column('link')}::text[]) as n
        on conflict do nothing`);
    },
  };
}
