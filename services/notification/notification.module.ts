import { NotificationService } from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { NotificationConfig } from './config.js';
import { NotificationConsumers } from './consumers.js';
import { NotificationRpc } from './rpc.js';
import { Sender } from './sender.js';
import { NotificationStore } from './store.js';

export const notificationService: ServiceDefinition = {
  name: 'notification',
  config: NotificationConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  plans: 'generic',
  serves: [[NotificationService, NotificationRpc]],
  calls: [UserService],
  consumes: [NotificationConsumers],
  jobs: [Sender],
  providers: [NotificationStore],
};
