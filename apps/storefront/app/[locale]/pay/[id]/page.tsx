import { notFound } from 'next/navigation';
import { encode } from 'uqr';
import { PaymentView } from '../../../../components/payment-view';
import { Translations } from '../../../../components/translations';
import { customerApi, ifFound } from '../../../../lib/api';
import { type PageProps, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('pay.title');

export default async function PayPage({ params }: PageProps<'id'>) {
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
