import type { DeliveryChannel, Message } from './message.js';

/** Sends messages of some channels. What it throws is tried again later. */
export interface Provider {
  channels: DeliveryChannel[];
  /** Sends all or throws; a message may come again after a failure, with the same id. */
  send(messages: Message[]): Promise<void>;
}
