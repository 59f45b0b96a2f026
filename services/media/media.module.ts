import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { DiskStorage } from './adapters/disk.js';
import { MediaConfig } from './config.js';
import { MediaConsumers } from './consumers.js';
import { MediaJobs } from './jobs.js';
import { Library } from './library.js';
import { MediaRpc } from './rpc.js';
import { Signatures } from './signatures.js';
import { Storage } from './storage.js';
import { Uploads } from './uploads.js';

export const mediaService: ServiceDefinition = {
  name: 'media',
  config: MediaConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [[MediaService, MediaRpc]],
  calls: [],
  consumes: [MediaConsumers],
  jobs: [MediaJobs],
  providers: [
    {
      provide: Storage,
      inject: [MediaConfig],
      useFactory: ({ directory }: MediaConfig) => new DiskStorage(directory),
    },
    Signatures,
    Uploads,
    Library,
  ],
};
