import { Injectable } from '@nestjs/common';
import { every } from '@pasar/platform/jobs';
import { FlashSales } from './flash-sales.js';

@Injectable()
export class PromotionJobs {
  constructor(private readonly flashSales: FlashSales) {}

  readonly jobs = [every('tell turns of flash sales', '1s', () => this.flashSales.tellTurns())];
}
