import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { encode } from 'uqr';
import { PaymentView } from '../../../../components/payment-view';
import { Translations } from '../../../../components/translations';
import { customerApi, ifFound } from '../../../../lib/api';
import { translator } from '../../../../lib/i18n';
import { requireSession } from '../../../../lib/session';
import type { Locale } from '../../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'pay');
  return { title: t('title'), robots: { index: false } };
}

export default async function PayPage({ params }: Props) {
  const { locale, id } = await params;
  await requireSession(locale, `/pay/${id}`);
  const client = await customerApi();
  const checkout = await ifFound(client.get('/api/v1/checkouts/{id}', { params: { path: { id } } }));
  if (!checkout) notFound();
  const payload = checkout.payment?.instructions?.qrPayload;
  return (
    <Translations
      locale={locale}
      of={['pay', 'payments', 'problems', 'countdown', 'declines', 'orderStatus']}
    >
      <PaymentView
        initial={checkout}
        qr={payload ? encode(payload, { ecc: 'M', border: 2 }).data : undefined}
      />
    </Translations>
  );
}
