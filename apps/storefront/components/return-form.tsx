'use client';
import type { Schemas } from '@pasar/sdk';
import { TextField } from '@pasar/ui/field';
import { Sheet, type SheetProps } from '@pasar/ui/sheet';
import { Stepper } from '@pasar/ui/stepper';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { disputeReturn, requestReturn } from '../actions/after-sale';
import { ActionForm } from './action-form';
import { PhotoField } from './photo-field';

interface Props {
  trigger: SheetProps['trigger'];
  order: Schemas['Order'];
  onDone(): Promise<void> | void;
}

/** What goes back, how much of it, and why. */
export function ReturnForm({ trigger, order, onDone }: Props) {
  const t = useTranslations('afterSale');
  const [counts, setCounts] = useState<Record<string, number>>(() =>
    Object.fromEntries(order.lines.map(({ variantId, quantity }) => [variantId, quantity])),
  );
  const [photos, setPhotos] = useState<string[] | undefined>([]);
  const lines = Object.entries(counts)
    .filter(([, quantity]) => quantity > 0)
    .map(([variantId, quantity]) => ({ variantId, quantity }));
  const kinds = [t('kinds.broken'), t('kinds.different'), t('kinds.incomplete'), t('kinds.fake')];
  return (
    <Sheet title={t('return')} closeLabel={t('close')} trigger={trigger}>
      {(close) => (
        <ActionForm
          check={() => (lines.length === 0 ? t('linesFirst') : '')}
          send={(given) =>
            requestReturn(order.id, {
              lines,
              reason: [given('kind'), given('text')].filter(Boolean).join(': ').slice(0, 500),
              mediaIds: photos ?? [],
            })
          }
          onDone={async () => {
            await onDone();
            close();
          }}
          submit={t('sendReturn')}
          button={{ disabled: !photos }}
          className="grid gap-5"
        >
          <ul className="grid gap-3">
            {order.lines.map(({ variantId, title, variantTitle, quantity }) => (
              <li key={variantId} className="flex items-center gap-3">
                <p className="min-w-0 grow text-sm">
                  <span className="font-medium">{title}</span>
                  {variantTitle && <span className="block text-soft text-xs">{variantTitle}</span>}
                </p>
                <Stepper
                  value={counts[variantId] ?? 0}
                  min={0}
                  max={quantity}
                  onChange={(count) => setCounts((before) => ({ ...before, [variantId]: count }))}
                  labels={{ value: t('howMany', { title }), less: t('less'), more: t('more') }}
                />
              </li>
            ))}
          </ul>
          <fieldset className="grid gap-1">
            <legend className="mb-1 font-medium text-sm">{t('why')}</legend>
            {kinds.map((kind) => (
              <label key={kind} className="flex min-h-10 items-center gap-3 text-sm">
                <input type="radio" name="kind" value={kind} required className="size-5" />
                {kind}
              </label>
            ))}
          </fieldset>
          <TextField name="text" label={t('details')} hint={t('moreHint')} maxLength={400} rows={3} />
          <PhotoField purpose="ATTACHMENT" onChange={setPhotos} />
        </ActionForm>
      )}
    </Sheet>
  );
}

/** What the store does not see as the buyer does, for somebody else to decide. */
export function DisputeForm({ trigger, order, onDone }: Props) {
  const t = useTranslations('afterSale');
  const [photos, setPhotos] = useState<string[] | undefined>([]);
  return (
    <Sheet title={t('dispute')} closeLabel={t('close')} trigger={trigger}>
      {(close) => (
        <ActionForm
          send={(given) => disputeReturn(order.id, { text: given('text'), mediaIds: photos ?? [] })}
          onDone={async () => {
            await onDone();
            close();
          }}
          submit={t('sendDispute')}
          button={{ disabled: !photos }}
        >
          <p className="text-sm text-soft">{t('disputeText')}</p>
          <TextField name="text" label={t('whatHappened')} required maxLength={2000} />
          <PhotoField purpose="ATTACHMENT" onChange={setPhotos} />
        </ActionForm>
      )}
    </Sheet>
  );
}
