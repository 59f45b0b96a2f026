import { Code, ConnectError } from '@connectrpc/connect';
import {
  UserTokenIssued_Purpose as Purpose,
  UserRegisteredSchema,
  UserTokenIssuedSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { CartAbandonedSchema } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { StockLowSchema, StockReturnedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import {
  Channel,
  NotificationFailedSchema,
  NotificationService,
  Delivery_Status as Status,
} from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { Role, StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
  OrderShippedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  ReturnRequestedSchema,
  ReturnResolvedSchema,
  ReturnUpdatedSchema,
  Return_Stage as Stage,
} from '@pasar/contracts/pasar/order/v1/return_pb';
import {
  PaymentCompletedSchema,
  PaymentFailedSchema,
  PaymentPendingSchema,
  PaymentRefundedSchema,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PayoutFailedSchema, PayoutPaidSchema } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { ProductPublicationRefusedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { QuestionAnsweredSchema, QuestionAskedSchema } from '@pasar/contracts/pasar/review/v1/question_pb';
import { ReviewCreatedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { DocumentsRequestedSchema, SellerRejectedSchema } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { SellerApprovedSchema, SellerSuspendedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffChangedSchema, StaffInvitedSchema } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import {
  UserService,
  UserUpdatedSchema,
  WishlistPriceDroppedSchema,
} from '@pasar/contracts/pasar/user/v1/user_pb';
import { TestClock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { encodePageToken } from '@pasar/platform/page';
import { Log } from '@pasar/platform/telemetry';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NotificationConfig } from './config.js';
import { intentsFor } from './intents.js';
import { notificationService } from './notification.module.js';
import { Sender } from './sender.js';
import { NotificationStore } from './store.js';

interface Person {
  userId: string;
  name: string;
  email: string;
  phone: string;
  locale: string;
  preferences?: {
    orderEmail?: boolean;
    orderPush?: boolean;
    marketingEmail?: boolean;
    salesEmail?: boolean;
    priceDropNotice?: boolean;
  };
}

const clock = new TestClock();
const people = new Map<string, Person>();
let isUserAway = false;
let kit: TestService;

beforeAll(async () => {
  kit = await startTestService(notificationService, {
    clock,
    environment: {
      PASAR_NOTIFICATION_COALESCE_MS: '0',
      PASAR_NOTIFICATION_MAX_ATTEMPTS: '3',
      PASAR_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    },
    fakes: [
      fake(UserService, {
        batchGetContacts({ userIds }) {
          if (isUserAway) throw new ConnectError('away', Code.Unavailable);
          return { contacts: userIds.flatMap((id) => people.get(id) ?? []) };
        },
      }),
    ],
  });
  // The mailbox refuses whoever is named here, as a provider does whose server is away.
  await run(sql`create table refused (recipient text primary key)`);
  await run(sql`create function refuse() returns trigger language plpgsql as $$ begin
    if exists (select from refused r where r.recipient = new.recipient) then raise 'mailbox is away'; end if;
    return new; end $$`);
  await run(sql`create trigger refuse before insert on mail for each row execute function refuse()`);
});
afterAll(() => kit.close());

const run = <Row>(statement: ReturnType<typeof sql<Row>>) => statement.execute(kit.service.database.kysely);
const notifications = () => kit.client(NotificationService);
const admin = () => asUser({ id: clock.id(), roles: [Role.ADMIN] });
const sender = () => kit.service.get(Sender);

function person(bend: Partial<Person> = {}): Person {
  const userId = clock.id();
  const made = { userId, name: 'Sari', email: `${userId}@example.test`, phone: '', locale: 'id', ...bend };
  people.set(userId, made);
  return made;
}

/** Publishes an event under this id, as a bus does that delivers more than once. */
function publishAs(id: string, pending: PendingEvent): Promise<void> {
  const spy = vi.spyOn(clock, 'id').mockReturnValueOnce(id);
  const published = kit.publish(pending);
  spy.mockRestore();
  return published;
}

function orderOf({ userId }: Person) {
  const total = { amount: 15_000_000n, currency: 'IDR' };
  const lines = [{ title: 'Kopi <b>Gayo</b>', variantTitle: '250 g', quantity: 3, total }];
  const facts = { orderId: clock.id(), sellerId: clock.id(), number: 'PSR-1' };
  return { ...facts, customerId: userId, total, lines };
}

const confirmed = (to: Person) => event(OrderConfirmedSchema, clock.id(), { order: orderOf(to) });

async function mailOf({ email }: Pick<Person, 'email'>) {
  const { mails } = await notifications().listMailbox({ recipient: email, pageSize: 100 }, admin());
  return mails;
}

const inAppOf = async ({ userId }: Person) =>
  (await notifications().listNotifications({}, asUser({ id: userId }))).notifications;

/** The owner of a store that is open. */
async function owner(bend: Partial<Person> = {}) {
  const made = { ...person(bend), sellerId: clock.id() };
  const facts = { sellerId: made.sellerId, ownerUserId: made.userId, name: 'Kopi Gayo' };
  await kit.publish(event(SellerApprovedSchema, made.sellerId, facts));
  return made;
}

const refuse = (recipient: string) => run(sql`insert into refused values (${recipient})`);
const accept = (recipient: string) => run(sql`delete from refused where recipient = ${recipient}`);

async function deliveriesOf({ userId }: Person) {
  const { rows } = await run(sql<{ id: string; channel: string; status: string; attempts: number }>`
    select d.id, d.channel, coalesce(q.attempts, d.attempts) as attempts,
      case when d.dead_at is not null then 'DEAD' when q.delivery_id is not null then 'PENDING' else 'SENT' end as status
    from delivery d left join delivery_due q on q.delivery_id = d.id where d.user_id = ${userId} order by d.channel`);
  return rows;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('an event', () => {
  it('tells people no more than they want to be told, but always what they must know', async () => {
    const quiet = person({ preferences: { orderEmail: false, orderPush: false } });
    await kit.publish(confirmed(quiet));
    await kit.publish(
      event(OrderCancelledSchema, clock.id(), { order: orderOf(quiet), reason: 'habis', wasConfirmed: true }),
    );
    await vi.waitFor(async () =>
      expect((await deliveriesOf(quiet)).map(({ status }) => status)).toEqual(['SENT', 'SENT']),
    );
    expect((await mailOf(quiet)).map(({ template }) => template)).toEqual(['order-cancelled']);
    expect((await inAppOf(quiet)).map(({ kind }) => kind).toSorted()).toEqual([
      'order-cancelled',
      'order-confirmed',
    ]);
  });

  it('tells its person once on each channel, however often it comes', async () => {
    const buyer = person({ name: 'Sari\r\nBcc: x@example.test', locale: 'en' });
    const id = clock.id();
    const told = confirmed(buyer);
    for (let i = 0; i < 3; i++) await publishAs(id, told);
    await vi.waitFor(async () =>
      expect((await deliveriesOf(buyer)).map(({ status }) => status)).toEqual(['SENT']),
    );
    await kit.publish(confirmed(person()));
    await sender().send();
    const mails = await mailOf(buyer);
    expect(mails).toMatchObject([
      { channel: Channel.EMAIL, subject: 'Order PSR-1 confirmed', locale: 'en', template: 'order-confirmed' },
    ]);
    expect(mails[0]?.text).toContain('3 × Kopi <b>Gayo</b> (250 g)');
    expect(mails[0]?.text).not.toMatch(/^Bcc/m);
    expect(mails[0]?.html).not.toContain('<b>');
    expect(await inAppOf(buyer)).toMatchObject([{ kind: 'order-confirmed', read: false }]);
    expect((await inAppOf(buyer))[0]?.link).toMatch(/^\/orders\//);
  });

  it('of a new account goes to the address of the event, for there may be no profile yet', async () => {
    const [asked, demo] = [clock.id(), clock.id()];
    const registered = (userId: string, verificationToken: string) =>
      event(UserRegisteredSchema, userId, {
        userId,
        email: `${userId}@example.test`,
        name: 'Dewi',
        locale: 'en',
        verificationToken,
      });
    await kit.publish(registered(demo, ''), registered(asked, 'secret-1'));
    await vi.waitFor(async () =>
      expect(await mailOf({ email: `${asked}@example.test` })).toMatchObject([
        { subject: 'Welcome to Pasar' },
      ]),
    );
    const [mail] = await mailOf({ email: `${asked}@example.test` });
    expect(mail?.text).toContain('token=secret-1');
    expect(await mailOf({ email: `${demo}@example.test` })).toEqual([]);
  });

  it('of a forgotten password and of a cancelled order says so; of a failed checkout nothing', async () => {
    const buyer = person();
    const cancelled = (reason: string, wasConfirmed: boolean) =>
      event(OrderCancelledSchema, clock.id(), { order: orderOf(buyer), reason, wasConfirmed });
    await kit.publish(
      cancelled('payment.declined', false),
      cancelled('berubah pikiran', true),
      event(UserTokenIssuedSchema, buyer.userId, {
        userId: buyer.userId,
        email: buyer.email,
        purpose: Purpose.RESET_PASSWORD,
        token: 'secret-2',
      }),
    );
    await vi.waitFor(async () => expect(await mailOf(buyer)).toHaveLength(2));
    const subjects = (await mailOf(buyer)).map(({ template }) => template).toSorted();
    expect(subjects).toEqual(['order-cancelled', 'reset-password']);
  });

  it('for many people tells each once', async () => {
    const waiting = Array.from({ length: 30 }, () => person());
    const returned = event(StockReturnedSchema, clock.id(), {
      variantId: clock.id(),
      userIds: waiting.map(({ userId }) => userId),
    });
    const id = clock.id();
    await publishAs(id, returned);
    await publishAs(id, returned);
    await vi.waitFor(async () => {
      for (const each of waiting) expect(await inAppOf(each)).toHaveLength(1);
    });
  });

  it('sends a text message to those only who gave a number', async () => {
    const [silent, reachable] = [person(), person({ phone: '+628123' })];
    for (const { userId } of [silent, reachable]) {
      await kit.publish(
        event(PaymentPendingSchema, clock.id(), {
          payment: { customerId: userId, amount: { amount: 100n, currency: 'IDR' } },
          instructions: { virtualAccount: '8808', bank: 'Bank Nusa' },
        }),
      );
    }
    await vi.waitFor(async () => {
      for (const each of [silent, reachable]) {
        const deliveries = await deliveriesOf(each);
        expect(deliveries.map(({ status }) => status)).toEqual(['SENT', 'SENT']);
      }
    });
    const { mails } = await notifications().listMailbox({ channel: Channel.SMS }, admin());
    expect(mails).toMatchObject([{ recipient: '+628123' }]);
  });
});

describe('a user service that is away', () => {
  it('costs messages no attempt, and holds back none in the app', async () => {
    const buyer = person({ locale: 'en' });
    isUserAway = true;
    await kit.publish(confirmed(buyer));
    await vi.waitFor(async () => expect(await deliveriesOf(buyer)).toHaveLength(1));
    expect(await inAppOf(buyer)).toMatchObject([{ title: 'Pesanan PSR-1 dikonfirmasi' }]);
    for (let n = 0; n < 5; n++) {
      await sender()
        .send()
        .catch(() => {});
      clock.advance(6_000);
    }
    expect((await deliveriesOf(buyer)).map(({ status }) => status)).toEqual(['PENDING']);
    isUserAway = false;
    // The breaker of calls to it may have to be waited for.
    await vi.waitFor(async () => {
      clock.advance(60_000);
      await sender().send();
    });
    expect(await mailOf(buyer)).toHaveLength(1);
    expect(await inAppOf(buyer)).toMatchObject([{ title: 'Order PSR-1 confirmed' }]);
  });

  it('costs none of many an attempt, however many are sent at once', async () => {
    const many = Array.from({ length: 230 }, () => person());
    const told = many.flatMap(({ userId }) =>
      intentsFor('refund', clock.id(), { userId }, { total: { amount: '1', currency: 'IDR' } }),
    );
    isUserAway = true;
    const fresh = await kit.service.database.transaction((tx) =>
      kit.service.get(NotificationStore).enqueue(tx, told, 60_000),
    );
    sender().sendSoon(fresh);
    await expect(sender().send()).rejects.toThrow();
    const due = async () => {
      const { rows } = await run<{ attempts: number }>(
        sql`select attempts from delivery_due where delivery_id = any(${fresh.map(({ id }) => id)}::uuid[])`,
      );
      return rows.map(({ attempts }) => attempts);
    };
    expect(await due()).toEqual(fresh.map(() => 0));
    isUserAway = false;
    await vi.waitFor(async () => {
      clock.advance(60_000);
      await sender().send();
    });
    expect(await due()).toEqual([]);
    for (const each of many.slice(0, 3)) expect(await mailOf(each)).toHaveLength(1);
  });
});

describe('a provider that fails', () => {
  it('is tried again, later each time, and holds nobody else up', async () => {
    const [unlucky, lucky] = [person(), person()];
    await refuse(unlucky.email);
    const enqueue = (to: Person) =>
      intentsFor('refund', clock.id(), { userId: to.userId }, { total: { amount: '1', currency: 'IDR' } });
    const fresh = await kit.service.database.transaction((tx) =>
      kit.service.get(NotificationStore).enqueue(tx, [...enqueue(unlucky), ...enqueue(lucky)], 60_000),
    );
    sender().sendSoon(fresh);
    await sender().send();
    expect(await mailOf(lucky)).toHaveLength(1);
    expect(await inAppOf(unlucky)).toHaveLength(1);
    const email = async () => (await deliveriesOf(unlucky)).find(({ channel }) => channel === 'EMAIL');
    expect(await email()).toMatchObject({ status: 'PENDING', attempts: 1 });
    await sender().send();
    expect(await email()).toMatchObject({ status: 'PENDING', attempts: 1 });
    clock.advance(1_100);
    await sender().send();
    expect(await email()).toMatchObject({ status: 'PENDING', attempts: 2 });
    clock.advance(1_100);
    await sender().send();
    expect(await email()).toMatchObject({ attempts: 2 });
    await accept(unlucky.email);
    clock.advance(1_000);
    await sender().send();
    expect(await email()).toMatchObject({ status: 'SENT' });
    expect(await mailOf(unlucky)).toHaveLength(1);
    expect(await mailOf(lucky)).toHaveLength(1);
    expect(await inAppOf(unlucky)).toHaveLength(1);
  });

  it('for too long gives the message up, tells so, and can be asked once more', async () => {
    const buyer = person();
    await refuse(buyer.email);
    await kit.publish(confirmed(buyer));
    const dead = async () =>
      (await notifications().listDeadDeliveries({ pageSize: 100 }, admin())).deliveries.filter(
        ({ template }) => template === 'order-confirmed',
      );
    await vi.waitFor(async () => {
      clock.advance(4_000);
      await sender().send();
      expect(await dead()).toMatchObject([{ status: Status.DEAD, channel: Channel.EMAIL, attempts: 3 }]);
    });
    const [given] = await dead();
    expect(given?.lastError).toContain('mailbox is away');
    const id = given?.id as string;
    const failures = () =>
      kit.published(NotificationFailedSchema).filter(({ deliveryId }) => deliveryId === id);
    await vi.waitFor(() =>
      expect(failures()).toMatchObject([{ channel: Channel.EMAIL, template: 'order-confirmed' }]),
    );
    await accept(buyer.email);
    expect(await notifications().resendDelivery({ id }, admin())).toMatchObject({ status: Status.PENDING });
    await vi.waitFor(async () => expect(await mailOf(buyer)).toHaveLength(1));
    expect(await codeOf(notifications().resendDelivery({ id }, admin()))).toBe('delivery.not_found');
    expect(await dead()).toEqual([]);
  });

  it('is not asked twice by two senders at once', async () => {
    const all = Array.from({ length: 40 }, () => person());
    const get = kit.service.get;
    const twin = new Sender(
      kit.service.database,
      get(NotificationStore),
      get(Outbox),
      clock,
      get(NotificationConfig),
      get(Log),
      kit.client(UserService),
    );
    const intents = all.flatMap(({ userId }) =>
      intentsFor('refund', clock.id(), { userId }, { total: { amount: '100', currency: 'IDR' } }),
    );
    await kit.service.database.transaction((tx) => get(NotificationStore).enqueue(tx, intents, 0));
    await Promise.all([sender().send(), twin.send(), sender().send(), twin.send()]);
    for (const each of all) {
      expect(await mailOf(each)).toHaveLength(1);
      expect((await deliveriesOf(each)).map(({ status }) => status)).toEqual(['SENT']);
    }
    await twin.stop();
  });
});

describe('reading', () => {
  it("shows and marks the reader's own messages only", async () => {
    const [reader, stranger] = [person(), person()];
    await kit.publish(confirmed(reader), confirmed(reader));
    await vi.waitFor(async () => expect(await inAppOf(reader)).toHaveLength(2));
    expect(await inAppOf(stranger)).toEqual([]);
    const [{ id } = { id: '' }] = await inAppOf(reader);
    const mark = (who: Person, id: string) => notifications().markRead({ id }, asUser({ id: who.userId }));
    expect(await codeOf(mark(stranger, id))).toBe('notification.not_found');
    expect(await mark(reader, id)).toMatchObject({ id, read: true });
    expect(await mark(reader, id)).toMatchObject({ id, read: true });
    const unread = await notifications().listNotifications(
      { unreadOnly: true },
      asUser({ id: reader.userId }),
    );
    expect(unread.notifications).toHaveLength(1);
    expect(unread.notifications[0]?.id).not.toBe(id);
  });

  it('is in the language that the reader has by then', async () => {
    const reader = person();
    await kit.publish(confirmed(reader));
    await vi.waitFor(async () =>
      expect(await inAppOf(reader)).toMatchObject([
        {
          title: 'Pesanan PSR-1 dikonfirmasi',
          body: expect.stringContaining('3 × Kopi <b>Gayo</b> (250 g)'),
        },
      ]),
    );
    reader.locale = 'en';
    const [{ id } = { id: '' }] = await inAppOf(reader);
    const marked = await notifications().markRead({ id }, asUser({ id: reader.userId }));
    expect(marked).toMatchObject({ title: 'Order PSR-1 confirmed', read: true });
    expect(await inAppOf(reader)).toMatchObject([marked]);
  });

  it('finds a message of a template that is gone, and one from before they were worded for their reader', async () => {
    const reader = person();
    const worded = { title: 'Selamat datang', body: 'Senang Anda di sini.', link: '/account' };
    for (const [kind, params] of [
      ['once-upon-a-time', {}],
      ['welcome', { worded }],
    ] as const) {
      await run(sql`
        insert into notification (id, user_id, kind, params, created_at)
        values (${clock.id()}, ${reader.userId}, ${kind}, ${JSON.stringify(params)}::jsonb, ${clock.now()})`);
    }
    expect(await inAppOf(reader)).toMatchObject([
      { kind: 'welcome', ...worded },
      { kind: 'once-upon-a-time', title: 'once-upon-a-time', body: '', link: '/' },
    ]);
  });

  it('counts what is new, and marks all of the reader’s up to what was seen', async () => {
    const [reader, other] = [person(), person()];
    await kit.publish(confirmed(reader), confirmed(reader), confirmed(reader), confirmed(other));
    await vi.waitFor(async () => expect(await inAppOf(reader)).toHaveLength(3));
    await vi.waitFor(async () => expect(await inAppOf(other)).toHaveLength(1));
    const [newest, seen] = await inAppOf(reader);
    const count = async ({ userId }: Person) =>
      (await notifications().countUnread({}, asUser({ id: userId }))).count;
    const markAll = async (who: Person, upTo = '') =>
      (await notifications().markAllRead({ upTo }, asUser({ id: who.userId }))).count;
    expect(await count(reader)).toBe(3);
    expect(await markAll(other, seen?.id)).toBeLessThanOrEqual(1);
    expect(await count(reader)).toBe(3);
    expect(await markAll(reader, seen?.id)).toBe(1);
    expect(await markAll(reader, seen?.id)).toBe(1);
    expect((await inAppOf(reader)).filter(({ read }) => !read)).toMatchObject([{ id: newest?.id }]);
    expect(await markAll(reader)).toBe(0);
    expect(await codeOf(markAll(reader, 'the last one'))).toBe('request.invalid');
  });

  it('pages through the mailbox, each mail once, newest first', async () => {
    const buyer = person();
    for (let i = 0; i < 7; i++) await kit.publish(confirmed(buyer));
    await vi.waitFor(async () => expect(await mailOf(buyer)).toHaveLength(7));
    const ids: string[] = [];
    for (let pageToken = ''; ; ) {
      const page = await notifications().listMailbox(
        { recipient: buyer.email, pageSize: 3, pageToken },
        admin(),
      );
      ids.push(...page.mails.map(({ id }) => id));
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    expect(ids).toEqual((await mailOf(buyer)).map(({ id }) => id));
    expect(ids).toEqual(ids.toSorted().toReversed());
  });

  it.each(['x', encodePageToken(['not an id']), encodePageToken([clock.id(), 1])])(
    'refuses a page token that was made up (%#)',
    async (pageToken) => {
      const who = asUser({ id: clock.id() });
      expect(await codeOf(notifications().listNotifications({ pageToken }, who))).toBe('request.invalid');
      expect(await codeOf(notifications().listMailbox({ pageToken }, admin()))).toBe('request.invalid');
      expect(await codeOf(notifications().listDeadDeliveries({ pageToken }, admin()))).toBe(
        'request.invalid',
      );
    },
  );

  it('previews every template in both languages', async () => {
    const { templates } = await notifications().listTemplates({}, admin());
    expect(templates.length).toBeGreaterThan(10);
    for (const { name, locales, channels } of templates) {
      for (const locale of locales) {
        for (const channel of channels) {
          const preview = await notifications().previewTemplate({ name, locale, channel }, admin());
          expect(preview).toMatchObject({ template: name, locale, channel });
        }
      }
    }
    expect(await codeOf(notifications().previewTemplate({ name: 'nothing' }, admin()))).toBe(
      'template.not_found',
    );
  });
});

describe('a person who goes', () => {
  it('takes every message along, also what was sent to an old address or a number', async () => {
    const [gone, stays] = [person({ phone: '+62877' }), person()];
    const old = gone.email;
    await kit.publish(
      confirmed(gone),
      confirmed(stays),
      event(PaymentPendingSchema, clock.id(), {
        payment: { customerId: gone.userId, amount: { amount: 100n, currency: 'IDR' } },
        instructions: { virtualAccount: '8808', bank: 'Bank Nusa' },
      }),
    );
    await vi.waitFor(async () => expect(await inAppOf(gone)).toHaveLength(2));
    await vi.waitFor(async () => expect(await mailOf({ email: '+62877' })).toHaveLength(1));
    await vi.waitFor(async () => expect(await mailOf(stays)).toHaveLength(1));
    expect(await mailOf({ email: old })).toHaveLength(2);
    gone.email = 'new@example.test';
    await kit.publish(event(UserUpdatedSchema, gone.userId, { userId: gone.userId, deleted: true }));
    await vi.waitFor(async () => expect(await inAppOf(gone)).toEqual([]));
    expect(await mailOf({ email: old })).toEqual([]);
    expect(await mailOf({ email: '+62877' })).toEqual([]);
    const { rows } = await run(sql`select from delivery where user_id = ${gone.userId} and params <> '{}'`);
    expect(rows).toEqual([]);
    expect(await mailOf(stays)).toHaveLength(1);
  });

  it('is sent nothing more', async () => {
    const gone = person();
    await refuse(gone.email);
    await kit.publish(confirmed(gone));
    await vi.waitFor(async () => expect(await inAppOf(gone)).toHaveLength(1));
    await kit.publish(event(UserUpdatedSchema, gone.userId, { userId: gone.userId, deleted: true }));
    await vi.waitFor(async () => expect(await inAppOf(gone)).toEqual([]));
    await accept(gone.email);
    clock.advance(60_000);
    await sender().send();
    expect(await mailOf(gone)).toEqual([]);
  });
});

describe('old messages', () => {
  it('are trimmed after their time, and those that wait are kept', async () => {
    const buyer = person();
    await refuse(buyer.email);
    await kit.publish(confirmed(buyer));
    await vi.waitFor(async () => expect(await inAppOf(buyer)).toHaveLength(1));
    await run(sql`update notification set created_at = '2020-01-01'`);
    await run(sql`update delivery set created_at = '2020-01-01'`);
    await run(sql`update mail set created_at = '2020-01-01'`);
    await sender().trim();
    expect(await inAppOf(buyer)).toEqual([]);
    expect((await deliveriesOf(buyer)).map(({ channel }) => channel)).toEqual(['EMAIL']);
    const { rows } = await run(sql`select from mail`);
    expect(rows).toEqual([]);
  });
});

describe('a store’s staff', () => {
  it('is told what it acts in, by mail as each wants it, until it leaves', async () => {
    const wants = { preferences: { salesEmail: true } };
    const [boss, packer, quiet, clerk] = [await owner(wants), person(wants), person(), person(wants)];
    const { sellerId } = boss;
    const order = { ...orderOf(person()), sellerId };
    const join = (userId: string, ...permissions: StorePermission[]) =>
      kit.publish(event(StaffChangedSchema, sellerId, { sellerId, userId, permissions }));
    await join(packer.userId, StorePermission.ORDERS, StorePermission.STOCK);
    quiet.preferences = { salesEmail: false };
    await join(quiet.userId, StorePermission.ORDERS);
    await join(clerk.userId, StorePermission.PRODUCTS, StorePermission.FINANCE, StorePermission.REVIEWS);
    // Events of different subjects may come in any order.
    const staff = () => run(sql`select from store_staff where seller_id = ${sellerId}`);
    await vi.waitFor(async () => expect((await staff()).rows).toHaveLength(3));
    const told = {
      sale: event(OrderConfirmedSchema, clock.id(), { order }),
      return: event(ReturnRequestedSchema, clock.id(), { order, reason: 'broken' }),
      dispute: event(ReturnResolvedSchema, clock.id(), { order, resolvedBy: 'staff', reason: 'half each' }),
      stock: event(StockLowSchema, clock.id(), { sellerId, variantId: clock.id(), available: 2n }),
      payout: event(PayoutPaidSchema, clock.id(), { sellerId, bank: 'BCA' }),
      question: event(QuestionAskedSchema, clock.id(), { sellerId, productId: clock.id() }),
      refused: event(ProductPublicationRefusedSchema, clock.id(), {
        ...{ sellerId, productId: clock.id(), title: 'Kopi', code: 'product.incomplete' },
        fields: ['product.category', 'product.attributes["asal"]'],
      }),
    };
    for (const pending of Object.values(told)) {
      const id = clock.id();
      for (let i = 0; i < 2; i++) await publishAs(id, pending);
    }
    const orders = ['dispute-decided', 'return-requested', 'sale-made'];
    const desk = ['payout-paid', 'publication-refused', 'question-asked'];
    const kinds = async (who: Person) => (await inAppOf(who)).map(({ kind }) => kind).toSorted();
    const letters = async (who: Person) => (await mailOf(who)).map(({ template }) => template).toSorted();
    await vi.waitFor(async () => {
      expect(await kinds(packer)).toEqual([...orders, 'stock-low'].toSorted());
      expect(await kinds(quiet)).toEqual(orders);
      expect(await kinds(clerk)).toEqual(desk);
      expect(await kinds(boss)).toEqual([...orders, ...desk, 'stock-low', 'store-approved'].toSorted());
      expect(await letters(clerk)).toEqual(desk);
      expect(await letters(packer)).toEqual(orders);
      // What its owner has to know, staff need not be told.
      expect(await letters(quiet)).toEqual([]);
    });
    const [refused] = (await mailOf(clerk)).filter(({ template }) => template === 'publication-refused');
    expect(refused?.text).toContain('masih ada yang kurang: kategori, asal.');
    await join(packer.userId);
    await kit.publish(event(UserUpdatedSchema, clerk.userId, { userId: clerk.userId, deleted: true }));
    await vi.waitFor(async () => expect((await staff()).rows).toHaveLength(1));
    for (const pending of Object.values(told)) await kit.publish(pending);
    await vi.waitFor(async () => expect(await kinds(quiet)).toHaveLength(6));
    expect(await kinds(packer)).toHaveLength(4);
    expect(await kinds(clerk)).toEqual([]);
  });
});

describe('what happens to orders, money and stores', () => {
  it('is told those whom it concerns, once, as they want it', async () => {
    const [buyer, seller, quiet] = [
      person({ locale: 'en' }),
      await owner({ locale: 'en' }),
      person({ preferences: { orderEmail: false } }),
    ];
    const { sellerId } = seller;
    const order = { ...orderOf(buyer), sellerId };
    const refund = { amount: 700n, currency: 'IDR' };
    const { orderId } = order;
    const review = { reviewId: clock.id(), sellerId, authorId: buyer.userId, stars: 4, productTitle: 'Gula' };
    const question = { questionId: clock.id(), productId: clock.id(), sellerId, authorId: buyer.userId };
    const payout = { payoutId: clock.id(), sellerId, amount: refund, bank: 'BCA', accountEnding: '4321' };
    const other = { ...order, customerId: quiet.userId };
    const cancelled = (facts: object) => event(OrderCancelledSchema, orderId, { order: other, ...facts });
    const resting = await owner({ preferences: { orderEmail: true } });
    const all: PendingEvent[] = [
      event(ReturnRequestedSchema, orderId, { order, reason: 'broken' }),
      event(ReturnUpdatedSchema, orderId, { order, stage: Stage.APPROVED, updatedBy: 'seller' }),
      event(ReturnUpdatedSchema, orderId, { order, stage: Stage.REFUSED, updatedBy: 'seller' }),
      event(ReturnUpdatedSchema, orderId, { order, stage: Stage.DISPUTED, updatedBy: 'customer' }),
      event(ReturnUpdatedSchema, orderId, { order, stage: Stage.DISPUTED, updatedBy: 'seller' }),
      event(ReturnResolvedSchema, orderId, { order, refund, resolvedBy: 'staff', reason: 'half each' }),
      event(ReturnResolvedSchema, orderId, { order, refund, resolvedBy: 'seller', reason: 'received' }),
      event(ReturnResolvedSchema, orderId, {
        order,
        refund: { ...refund, amount: 0n },
        resolvedBy: 'system',
      }),
      event(ReturnRequestedSchema, orderId, { order, reason: 'shipment.returned', undeliverable: true }),
      event(OrderCancelledSchema, orderId, {
        ...{ order, reason: 'shipment.lost', wasConfirmed: true, goodsLost: true },
      }),
      event(OrderConfirmedSchema, orderId, { order: other }),
      cancelled({ reason: 'berubah pikiran', wasConfirmed: true, cancelledBy: 'customer' }),
      cancelled({ reason: 'habis', wasConfirmed: true, cancelledBy: 'seller' }),
      cancelled({ reason: 'payment.expired', cancelledBy: 'system' }),
      event(OrderConfirmedSchema, orderId, { order: { ...other, sellerId: resting.sellerId } }),
      event(PayoutPaidSchema, payout.payoutId, payout),
      event(PayoutFailedSchema, payout.payoutId, { ...payout, code: 'account_closed' }),
      event(DocumentsRequestedSchema, sellerId, {
        sellerId,
        ownerUserId: seller.userId,
        name: 'K',
        note: 'NPWP',
      }),
      event(SellerSuspendedSchema, sellerId, { sellerId, ownerUserId: seller.userId, reason: 'fakes' }),
      event(StockLowSchema, sellerId, { sellerId, variantId: clock.id(), available: 2n }),
      event(ReviewCreatedSchema, review.reviewId, { review }),
      event(ReviewCreatedSchema, clock.id(), { review: { ...review, authorId: '' } }),
      event(ReviewUpdatedSchema, review.reviewId, { review, replied: true }),
      event(ReviewUpdatedSchema, review.reviewId, { review }),
      event(QuestionAskedSchema, question.questionId, question),
      event(QuestionAnsweredSchema, question.questionId, { ...question, answeredBy: seller.userId }),
      event(QuestionAnsweredSchema, question.questionId, { ...question, answeredBy: buyer.userId }),
      // Of a store that nobody owns, and to somebody who wants no letters about orders.
      event(StockLowSchema, clock.id(), { sellerId: clock.id(), variantId: clock.id(), available: 2n }),
      event(ReturnUpdatedSchema, orderId, {
        ...{ order: { ...order, customerId: quiet.userId }, stage: Stage.APPROVED, updatedBy: 'seller' },
      }),
    ];
    // A shopper who wants all there is, one who wants none of it, and an applicant.
    const [fan, calm, applicant] = [
      person({
        locale: 'en',
        preferences: { orderEmail: true, marketingEmail: true, priceDropNotice: true },
      }),
      person({ preferences: { orderEmail: false, marketingEmail: false, priceDropNotice: false } }),
      person({ locale: 'en' }),
    ];
    const invited = { email: `${clock.id()}@example.test` };
    for (const { userId } of [fan, calm]) {
      const payment = { paymentId: clock.id(), customerId: userId, amount: refund };
      const bought = { ...order, customerId: userId, sellerId: clock.id() };
      const [oldPrice, newPrice] = [
        { amount: 90_000_00n, currency: 'IDR' },
        { amount: 75_000_00n, currency: 'IDR' },
      ];
      const wished = { userId, variantId: clock.id(), productId: clock.id(), title: 'Gula aren' };
      all.push(
        event(OrderShippedSchema, orderId, { order: bought, carrier: 'Kilat', trackingNumber: 'KR1' }),
        event(OrderDeliveredSchema, orderId, { order: bought }),
        event(PaymentCompletedSchema, payment.paymentId, { payment }),
        event(PaymentFailedSchema, payment.paymentId, { payment, code: 'expired' }),
        event(PaymentRefundedSchema, payment.paymentId, { payment, amount: refund, refundId: clock.id() }),
        event(WishlistPriceDroppedSchema, userId, { ...wished, oldPrice, newPrice }),
        event(CartAbandonedSchema, clock.id(), { userId, itemCount: 3 }),
        event(StockReturnedSchema, clock.id(), { variantId: clock.id(), userIds: [userId] }),
      );
    }
    all.push(
      event(SellerRejectedSchema, clock.id(), {
        ...{ sellerId: clock.id(), ownerUserId: applicant.userId, name: 'Toko Baru', reason: 'KTP buram' },
      }),
      event(StaffInvitedSchema, clock.id(), { ...invited, storeName: 'Kopi Gayo', token: 'secret-3' }),
    );
    for (const pending of all) {
      const id = clock.id();
      for (let i = 0; i < 2; i++) await publishAs(id, pending);
    }
    const letters = {
      buyer: ['return-approved', 'return-refused', 'dispute-opened', 'dispute-decided', 'return-received'],
      seller: ['store-approved', 'return-requested', 'dispute-opened', 'dispute-decided', 'sale-returned'],
    };
    letters.seller.push('sale-made', 'sale-cancelled', 'review-received', 'question-asked');
    letters.buyer.push('return-closed', 'parcel-returned', 'order-cancelled');
    letters.seller.push(
      'sale-lost',
      'payout-paid',
      'payout-failed',
      'documents-requested',
      'store-suspended',
    );
    const kinds = async (of: Promise<{ template?: string; kind?: string }[]>) =>
      (await of).map(({ template, kind }) => template ?? kind).sort();
    await vi.waitFor(async () => {
      expect(await kinds(mailOf(buyer))).toEqual(letters.buyer.toSorted());
      expect(await kinds(mailOf(seller))).toEqual(letters.seller.toSorted());
      expect(await kinds(inAppOf(buyer))).toEqual(
        [...letters.buyer, 'review-replied', 'question-answered'].toSorted(),
      );
      expect(await kinds(inAppOf(seller))).toEqual([...letters.seller, 'stock-low'].toSorted());
      expect(await kinds(inAppOf(quiet))).toEqual([
        ...['order-cancelled', 'order-cancelled', 'order-cancelled'],
        ...['order-confirmed', 'order-confirmed', 'return-approved'],
      ]);
      expect(await kinds(inAppOf(resting))).toEqual(['sale-made', 'store-approved']);
    });
    expect(await kinds(mailOf(resting))).toEqual(['store-approved']);
    expect(await kinds(mailOf(quiet))).toEqual(['order-cancelled', 'order-cancelled', 'order-cancelled']);
    const sale = (await mailOf(seller)).find(({ template }) => template === 'sale-made');
    expect(sale?.text).toContain('3 × Kopi <b>Gayo</b> (250 g)');
    // What they have to know, and what they want to.
    const must = ['back-in-stock', 'payment-failed', 'refund'];
    const wanted = [...must, 'order-shipped', 'payment-received', 'price-drop'];
    await vi.waitFor(async () => {
      expect(await kinds(mailOf(fan))).toEqual([...wanted, 'cart-abandoned'].toSorted());
      expect(await kinds(mailOf(calm))).toEqual(must);
      for (const shopper of [fan, calm])
        expect(await kinds(inAppOf(shopper))).toEqual([...wanted, 'order-delivered'].toSorted());
      expect(await mailOf(applicant)).toMatchObject([{ template: 'store-rejected' }]);
      expect(await mailOf(invited)).toMatchObject([{ template: 'staff-invitation' }]);
    });
    const drop = (await mailOf(fan)).find(({ template }) => template === 'price-drop');
    expect(drop?.text).toMatch(/Gula aren.*90,000.*75,000/s);
    expect((await mailOf(applicant))[0]?.text).toContain('KTP buram');
    expect((await mailOf(invited))[0]?.text).toContain('token=secret-3');
    const lost = (await mailOf(buyer)).find(({ template }) => template === 'order-cancelled');
    expect(lost?.text).toContain('its carrier lost the parcel');
  });
});
