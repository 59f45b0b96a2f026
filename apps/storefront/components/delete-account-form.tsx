'use client';
import { Button } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { Sheet } from '@pasar/ui/sheet';
import { type FormEvent, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { deleteAccount } from '../actions/profile';
import { useAction } from '../lib/use-action';

export function DeleteAccountForm() {
  const t = useTranslations('data');
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, act] = useAction();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    act(
      () => deleteAccount(password, locale),
      () => {},
      setProblem,
    );
  };
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">{t('delete')}</h2>
      <p className="text-soft text-sm">{t('deleteText')}</p>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={t('deleteTitle')}
        closeLabel={t('close')}
        trigger={
          <Button variant="secondary" className="justify-self-start text-chili">
            {t('delete')}
          </Button>
        }
      >
        <form onSubmit={submit} className="grid gap-4">
          <p>{t('deleteWarning')}</p>
          {problem && <Notice tone="bad">{problem}</Notice>}
          <Field
            name="password"
            type="password"
            label={t('password')}
            autoComplete="current-password"
            required
            maxLength={200}
          />
          <Button type="submit" variant="danger" busy={busy}>
            {t('deleteSure')}
          </Button>
        </form>
      </Sheet>
    </Card>
  );
}
