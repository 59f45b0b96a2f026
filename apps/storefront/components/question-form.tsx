'use client';
import { Button } from '@pasar/ui/button';
import { TextField } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import Link from 'next/link';
import { type FormEvent, useState, useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { askQuestion } from '../actions/after-sale';
import { useMe } from '../lib/me';
import { useProblemText } from '../lib/problems';

/** Asks the store, and whoever has bought it. */
export function QuestionForm({ productId, slug }: { productId: string; slug: string }) {
  const t = useTranslations('questions');
  const locale = useLocale();
  const say = useProblemText();
  const me = useMe();
  const [asked, setAsked] = useState<string[]>([]);
  const [problem, setProblem] = useState('');
  const [sending, start] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get('text') ?? '').trim();
    if (!text) return;
    start(async () => {
      const outcome = await askQuestion(productId, text).catch(() => undefined);
      if (!outcome?.ok) return setProblem(say(outcome ?? { code: 'unreachable', detail: '' }));
      setProblem('');
      setAsked((before) => [...before, outcome.value.text]);
      form.reset();
    });
  };
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
    <form onSubmit={submit} className="grid gap-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      {asked.map((text) => (
        <Notice key={text} tone="good">
          {t('asked', { text })}
        </Notice>
      ))}
      <TextField name="text" label={t('ask')} hint={t('askHint')} required maxLength={1000} rows={2} />
      <Button type="submit" variant="secondary" busy={sending} className="justify-self-start">
        {t('send')}
      </Button>
    </form>
  );
}
