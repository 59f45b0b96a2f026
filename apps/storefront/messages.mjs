// Compares the texts with each other and with the code. Types already refuse a key that does not exist; this finds
// languages that lack a text or name other placeholders, texts that nobody shows, and words in the code itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const [first, ...others] = ['id', 'en'].map((locale) => ({
  locale,
  texts: flatten(JSON.parse(readFileSync(join(here, `messages/${locale}.json`), 'utf8'))),
}));
const problems = [];

function flatten(messages, prefix = '') {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flatten(value, `${prefix}${key}.`),
  );
}

/** What the text shows as it is given; with `all`, also what it only counts by, which not every language needs. */
function placeholders(text, all) {
  // What follows `one` or `=0` is an arm of a plural.
  return [...text.matchAll(/(?<!(?:=\d+|zero|one|two|few|many|other) )\{(\w+)([,}])/g)].flatMap(
    ([, name, end]) => (all || end === '}' ? name : []),
  );
}

function isSameOffer(one, other) {
  const covers = (text, by) => placeholders(text).every((name) => placeholders(by, true).includes(name));
  return covers(one, other) && covers(other, one);
}

for (const { locale, texts } of others) {
  const there = new Map(texts);
  for (const [key, text] of first.texts) {
    const other = there.get(key);
    if (other === undefined) problems.push(`${locale} lacks ${key}`);
    else if (!isSameOffer(text, other)) problems.push(`${key} names other placeholders in ${locale}`);
    there.delete(key);
  }
  for (const key of there.keys()) problems.push(`${first.locale} lacks ${key}`);
}

const used = new Set();
const prefixes = new Set();
for (const file of sources(here)) {
  const code = readFileSync(file, 'utf8');
  const scopes = new Map();
  for (const [, name, scope] of code.matchAll(
    /const (\w+) = (?:await translator\([^;]*?,|useTranslations\()\s*'([\w.]+)'/g,
  )) {
    scopes.set(name, new Set([...(scopes.get(name) ?? []), scope]));
  }
  for (const [, title] of code.matchAll(/\b(?:titled|private)Page\('([\w.]+)'/g)) used.add(title);
  for (const [name, own] of scopes) {
    const call = new RegExp(`\\b${name}(?:\\.has)?\\(\\s*(?:'([^']+)'|\`([^$\`]*)|(\\w))`, 'g');
    for (const [, literal, start, variable] of code.matchAll(call)) {
      for (const scope of own) {
        if (literal !== undefined) used.add(`${scope}.${literal}`);
        else if (start !== undefined || variable) prefixes.add(`${scope}.${start ?? ''}`);
      }
    }
  }
  for (const [index, line] of code.split('\n').entries()) {
    const [, words] = />\s*([A-Za-z][a-z]+(?: [a-z]+)+)\s*</.exec(line) ?? [];
    if (words && !file.endsWith('global-error.tsx'))
      problems.push(`${file}:${index + 1} says “${words}” in one language`);
  }
}
for (const [key] of first.texts) {
  if (!used.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix)))
    problems.push(`nobody shows ${key}`);
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(\.|node_modules$|server$)/.test(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${first.texts.length} texts in ${1 + others.length} languages.`);
