import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { deleteRecordsBefore } from './performance-store.js';

/** Longer than scores look back. */
const keptDays = 120;

@Injectable()
export class SellerJobs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  readonly jobs = [
    every('forget old orders', '1h', () => {
      const before = new Date(this.clock.now().getTime() - keptDays * 86_400_000);
      return deleteRecordsBefore(this.database.kysely, before, 20_000);
    }),
  ];
}
