import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf';
import type { Bus, Subscription } from './bus.js';
import { type Envelope, eventType, topicOf } from './events.js';

/** What is done with an event in every process. Made by `hear`. */
export interface Broadcast {
  schema: DescMessage;
  handle(envelopes: Envelope[]): Promise<void>;
}

/**
 * Keeps something in memory that events make stale, so every process hears every one of them: not once and in a
 * transaction, as consumers do, but at least once and from now on.
 */
export interface Listener {
  readonly broadcasts: Broadcast[];
  /** From here on nothing is missed: what is remembered from before may be stale. The service is not ready before. */
  onListening(): Promise<void>;
}

export function hear<Schema extends DescMessage>(
  schema: Schema,
  handle: (events: MessageShape<Schema>[]) => Promise<unknown>,
): Broadcast {
  return {
    schema,
    async handle(envelopes) {
      await handle(envelopes.map(({ data }) => fromBinary(schema, data)));
    },
  };
}

/** Resolved when events flow. */
export async function listen(bus: Bus, listener: Listener): Promise<Subscription> {
  const { broadcasts } = listener;
  const subscription = bus.broadcast({
    topics: [...new Set(broadcasts.map(({ schema }) => topicOf(schema)))],
    types: broadcasts.map(({ schema }) => eventType(schema)),
    async onBatch(envelopes) {
      for (const { schema, handle } of broadcasts) {
        const heard = envelopes.filter(({ type }) => type === eventType(schema));
        if (heard.length > 0) await handle(heard);
      }
    },
  });
  await subscription.ready;
  await listener.onListening();
  return subscription;
}
