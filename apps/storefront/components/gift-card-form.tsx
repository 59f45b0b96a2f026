'use client';
import { Card } from '@pasar/ui/card';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { QuietSheet } from '@pasar/ui/sheet';
import { toast } from '@pasar/ui/toast';
import { Gift } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { redeemGiftCard } from '../actions/profile';
import { formatMoney } from '../lib/format';
import { ActionForm } from './action-form';

/** Turns gift cards into store credit, one after the other. */
export function GiftCardPanel() {
  const t = useTranslations('credit');
  const [redeemed, setRedeemed] = useState('');
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">{t('redeemTitle')}</h2>
      {redeemed && <Notice tone="good">{redeemed}</Notice>}
      <GiftCardForm onRedeemed={setRedeemed} />
    </Card>
  );
}

/** For one who has a gift card in the hand while paying. */
export function GiftCardSheet({ onRedeemed }: { onRedeemed(): void }) {
  const t = useTranslations('credit');
  return (
    <QuietSheet Icon={Gift} title={t('redeemTitle')} closeLabel={t('close')}>
      {(close) => (
        <GiftCardForm
          onRedeemed={(title) => {
            if (!title) return;
            toast({ title });
            close();
            onRedeemed();
          }}
        />
      )}
    </QuietSheet>
  );
}

/** @param onRedeemed takes what to say; nothing while it is being asked */
function GiftCardForm({ onRedeemed }: { onRedeemed(text: string): void }) {
  const t = useTranslations('credit');
  const locale = useLocale();
  const router = useRouter();
  return (
    <ActionForm
      send={(given) => {
        onRedeemed('');
        return redeemGiftCard(given('code'));
      }}
      onDone={({ amount }, form) => {
        onRedeemed(t('redeemed', { amount: formatMoney(amount, locale) }));
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
  );
}
