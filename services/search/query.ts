import { canBeMisspelt, distance, readWords, rootsOf } from './text.js';

/** Words of a query, at most: what comes after them is passed over. */
const maxWords = 24;
const maxCompletions = 10;
const maxGuesses = 3;

/** Words that say nothing of a product: not asked for when there are others. */
const fillers = new Set(
  (
    'dan atau yang di ke dari untuk dengan pada dalam oleh ini itu buat the a an of for and or with in on to by ' +
    'murah beli jual'
  ).split(' '),
);

/** What the index knows of words: in how many products each is. A root has a `~` before it. */
export type Lexicon = ReadonlyMap<string, number>;

/** Something that stands for a word of the query: one lexeme, or several that are there together. */
export type Form = readonly string[];

export interface Term {
  /** As it was typed. */
  word: string;
  forms: Form[];
  /** In how many products at most. */
  products: number;
}

export interface ReadQuery {
  /** In the order in which they were typed. */
  terms: Term[];
  /** How many words there were. */
  words: number;
  /** What was typed, with misspelt words replaced; undefined when there are none. */
  corrected?: string;
}

/** Distinct words, in order. */
export function wordsOf(query: string): string[] {
  return [...new Set(readWords(query))].slice(0, maxWords);
}

/** All lexemes under which products of a word can be found. */
export function lexemesOf(word: string): string[] {
  return [word, `~${word}`, ...rootsOf(word).flatMap((root) => [root, `~${root}`])];
}

/** Neighbours in the query, which may be a name of something by themselves. */
export function pairsOf(words: string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

/** Synonyms of a word, and of the roots that it may have. */
function synonymsOf(word: string, synonyms: Synonyms): string[][] {
  return [word, ...rootsOf(word)].flatMap((each) => synonyms.get(each) ?? []);
}

/** All lexemes that a query may be about, synonyms too. */
export function lexemesOfQuery(words: string[], synonyms: Synonyms): string[] {
  const others = [
    ...words.flatMap((word) => synonymsOf(word, synonyms)),
    ...pairsOf(words).flatMap((pair) => synonyms.get(pair) ?? []),
  ].flat();
  return [...new Set([...words, ...others].flatMap(lexemesOf))];
}

/** Words that the index does not know, as they are and by synonyms. */
export function unknownWords(words: string[], lexicon: Lexicon, synonyms: Synonyms): string[] {
  const inPair = new Set(
    pairsOf(words)
      .filter((pair) => synonyms.has(pair))
      .flatMap((pair) => pair.split(' ')),
  );
  const isKnown = (word: string) => lexemesOf(word).some((each) => lexicon.has(each));
  return words.filter(
    (word) =>
      !inPair.has(word) &&
      !isKnown(word) &&
      !synonymsOf(word, synonyms).some((other) => other.every((each) => isKnown(each))),
  );
}

/** Other names of a term, each of one or more words, by the term. */
export type Synonyms = ReadonlyMap<string, string[][]>;

/** What unknown words may have been meant to be: words that they begin, or that are spelt alike. */
export interface Guess {
  completions: string[];
  /** In any order. */
  alike: { word: string; products: number }[];
}

/** Puts together what is known of the words of a query. */
export function readTerms(
  words: string[],
  lexicon: Lexicon,
  synonyms: Synonyms,
  guesses: ReadonlyMap<string, Guess>,
): ReadQuery {
  const terms: Term[] = [];
  const typed: string[] = [];
  let isCorrected = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const next = words[at + 1];
    const pair = next === undefined ? undefined : synonyms.get(`${word} ${next}`);
    if (next !== undefined && pair) {
      // Two words that are one name: both of them, or another name for it.
      const both = combine([knownForms(word, lexicon), knownForms(next, lexicon)]);
      terms.push(toTerm(`${word} ${next}`, [...both, ...formsOfSynonyms(pair, lexicon)], lexicon));
      typed.push(word, next);
      at++;
      continue;
    }
    const forms = [
      ...knownForms(word, lexicon),
      ...formsOfSynonyms(synonymsOf(word, synonyms), lexicon),
      ...(guesses.get(word)?.completions ?? []).slice(0, maxCompletions).map((each) => [each]),
    ];
    if (forms.length > 0) {
      terms.push(toTerm(word, forms, lexicon));
      typed.push(word);
      continue;
    }
    const alike = closest(word, guesses.get(word)?.alike ?? []);
    typed.push(alike[0] ?? word);
    isCorrected ||= alike.length > 0;
    terms.push(
      toTerm(
        word,
        alike.map((each) => [each]),
        lexicon,
      ),
    );
  }
  return { terms, words: words.length, corrected: isCorrected ? typed.join(' ') : undefined };
}

/** Words that may have been meant, the likeliest first: the fewest slips, then the most common. */
export function closest(word: string, candidates: { word: string; products: number }[]): string[] {
  if (!canBeMisspelt(word)) return [];
  const reach = word.length >= 7 ? 2 : 1;
  const near = candidates
    .map((each) => ({ ...each, slips: distance(word, each.word) }))
    .filter(({ slips, products }) => slips <= reach && products > 0)
    .sort((a, b) => a.slips - b.slips || b.products - a.products || (a.word < b.word ? -1 : 1));
  return near
    .filter(({ slips }) => slips === near[0]?.slips)
    .slice(0, maxGuesses)
    .map(({ word: each }) => each);
}

function knownForms(word: string, lexicon: Lexicon): Form[] {
  return lexemesOf(word)
    .filter((each) => lexicon.has(each))
    .map((each) => [each]);
}

function formsOfSynonyms(synonyms: string[][], lexicon: Lexicon): Form[] {
  return synonyms.flatMap((words) => combine(words.map((word) => knownForms(word, lexicon))));
}

/** One form of each: only the first (the word itself, where it is known) of those of several words. */
function combine(forms: Form[][]): Form[] {
  if (forms.some((each) => each.length === 0)) return [];
  if (forms.length === 1) return forms[0] as Form[];
  return [forms.flatMap((each) => each[0] as Form)];
}

function toTerm(word: string, forms: Form[], lexicon: Lexicon): Term {
  const products = forms.map((form) => Math.min(...form.map((lexeme) => lexicon.get(lexeme) ?? 0)));
  return { word, forms, products: products.reduce((sum, count) => sum + count, 0) };
}

/** What must be there of a query: its terms without fillers, unless there is nothing else. */
export function essential(terms: Term[]): Term[] {
  const found = terms.filter(({ forms }) => forms.length > 0);
  const telling = found.filter(({ word }) => !fillers.has(word));
  return telling.length > 0 ? telling : found;
}

/**
 * How many products have all of the terms, about: the rarest one's, less for each further one, and for each the less the
 * further it is (exponential back-off). Words of a title do not come by chance, so their shares cannot just be multiplied.
 */
export function estimateMatches(terms: Term[], total: number): number {
  const [rarest = 0, ...others] = terms.map(({ products }) => products).sort((a, b) => a - b);
  const all = Math.max(total, rarest, ...others, 1);
  return others.reduce((sum, products, index) => sum * (products / all) ** (1 / 2 ** (index + 1)), rarest);
}

/** A tsquery for products that have all of the terms; undefined when a term has no form, so that none can. */
export function allOf(terms: Term[]): string | undefined {
  if (terms.length === 0 || terms.some(({ forms }) => forms.length === 0)) return undefined;
  return terms.map(anyForm).join(' & ');
}

/** For products that have any of them: to rank by, as what is missing lowers the rank. */
export function anyOf(terms: Term[]): string {
  return terms
    .filter(({ forms }) => forms.length > 0)
    .map(anyForm)
    .join(' | ');
}

/** For titles that have all of the terms side by side, in this order; undefined when there is nothing beside. */
export function phraseOf(terms: Term[]): string | undefined {
  if (terms.length < 2) return undefined;
  const words = terms.map(({ forms }) => forms.filter((form) => form.length === 1));
  if (words.some((forms) => forms.length === 0)) return undefined;
  return words.map((forms) => `(${forms.map(([lexeme]) => quote(lexeme!)).join(' | ')})`).join(' <-> ');
}

/** For products that have all but one. */
export function allButOne(terms: Term[]): string {
  return terms.map((left) => `(${allOf(terms.filter((term) => term !== left))})`).join(' | ');
}

function anyForm({ forms }: Term): string {
  const texts = forms.map((form) =>
    form.length === 1 ? quote(form[0]!) : `(${form.map(quote).join(' & ')})`,
  );
  return texts.length === 1 ? texts[0]! : `(${[...new Set(texts)].join(' | ')})`;
}

/** Lexemes are letters and digits, and `~`. */
function quote(lexeme: string): string {
  return `'${lexeme}'`;
}

/** What so many products have at most is looked for by itself when nothing has more of a query. */
const few = 5_000;

/**
 * What to look for when nothing has all of the terms, from nearly everything to little: all but one, the rarer half,
 * any that are rare.
 */
export function relaxations(terms: Term[]): string[] {
  const known = essential(terms);
  const rarest = known.toSorted((a, b) => a.products - b.products);
  const tries: string[] = [];
  if (known.length < terms.length && known.length > 0) tries.push(allOf(known) as string);
  if (known.length > 2) tries.push(allButOne(rarest.slice(0, 8)));
  if (known.length > 3) tries.push(allOf(rarest.slice(0, Math.ceil(known.length / 2))) as string);
  if (known.length > 1)
    tries.push(anyOf(rarest.filter(({ products }, index) => index === 0 || products <= few)));
  return [...new Set(tries)];
}
