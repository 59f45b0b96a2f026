import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@pasar/platform/db';
import { messagingMigrations, testDatabase } from '@pasar/platform/testing/database';
import { expect, it, onTestFinished } from 'vitest';

const migrations = join(import.meta.dirname, 'migrations');
const id = (end: number) => `0190b0f0-0000-7000-8000-${String(end).padStart(12, '0')}`;

it('keeps in-app messages, those too that were still to be sent', async () => {
  const before = mkdtempSync(join(tmpdir(), 'pasar-migrations-'));
  onTestFinished(() => rmSync(before, { recursive: true }));
  for (const file of readdirSync(migrations).filter((name) => name < '0007'))
    copyFileSync(join(migrations, file), join(before, file));
  const { database, url, drop } = await testDatabase([messagingMigrations, before]);
  onTestFinished(drop);
  await database.pool.query(`
    insert into notification (id, user_id, kind, title, body, link, read, created_at) values
      ('${id(1)}', '${id(9)}', 'refund', 'Uang kembali', 'Sudah.', '/orders/', true, now());
    insert into delivery (id, event_id, template, channel, user_id, params, created_at, dead_at) values
      ('${id(1)}', '${id(1)}', 'refund', 'IN_APP', '${id(9)}', '{}', now(), null),
      ('${id(2)}', '${id(2)}', 'refund', 'IN_APP', '${id(9)}', '{"orderId": "7"}', now(), null),
      ('${id(3)}', '${id(2)}', 'refund', 'EMAIL', '${id(9)}', '{}', now(), null),
      ('${id(4)}', '${id(4)}', 'refund', 'IN_APP', '${id(9)}', '{}', now(), now());
    insert into delivery_due (delivery_id, attempts, next_at) values ('${id(2)}', 1, now()), ('${id(3)}', 1, now())`);
  await migrate(url, [messagingMigrations, migrations]);
  const { rows } = await database.pool.query('select id, kind, params, read from notification order by id');
  expect(rows).toEqual([
    {
      id: id(1),
      kind: 'refund',
      params: { worded: { title: 'Uang kembali', body: 'Sudah.', link: '/orders/' } },
      read: true,
    },
    { id: id(2), kind: 'refund', params: { orderId: '7' }, read: false },
  ]);
  const left = await database.pool.query(
    'select d.id, q.delivery_id as due from delivery d left join delivery_due q on q.delivery_id = d.id',
  );
  expect(left.rows).toEqual([{ id: id(3), due: id(3) }]);
});
