import type { MessageInitShape } from '@bufbuild/protobuf';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type BatchGetScoresRequest,
  type GetPerformanceRequest,
  PerformancePart_Kind,
  type PerformanceSchema,
  type PerformanceService,
} from '@pasar/contracts/pasar/seller/v1/performance_pb';
import { requireStore } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { judge, type Performance } from './performance.js';
import { findRecords } from './performance-store.js';
import { listSellersById } from './store.js';

const windowDays = 90;

@Injectable()
export class PerformanceRpc implements ServiceImpl<typeof PerformanceService> {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async getMyPerformance(_request: unknown, context: HandlerContext) {
    return this.#get(requireStore(context));
  }

  async getPerformance({ id }: GetPerformanceRequest) {
    const [seller] = await listSellersById(this.database.kysely, [id]);
    if (!seller) throw notFound('seller');
    return this.#get(seller.id);
  }

  async batchGetScores({ sellerIds }: BatchGetScoresRequest) {
    const judged = await this.#judge(sellerIds);
    const scores = [...judged].flatMap(([id, { score }]) => (score === null ? [] : [[id, score]]));
    return { scores: Object.fromEntries(scores) };
  }

  async #get(sellerId: string): Promise<MessageInitShape<typeof PerformanceSchema>> {
    const { score, parts } = (await this.#judge([sellerId])).get(sellerId) as Performance;
    const told = parts.map(({ kind, sample, ...part }) => ({
      ...part,
      kind: PerformancePart_Kind[kind],
      sample: BigInt(sample),
    }));
    return { score: score ?? undefined, parts: told, windowDays };
  }

  async #judge(sellerIds: string[]): Promise<Map<string, Performance>> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - windowDays * 86_400_000);
    const ids = [...new Set(sellerIds.map((id) => id.toLowerCase()))];
    const records = await findRecords(this.database.kysely, ids, since, now);
    return new Map([...records].map(([id, record]) => [id, judge(record)]));
  }
}
