import 'server-only';
import compile from 'icu-minify/compile';
import { notFound } from 'next/navigation';
import { createTranslator, type Messages, type NamespaceKeys, type NestedKeyOf } from 'use-intl/core';
import type { Locale } from '../server/locales';

const sources = {
  id: () => import('../messages/id.json'),
  en: () => import('../messages/en.json'),
};

const compiled = new Map<Locale, Promise<object>>();

/**
 * Every text as what follows from reading it, so that no browser has to fetch a reader of texts; see `next.config.ts`. A
 * page is rendered beside its layout, which refuses what is no language: `/nothing.txt`, say.
 */
export async function messagesOf(locale: Locale): Promise<Messages> {
  if (!Object.hasOwn(sources, locale)) notFound();
  const known = compiled.get(locale) ?? compileAll(locale);
  compiled.set(locale, known);
  return known as Promise<Messages>;
}

async function compileAll(locale: Locale): Promise<object> {
  const { default: source } = await sources[locale]();
  const all = JSON.parse(JSON.stringify(source), (_, text) =>
    typeof text === 'string' ? compile(text) : text,
  );
  // Only what JSON can say travels to a browser, and not what the compiler makes of its objects.
  return JSON.parse(JSON.stringify(all));
}

/** Made once for each part of the texts. */
const translators = new Map<string, unknown>();

export async function translator<Namespace extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(
  locale: Locale,
  namespace: Namespace,
) {
  const create = (messages: Messages) =>
    createTranslator<Messages, Namespace>({ locale, namespace, messages });
  const key = `${locale} ${namespace}`;
  const known = translators.get(key) as ReturnType<typeof create> | undefined;
  if (known) return known;
  const made = create(await messagesOf(locale));
  translators.set(key, made);
  return made;
}
