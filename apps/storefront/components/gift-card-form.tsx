'use client';
import { Button } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { redeemGiftCard } from '../actions/profile';
import { formatMoney } from '../lib/format';
import { useAction } from '../lib/use-action';

export function GiftCardForm() {
  const t = useTranslations('credit');
  const locale = useLocale();
  const router = useRouter();
  const [said, setSaid] = useState<{ tone: 'good' | 'bad'; text: string }>();
  const [busy, redeem] = useAction();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const code = String(new FormData(form).get('code') ?? '').trim();
    redeem(
      () => redeemGiftCard(code),
      ({ amount }) => {
        setSaid({ tone: 'good', text: t('redeemed', { amount: formatMoney(amount, locale) }) });
        form.reset();
        router.refresh();
      },
      (text) => setSaid({ tone: 'bad', text }),
    );
  };
  return (
    <Card className="p-5">
      <form onSubmit={submit} className="grid gap-3">
        <h2 className="text-lg">{t('redeemTitle')}</h2>
        {said && <Notice tone={said.tone}>{said.text}</Notice>}
        <div className="flex flex-wrap items-end gap-3">
          <Field
            name="code"
            label={t('code')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            required
            minLength={16}
            maxLength={40}
            className="min-w-0 grow"
          />
          <Button type="submit" busy={busy}>
            {t('redeem')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
