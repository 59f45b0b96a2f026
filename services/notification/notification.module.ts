import { DeviceService } from '@pasar/contracts/pasar/notification/v1/device_pb';
import { NotificationService } from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { WebhookService } from '@pasar/contracts/pasar/notification/v1/webhook_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { NotificationConfig } from './config.js';
import { NotificationConsumers } from './consumers.js';
import { DeviceRpc } from './device-rpc.js';
import { NotificationRpc } from './rpc.js';
import { Sender } from './sender.js';
import { NotificationStore } from './store.js';
import { WebhookConsumers } from './webhook-consumers.js';
import { WebhookRpc } from './webhook-rpc.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhookStore } from './webhook-store.js';

export const notificationService: ServiceDefinition = {
  name: 'notification',
  config: NotificationConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  plans: 'generic',
  serves: [
    [NotificationService, NotificationRpc],
    [DeviceService, DeviceRpc],
    [WebhookService, WebhookRpc],
  ],
  calls: [UserService],
  consumes: [NotificationConsumers, WebhookConsumers],
  jobs: [Sender, WebhookSender],
  providers: [NotificationStore, WebhookStore],
};
