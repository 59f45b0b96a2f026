import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { Log } from '@pasar/platform/telemetry';
import { findWrongRatings } from './rating-store.js';

@Injectable()
export class ReviewJobs {
  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  readonly jobs = [every('compare ratings and reviews', '6h', () => this.compareRatings())];

  /** A rating is the sum of its published reviews. */
  async compareRatings(): Promise<number> {
    const rows = await findWrongRatings(this.database.kysely);
    if (rows.length > 0) this.log.error({ invariant: 'rating', rows }, 'ratings and reviews differ');
    return rows.length;
  }
}
