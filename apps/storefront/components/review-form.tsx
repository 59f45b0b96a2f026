'use client';
import { TextField } from '@pasar/ui/field';
import { Sheet } from '@pasar/ui/sheet';
import { toast } from '@pasar/ui/toast';
import { Star } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { writeReview } from '../actions/after-sale';
import { ActionForm } from './action-form';
import { PhotoField } from './photo-field';

/** What the buyer thinks of something that arrived. */
export function ReviewForm({
  trigger,
  orderId,
  variantId,
  title,
  onDone,
}: {
  trigger: ReactElement;
  orderId: string;
  variantId: string;
  title: string;
  onDone(): void;
}) {
  const t = useTranslations('review');
  const [stars, setStars] = useState(0);
  const [photos, setPhotos] = useState<string[] | undefined>([]);
  return (
    <Sheet title={t('title')} closeLabel={t('close')} trigger={trigger}>
      {(close) => (
        <ActionForm
          check={() => (stars === 0 ? t('starsFirst') : '')}
          send={(given) =>
            writeReview({
              orderId,
              variantId,
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
          submit={t('send')}
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
          <TextField name="text" label={t('text')} hint={t('textHint')} maxLength={5000} />
          <PhotoField purpose="REVIEW" onChange={setPhotos} />
          <label className="flex min-h-11 items-center gap-3 text-sm">
            <input type="checkbox" name="anonymous" className="size-5" />
            {t('anonymous')}
          </label>
        </ActionForm>
      )}
    </Sheet>
  );
}
