'use client';
import { Button } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Sheet } from '@pasar/ui/sheet';
import { useLocale, useTranslations } from 'use-intl/react';
import { deleteAccount } from '../actions/profile';
import { ActionForm, PasswordField } from './action-form';

export function DeleteAccountForm() {
  const t = useTranslations('data');
  const locale = useLocale();
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">{t('delete')}</h2>
      <p className="text-soft text-sm">{t('deleteText')}</p>
      <Sheet
        title={t('deleteTitle')}
        closeLabel={t('close')}
        trigger={
          <Button variant="secondary" className="justify-self-start text-chili">
            {t('delete')}
          </Button>
        }
      >
        <ActionForm
          send={(given) => deleteAccount(given('password'), locale)}
          submit={t('deleteSure')}
          button={{ variant: 'danger' }}
        >
          <p>{t('deleteWarning')}</p>
          <PasswordField label={t('password')} />
        </ActionForm>
      </Sheet>
    </Card>
  );
}
