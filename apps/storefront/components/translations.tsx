import type { ReactNode } from 'react';
import type { Messages } from 'use-intl/core';
import { messagesOf } from '../lib/i18n';
import type { Locale } from '../server/locales';
import { IntlMessages } from './intl-messages';

/** Gives what is interactive the texts that it shows, and no others: they travel with the page. */
export async function Translations({
  locale,
  of,
  children,
}: {
  locale: Locale;
  of: (keyof Messages)[];
  children: ReactNode;
}) {
  const messages = await messagesOf(locale);
  const picked = Object.fromEntries(of.map((name) => [name, messages[name]]));
  return (
    <IntlMessages locale={locale} messages={picked as Messages}>
      {children}
    </IntlMessages>
  );
}
