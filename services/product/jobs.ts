import { Injectable } from '@nestjs/common';
import { every } from '@pasar/platform/jobs';
import { CategoryMoves } from './category-moves.js';
import { Products } from './products.js';

@Injectable()
export class ProductJobs {
  constructor(
    private readonly products: Products,
    private readonly moves: CategoryMoves,
  ) {}

  readonly jobs = [
    every('publish scheduled products', '5s', () => this.products.publishDue()),
    every('move products out of categories that are gone', '1m', () => this.moves.run()),
  ];

  stop(): Promise<void> {
    return this.moves.stop();
  }
}
