import { Injectable } from '@nestjs/common';
import { every } from '@pasar/platform/jobs';
import { Products } from './products.js';

@Injectable()
export class ProductJobs {
  constructor(private readonly products: Products) {}

  readonly jobs = [every('publish scheduled products', '5s', () => this.products.publishDue())];
}
