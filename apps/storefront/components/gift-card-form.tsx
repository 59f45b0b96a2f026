'use client';
import { Card } from '@pasar/ui/card';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { redeemGiftCard } from '../actions/profile';
import { formatMoney } from '../lib/format';
import { ActionForm } from './action-form';

export function GiftCardForm() {
  const t = useTranslations('credit');
  const locale = useLocale();
  const router = useRouter();
  const [redeemed, setRedeemed] = useState('');
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">{t('redeemTitle')}</h2>
      {redeemed && <Notice tone="good">{redeemed}</Notice>}
      <ActionForm
        send={(given) => {
          setRedeemed('');
          return redeemGiftCard(given('code'));
        }}
        onDone={({ amount }, form) => {
          setRedeemed(t('redeemed', { amount: formatMoney(amount, locale) }));
          form.reset();
          router.refresh();
        }}
        submit={t('redeem')}
        className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto] [&>[role=alert]]:col-span-full"
      >
        <Field
          name="code"
          label={t('code')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          minLength={16}
          maxLength={40}
        />
      </ActionForm>
    </Card>
  );
}
