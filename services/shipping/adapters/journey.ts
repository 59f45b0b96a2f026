import { createHash } from 'node:crypto';
import type { EventKind } from '../shipment.js';

/** How a simulated carrier behaves. */
export interface Behaviour {
  /** Hours until it comes for a parcel. */
  pickupHours: number;
  /** Hours from pick-up to the door where the price list says less than a day. */
  shortestHours: number;
  /** How often it comes to a door at which nobody is, before it turns back. */
  attempts: number;
  /** Against the usual share of such doors: whoever makes an appointment finds people at home. */
  failureFactor: number;
}

/** Where a parcel goes and how long it takes. */
export interface Trip {
  from: string;
  to: string;
  recipient: string;
  minDays: number;
  maxDays: number;
}

/** A stage of a parcel's way. */
export interface Stage {
  kind: EventKind;
  /** After it was handed over. */
  afterHours: number;
  place: string;
  note: string;
  receivedBy: string;
}

/** Numbers from 0 to 1 that follow from the text: the same parcel goes the same way whenever it is looked at. */
function chancesOf(text: string): () => number {
  const digest = createHash('sha256').update(text).digest();
  let used = 0;
  return () => digest.readUInt32BE((used++ % 8) * 4) / 0x1_0000_0000;
}

/** All that will happen to a parcel. */
export function journeyOf(
  trackingNumber: string,
  trip: Trip,
  behaviour: Behaviour,
  rates: { failure: number; loss: number },
): Stage[] {
  const chance = chancesOf(trackingNumber);
  const { from, to, minDays, maxDays } = trip;
  const stages: Stage[] = [];
  const add = (kind: EventKind, afterHours: number, place: string, note = '', receivedBy = '') =>
    stages.push({ kind, afterHours, place, note, receivedBy });
  const start = behaviour.pickupHours * (0.5 + chance());
  const whole = Math.max(24 * (minDays + (maxDays - minDays) * chance()), behaviour.shortestHours) - start;
  add('PICKED_UP', start, from);
  if (whole > 12) {
    add('IN_TRANSIT', start + whole * 0.15, from, 'sorting centre');
    if (chance() < rates.loss) {
      add('LOST', start + whole * 2, from, 'not found at the sorting centre');
      return stages;
    }
    add('IN_TRANSIT', start + whole * 0.75, to, 'sorting centre');
  }
  // A day's round at the longest: the next attempt is on the next day.
  const lastMile = Math.min(whole * 0.1, 8);
  let hour = start + whole - lastMile;
  for (let attempt = 1; attempt <= behaviour.attempts; attempt++, hour += 24) {
    add('OUT_FOR_DELIVERY', hour, to);
    if (chance() >= rates.failure * behaviour.failureFactor) {
      add('DELIVERED', hour + lastMile, to, '', receiverOf(trip.recipient, chance()));
      return stages;
    }
    add('ATTEMPT_FAILED', hour + lastMile, to, 'nobody at home');
  }
  add('RETURNED', hour + whole, from);
  return stages;
}

/** The way back of a parcel that was recalled on its way. */
export function recall(stages: Stage[], happened: number): Stage[] {
  const [first, last] = [stages[0] as Stage, stages[happened - 1]];
  if (!last) return [];
  return [
    ...stages.slice(0, happened),
    { ...first, kind: 'RETURNED', afterHours: last.afterHours * 2, note: 'recalled by the sender' },
  ];
}

function receiverOf(recipient: string, chance: number): string {
  return chance < 0.7 ? recipient : chance < 0.85 ? 'family' : 'security guard';
}
