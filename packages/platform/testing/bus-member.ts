import type { Bus } from '../bus.js';

/** A member of a group in a process of its own: tells its parent what it takes. */
const [connector = '', address = '', group = '', topic = ''] = process.argv.slice(2);
const { connect } = (await import(connector)) as { connect(address: string): Bus };

const subscription = connect(address).subscribe({
  group,
  topics: [topic],
  async onBatch(envelopes) {
    process.send?.({ taking: envelopes.map(({ id }) => id) });
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.send?.({ taken: envelopes.map(({ id }) => id) });
  },
});
await subscription.ready;
process.send?.({ ready: true });
