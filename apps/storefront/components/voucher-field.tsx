'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { Card, CardTitle } from '@pasar/ui/card';
import { Field } from '@pasar/ui/field';
import { TicketPercent, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { formatMoney } from '../lib/format';

/** Codes, and of each whether it counts or why not. */
export function VoucherField({
  chosen,
  quoted,
  offered,
  busy,
  onChange,
}: {
  chosen: string[];
  quoted: Schemas['QuotedVoucher'][];
  offered: { code: string; name: string }[];
  busy: boolean;
  onChange(codes: string[]): void;
}) {
  const t = useTranslations('checkout');
  const refusals = useTranslations('refusals');
  const locale = useLocale();
  const [text, setText] = useState('');
  const add = (code: string) => {
    if (code && !chosen.includes(code) && chosen.length < 10) onChange([...chosen, code]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add(text.trim().toUpperCase().slice(0, 40));
    setText('');
  };
  const others = offered.filter(({ code }) => !chosen.includes(code));
  return (
    <Card className="grid gap-3 p-5">
      <CardTitle Icon={TicketPercent}>{t('vouchers')}</CardTitle>
      <form onSubmit={submit} className="flex items-end gap-2">
        <Field
          label={t('code')}
          className="grow"
          value={text}
          maxLength={40}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" variant="secondary" busy={busy}>
          {t('use')}
        </Button>
      </form>
      {chosen.length > 0 && (
        <ul className="grid gap-2" aria-live="polite">
          {chosen.map((code) => {
            const said = quoted.find((voucher) => voucher.code === code);
            const isGood = said?.refusal === 'REFUSAL_UNSPECIFIED';
            return (
              <li
                key={code}
                className={`flex items-center gap-2 rounded-md px-3 py-1.5 text-sm ${isGood ? 'bg-brand-wash text-brand-strong' : 'bg-chili-wash text-chili'}`}
              >
                <span className="grow">
                  <span className="font-bold">{code}</span>
                  {said && (
                    <span>
                      {' · '}
                      {isGood
                        ? `${said.name} −${formatMoney(said.amount, locale)}`
                        : said.missing
                          ? refusals('missing', { amount: formatMoney(said.missing, locale) })
                          : refusals(said.refusal)}
                    </span>
                  )}
                </span>
                <button
                  type="button"
                  aria-label={t('removeCode', { code })}
                  onClick={() => onChange(chosen.filter((other) => other !== code))}
                  className="grid size-9 place-items-center rounded-sm hover:bg-surface"
                >
                  <X aria-hidden className="size-4" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {others.length > 0 && (
        <ul className="flex flex-wrap gap-2" aria-label={t('offeredCodes')}>
          {others.slice(0, 6).map(({ code, name }) => (
            <li key={code}>
              <button
                type="button"
                title={name}
                onClick={() => add(code)}
                className="min-h-9 rounded-sm border border-turmeric border-dashed bg-turmeric-wash px-3 font-semibold text-turmeric-ink text-xs"
              >
                {code}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
