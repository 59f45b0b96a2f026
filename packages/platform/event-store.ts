import { type RawBuilder, sql } from 'kysely';
import type { Executor } from './db.js';
import { DomainError } from './errors.js';

/** An event as a decider makes it: a type and JSON data. */
export interface StoredEvent<Type extends string = string, Data = unknown> {
  type: Type;
  data: Data;
}

export interface RecordedEvent<Event extends StoredEvent = StoredEvent> {
  /** 1 for the first event of a stream. */
  version: number;
  event: Event;
  at: Date;
  actor: string;
}

/** The events that a command adds to one stream, after the version that the command was decided on. */
export interface Append<Event extends StoredEvent = StoredEvent> {
  stream: string;
  /** 0 makes a new stream. */
  after: number;
  events: Event[];
  at: Date;
  actor: string;
}

/**
 * The pure heart of an event-sourced aggregate: `decide` says what happens, `evolve` what it changes.
 * See J. Chassaing, "Functional Event Sourcing Decider".
 */
export interface Decider<State, Command, Event extends StoredEvent> {
  initial: State;
  decide(command: Command, state: State): Event[];
  evolve(state: State, event: Event): State;
}

/**
 * Streams of events in one table, `event (stream, version)` its key: of two commands that were decided on the same
 * version exactly one is stored.
 */
export class EventStore<Event extends StoredEvent> {
  /** `insert into event …`, to run alone or inside a CTE; only streams for whose id `from`, a CTE, has a row, if given. */
  insert(appends: Append<Event>[], from?: RawBuilder<unknown>): RawBuilder<unknown> {
    const rows = appends.flatMap(({ stream, after, events, at, actor }) =>
      events.map((event, index) => ({ stream, version: after + index + 1, event, at, actor })),
    );
    return sql`
      insert into event (stream, version, type, data, at, actor)
      select e.stream, e.version, e.type, e.data, e.at, e.actor
      from unnest(${rows.map(({ stream }) => stream)}::uuid[], ${rows.map(({ version }) => version)}::int[],
        ${rows.map(({ event }) => event.type)}::text[], ${rows.map(({ event }) => JSON.stringify(event.data))}::jsonb[],
        ${rows.map(({ at }) => at)}::timestamptz[], ${rows.map(({ actor }) => actor)}::text[])
        as e (stream, version, type, data, at, actor)
      ${from ? sql`where exists (select from ${from} as f where f.id = e.stream)` : sql``}`;
  }

  /** The events of a stream, oldest first, up to and including `until`. */
  async read(executor: Executor<unknown>, stream: string, until?: Date): Promise<RecordedEvent<Event>[]> {
    const { rows } = await sql<{ version: number; type: string; data: unknown; at: Date; actor: string }>`
      select version, type, data, at, actor from event
      where stream = ${stream} ${until ? sql`and at <= ${until}` : sql``}
      order by version`.execute(executor);
    return rows.map(({ version, type, data, at, actor }) => ({
      version,
      event: { type, data } as Event,
      at,
      actor,
    }));
  }
}

/** Folds events into a state and its version. */
export function replay<State, Event extends StoredEvent>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: RecordedEvent<Event>[],
): { state: State; version: number } {
  return {
    state: events.reduce((state, { event }) => decider.evolve(state, event), decider.initial),
    version: events.at(-1)?.version ?? 0,
  };
}

/** A broken key of `event` means that another command was decided on the same version. */
export function rethrowConflict(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint === 'event_pkey') {
    throw new DomainError(
      'event.version_conflict',
      'conflict',
      'Somebody else changed this at the same time.',
      {
        cause: error,
      },
    );
  }
  throw error;
}
