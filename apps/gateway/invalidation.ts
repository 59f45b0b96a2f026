import { type DescFile, type DescMessage, fromBinary, type Message } from '@bufbuild/protobuf';
import { type Envelope, eventSchemas, topicOf } from '@pasar/platform/events';
import type { Stale } from './byte-cache.js';
import type { Endpoint } from './endpoint.js';

const anything = '*';

/** What an answer shows. One that does not say it is dropped by every event that its method names. */
export const namesShown = (names: string[]) => (names.length === 0 ? [anything] : names);

/** Which cached answers an event makes stale. */
export class Invalidation {
  /** Methods to look at, by event type. */
  readonly #methods = new Map<string, string[]>();
  readonly #payloads: Map<string, DescMessage>;

  /** @throws Error for an event type that no contract declares */
  constructor(files: DescFile[], endpoints: Endpoint[]) {
    this.#payloads = eventSchemas(...files);
    for (const { name, cacheSeconds, invalidatedBy, additional } of endpoints) {
      if (cacheSeconds === 0 || additional) continue;
      for (const type of invalidatedBy) {
        if (!this.#payloads.has(type)) throw new Error(`${name}: no contract declares the event "${type}"`);
        this.#methods.set(type, [...(this.#methods.get(type) ?? []), name]);
      }
    }
  }

  /** The event types to listen for. */
  get types(): string[] {
    return [...this.#methods.keys()];
  }

  /** Where they are published. */
  get topics(): string[] {
    return [...new Set(this.types.map((type) => topicOf(this.#payloads.get(type)!)))];
  }

  /** What the event makes stale; undefined when that is nothing. */
  staleBy(envelope: Envelope): Stale | undefined {
    const methods = this.#methods.get(envelope.type);
    if (!methods) return undefined;
    const names = new Set([envelope.subject, anything]);
    const payload = this.#payloads.get(envelope.type)!;
    collectNames(payload, fromBinary(payload, envelope.data), ofStores.has(envelope.source), names);
    if (changesLists.has(envelope.type) || envelope.source === 'seller') names.add(`${envelope.source}:list`);
    names.delete('');
    return { methods, names };
  }
}

/** Events after which lists hold other things, not only the same things changed. Those of stores all do. */
const changesLists = new Set([
  'product.created',
  'product.updated',
  'product.archived',
  'product.category-changed',
  'price.changed',
  'promotion.changed',
  'category.changed',
  'brand.changed',
]);

/** Who publishes what changes the pages of the store that it names. */
const ofStores = new Set(['seller', 'review']);

const isName = /(^|_)(id|ids|slug)$/;

/**
 * Ids and slugs anywhere in an event. Products name their seller, but a product that changes leaves the others of its
 * seller as they are.
 */
function collectNames(desc: DescMessage, message: Message, ofStore: boolean, names: Set<string>): void {
  for (const field of desc.fields) {
    if (field.name === 'seller_id' && !ofStore) continue;
    const value = (message as unknown as Record<string, unknown>)[field.localName];
    if (field.fieldKind === 'message' && value) collectNames(field.message, value as Message, ofStore, names);
    if (field.fieldKind === 'list' && field.message) {
      for (const item of value as Message[]) collectNames(field.message, item, ofStore, names);
    }
    if (!isName.test(field.name)) continue;
    if (typeof value === 'string') names.add(value);
    if (field.fieldKind === 'list' && !field.message)
      for (const item of value as unknown[]) names.add(String(item));
  }
}
