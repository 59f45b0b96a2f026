import { Injectable } from '@nestjs/common';
import { ReviewCreatedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on } from '@pasar/platform/inbox';
import { Library } from './library.js';
import { Storage } from './storage.js';
import { Uploads } from './uploads.js';

/** Who shows files says so in its events; what nobody shows goes after a while. */
@Injectable()
export class MediaConsumers {
  constructor(
    private readonly library: Library,
    private readonly uploads: Uploads,
    private readonly storage: Storage,
  ) {}

  readonly subscriptions = [
    ...[ReviewCreatedSchema, ReviewUpdatedSchema].map((schema) =>
      on(schema, async (tx, { data: { review } }) => {
        if (review) await this.library.noteUses(tx, `review/${review.reviewId}`, review.mediaIds);
      }),
    ),
    on(UserUpdatedSchema, async (tx, { data: { userId, deleted } }, { afterCommit }) => {
      if (!deleted) return;
      const keys = await this.uploads.forgetOf(tx, userId);
      keys.push(...(await this.library.forgetPersonal(tx, userId)));
      afterCommit(() => this.storage.remove(keys));
    }),
  ];
}
