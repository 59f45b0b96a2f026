/* biome-ignore-all lint/performance/noImgElement: pictures that are on the reader's machine */
'use client';
import { toast } from '@pasar/ui/toast';
import { ImagePlus, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useProblemText } from '../lib/problems';
import { pictureTypes, upload } from '../lib/upload';

interface Photo {
  key: string;
  preview: string;
  /** Undefined while it is on its way. */
  mediaId?: string;
}

const most = 10;

/** Photos that are sent as soon as they are chosen, so that a form waits for nothing but itself. */
export function PhotoField({
  purpose,
  given = [],
  onChange,
}: {
  purpose: 'REVIEW' | 'ATTACHMENT';
  /** Those that there are. */
  given?: { mediaId: string; url: string }[];
  /** @param mediaIds undefined while one is on its way */
  onChange(mediaIds: string[] | undefined): void;
}) {
  const t = useTranslations('photos');
  const say = useProblemText();
  const id = useId();
  const [photos, setPhotos] = useState<Photo[]>(() =>
    given.map(({ mediaId, url }) => ({ key: mediaId, preview: url, mediaId })),
  );
  const shown = useRef<string[]>([]);
  useEffect(
    () => () => {
      for (const url of shown.current) URL.revokeObjectURL(url);
    },
    [],
  );
  useEffect(() => {
    const done = photos.flatMap(({ mediaId }) => mediaId ?? []);
    onChange(done.length === photos.length ? done : undefined);
    // The caller's function is another one at every rendering.
  }, [photos]);
  const send = async (file: File) => {
    const preview = URL.createObjectURL(file);
    shown.current.push(preview);
    const key = crypto.randomUUID();
    setPhotos((before) => [...before, { key, preview }]);
    const outcome = await upload(purpose, file).catch(() => undefined);
    if (outcome?.ok) {
      const mediaId = outcome.value.id;
      setPhotos((before) => before.map((photo) => (photo.key === key ? { ...photo, mediaId } : photo)));
    } else {
      setPhotos((before) => before.filter((photo) => photo.key !== key));
      toast({ title: say(outcome), tone: 'bad' });
    }
  };
  return (
    <div className="grid gap-1.5">
      <span id={`${id}-label`} className="font-medium text-sm">
        {t('title')}
      </span>
      <ul aria-labelledby={`${id}-label`} className="flex flex-wrap gap-2">
        {photos.map(({ key, preview, mediaId }, index) => (
          <li key={key} className="relative size-20">
            <img
              src={preview}
              alt={t('photo', { number: index + 1 })}
              className={`size-full rounded-md object-cover ${mediaId ? '' : 'animate-pulse opacity-60'}`}
            />
            <button
              type="button"
              aria-label={t('remove', { number: index + 1 })}
              onClick={() => setPhotos((before) => before.filter((photo) => photo.key !== key))}
              className="absolute -top-1.5 -right-1.5 grid size-7 place-items-center rounded-full border border-edge bg-surface"
            >
              <X aria-hidden className="size-4" />
            </button>
          </li>
        ))}
        {photos.length < most && (
          <li>
            <label className="grid size-20 cursor-pointer place-items-center rounded-md border-2 border-edge border-dashed text-soft hover:bg-sunken has-focus-visible:outline-3 has-focus-visible:outline-turmeric">
              <input
                type="file"
                multiple
                accept={pictureTypes}
                className="sr-only"
                onChange={({ target }) => {
                  for (const file of [...(target.files ?? [])].slice(0, most - photos.length))
                    void send(file);
                  target.value = '';
                }}
              />
              <ImagePlus aria-hidden className="size-6" />
              <span className="sr-only">{t('add')}</span>
            </label>
          </li>
        )}
      </ul>
    </div>
  );
}
