import Link from 'next/link';
import { Suspense } from 'react';
import { translator } from '../lib/i18n';
import type { Locale } from '../server/locales';
import { Logo } from './logo';
import { LocaleSwitch } from './shell-controls';

export async function SiteFooter({ locale }: { locale: Locale }) {
  const t = await translator(locale, 'footer');
  const places = [
    [`/${locale}/search`, t('allProducts')],
    [`/${locale}/orders`, t('orders')],
    [`/${locale}/account`, t('account')],
  ] as const;
  return (
    <footer className="max-sm:far-below mt-16 border-line border-t bg-sunken pb-20 sm:pb-0">
      <div className="mx-auto grid max-w-7xl gap-8 px-4 py-10 sm:grid-cols-[2fr_1fr_1fr] lg:px-8">
        <div className="grid max-w-sm content-start gap-3">
          <Logo />
          <p className="text-sm text-soft">{t('about')}</p>
        </div>
        <nav aria-label={t('places')}>
          <ul className="grid gap-1">
            {places.map(([href, name]) => (
              <li key={href}>
                <Link
                  href={href}
                  prefetch={false}
                  className="inline-flex min-h-9 items-center text-sm hover:underline"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid content-start gap-2">
          <p className="font-semibold text-sm">{t('language')}</p>
          <Suspense>
            <LocaleSwitch />
          </Suspense>
        </div>
      </div>
    </footer>
  );
}
