/** Where arrays are put together, before they are copied out in one piece. */
let scratch = Buffer.allocUnsafe(65_536);
/** An array that is larger is not remembered by the room that it took. */
const maxScratch = 1_048_576;

interface Element {
  oid: number;
  /**
   * Writes a value at a place of `scratch` with at least 16 bytes of room.
   * @returns how many bytes it took; undefined when PostgreSQL is better told as text what it is, and may refuse it
   */
  write(value: unknown, at: number): number | undefined;
}

const epoch = Date.UTC(2000, 0, 1);

/** Places of a UUID's bytes within its text. */
const uuidPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const dashPlaces = [8, 13, 18, 23];
const dash = 45;
/** Of signs by their code; -1 for what is no hexadecimal digit. */
const digits = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? -1 : digit;
});

/** By hand: it is what most arrays are of, and a call out of JavaScript takes longer than all of it. */
function writeUuid(value: unknown, at: number): number | undefined {
  if (typeof value !== 'string' || value.length !== 36) return undefined;
  for (const place of dashPlaces) if (value.charCodeAt(place) !== dash) return undefined;
  for (let index = 0; index < 16; index++) {
    const place = uuidPlaces[index] as number;
    const high = digits[value.charCodeAt(place)] ?? -1;
    const low = digits[value.charCodeAt(place + 1)] ?? -1;
    if (high < 0 || low < 0) return undefined;
    scratch[at + index] = (high << 4) | low;
  }
  return 16;
}

function writeText(value: unknown, at: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  // As much as UTF-8 can take.
  reserve(at, 3 * value.length);
  return scratch.write(value, at);
}

function writeInt32(value: unknown, at: number): number | undefined {
  return value === ((value as number) | 0) ? scratch.writeInt32BE(value, at) - at : undefined;
}

/** Types by the names that statements have for them. */
const elements = {
  text: { oid: 25, write: writeText },
  int: { oid: 23, write: writeInt32 },
  integer: { oid: 23, write: writeInt32 },
  uuid: { oid: 2950, write: writeUuid },
  smallint: {
    oid: 21,
    write: (value, at) =>
      value === ((value as number) << 16) >> 16 ? scratch.writeInt16BE(value, at) - at : undefined,
  },
  bigint: {
    oid: 20,
    write(value, at) {
      const isWhole =
        typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);
      return isWhole ? scratch.writeBigInt64BE(BigInt(value as number | bigint), at) - at : undefined;
    },
  },
  boolean: {
    oid: 16,
    write: (value, at) =>
      typeof value === 'boolean' ? scratch.writeUInt8(Number(value), at) - at : undefined,
  },
  timestamptz: {
    oid: 1184,
    write(value, at) {
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
      // Microseconds.
      return scratch.writeBigInt64BE(BigInt(value.getTime() - epoch) * 1000n, at) - at;
    },
  },
  jsonb: {
    oid: 3802,
    // Text, after the number of the only version that there is.
    write(value, at) {
      const bytes = writeText(value, at + 1);
      if (bytes === undefined) return undefined;
      scratch[at] = 1;
      return 1 + bytes;
    },
  },
  bytea: {
    oid: 17,
    write(value, at) {
      if (!(value instanceof Uint8Array)) return undefined;
      reserve(at, value.length);
      scratch.set(value, at);
      return value.length;
    },
  },
} satisfies Record<string, Element>;

/** Types whose arrays are sent in binary form. */
export type ElementType = keyof typeof elements;
export const elementTypes: ReadonlySet<string> = new Set(Object.keys(elements));

/**
 * Which of a statement's parameters are arrays, by the casts in its text (`$1::uuid[]`). Sent as PostgreSQL keeps them
 * they need not be written with quotes, read sign by sign and taken apart again, which was a seventh of what it does.
 */
export class ArrayParameters {
  readonly #elements: [index: number, element: Element][];

  constructor(statement: string) {
    this.#elements = [...statement.matchAll(/\$(\d+)::(\w+)\[\]/g)].flatMap(([, number, type]) => {
      const element: Element | undefined = elements[type as ElementType];
      return element ? [[Number(number) - 1, element] as [number, Element]] : [];
    });
  }

  /** @returns the values for the driver, which sends a buffer as it is */
  encode(values: readonly unknown[]): readonly unknown[] {
    if (this.#elements.length === 0) return values;
    const encoded = [...values];
    for (const [index, element] of this.#elements) {
      const value = values[index];
      if (Array.isArray(value)) encoded[index] = encodeArray(element, value) ?? value;
    }
    return encoded;
  }
}

/** `array_recv` of PostgreSQL reads it: dimensions, whether there are nulls, type; length and lower bound; elements. */
function encodeArray({ oid, write }: Element, values: readonly unknown[]): Buffer | undefined {
  let hasNulls = false;
  let at = values.length === 0 ? 12 : 20;
  for (const value of values) {
    reserve(at, 4 + 16);
    const isNull = value === null || value === undefined;
    const bytes = isNull ? 0 : write(value, at + 4);
    if (bytes === undefined) return undefined;
    hasNulls ||= isNull;
    scratch.writeInt32BE(isNull ? -1 : bytes, at);
    at += 4 + bytes;
  }
  scratch.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  scratch.writeInt32BE(Number(hasNulls), 4);
  scratch.writeInt32BE(oid, 8);
  if (values.length > 0) {
    scratch.writeInt32BE(values.length, 12);
    scratch.writeInt32BE(1, 16);
  }
  const array = Buffer.from(scratch.subarray(0, at));
  if (scratch.length > maxScratch) scratch = Buffer.allocUnsafe(maxScratch);
  return array;
}

function reserve(at: number, bytes: number): void {
  if (at + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(2 * (at + bytes));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}
