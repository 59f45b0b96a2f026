import type { Clock } from '@pasar/platform/clock';
import type { Database } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Message } from '../message.js';
import type { Provider } from '../provider.js';

/** The local provider of e-mail, SMS and push: a mailbox that can be read over HTTP. */
export function mailboxProvider(database: Database, clock: Clock): Provider {
  return {
    channels: ['EMAIL', 'SMS', 'PUSH'],
    async send(messages: Message[]) {
      const column = <Key extends keyof Message>(key: Key) => messages.map((message) => message[key]);
      await database.write(sql`
        insert into mail (id, channel, recipient, subject, text, html, locale, template, created_at)
        select m.*, ${clock.now()} from unnest(${column('id')}::uuid[], ${column('channel')}::text[],
          ${column('recipient')}::text[], ${column('subject')}::text[], ${column('text')}::text[],
          ${column('html')}::text[], ${column('locale')}::text[], ${column('template')}::text[]) as m
        on conflict do nothing`);
    },
  };
}
