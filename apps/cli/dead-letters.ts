import type { JsonValue } from '@bufbuild/protobuf';
import { files } from '@pasar/contracts/files';
import { SystemClock } from '@pasar/platform/clock';
import { type DeadLetter, DeadLetters, type ShownDeadLetter } from '@pasar/platform/dead-letters';
import { eventSchemas } from '@pasar/platform/events';
import { services, withDatabase } from './databases.js';

const schemas = eventSchemas(...files);

function withDeadLetters<Result>(
  service: string,
  work: (letters: DeadLetters) => Promise<Result>,
): Promise<Result> {
  return withDatabase(service, (database) => work(new DeadLetters(database, new SystemClock(), schemas)));
}

/** Of one service, or of all. */
export async function listDeadLetters(service?: string): Promise<(DeadLetter & { service: string })[]> {
  const found: (DeadLetter & { service: string })[] = [];
  for (const name of service ? [service] : services) {
    const letters = await withDeadLetters(name, (own) => own.list());
    found.push(...letters.map((letter) => ({ ...letter, service: name })));
  }
  return found;
}

export const showDeadLetter = (service: string, number: number): Promise<ShownDeadLetter> =>
  withDeadLetters(service, (letters) => letters.show(number));

export const editDeadLetter = (service: string, number: number, data: JsonValue): Promise<void> =>
  withDeadLetters(service, (letters) => letters.edit(number, data));

export const replayDeadLetter = (service: string, number: number): Promise<void> =>
  withDeadLetters(service, (letters) => letters.replay(number));

export const discardDeadLetter = (service: string, number: number): Promise<void> =>
  withDeadLetters(service, (letters) => letters.discard(number));
