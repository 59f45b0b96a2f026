import Link from 'next/link';
import { translator } from '../lib/i18n';
import type { Locale } from '../server/locales';
import { Logo } from './logo';
import { Offline } from './offline';
import { SearchBox } from './search-box';
import { AccountLink, CartLink, NoticeLink, ThemeSwitch } from './shell-controls';

export async function SiteHeader({ locale }: { locale: Locale }) {
  const t = await translator(locale, 'shell');
  return (
    <header className="sticky top-0 z-30 border-line border-b bg-paper/95 backdrop-blur">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 lg:px-8">
        <Link href={`/${locale}`} prefetch={false} aria-label={t('toHome')} className="max-sm:grow">
          <Logo />
        </Link>
        {/* Not in a Suspense: it would be sent last, and move the whole page down when it comes. */}
        <div className="order-last flex w-full sm:order-none sm:mx-4 sm:w-auto sm:grow">
          <SearchBox />
        </div>
        <div className="flex items-center">
          <ThemeSwitch />
          <NoticeLink />
          <CartLink />
          <AccountLink />
        </div>
      </div>
      <Offline />
    </header>
  );
}
