import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StockLowSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { NotificationService } from '@pasar/contracts/pasar/notification/v1/notification_pb';
import {
  WebhookDelivery_Status as Status,
  WebhookService,
} from '@pasar/contracts/pasar/notification/v1/webhook_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { UserService, UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { TestClock } from '@pasar/platform/clock';
import { event } from '@pasar/platform/events';
import { countBlocked, holdUp } from '@pasar/platform/testing/database';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { HttpCaller } from './adapters/http-caller.js';
import { notificationService } from './notification.module.js';
import { WebhookSender } from './webhook-sender.js';

interface Call {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const clock = new TestClock();
const minute = 60_000;
const hour = 60 * minute;
/** What the receiver answers to a path; 200 when nothing is said. */
const answers = new Map<string, { status: number; headers?: Record<string, string>; body?: string }>();
let calls: Call[] = [];
let receiver: Server;
let kit: TestService;
let port: number;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      calls.push({ path, headers: request.headers, body });
      const answer = answers.get(path) ?? { status: 200 };
      if (answer.status === 0) return;
      response.writeHead(answer.status, answer.headers).end(answer.body ?? 'thanks');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  port = (receiver.address() as AddressInfo).port;
  kit = await startTestService(notificationService, {
    clock,
    environment: {
      PASAR_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      PASAR_WEBHOOK_PRIVATE_ADDRESSES: 'allow',
      PASAR_WEBHOOK_TIMEOUT_SECONDS: '1',
      PASAR_NOTIFICATION_COALESCE_MS: '0',
    },
    fakes: [
      fake(UserService, {
        batchGetContacts: ({ userIds }) => ({
          contacts: userIds.map((userId) => ({
            userId,
            name: 'Sari',
            email: `${userId}@example.test`,
            locale: 'en',
          })),
        }),
      }),
    ],
  });
});
afterAll(async () => {
  await kit.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(() => {
  calls = [];
  answers.clear();
});

const webhooks = () => kit.client(WebhookService);
const sender = () => kit.service.get(WebhookSender);

function store() {
  return { sellerId: clock.id(), userId: clock.id() };
}

/** By the test's clock, which is days ahead of the machine's. */
function atClock<Result>(work: () => Result): Result {
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() });
  try {
    return work();
  } finally {
    vi.useRealTimers();
  }
}

const as = ({ userId: id, sellerId }: ReturnType<typeof store>) =>
  atClock(() => asUser({ id, roles: [Role.SELLER], sellerId }));

type Registered = Awaited<ReturnType<typeof register>>;

async function register(owner = store(), eventTypes = ['order.confirmed']) {
  const path = `/${clock.id()}`;
  const url = `http://127.0.0.1:${port}${path}`;
  const endpoint = await webhooks().createWebhookEndpoint({ url, eventTypes }, as(owner));
  return { ...owner, path, endpoint, id: endpoint.id };
}

const confirmed = (sellerId: string) =>
  event(OrderConfirmedSchema, clock.id(), {
    order: { orderId: clock.id(), customerId: clock.id(), number: 'PSR-1', sellerId },
  });
const callsTo = (path: string) => calls.filter((call) => call.path === path);

/** What the official library makes of a call. */
const verified = ({ body, headers }: Call, secret: string) =>
  atClock(
    () => new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>,
  );

async function logOf(to: Registered) {
  const { deliveries } = await webhooks().listWebhookDeliveries({ id: to.id }, as(to));
  return Promise.all(deliveries.map(({ id }) => webhooks().getWebhookDelivery({ id }, as(to))));
}

const until = <Result>(what: () => Result | Promise<Result>) => vi.waitFor(what, { timeout: 20_000 });

/** Waits until the latest delivery has been tried so often. */
async function tried(to: Registered, attempts: number) {
  return until(async () => {
    const [latest] = await logOf(to);
    expect(latest?.attempts).toHaveLength(attempts);
    return latest!;
  });
}

describe('an event of a store', () => {
  it('reaches its endpoints, signed, and nobody else', async () => {
    const one = await register();
    const other = await register();
    const deaf = await register(one, ['stock.low']);
    await kit.publish(confirmed(one.sellerId));
    const delivery = await until(async () => {
      const latest = await tried(one, 1);
      expect(latest).toMatchObject({ status: Status.DELIVERED, eventType: 'order.confirmed' });
      return latest;
    });
    expect(delivery.attempts[0]).toMatchObject({ status: 200, error: '', response: 'thanks' });
    const [call] = callsTo(one.path);
    expect(call!.headers['webhook-id']).toBe(delivery.id);
    expect(verified(call!, one.endpoint.secret)).toMatchObject({
      type: 'order.confirmed',
      data: { order: { number: 'PSR-1', sellerId: one.sellerId } },
    });
    expect(() => verified({ ...call!, body: `${call!.body} ` }, one.endpoint.secret)).toThrow();
    expect(() => verified(call!, other.endpoint.secret)).toThrow();
    await kit.publish(event(StockLowSchema, clock.id(), { sellerId: one.sellerId, variantId: clock.id() }));
    await tried(deaf, 1);
    expect([callsTo(other.path), callsTo(deaf.path)].map((each) => each.length)).toEqual([0, 1]);
    expect(callsTo(one.path)).toHaveLength(1);
  });

  it('is sent once, however often it comes and however many send', async () => {
    const to = await register();
    const id = clock.id();
    const told = confirmed(to.sellerId);
    for (let i = 0; i < 3; i++) {
      const spy = vi.spyOn(clock, 'id').mockReturnValueOnce(id);
      const published = kit.publish(told);
      spy.mockRestore();
      await published;
    }
    await Promise.all(Array.from({ length: 8 }, () => sender().send()));
    await tried(to, 1);
    expect(callsTo(to.path)).toHaveLength(1);
  });

  it('keeps nobody waiting behind an endpoint that never answers', async () => {
    const slow = await register();
    const quick = await register();
    answers.set(slow.path, { status: 0 });
    await kit.publish(...Array.from({ length: 12 }, () => confirmed(slow.sellerId)));
    await kit.publish(confirmed(quick.sellerId));
    await tried(quick, 1);
    expect(callsTo(slow.path).length).toBeLessThanOrEqual(4);
    const [latest] = await until(async () => {
      const log = await logOf(slow);
      expect(log.filter(({ attempts }) => attempts.length > 0).length).toBeGreaterThan(0);
      return log.filter(({ attempts }) => attempts.length > 0);
    });
    expect(latest!.attempts[0]).toMatchObject({ status: 0, error: 'no answer within 1 s' });
    await webhooks().deleteWebhookEndpoint({ id: slow.id }, as(slow));
  });
});

describe('a delivery that fails', () => {
  it('is tried again, later each time, with the same id, until it succeeds', async () => {
    const to = await register();
    answers.set(to.path, { status: 500, body: 'ow\0' });
    await kit.publish(confirmed(to.sellerId));
    const first = await tried(to, 1);
    expect(first).toMatchObject({ status: Status.PENDING });
    expect(first.attempts[0]).toMatchObject({ status: 500, error: 'the answer was 500', response: 'ow' });
    await sender().send();
    expect(callsTo(to.path)).toHaveLength(1);
    clock.advance(5_000);
    await sender().send();
    expect(callsTo(to.path)).toHaveLength(2);
    answers.set(to.path, { status: 302, headers: { location: `http://127.0.0.1:${port}/elsewhere` } });
    clock.advance(5 * minute);
    await sender().send();
    answers.delete(to.path);
    clock.advance(30 * minute);
    await sender().send();
    const last = await until(async () => {
      const latest = await tried(to, 4);
      expect(latest.status).toBe(Status.DELIVERED);
      return latest;
    });
    expect(last.attempts.map(({ status }) => status)).toEqual([200, 302, 500, 500]);
    expect(new Set(callsTo(to.path).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(callsTo('/elsewhere')).toEqual([]);
  });

  it('turns its endpoint off after three days and tells its owner, and goes on when it is on again', async () => {
    const to = await register();
    answers.set(to.path, { status: 503, headers: { 'retry-after': '99999999' } });
    await kit.publish(confirmed(to.sellerId));
    await tried(to, 1);
    for (let attempts = 2; attempts <= 10; attempts++) {
      clock.advance(20 * hour);
      // The background may hold it for a moment.
      await until(async () => {
        await sender().send();
        expect((await logOf(to))[0]?.attempts).toHaveLength(attempts);
      });
    }
    await until(async () => expect((await tried(to, 10)).status).toBe(Status.FAILED));
    expect(await webhooks().getWebhookEndpoint({ id: to.id }, as(to))).toMatchObject({
      enabled: false,
      disabledReason: 'failing',
    });
    await until(async () => {
      const mine = await kit.client(NotificationService).listNotifications(
        {},
        atClock(() => asUser({ id: to.userId })),
      );
      expect(mine.notifications).toMatchObject([{ kind: 'webhook-disabled' }]);
    });
    answers.delete(to.path);
    await kit.publish(confirmed(to.sellerId));
    await until(async () => expect(await logOf(to)).toHaveLength(2));
    await sender().send();
    expect(callsTo(to.path)).toHaveLength(10);
    const endpoint = await webhooks().updateWebhookEndpoint(
      { id: to.id, endpoint: { enabled: true } },
      as(to),
    );
    expect(endpoint).toMatchObject({ enabled: true, disabledReason: '' });
    await tried(to, 1);
    const since = (await logOf(to))[1]!.createdAt;
    expect(await webhooks().replayFailedWebhooks({ id: to.id, since }, as(to))).toMatchObject({ count: 1 });
    await until(async () =>
      expect((await logOf(to)).map(({ status }) => status)).toEqual([Status.DELIVERED, Status.DELIVERED]),
    );
  });

  it('leaves an endpoint on to which other things still go', async () => {
    const to = await register();
    answers.set(to.path, { status: 500 });
    await kit.publish(confirmed(to.sellerId));
    const { id } = await tried(to, 1);
    answers.delete(to.path);
    await kit.service.database.write(
      sql`update webhook_delivery set attempts = 9, next_at = ${clock.now()} where id = ${id}`,
    );
    await kit.publish(confirmed(to.sellerId));
    await until(async () => expect((await logOf(to))[0]?.status).toBe(Status.DELIVERED));
    answers.set(to.path, { status: 500 });
    await webhooks().replayWebhookDelivery({ id }, as(to));
    await kit.service.database.write(
      sql`update webhook_delivery set status = 'PENDING', attempts = 9, next_at = ${clock.now()} where id = ${id}`,
    );
    await sender().send();
    const endpoint = await webhooks().getWebhookEndpoint({ id: to.id }, as(to));
    expect(endpoint.enabled).toBe(true);
  });

  it('ends at once where the address says that it is gone', async () => {
    const to = await register();
    answers.set(to.path, { status: 410 });
    await kit.publish(confirmed(to.sellerId));
    await until(async () =>
      expect(await webhooks().getWebhookEndpoint({ id: to.id }, as(to))).toMatchObject({
        disabledReason: 'gone',
      }),
    );
    expect((await tried(to, 1)).status).toBe(Status.FAILED);
  });

  it('ends at once where its endpoint is just being deleted', async () => {
    const to = await register();
    answers.set(to.path, { status: 410 });
    const { database } = kit.service;
    const letGo = await holdUp(database, 'before insert on webhook_attempt');
    onTestFinished(letGo);
    await kit.publish(confirmed(to.sellerId));
    await until(async () => expect(await countBlocked(database)).toBe(1));
    const deleted = webhooks().deleteWebhookEndpoint({ id: to.id }, as(to));
    await until(async () => expect(await countBlocked(database)).toBe(2));
    await Promise.all([letGo(), deleted]);
    expect((await webhooks().listWebhookEndpoints({}, as(to))).endpoints).toEqual([]);
  });
});

describe('a delivery that is sent again', () => {
  it('by two at once is found by both', async () => {
    const to = await register();
    await kit.publish(confirmed(to.sellerId));
    const { id } = await tried(to, 1);
    const { database } = kit.service;
    const letGo = await holdUp(database, 'before update on webhook_delivery');
    onTestFinished(letGo);
    const both = [1, 2].map(() => webhooks().replayWebhookDelivery({ id }, as(to)));
    await until(async () => expect(await countBlocked(database)).toBe(2));
    await letGo();
    for (const delivery of await Promise.all(both)) expect(delivery.id).toBe(id);
    await until(async () => expect((await logOf(to))[0]?.attempts.length).toBeGreaterThan(1));
  });

  it('as a test of an endpoint that is just being deleted is not found', async () => {
    const to = await register();
    const { database } = kit.service;
    const letGo = await holdUp(database, 'before delete on webhook_endpoint');
    onTestFinished(letGo);
    const deleted = webhooks().deleteWebhookEndpoint({ id: to.id }, as(to));
    await until(async () => expect(await countBlocked(database)).toBe(1));
    const tested = webhooks().testWebhookEndpoint({ id: to.id }, as(to));
    const refused = expect(tested).rejects.toMatchObject({ kind: 'not_found' });
    await until(async () => expect(await countBlocked(database)).toBe(2));
    await letGo();
    await Promise.all([deleted, refused]);
  });
});

describe('an endpoint', () => {
  it('signs with both secrets for a day after a rotation, and with the new one after that', async () => {
    const to = await register();
    const { secret } = await webhooks().rotateWebhookSecret({ id: to.id }, as(to));
    expect(secret).not.toBe(to.endpoint.secret);
    await webhooks().testWebhookEndpoint({ id: to.id }, as(to));
    await tried(to, 1);
    const [during] = callsTo(to.path);
    expect(verified(during!, secret)).toMatchObject({ type: 'webhook.test' });
    expect(verified(during!, to.endpoint.secret)).toMatchObject({ type: 'webhook.test' });
    clock.advance(25 * hour);
    await webhooks().testWebhookEndpoint({ id: to.id }, as(to));
    await until(() => expect(callsTo(to.path)).toHaveLength(2));
    expect(callsTo(to.path)[1]!.headers['webhook-signature']).toMatch(/^v1,\S+$/);
    const { endpoints } = await webhooks().listWebhookEndpoints({}, as(to));
    expect(endpoints).toMatchObject([{ id: to.id, secret: '' }]);
    const { rows } =
      await sql`select from webhook_endpoint where position(${secret} in secret::text) > 0`.execute(
        kit.service.database.kysely,
      );
    expect(rows).toEqual([]);
  });

  it('belongs to its store', async () => {
    const to = await register();
    await webhooks().testWebhookEndpoint({ id: to.id }, as(to));
    const { id: deliveryId } = await tried(to, 1);
    const stranger = as(store());
    const refused = [
      webhooks().getWebhookEndpoint({ id: to.id }, stranger),
      webhooks().updateWebhookEndpoint({ id: to.id, endpoint: { description: 'x' } }, stranger),
      webhooks().deleteWebhookEndpoint({ id: to.id }, stranger),
      webhooks().rotateWebhookSecret({ id: to.id }, stranger),
      webhooks().testWebhookEndpoint({ id: to.id }, stranger),
      webhooks().listWebhookDeliveries({ id: to.id }, stranger),
      webhooks().replayFailedWebhooks({ id: to.id }, stranger),
      webhooks().getWebhookDelivery({ id: deliveryId }, stranger),
      webhooks().replayWebhookDelivery({ id: deliveryId }, stranger),
    ];
    for (const call of await Promise.allSettled(refused)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { kind: 'not_found' } });
    }
    await expect(
      webhooks().listWebhookEndpoints(
        {},
        atClock(() => asUser({ id: clock.id(), roles: [Role.SELLER] })),
      ),
    ).rejects.toMatchObject({ code: 'seller.no_store' });
  });

  it('is one of ten at most, also when eleven are made at once', async () => {
    const owner = store();
    const made = await Promise.allSettled(Array.from({ length: 14 }, () => register(owner)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await expect(register(owner)).rejects.toMatchObject({ code: 'webhook.too_many' });
  });

  it.each([
    { url: 'ftp://127.0.0.1/', eventTypes: ['order.confirmed'] },
    { url: 'https://shop.example.com/', eventTypes: ['order.unheard'] },
    { url: 'https://shop.example.com/', eventTypes: [] },
    { url: '', eventTypes: ['order.confirmed'] },
  ])('is refused as $url for $eventTypes', async (request) => {
    await expect(webhooks().createWebhookEndpoint(request, as(store()))).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });

  it('goes with the person who made it', async () => {
    const to = await register();
    await kit.publish(event(UserUpdatedSchema, to.userId, { userId: to.userId, deleted: true }));
    await until(() =>
      expect(webhooks().getWebhookEndpoint({ id: to.id }, as(to))).rejects.toMatchObject({
        kind: 'not_found',
      }),
    );
  });
});

describe('where private addresses are refused', () => {
  const caller = new HttpCaller({ allowPrivate: false, timeoutMs: 1_000 });

  it.each(['127.0.0.1', '[::1]', 'localhost', '[::ffff:127.0.0.1]'])(
    'nothing is sent to %s',
    async (host) => {
      await expect(caller.post(`http://${host}:${port}/secret`, {}, 'x')).rejects.toThrow('private');
      expect(callsTo('/secret')).toEqual([]);
    },
  );
});
