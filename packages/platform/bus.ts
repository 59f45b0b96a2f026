import type { Envelope } from './events.js';

export interface BroadcastOptions {
  topics: string[];
  /** Event types; all of the topics when not given. */
  types?: string[];
  /** Takes events in order, one batch at a time. When it throws, the same events come again. */
  onBatch(envelopes: Envelope[]): Promise<void>;
}

export interface SubscribeOptions extends BroadcastOptions {
  /** Its members share the events: each goes to one of them. */
  group: string;
}

export interface Subscription {
  /** Settled when events begin to flow: whatever is published from then on is delivered. */
  readonly ready: Promise<void>;
  /** Ends after the batch in hand; no batch begins afterwards. */
  stop(): Promise<void>;
}

/**
 * Carries events from the relays to groups of subscribers. At least once: an event comes again when its batch failed
 * or its taker died. Events of one subject come in the order in which they were published, and one member of a group
 * takes them at a time; there is no order between subjects.
 */
export abstract class Bus {
  /** Publishes a batch of one source, all of it or nothing. Resolved when it is durable. */
  abstract publish(envelopes: Envelope[]): Promise<void>;

  /** A new group begins at the oldest event that the bus still keeps. */
  abstract subscribe(options: SubscribeOptions): Subscription;

  /** Every process gets every event from now on. For what processes keep in memory, such as caches. */
  abstract broadcast(options: BroadcastOptions): Subscription;

  /** Stops all subscriptions. */
  abstract close(): Promise<void>;
}
