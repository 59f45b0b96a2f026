'use client';
import type { Schemas } from '@pasar/sdk';
import { Choice } from '@pasar/ui/choice';
import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { formatMoney } from '../lib/format';
import { useDays } from '../lib/use-days';

/** Who brings the things of one store, how fast, and what for. */
export function ShippingChoice({
  options,
  chosen,
  onChange,
}: {
  options: Schemas['ShippingOption'][];
  chosen: string | undefined;
  onChange(service: string): void;
}) {
  const t = useTranslations('checkout');
  const services = useTranslations('services');
  const locale = useLocale();
  const days = useDays();
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={id} className="grid gap-2">
      <p id={id} className="font-medium text-sm">
        {t('shipping')}
      </p>
      {options.map((option) => (
        <Choice
          key={option.service}
          name={id}
          value={option.service}
          checked={option.service === chosen}
          onChange={() => onChange(option.service)}
        >
          <span className="min-w-0 grow">
            <span className="font-semibold">
              {services.has(option.service as never) ? services(option.service as never) : option.service}
            </span>{' '}
            <span className="block text-soft text-xs">
              {days(option)} · {option.carrier}
            </span>
          </span>{' '}
          <span className="numbers whitespace-nowrap font-semibold">{formatMoney(option.cost, locale)}</span>
        </Choice>
      ))}
    </div>
  );
}
