import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { Invariants } from '@pasar/platform/invariants';
import { every } from '@pasar/platform/jobs';
import { findWrongRatings } from './rating-store.js';

@Injectable()
export class ReviewJobs {
  constructor(
    private readonly database: Database,
    private readonly invariants: Invariants,
  ) {}

  readonly jobs = [every('compare ratings and reviews', '6h', () => this.compareRatings())];

  /** A rating is the sum of its published reviews. */
  async compareRatings(): Promise<number> {
    return this.invariants.report('rating', await findWrongRatings(this.database.kysely));
  }
}
