import { Button, buttonStyle } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { LogOut, MapPin, Package } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { logOut } from '../../../actions/account';
import { customerApi } from '../../../lib/api';
import { formatDate } from '../../../lib/format';
import { translator } from '../../../lib/i18n';
import { requireSession } from '../../../lib/session';
import type { Locale } from '../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'account');
  return { title: t('title'), robots: { index: false } };
}

export default async function AccountPage({ params }: Props) {
  const { locale } = await params;
  await requireSession(locale, '/account');
  const t = await translator(locale, 'account');
  const client = await customerApi();
  const [me, { addresses }] = await Promise.all([
    client.get('/api/v1/users/me', {}),
    client.get('/api/v1/users/me/addresses', {}),
  ]);
  return (
    <div className="mx-auto grid max-w-3xl gap-5 py-6">
      <h1 className="text-2xl">{t('greeting', { name: me.name })}</h1>
      <Card className="flex flex-wrap items-center gap-4 p-5">
        <div className="grow">
          <p className="font-semibold">{me.email}</p>
          <p className="text-sm text-soft">{t('since', { date: formatDate(me.createdAt, locale) })}</p>
        </div>
        <Link href={`/${locale}/orders`} prefetch={false} className={buttonStyle('secondary')}>
          <Package aria-hidden className="size-5" />
          {t('orders')}
        </Link>
        <form action={logOut}>
          <input type="hidden" name="locale" value={locale} />
          <Button type="submit" variant="quiet">
            <LogOut aria-hidden className="size-5" />
            {t('logOut')}
          </Button>
        </form>
      </Card>
      <Card className="grid gap-3 p-5">
        <h2 className="flex items-center gap-2 text-lg">
          <MapPin aria-hidden className="size-5 text-brand" />
          {t('addresses')}
        </h2>
        {addresses.length === 0 && <p className="text-soft">{t('noAddresses')}</p>}
        <ul className="divide-y divide-line">
          {addresses.map((address) => (
            <li key={address.id} className="py-2.5 text-sm">
              <p className="font-semibold">
                {address.recipient}
                {address.label && <span className="font-normal text-soft"> · {address.label}</span>}
              </p>
              <p className="text-soft">
                {[address.line1, address.line2, address.city, address.province, address.postalCode]
                  .filter(Boolean)
                  .join(', ')}
              </p>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
