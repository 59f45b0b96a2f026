import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { replay } from '@pasar/platform/event-store';
import { decodeIdToken, encodePageToken } from '@pasar/platform/page';
import { orderDecider } from './decider.js';
import { OrderStore } from './store.js';

/** So many end well within a call's time. */
const streamsPerCall = 500;

/** Makes the order table anew from the streams, beside traffic: an order that moves on meanwhile is left alone. */
@Injectable()
export class Projections {
  constructor(
    private readonly database: Database,
    private readonly store: OrderStore,
  ) {}

  /** @returns how many orders were made anew, and where to go on, if anywhere */
  async rebuildSome(pageToken: string): Promise<{ rebuilt: number; nextPageToken: string }> {
    const after = decodeIdToken(pageToken) ?? '00000000-0000-0000-0000-000000000000';
    const streams = await this.store.listStreams(after, streamsPerCall);
    let rebuilt = 0;
    for (const stream of streams) {
      const events = await this.store.history(stream);
      const { state, version } = replay(orderDecider, events);
      const [first, last] = [events[0], events.at(-1)];
      if (!state || !first || !last) continue;
      await this.store.overwrite(this.database.kysely, {
        state,
        version,
        createdAt: first.at,
        updatedAt: last.at,
      });
      rebuilt++;
    }
    const last = streams.at(-1);
    return {
      rebuilt,
      nextPageToken: last && streams.length === streamsPerCall ? encodePageToken([last]) : '',
    };
  }
}
