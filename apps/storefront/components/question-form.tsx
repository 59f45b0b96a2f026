'use client';
import { TextField } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import Link from 'next/link';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { askQuestion } from '../actions/reviews';
import { useMe } from '../lib/me';
import { ActionForm } from './action-form';

/** Asks the store, and whoever has bought it. */
export function QuestionForm({ productId, slug }: { productId: string; slug: string }) {
  const t = useTranslations('questions');
  const locale = useLocale();
  const me = useMe();
  const [asked, setAsked] = useState<string[]>([]);
  if (me && !me.name) {
    const next = encodeURIComponent(`/${locale}/p/${slug}#questions`);
    return (
      <p className="text-sm">
        <Link
          href={`/${locale}/login?next=${next}`}
          prefetch={false}
          className="font-semibold text-brand underline"
        >
          {t('logInToAsk')}
        </Link>
      </p>
    );
  }
  return (
    <div className="grid gap-3">
      {asked.map((text) => (
        <Notice key={text} tone="good">
          {t('asked', { text })}
        </Notice>
      ))}
      <ActionForm
        send={(given) => askQuestion(productId, given('text'))}
        onDone={({ text }, form) => {
          setAsked((before) => [...before, text]);
          form.reset();
        }}
        submit={t('send')}
        button={{ variant: 'secondary', className: 'justify-self-start' }}
        className="grid gap-3"
      >
        <TextField name="text" label={t('ask')} hint={t('askHint')} required maxLength={1000} rows={2} />
      </ActionForm>
    </div>
  );
}
