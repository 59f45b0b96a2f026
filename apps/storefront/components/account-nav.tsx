'use client';
import { Bell, CircleUser, Gift, Heart, MapPin, Package, ShieldCheck, Star, UserX } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';

/** The rooms of the account: beside the page where there is room, above it where there is not. */
export function AccountNav() {
  const t = useTranslations('accountNav');
  const locale = useLocale();
  const path = usePathname();
  const list = useRef<HTMLUListElement>(null);
  // On a phone it is a shelf, and where the reader is may be beyond its end.
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>(`a[href="${path}"]`);
    if (current) list.current?.scrollTo({ left: current.offsetLeft - 16 });
  }, [path]);
  const places = [
    { href: '/account', name: t('profile'), Icon: CircleUser },
    { href: '/orders', name: t('orders'), Icon: Package },
    { href: '/wishlist', name: t('wishlist'), Icon: Heart },
    { href: '/account/reviews', name: t('reviews'), Icon: Star },
    { href: '/notifications', name: t('notifications'), Icon: Bell },
    { href: '/account/addresses', name: t('addresses'), Icon: MapPin },
    { href: '/account/credit', name: t('credit'), Icon: Gift },
    { href: '/account/security', name: t('security'), Icon: ShieldCheck },
    { href: '/account/data', name: t('data'), Icon: UserX },
  ];
  return (
    <nav aria-label={t('title')} className="min-w-0">
      <ul
        ref={list}
        className="shelf relative auto-cols-max gap-1 lg:grid lg:auto-cols-auto lg:grid-flow-row"
      >
        {places.map(({ href, name, Icon }) => (
          <li key={href}>
            <Link
              href={`/${locale}${href}`}
              prefetch={false}
              aria-current={path === `/${locale}${href}` ? 'page' : undefined}
              className="flex min-h-11 items-center gap-2.5 whitespace-nowrap rounded-md px-3 text-sm hover:bg-sunken aria-[current]:bg-brand-wash aria-[current]:font-semibold aria-[current]:text-brand-strong"
            >
              <Icon aria-hidden className="size-5 shrink-0" />
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
