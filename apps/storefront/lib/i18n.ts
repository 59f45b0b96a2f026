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

export async function translator<Namespace extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(
  locale: Locale,
  namespace: Namespace,
) {
  return createTranslator<Messages, Namespace>({ locale, namespace, messages: await messagesOf(locale) });
}
