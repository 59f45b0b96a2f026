'use client';
import { createContext, type ReactNode, use } from 'react';
import type { Messages } from 'use-intl/core';
import { IntlProvider } from 'use-intl/react';
import type { Locale } from '../server/locales';

const Around = createContext<Messages | undefined>(undefined);

/** Texts for what is inside, besides those that are around it. */
export function IntlMessages({
  locale,
  messages,
  children,
}: {
  locale: Locale;
  messages: Messages;
  children: ReactNode;
}) {
  const around = use(Around);
  const all = around ? { ...around, ...messages } : messages;
  return (
    <Around value={all}>
      <IntlProvider locale={locale} messages={all} timeZone="Asia/Jakarta">
        {children}
      </IntlProvider>
    </Around>
  );
}
