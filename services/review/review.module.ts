import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { QuestionService } from '@pasar/contracts/pasar/review/v1/question_pb';
import { ReviewService } from '@pasar/contracts/pasar/review/v1/review_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { ReviewConfig } from './config.js';
import { ReviewConsumers } from './consumers.js';
import { ReviewJobs } from './jobs.js';
import { Moderation } from './moderation.js';
import { QuestionRpc } from './question-rpc.js';
import { Questions } from './questions.js';
import { Reviews } from './reviews.js';
import { ReviewRpc } from './rpc.js';

export const reviewService: ServiceDefinition = {
  name: 'review',
  config: ReviewConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [
    [ReviewService, ReviewRpc],
    [QuestionService, QuestionRpc],
  ],
  calls: [MediaService, ProductService],
  consumes: [ReviewConsumers],
  jobs: [ReviewJobs],
  providers: [Reviews, Questions, Moderation],
};
