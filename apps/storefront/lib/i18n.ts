import 'server-only';
import { notFound } from 'next/navigation';
import { createTranslator, type Messages, type NamespaceKeys, type NestedKeyOf } from 'use-intl/core';
import type { Locale } from '../server/locales';

const sources = {
  id: () => import('../messages/id.json'),
  en: () => import('../messages/en.json'),
};

/** A page is rendered beside its layout, which refuses what is no language: `/nothing.txt`, say. */
export async function messagesOf(locale: Locale): Promise<Messages> {
  if (!Object.hasOwn(sources, locale)) notFound();
  return (await sources[locale]()).default as Messages;
}

/** Texts that were read once are kept parsed: that takes longer than most pages need for all else they say. */
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
