'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { TextField } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { Sheet } from '@pasar/ui/sheet';
import { Stepper } from '@pasar/ui/stepper';
import { type FormEvent, type ReactElement, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { disputeReturn, requestReturn } from '../actions/after-sale';
import { useProblemText } from '../lib/problems';
import { PhotoField } from './photo-field';

interface Props {
  trigger: ReactElement;
  order: Schemas['Order'];
  onDone(): Promise<void> | void;
}

/** What goes back, how much of it, and why. */
export function ReturnForm({ trigger, order, onDone }: Props) {
  const t = useTranslations('afterSale');
  const say = useProblemText();
  const [open, setOpen] = useState(false);
  const [counts, setCounts] = useState<Record<string, number>>(() =>
    Object.fromEntries(order.lines.map(({ variantId, quantity }) => [variantId, quantity])),
  );
  const [photos, setPhotos] = useState<string[] | undefined>([]);
  const [problem, setProblem] = useState('');
  const [sending, start] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const lines = Object.entries(counts)
      .filter(([, quantity]) => quantity > 0)
      .map(([variantId, quantity]) => ({ variantId, quantity }));
    if (lines.length === 0) return setProblem(t('linesFirst'));
    const [kind, text] = ['kind', 'text'].map((name) => String(form.get(name) ?? '').trim());
    start(async () => {
      const outcome = await requestReturn(order.id, {
        lines,
        reason: [kind, text].filter(Boolean).join(': ').slice(0, 500),
        mediaIds: photos ?? [],
      }).catch(() => undefined);
      if (!outcome?.ok) return setProblem(say(outcome ?? { code: 'unreachable', detail: '' }));
      await onDone();
      setOpen(false);
    });
  };
  const kinds = [t('kinds.broken'), t('kinds.different'), t('kinds.incomplete'), t('kinds.fake')];
  return (
    <Sheet open={open} onOpenChange={setOpen} title={t('return')} closeLabel={t('close')} trigger={trigger}>
      <form onSubmit={submit} className="grid gap-5">
        {problem && <Notice tone="bad">{problem}</Notice>}
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
        <Button type="submit" busy={sending || !photos}>
          {t('sendReturn')}
        </Button>
      </form>
    </Sheet>
  );
}

/** What the store does not see as the buyer does, for somebody else to decide. */
export function DisputeForm({ trigger, order, onDone }: Props) {
  const t = useTranslations('afterSale');
  const say = useProblemText();
  const [open, setOpen] = useState(false);
  const [photos, setPhotos] = useState<string[] | undefined>([]);
  const [problem, setProblem] = useState('');
  const [sending, start] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    start(async () => {
      const outcome = await disputeReturn(order.id, { text, mediaIds: photos ?? [] }).catch(() => undefined);
      if (!outcome?.ok) return setProblem(say(outcome ?? { code: 'unreachable', detail: '' }));
      await onDone();
      setOpen(false);
    });
  };
  return (
    <Sheet open={open} onOpenChange={setOpen} title={t('dispute')} closeLabel={t('close')} trigger={trigger}>
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-sm text-soft">{t('disputeText')}</p>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <TextField name="text" label={t('whatHappened')} required maxLength={2000} />
        <PhotoField purpose="ATTACHMENT" onChange={setPhotos} />
        <Button type="submit" busy={sending || !photos}>
          {t('sendDispute')}
        </Button>
      </form>
    </Sheet>
  );
}
