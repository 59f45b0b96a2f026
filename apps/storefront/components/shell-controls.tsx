'use client';
import { Bell, CircleUser, House, LayoutGrid, Moon, Package, ShoppingBasket, Sun } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { refreshMe, useMe } from '../lib/me';
import { LOCALE_COOKIE, type Locale, locales } from '../server/locales';

const round = 'relative grid size-11 place-items-center rounded-md hover:bg-sunken';

export function CartLink() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const count = useMe()?.cartCount ?? 0;
  return (
    <Link href={`/${locale}/cart`} prefetch={false} aria-label={t('cartWith', { count })} className={round}>
      <ShoppingBasket aria-hidden className="size-6" />
      <CartCount count={count} />
    </Link>
  );
}

function CartCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span
      data-testid="cart-count"
      aria-hidden
      className="numbers absolute top-0.5 right-0 grid min-w-5 place-items-center rounded-full bg-chili px-1 font-bold text-[0.6875rem] text-on-chili leading-5"
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}

/** For those who are signed in. */
export function NoticeLink() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const me = useMe();
  if (!me?.name) return null;
  const shown = me.unread > 99 ? '99+' : me.unread;
  return (
    <Link
      href={`/${locale}/notifications`}
      prefetch={false}
      aria-label={t('notices', { count: me.unread, shown: String(shown) })}
      className={round}
    >
      <Bell aria-hidden className="size-6" />
      {me.unread > 0 && (
        <span
          aria-hidden
          className="numbers absolute top-0.5 right-0 grid min-w-5 place-items-center rounded-full bg-chili px-1 font-bold text-[0.6875rem] text-on-chili leading-5"
        >
          {shown}
        </span>
      )}
    </Link>
  );
}

export function AccountLink() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const me = useMe();
  const path = usePathname();
  // Signing in and out leads to another page, and that page shows who is there.
  useEffect(() => void refreshMe(), [path]);
  return (
    <Link
      href={me?.name ? `/${locale}/account` : `/${locale}/login`}
      prefetch={false}
      className="flex h-11 items-center gap-2 rounded-md px-2 font-medium text-sm hover:bg-sunken"
    >
      <CircleUser aria-hidden className="size-6 shrink-0" />
      <span className="max-w-32 truncate max-sm:sr-only">{me?.name ?? t('logIn')}</span>
    </Link>
  );
}

export function ThemeSwitch() {
  const t = useTranslations('shell');
  const change = () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = isDark ? 'light' : 'dark';
    try {
      localStorage.setItem('pasar-theme', root.dataset.theme);
    } catch {
      // Then it holds for this page.
    }
  };
  return (
    <button type="button" onClick={change} aria-label={t('theme')} className={round}>
      <Moon aria-hidden className="size-5 dark:hidden" />
      <Sun aria-hidden className="hidden size-5 dark:block" />
    </button>
  );
}

const names: Record<Locale, string> = { id: 'Bahasa Indonesia', en: 'English' };

/** The same page in the other language. */
export function LocaleSwitch() {
  const path = usePathname();
  const query = useSearchParams().toString();
  const current = useLocale();
  const remember = (locale: Locale) => {
    // biome-ignore lint/suspicious/noDocumentCookie: read by the server at the next visit; no secret
    document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=31536000; samesite=lax`;
  };
  return (
    <ul className="-ml-2 flex flex-wrap gap-1">
      {locales.map((locale) => (
        <li key={locale}>
          <a
            href={`${path.replace(/^\/[a-z]{2}(?=\/|$)/, `/${locale}`)}${query && `?${query}`}`}
            hrefLang={locale}
            lang={locale}
            onClick={() => remember(locale)}
            aria-current={locale === current || undefined}
            className="inline-flex min-h-9 items-center whitespace-nowrap rounded-sm px-2 text-sm aria-[current]:font-semibold hover:underline"
          >
            {names[locale]}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Where a thumb reaches it. */
export function BottomBar() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const path = usePathname();
  const count = useMe()?.cartCount ?? 0;
  const places = [
    { href: `/${locale}`, name: t('home'), Icon: House },
    { href: `/${locale}/search`, name: t('browse'), Icon: LayoutGrid },
    { href: `/${locale}/cart`, name: t('cart'), Icon: ShoppingBasket, count },
    { href: `/${locale}/orders`, name: t('orders'), Icon: Package },
    { href: `/${locale}/account`, name: t('account'), Icon: CircleUser },
  ];
  return (
    <nav
      aria-label={t('shortcuts')}
      className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="grid grid-cols-5">
        {places.map(({ href, name, Icon, count = 0 }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={path === href ? 'page' : undefined}
              className="flex h-15 flex-col items-center justify-center gap-0.5 text-[0.75rem] text-soft aria-[current]:font-semibold aria-[current]:text-brand"
            >
              <span className="relative px-4">
                <Icon aria-hidden className="size-5.5" />
                <CartCount count={count} />
              </span>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
