'use client';
import { Dialog } from '@base-ui/react/dialog';
import type { Schemas } from '@pasar/sdk';
import { X, ZoomIn } from 'lucide-react';
import { useState } from 'react';
import { Picture } from './picture';

/** The pictures of a product: one large, the others to choose from, any of them as large as the screen. */
export function Gallery({
  media,
  title,
  labels,
}: {
  media: Schemas['Media'][];
  title: string;
  labels: { zoom: string; close: string; picture: string };
}) {
  const [at, setAt] = useState(0);
  const shown = media[at] ?? media[0];
  return (
    <div className="grid gap-3 md:sticky md:top-24">
      <Dialog.Root>
        <Dialog.Trigger
          aria-label={labels.zoom}
          className="group relative overflow-hidden rounded-lg border border-line"
        >
          <Picture src={shown?.url ?? ''} alt={shown?.alt || title} eager />
          <span className="absolute right-3 bottom-3 grid size-10 place-items-center rounded-full bg-surface/90 text-ink group-hover:bg-surface">
            <ZoomIn aria-hidden className="size-5" />
          </span>
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-night/80 transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0" />
          <Dialog.Popup className="fixed inset-0 z-50 grid place-items-center p-3">
            <Dialog.Title className="sr-only">{title}</Dialog.Title>
            <Picture
              src={shown?.url ?? ''}
              alt={shown?.alt || title}
              className="w-[min(94vw,94dvh)] rounded-lg bg-surface"
            />
            <Dialog.Close
              aria-label={labels.close}
              className="absolute top-4 right-4 grid size-12 place-items-center rounded-full bg-surface"
            >
              <X aria-hidden className="size-6" />
            </Dialog.Close>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      {media.length > 1 && (
        <ul className="shelf auto-cols-[4.5rem] gap-2 p-1">
          {media.map(({ url }, index) => (
            <li key={url}>
              <button
                type="button"
                aria-label={`${labels.picture} ${index + 1}`}
                aria-pressed={index === at}
                onClick={() => setAt(index)}
                className="w-full overflow-hidden rounded-md border-2 border-transparent aria-pressed:border-brand"
              >
                <Picture src={url} alt="" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
