/** How one element lies in an array, after the four bytes of its length. */
interface Element {
  oid: number;
  /** Bytes of a value; undefined when PostgreSQL is better told as text what it is, and may refuse it. */
  sizeOf(value: unknown): number | undefined;
  write(into: Buffer, at: number, value: never): void;
}

const epoch = Date.UTC(2000, 0, 1);
const uuidForm = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const text: Element = {
  oid: 25,
  sizeOf: (value) => (typeof value === 'string' ? Buffer.byteLength(value) : undefined),
  write: (into, at, value: string) => into.write(value, at),
};
const integer: Element = {
  oid: 23,
  sizeOf: (value) => (value === ((value as number) | 0) ? 4 : undefined),
  write: (into, at, value: number) => into.writeInt32BE(value, at),
};

/** Types by the names that statements have for them. */
const elements = {
  text,
  int: integer,
  integer,
  smallint: {
    oid: 21,
    sizeOf: (value) => (value === ((value as number) << 16) >> 16 ? 2 : undefined),
    write: (into, at, value: number) => into.writeInt16BE(value, at),
  },
  uuid: {
    oid: 2950,
    sizeOf: (value) => (typeof value === 'string' && uuidForm.test(value) ? 16 : undefined),
    write: (into, at, value: string) => into.write(value.replaceAll('-', ''), at, 'hex'),
  },
  bigint: {
    oid: 20,
    sizeOf: (value) =>
      Number.isSafeInteger(value) || (typeof value === 'bigint' && BigInt.asIntN(64, value) === value)
        ? 8
        : undefined,
    write: (into, at, value: number | bigint) => into.writeBigInt64BE(BigInt(value), at),
  },
  boolean: {
    oid: 16,
    sizeOf: (value) => (typeof value === 'boolean' ? 1 : undefined),
    write: (into, at, value: boolean) => into.writeUInt8(Number(value), at),
  },
  timestamptz: {
    oid: 1184,
    sizeOf: (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? 8 : undefined),
    // Microseconds.
    write: (into, at, value: Date) => into.writeBigInt64BE(BigInt(value.getTime() - epoch) * 1000n, at),
  },
  jsonb: {
    oid: 3802,
    sizeOf: (value) => (typeof value === 'string' ? 1 + Buffer.byteLength(value) : undefined),
    // As text, by the only version there is.
    write: (into, at, value: string) => into.write(value, into.writeUInt8(1, at)),
  },
  bytea: {
    oid: 17,
    sizeOf: (value) => (value instanceof Uint8Array ? value.length : undefined),
    write: (into, at, value: Uint8Array) => into.set(value, at),
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
function encodeArray({ oid, sizeOf, write }: Element, values: readonly unknown[]): Buffer | undefined {
  let size = values.length === 0 ? 12 : 20;
  let hasNulls = false;
  const sizes: number[] = [];
  for (const value of values) {
    const isNull = value === null || value === undefined;
    const bytes = isNull ? -1 : sizeOf(value);
    if (bytes === undefined) return undefined;
    hasNulls ||= isNull;
    sizes.push(bytes);
    size += 4 + Math.max(bytes, 0);
  }
  const into = Buffer.allocUnsafe(size);
  into.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  into.writeInt32BE(Number(hasNulls), 4);
  into.writeInt32BE(oid, 8);
  if (values.length === 0) return into;
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16);
  let at = 20;
  sizes.forEach((bytes, index) => {
    at = into.writeInt32BE(bytes, at);
    if (bytes < 0) return;
    write(into, at, values[index] as never);
    at += bytes;
  });
  return into;
}
