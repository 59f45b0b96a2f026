'use client';
import type { ReactNode } from 'react';
import type { Messages } from 'use-intl/core';
import { IntlProvider } from 'use-intl/react';
import type { Locale } from '../server/locales';

export function IntlMessages({
  locale,
  messages,
  children,
}: {
  locale: Locale;
  messages: Messages;
  children: ReactNode;
}) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone="Asia/Jakarta">
      {children}
    </IntlProvider>
  );
}
