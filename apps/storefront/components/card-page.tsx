import { Card } from '@pasar/ui/card';
import type { ReactNode } from 'react';
import type { Messages } from 'use-intl/core';
import type { Locale } from '../server/locales';
import { Translations } from './translations';

/** A page with one thing to do. */
export function CardPage({
  locale,
  title,
  of,
  children,
}: {
  locale: Locale;
  title: string;
  /** The texts of what is interactive in it. */
  of: (keyof Messages)[];
  children: ReactNode;
}) {
  return (
    <div className="mx-auto grid w-full max-w-md gap-6 py-10">
      <h1 className="text-2xl">{title}</h1>
      <Card className="p-6">
        <Translations locale={locale} of={of}>
          {children}
        </Translations>
      </Card>
    </div>
  );
}
