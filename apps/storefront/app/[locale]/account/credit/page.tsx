import { Card } from '@pasar/ui/card';
import { Gift } from 'lucide-react';
import { AccountPage } from '../../../../components/account-page';
import { GiftCardPanel } from '../../../../components/gift-card-form';
import { NextPage } from '../../../../components/next-page';
import { customerApi } from '../../../../lib/api';
import { formatDate, formatMoney } from '../../../../lib/format';
import { translator } from '../../../../lib/i18n';
import { type PageProps, pageTokenOf, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('credit.title');

export default async function Credit({ params, searchParams }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/account/credit');
  const t = await translator(locale, 'credit');
  const pageToken = await pageTokenOf(searchParams);
  const client = await customerApi();
  const [{ balances }, { entries, nextPageToken }] = await Promise.all([
    client.get('/api/v1/users/me/credit'),
    client.get('/api/v1/users/me/credit/entries', { params: { query: { pageSize: 20, pageToken } } }),
  ]);
  const shown = balances.length > 0 ? balances : [{ amount: '0', currency: 'IDR' }];
  return (
    <AccountPage locale={locale} title={t('title')} of={['credit']}>
      <Card className="grid gap-1 bg-brand-wash p-6">
        <p className="text-brand-strong text-sm">{t('balance')}</p>
        {shown.map((balance) => (
          <p key={balance.currency} className="numbers font-bold font-display text-3xl text-brand-strong">
            {formatMoney(balance, locale)}
          </p>
        ))}
        <p className="text-brand-strong text-sm">{t('use')}</p>
      </Card>
      <GiftCardPanel />
      <section aria-labelledby="entries" className="grid gap-3">
        <h2 id="entries" className="text-lg">
          {t('entries')}
        </h2>
        {entries.length === 0 && (
          <p className="flex items-center gap-2 text-soft">
            <Gift aria-hidden className="size-5 shrink-0" />
            {t('none')}
          </p>
        )}
        <ul className="divide-y divide-line">
          {entries.map((entry) => (
            <li key={entry.id} className="flex items-baseline justify-between gap-4 py-3">
              <p>
                {t.has(`kinds.${entry.kind}` as never) ? t(`kinds.${entry.kind}` as never) : entry.kind}
                <span className="block text-soft text-xs">{formatDate(entry.createdAt, locale, 'time')}</span>
              </p>
              <p className="numbers font-semibold">{formatMoney(entry.amount, locale)}</p>
            </li>
          ))}
        </ul>
        <NextPage path={`/${locale}/account/credit`} token={nextPageToken} label={t('older')} />
      </section>
    </AccountPage>
  );
}
