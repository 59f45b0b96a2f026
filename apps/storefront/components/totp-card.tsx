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
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { confirmTotp, disableTotp, enrolTotp, renewRecoveryCodes } from '../actions/security';
import { useAction } from '../lib/use-action';
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
  const [problem, setProblem] = useState('');
  const [busy, act] = useAction();
  const go = (next: Step) => {
    setProblem('');
    setStep(next);
  };
  const show = ({ recoveryCodes }: Schemas['RecoveryCodes']) => {
    go({ name: 'codes', codes: recoveryCodes });
    router.refresh();
  };
  const password = (
    <Field
      name="password"
      type="password"
      label={t('password')}
      autoComplete="current-password"
      required
      maxLength={200}
    />
  );
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
  const form = (
    label: string,
    submit: (data: { password: string; code: string }) => void,
    fields: ReactNode,
  ) => (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        submit({ password: String(data.get('password') ?? ''), code: String(data.get('code') ?? '').trim() });
      }}
      className="grid max-w-sm gap-4"
    >
      {problem && <Notice tone="bad">{problem}</Notice>}
      {fields}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          {label}
        </Button>
        <Button variant="quiet" onClick={() => go({ name: 'rest' })}>
          {t('back')}
        </Button>
      </div>
    </form>
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
                <Button variant="secondary" onClick={() => go({ name: 'renew' })}>
                  {t('renew')}
                </Button>
                <Button variant="quiet" onClick={() => go({ name: 'disable' })}>
                  {t('turnOff')}
                </Button>
              </>
            ) : (
              <Button variant="secondary" onClick={() => go({ name: 'enrol' })}>
                {t('turnOn')}
              </Button>
            )}
          </div>
        </>
      )}
      {step.name === 'enrol' &&
        form(
          t('goOn'),
          (given) =>
            act(
              () => enrolTotp(given.password),
              (secret) => go({ name: 'confirm', ...secret }),
              setProblem,
            ),
          password,
        )}
      {step.name === 'confirm' && (
        <div className="grid gap-4 sm:grid-cols-[auto_1fr]">
          <QrPicture modules={step.qr} label={t('qr')} />
          <div className="grid min-w-0 content-start gap-3">
            <p className="text-sm">{t('scan')}</p>
            <p className="numbers break-all rounded-md bg-sunken px-3 py-2 text-sm" data-testid="totp-secret">
              {step.secret}
            </p>
            {form(t('confirm'), (given) => act(() => confirmTotp(given.code), show, setProblem), code)}
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
            <Button onClick={() => go({ name: 'rest' })}>{t('kept')}</Button>
          </div>
        </div>
      )}
      {step.name === 'renew' &&
        form(t('renew'), (given) => act(() => renewRecoveryCodes(given.code), show, setProblem), code)}
      {step.name === 'disable' &&
        form(
          t('turnOff'),
          (given) =>
            act(
              () => disableTotp(given),
              () => {
                go({ name: 'rest' });
                router.refresh();
              },
              setProblem,
            ),
          <>
            {password}
            {code}
          </>,
        )}
    </Card>
  );
}
