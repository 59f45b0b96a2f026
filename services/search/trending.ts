import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { sql } from 'kysely';
import { Directory } from './directory.js';
import { beyond, heatOf } from './heat.js';
import type { Db } from './marks.js';
import { matching } from './matching.js';
import { type FoundHit, withDetails } from './search-store.js';

/** Takes up what was bought or reviewed. In the order of ids, so that two who do so do not wait for each other. */
export async function heatUp(tx: Db, events: { time: Date; productIds: string[] }[]): Promise<void> {
  const heats = [...heatOf(events)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (heats.length === 0) return;
  await sql`
    insert into heat as h (product_id, heat)
    select * from unnest(${heats.map(([id]) => id)}::uuid[], ${heats.map(([, heat]) => heat)}::double precision[])
    on conflict (product_id) do update set heat = greatest(h.heat, excluded.heat)
      + ln(1 + exp(-least(abs(h.heat - excluded.heat), ${beyond}::double precision)))`.execute(tx);
}

@Injectable()
export class Trending {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
  ) {}

  /** @param category slug; all when empty */
  async list(category: string, limit: number): Promise<FoundHit[]> {
    const { tree, closed } = await this.directory.read();
    const categories = category ? tree.withBelow(category) : undefined;
    if (categories?.length === 0) return [];
    const filter = { categories, attributes: [], inStock: true, closed };
    const hottest = sql`
      select h.product_id as id, h.heat as key from heat h join entry e on e.product_id = h.product_id
      where ${matching(undefined, filter)} order by h.heat desc, h.product_id desc limit ${limit}`;
    const { rows } = await withDetails<FoundHit>(hottest, sql`desc`).execute(this.database.kysely);
    return rows;
  }
}
