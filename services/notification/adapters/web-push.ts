import { chunks } from '@pasar/platform/chunks';
import type { Clock } from '@pasar/platform/clock';
import type { Database } from '@pasar/platform/db';
import { devicesOf, dropDevice } from '../device-store.js';
import type { Message } from '../message.js';
import type { Provider } from '../provider.js';
import { encryptPush, maxPayloadBytes, type Vapid } from '../web-push.js';
import { eachOnce } from './each-once.js';
import type { HttpCaller } from './http-caller.js';

const atOnce = 50;
/** A push service drops what it could not deliver in a day: the message is in the app as well. */
const keptSeconds = 86_400;

/** Pushed messages to all devices of their reader. A device that is gone is forgotten. */
export function webPushProvider(
  database: Database,
  clock: Clock,
  caller: HttpCaller,
  vapid: Vapid,
): Provider {
  const sendEach = eachOnce(async ({ message, device }: Push) => {
    const answer = await caller.post(
      device.endpoint,
      {
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(keptSeconds),
        // Sent twice, it takes its own place.
        topic: message.id.replaceAll('-', ''),
        authorization: vapid.authorization(device.endpoint, clock.now()),
      },
      encryptPush(device, payloadOf(message)),
    );
    if (answer.status === 404 || answer.status === 410) return dropDevice(database, device.id);
    if (answer.status < 200 || answer.status > 299)
      throw new Error(`the push service answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  });
  return {
    channels: ['PUSH'],
    async send(messages) {
      const userIds = messages.flatMap(({ userId }) => userId ?? []);
      const devices = Map.groupBy(await devicesOf(database, [...new Set(userIds)]), ({ userId }) => userId);
      const pushes = messages.flatMap((message) =>
        (devices.get(message.userId ?? '') ?? []).map(
          (device): Push => ({ id: `${message.id} ${device.id}`, message, device }),
        ),
      );
      for (const part of chunks(pushes, atOnce)) await sendEach(part);
    },
  };
}

interface Push {
  id: string;
  message: Message;
  device: Awaited<ReturnType<typeof devicesOf>>[number];
}

/** For the service worker that shows it. */
export function payloadOf({ id, template, subject, text, link }: Message): Buffer {
  const kept = (length: number) => ({
    ...{ id, kind: template, title: subject.slice(0, length), link },
    body: text.slice(0, length),
  });
  const whole = Buffer.from(JSON.stringify(kept(1_000)));
  return whole.length <= maxPayloadBytes ? whole : Buffer.from(JSON.stringify(kept(300)));
}
