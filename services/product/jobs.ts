import { Injectable } from '@nestjs/common';
import { every } from '@pasar/platform/jobs';
import { CatalogueChanges } from './catalogue-changes.js';
import { FlashMarks } from './flash-marks.js';
import { Products } from './products.js';

@Injectable()
export class ProductJobs {
  constructor(
    private readonly products: Products,
    private readonly changes: CatalogueChanges,
    private readonly flashMarks: FlashMarks,
  ) {}

  readonly jobs = [
    every('publish scheduled products', '5s', () => this.products.publishDue()),
    every('let products follow the catalogue', '1m', () => this.changes.rounds.run()),
    every('ask for flash prices', '5s', () => this.flashMarks.rounds.run()),
  ];

  async stop(): Promise<void> {
    await Promise.all([this.changes.rounds.stop(), this.flashMarks.rounds.stop()]);
  }
}
