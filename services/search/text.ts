/** What counts as a word: longer ones are cut, so that no text makes an index entry that PostgreSQL would refuse. */
const maxWordLength = 40;

/** Words as they are indexed and searched for: lower case, without accents, parted by whatever is neither letter nor digit. */
export function readWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, maxWordLength));
}

/**
 * The roots that a word may have, without the word itself: Indonesian affixes and English endings. There may be two,
 * where an affix has swallowed a letter (`pengering` is of `kering`, `pengukur` of `ukur`): both are given, because a
 * wrong root is no word and meets nothing, and a missed one loses products.
 *
 * PostgreSQL's Indonesian stemmer was tried: it makes `meja` (table) of `kemeja` (shirt), `utup` of `penutup`, and
 * `yboard` of `keyboard`.
 */
export function rootsOf(word: string): string[] {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return plural(word);
  const roots = new Set<string>();
  for (const base of [word, ...withoutSuffix(word)]) {
    if (base !== word) roots.add(base);
    for (const root of withoutPrefix(base)) roots.add(root);
  }
  for (const root of plural(word)) roots.add(root);
  roots.delete(word);
  return [...roots];
}

const minRoot = 4;

function withoutSuffix(word: string): string[] {
  const base = /^(.{3,})nya$/.exec(word)?.[1] ?? /^(.{4,})(?:ku|mu|lah|kah)$/.exec(word)?.[1] ?? word;
  const derived = /^(.+?)(kan|an)$/.exec(base)?.[1];
  const found = [base, derived ?? ''].filter(
    (root) => root !== word && (root === base || root.length >= minRoot),
  );
  // Of `kesehatan`, which has both ends: `sehat`. By itself `ke-` is mostly part of the word.
  const around = /^ke(.+)an$/.exec(base)?.[1];
  if (around && around.length >= minRoot) found.push(around);
  return found;
}

/** What the nasal of `me-` and `pe-` stands for, by what comes after it. */
const nasals: [RegExp, string[]][] = [
  [/^(?:me|pe)ny([aiueo].*)$/, ['s']],
  [/^(?:me|pe)ng([aiueo].*)$/, ['', 'k']],
  [/^(?:me|pe)ng([gh].*)$/, ['']],
  [/^(?:me|pe)n([aiueo].*)$/, ['t', 'n']],
  [/^(?:me|pe)n([cdjz].*)$/, ['']],
  [/^(?:me|pe)m([aiueo].*)$/, ['p', 'm']],
  [/^(?:me|pe)m([bfv].*)$/, ['']],
  [/^(?:me|pe)([lrwy].*)$/, ['']],
  [/^(?:ber|ter|per)(.+)$/, ['']],
];

function withoutPrefix(word: string): string[] {
  const roots: string[] = [];
  for (const [pattern, beginnings] of nasals) {
    const rest = pattern.exec(word)?.[1];
    if (rest) roots.push(...beginnings.map((beginning) => beginning + rest));
  }
  return roots.filter((root) => root.length >= minRoot);
}

/** D. Harman, "How effective is suffixing?" (1991): the S stemmer, with `-es` after a hiss. */
function plural(word: string): string[] {
  if (word.length < 4 || !/^[a-z]+s$/.test(word) || /[su]s$/.test(word)) return [];
  if (/ies$/.test(word)) return word.length > 4 ? [`${word.slice(0, -3)}y`] : [];
  if (/(s|x|z|ch|sh|o)es$/.test(word)) return [word.slice(0, -2), word.slice(0, -1)];
  return [word.slice(0, -1)];
}

/** What a slip of the finger leaves of a word: itself, and itself without one of its letters. */
export function slipsOf(word: string): string[] {
  if (!canBeMisspelt(word)) return [];
  const slips = new Set([word]);
  for (let at = 0; at < word.length; at++) slips.add(word.slice(0, at) + word.slice(at + 1));
  return [...slips];
}

/** Model numbers are not spelt. */
export function canBeMisspelt(word: string): boolean {
  return word.length >= 4 && word.length <= 24 && /^\p{L}+$/u.test(word);
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** `Kota Bandung` → `kota-bandung`: how cities are named in filters. */
export function slugOf(name: string): string {
  return readWords(name).join('-');
}
