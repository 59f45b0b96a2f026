/** A key that signs access tokens. Generations follow each other; there is one key of each. */
export interface SigningKey {
  generation: number;
  /** From then on it signs; it is published before, so that everybody knows it by then. */
  signsFrom: Date;
}

export interface KeyLife {
  /** A key signs for this long. */
  maxAgeMs: number;
  /** A key is published this long before it signs. */
  leadMs: number;
  /** The last token of a key lives this much longer than the key signs, clock skew included. */
  tokenLifeMs: number;
}

/** The key that signs now. */
export function signerAt<Key extends SigningKey>(keys: Key[], now: Date): Key {
  const sorted = [...keys].sort(newestFirst);
  // By a clock that is behind the one of the process that made the first key, none signs yet.
  const signer = sorted.find((key) => key.signsFrom <= now) ?? sorted.at(-1);
  if (!signer) throw new Error('there is no signing key');
  return signer;
}

/** The keys whose tokens may be alive, now or soon. */
export function publishedAt<Key extends SigningKey>(keys: Key[], now: Date, life: KeyLife): Key[] {
  return keys.filter((key) => {
    const successor = keys.find(({ generation }) => generation === key.generation + 1);
    return !successor || successor.signsFrom.getTime() + life.tokenLifeMs > now.getTime();
  });
}

/** The key to make next, when it is time. The very first one signs at once. */
export function nextKeyAt(keys: SigningKey[], now: Date, life: KeyLife): SigningKey | undefined {
  const [newest] = [...keys].sort(newestFirst);
  if (!newest) return { generation: 1, signsFrom: now };
  if (now.getTime() < newest.signsFrom.getTime() + life.maxAgeMs - life.leadMs) return undefined;
  return { generation: newest.generation + 1, signsFrom: new Date(now.getTime() + life.leadMs) };
}

function newestFirst(a: SigningKey, b: SigningKey): number {
  return b.generation - a.generation;
}
