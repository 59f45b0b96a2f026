'use client';
import type { Schemas } from '@pasar/sdk';
import { TextField } from '@pasar/ui/field';
import { Sheet, type SheetProps } from '@pasar/ui/sheet';
import { toast } from '@pasar/ui/toast';
import { Star } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Opinion } from '../actions/reviews';
import type { Outcome } from '../lib/outcome';
import { ActionForm } from './action-form';
import { PhotoField } from './photo-field';

/** What the buyer thinks of something that arrived, for the first time or once more. */
export function ReviewForm({
  trigger,
  title,
  before,
  send,
  onDone,
}: {
  trigger: SheetProps['trigger'];
  title: string;
  /** What was said of it. */
  before?: Schemas['Review'];
  send(opinion: Opinion): Promise<Outcome<Schemas['Review']>>;
  onDone(): void;
}) {
  const t = useTranslations('review');
  const [stars, setStars] = useState(before?.stars ?? 0);
  const [photos, setPhotos] = useState(before?.photos.map(({ mediaId }) => mediaId));
  return (
    <Sheet title={t('title')} closeLabel={t('close')} trigger={trigger}>
      {(close) => (
        <ActionForm
          check={() => (stars === 0 ? t('starsFirst') : '')}
          send={(given) =>
            send({
              stars,
              text: given('text'),
              anonymous: given('anonymous') !== '',
              mediaIds: photos ?? [],
            })
          }
          onDone={() => {
            toast({ title: t('thanks') });
            close();
            onDone();
          }}
          submit={before ? t('save') : t('send')}
          button={{ disabled: !photos }}
        >
          <p className="font-medium">{title}</p>
          <fieldset>
            <legend className="mb-1 font-medium text-sm">{t('stars')}</legend>
            <div className="flex gap-1">
              {[1, 2, 3, 4, 5].map((count) => (
                <label
                  key={count}
                  className="relative grid size-11 place-items-center rounded-sm has-focus-visible:outline-3 has-focus-visible:outline-turmeric"
                >
                  <input
                    type="radio"
                    name="stars"
                    value={count}
                    checked={stars === count}
                    onChange={() => setStars(count)}
                    className="absolute inset-0 size-full opacity-0"
                  />
                  <Star
                    aria-hidden
                    className={`size-8 ${count <= stars ? 'fill-turmeric text-turmeric' : 'text-edge'}`}
                    strokeWidth={1.5}
                  />
                  <span className="sr-only">{t('starCount', { count })}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <TextField
            name="text"
            label={t('text')}
            hint={t('textHint')}
            defaultValue={before?.text}
            maxLength={5000}
          />
          <PhotoField purpose="REVIEW" given={before?.photos} onChange={setPhotos} />
          <label className="flex min-h-11 items-center gap-3 text-sm">
            <input type="checkbox" name="anonymous" defaultChecked={before?.anonymous} className="size-5" />
            {t('anonymous')}
          </label>
        </ActionForm>
      )}
    </Sheet>
  );
}
