'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { Button } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { toast } from '@pasar/ui/toast';
import { Copy } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { confirmTotp, disableTotp, enrolTotp, renewRecoveryCodes } from '../actions/security';
import { ActionForm, type ActionFormProps, PasswordField } from './action-form';
import { QrPicture } from './qr-picture';

type Step =
  | { name: 'rest' | 'enrol' | 'disable' | 'renew' }
  | { name: 'confirm'; secret: string; qr: boolean[][] }
  | { name: 'codes'; codes: string[] };

/** The second factor: turned on step by step, and off again. */
export function TotpCard({ factor }: { factor: Schemas['SecondFactor'] }) {
  const t = useTranslations('totp');
  const router = useRouter();
  const [step, setStep] = useState<Step>({ name: 'rest' });
  const back = () => setStep({ name: 'rest' });
  const show = ({ recoveryCodes }: Schemas['RecoveryCodes']) => {
    setStep({ name: 'codes', codes: recoveryCodes });
    router.refresh();
  };
  const password = <PasswordField label={t('password')} />;
  const code = (
    <Field
      name="code"
      label={t('code')}
      autoComplete="one-time-code"
      inputMode={step.name === 'confirm' ? 'numeric' : undefined}
      required
      minLength={6}
      maxLength={40}
    />
  );
  return (
    <Card className="grid gap-4 p-5">
      <h2 className="flex flex-wrap items-center gap-2 text-lg">
        {t('title')}
        <span className="font-sans">
          {factor.enabled ? <Badge tone="brand">{t('on')}</Badge> : <Badge>{t('off')}</Badge>}
        </span>
      </h2>
      {step.name === 'rest' && (
        <>
          <p className="text-soft text-sm">
            {factor.enabled ? t('codesLeft', { count: factor.recoveryCodesLeft }) : t('about')}
          </p>
          <div className="flex flex-wrap gap-2">
            {factor.enabled ? (
              <>
                <Button variant="secondary" onClick={() => setStep({ name: 'renew' })}>
                  {t('renew')}
                </Button>
                <Button variant="quiet" onClick={() => setStep({ name: 'disable' })}>
                  {t('turnOff')}
                </Button>
              </>
            ) : (
              <Button variant="secondary" onClick={() => setStep({ name: 'enrol' })}>
                {t('turnOn')}
              </Button>
            )}
          </div>
        </>
      )}
      {step.name === 'enrol' && (
        <StepForm
          send={(given) => enrolTotp(given('password'))}
          onDone={(secret) => setStep({ name: 'confirm', ...secret })}
          submit={t('goOn')}
          onBack={back}
        >
          {password}
        </StepForm>
      )}
      {step.name === 'confirm' && (
        <div className="grid gap-4 sm:grid-cols-[auto_1fr]">
          <QrPicture modules={step.qr} label={t('qr')} />
          <div className="grid min-w-0 content-start gap-3">
            <p className="text-sm">{t('scan')}</p>
            <p className="numbers break-all rounded-md bg-sunken px-3 py-2 text-sm" data-testid="totp-secret">
              {step.secret}
            </p>
            <StepForm
              send={(given) => confirmTotp(given('code'))}
              onDone={show}
              submit={t('confirm')}
              onBack={back}
            >
              {code}
            </StepForm>
          </div>
        </div>
      )}
      {step.name === 'codes' && (
        <div className="grid gap-3">
          <Notice>{t('keepCodes')}</Notice>
          <ul className="numbers grid gap-x-6 gap-y-1 rounded-md bg-sunken sm:grid-cols-2 px-4 py-3 font-semibold text-sm">
            {step.codes.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <div className="flex flex-wrap gap-2">
            <Button
              variant="secondary"
              onClick={() =>
                void navigator.clipboard
                  ?.writeText(step.codes.join('\n'))
                  .then(() => toast({ title: t('copied') }))
              }
            >
              <Copy aria-hidden className="size-4.5" />
              {t('copy')}
            </Button>
            <Button onClick={back}>{t('kept')}</Button>
          </div>
        </div>
      )}
      {step.name === 'renew' && (
        <StepForm
          send={(given) => renewRecoveryCodes(given('code'))}
          onDone={show}
          submit={t('renew')}
          onBack={back}
        >
          {code}
        </StepForm>
      )}
      {step.name === 'disable' && (
        <StepForm
          send={(given) => disableTotp({ password: given('password'), code: given('code') })}
          onDone={() => {
            back();
            router.refresh();
          }}
          submit={t('turnOff')}
          onBack={back}
        >
          {password}
          {code}
        </StepForm>
      )}
    </Card>
  );
}

function StepForm<T>({ onBack, ...rest }: ActionFormProps<T> & { onBack(): void }) {
  const t = useTranslations('totp');
  return (
    <div className="grid max-w-sm gap-2">
      <ActionForm {...rest} />
      <Button variant="quiet" onClick={onBack}>
        {t('back')}
      </Button>
    </div>
  );
}
