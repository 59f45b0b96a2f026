import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeviceService } from '@pasar/contracts/pasar/notification/v1/device_pb';
import { OrderShippedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { UserService, UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { TestClock } from '@pasar/platform/clock';
import { fromRpcError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { notificationService } from './notification.module.js';
import { Sender } from './sender.js';

const clock = new TestClock();
/** By the path of a device: what the push service answers. */
const answers = new Map<string, number>();
let pushed: { path: string; headers: Record<string, unknown>; body: Buffer }[] = [];
const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const path = request.url ?? '';
  pushed.push({ path, headers: request.headers, body: Buffer.concat(parts) });
  response.writeHead(answers.get(path) ?? 201).end();
});
let kit: TestService;
let origin: string;
const silent = new Set<string>();

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  kit = await start({ PASAR_WEBHOOK_PRIVATE_ADDRESSES: 'allow' });
});
afterAll(async () => {
  await kit.close();
  await new Promise((resolve) => server.close(resolve));
});

function start(environment: Record<string, string>) {
  return startTestService(notificationService, {
    clock,
    environment: {
      ...{ PASAR_NOTIFICATION_COALESCE_MS: '0', PASAR_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') },
      ...{ PASAR_VAPID_PRIVATE_KEY: Buffer.alloc(32, 5).toString('base64url') },
      ...{ PASAR_VAPID_SUBJECT: 'mailto:ops@example.test', ...environment },
    },
    fakes: [
      fake(UserService, {
        batchGetContacts: ({ userIds }) => ({
          contacts: userIds.map((userId) => ({
            ...{ userId, name: 'Sari', email: `${userId}@example.test`, locale: 'en' },
            preferences: { orderEmail: true, orderPush: !silent.has(userId) },
          })),
        }),
      }),
    ],
  });
}

const devices = () => kit.client(DeviceService);
const keys = createECDH('prime256v1');
const p256dh = keys.generateKeys('base64url');
const auth = Buffer.alloc(16, 3).toString('base64url');

function register(userId: string, path: string, name = '') {
  return devices().registerDevice(
    { endpoint: origin + path, keys: { p256dh, auth }, name },
    asUser({ id: userId }),
  );
}

const namesOf = async (userId: string, pageSize = 0, pageToken = '') =>
  (await devices().listDevices({ pageSize, pageToken }, asUser({ id: userId }))).devices.map(
    ({ name }) => name,
  );

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );

function ship(...userIds: string[]) {
  return kit.publish(
    ...userIds.map((customerId) =>
      event(OrderShippedSchema, clock.id(), {
        order: { orderId: clock.id(), number: 'PSR-1', customerId },
        carrier: 'Kurir',
      }),
    ),
  );
}

/** What a browser reads (RFC 8291). */
function open(body: Buffer): { title: string; link: string } {
  const [salt, ours] = [body.subarray(0, 16), body.subarray(21, 86)];
  const hkdf = (secret: Buffer, salted: Buffer, info: Buffer | string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salted, info, length));
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.from(p256dh, 'base64url'), ours]);
  const secret = hkdf(keys.computeSecret(ours), Buffer.from(auth, 'base64url'), about, 32);
  const key = hkdf(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const decipher = createDecipheriv('aes-128-gcm', key, hkdf(secret, salt, 'Content-Encoding: nonce\0', 12));
  decipher.setAuthTag(body.subarray(-16));
  const text = Buffer.concat([decipher.update(body.subarray(86, -16)), decipher.final()]);
  return JSON.parse(text.subarray(0, -1).toString());
}

describe('a device', () => {
  it('is its last user’s, one of twenty, and nobody else’s to see or remove', async () => {
    const [sari, budi] = [clock.id(), clock.id()];
    const { publicKey } = await devices().getPushKey({}, asUser({ id: sari }));
    expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65);
    const first = await register(sari, '/shared', 'first');
    expect(await register(sari, '/shared', 'again')).toMatchObject({ id: first.id, name: 'again' });
    expect(await codeOf(devices().removeDevice({ id: first.id }, asUser({ id: budi })))).toBe(
      'device.not_found',
    );
    await register(budi, '/shared', 'budi’s');
    expect([await namesOf(sari), await namesOf(budi)]).toEqual([[], ['budi’s']]);
    await Promise.all(Array.from({ length: 25 }, (_, n) => register(sari, `/many/${n}`, `${n}`)));
    expect(await namesOf(sari)).toHaveLength(20);
    clock.advance(1_000);
    await register(sari, '/newest', 'newest');
    expect(await namesOf(sari, 1)).toEqual(['newest']);
    const { devices: shown } = await devices().listDevices({ pageSize: 1 }, asUser({ id: sari }));
    await devices().removeDevice({ id: shown[0]!.id }, asUser({ id: sari }));
    expect(await codeOf(devices().removeDevice({ id: shown[0]!.id }, asUser({ id: sari })))).toBe(
      'device.not_found',
    );
    await kit.publish(event(UserUpdatedSchema, sari, { userId: sari, deleted: true }));
    await vi.waitFor(async () => expect(await namesOf(sari)).toEqual([]));
  });

  it('is refused with a key that is none', async () => {
    const who = asUser({ id: clock.id() });
    const off = Buffer.alloc(65, 4).toString('base64url');
    for (const bad of [off, 'x', `${p256dh}x`]) {
      const request = { endpoint: `${origin}/x`, keys: { p256dh: bad, auth } };
      expect(await codeOf(devices().registerDevice(request, who))).toBe('request.invalid');
    }
    expect(await codeOf(devices().registerDevice({ endpoint: `${origin}/x` }, who))).toBe('request.invalid');
    const pageToken = 'x';
    expect(await codeOf(devices().listDevices({ pageToken }, who))).toBe('request.invalid');
  });
});

describe('a pushed message', () => {
  it('reaches every device of its reader who wants it, encrypted and signed', async () => {
    pushed = [];
    const [reader, bare, quiet] = [clock.id(), clock.id(), clock.id()];
    silent.add(quiet);
    for (const path of ['/phone', '/desk']) await register(reader, path);
    await register(quiet, '/quiet');
    await ship(bare, quiet, reader);
    await vi.waitFor(() => expect(pushed.map(({ path }) => path).toSorted()).toEqual(['/desk', '/phone']));
    const [{ headers, body }] = pushed as [(typeof pushed)[0]];
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    expect(headers.authorization).toMatch(/^vapid t=[\w.-]+, k=[\w-]{87}$/);
    expect(headers.topic).toMatch(/^[\w-]{32}$/);
    expect(open(body)).toMatchObject({
      title: 'Order PSR-1 is on its way',
      link: expect.stringMatching(/^\/orders\//),
    });
  });

  it('forgets a device that is gone, and comes again where a service was away, only there', async () => {
    pushed = [];
    const reader = clock.id();
    for (const path of ['/gone', '/lost', '/away', '/fine']) await register(reader, path, path);
    answers.set('/gone', 410).set('/lost', 404).set('/away', 503);
    await ship(reader);
    await vi.waitFor(async () => expect((await namesOf(reader)).toSorted()).toEqual(['/away', '/fine']));
    answers.delete('/away');
    await vi.waitFor(async () => {
      clock.advance(5_000);
      await kit.service.get(Sender).send();
      expect(pushed.filter(({ path }) => path === '/away').length).toBeGreaterThan(1);
    });
    expect(pushed.filter(({ path }) => path === '/fine')).toHaveLength(1);
  });
});
