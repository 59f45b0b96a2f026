import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type {
  DeviceService,
  ListDevicesRequest,
  RegisterDeviceRequest,
  RemoveDeviceRequest,
} from '@pasar/contracts/pasar/notification/v1/device_pb';
import { requireUser } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { invalidField, notFound } from '@pasar/platform/errors';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { NotificationConfig, vapidOf } from './config.js';
import { type Device, listDevices, registerDevice, removeDevice } from './device-store.js';
import { isPublicKey } from './web-push.js';
import { checkUrl } from './webhook.js';

const maxDevices = 20;

@Injectable()
export class DeviceRpc implements ServiceImpl<typeof DeviceService> {
  readonly #publicKey: string;
  readonly #allowPrivate: boolean;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    config: NotificationConfig,
  ) {
    this.#publicKey = vapidOf(config)?.publicKey ?? '';
    this.#allowPrivate = config.webhookPrivateAddresses === 'allow';
  }

  getPushKey() {
    return { publicKey: this.#publicKey };
  }

  async registerDevice({ endpoint, keys, name }: RegisterDeviceRequest, context: HandlerContext) {
    checkUrl('endpoint', endpoint, this.#allowPrivate);
    const { p256dh, auth } = keys!;
    if (!isPublicKey(p256dh)) throw invalidField('keys.p256dh', 'is not a public key');
    const { id: userId } = requireUser(context);
    const facts = { id: this.clock.id(), userId, endpoint, name, registeredAt: this.clock.now() };
    return toDevice(await registerDevice(this.database, { ...facts, p256dh, auth }, maxDevices));
  }

  async listDevices(request: ListDevicesRequest, context: HandlerContext) {
    const limit = pageSize(request.pageSize);
    const before = decodeIdToken(request.pageToken);
    const rows = await listDevices(this.database, requireUser(context).id, before, limit + 1);
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { devices: page.rows.map(toDevice), nextPageToken: page.nextPageToken };
  }

  async removeDevice({ id }: RemoveDeviceRequest, context: HandlerContext) {
    if (!(await removeDevice(this.database, requireUser(context).id, id))) throw notFound('device');
    return {};
  }
}

function toDevice({ id, name, endpoint, registeredAt }: Device) {
  return { id, name, endpoint, registeredAt: timestampFromDate(registeredAt) };
}
