import type { ReactNode } from 'react';
import type { Messages } from 'use-intl/core';
import type { Locale } from '../server/locales';
import { AccountNav } from './account-nav';
import { Translations } from './translations';

/** A room of the account, with the way to the others. */
export function AccountPage({
  locale,
  title,
  of = [],
  children,
}: {
  locale: Locale;
  title: string;
  /** The texts of what is interactive in it. */
  of?: (keyof Messages)[];
  children: ReactNode;
}) {
  return (
    <Translations locale={locale} of={['accountNav', ...of]}>
      <div className="grid grid-cols-1 items-start gap-5 py-6 lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-8">
        <AccountNav />
        <div className="grid max-w-3xl grid-cols-1 gap-5">
          <h1 className="text-2xl">{title}</h1>
          {children}
        </div>
      </div>
    </Translations>
  );
}
