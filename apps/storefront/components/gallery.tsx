'use client';
import type { Schemas } from '@pasar/sdk';
import { useLoaded } from '@pasar/ui/use-loaded';
import { Play, ZoomIn } from 'lucide-react';
import { useRef, useState } from 'react';
import { Picture } from './picture';

/** Few visits look that closely. */
const load = () => import('./gallery-zoom').then(({ GalleryZoom }) => GalleryZoom);
const fetchAhead = () => void load().catch(() => {});

/** The pictures and videos of a product: one large, the others to choose from, any picture as large as the screen. */
export function Gallery({
  media,
  title,
  labels,
}: {
  media: Schemas['Media'][];
  title: string;
  labels: { zoom: string; close: string; picture: string; video: string };
}) {
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const GalleryZoom = useLoaded(load, isOpen, () => setOpen(false));
  const shown = media[at] ?? media[0];
  const src = shown?.url ?? '';
  const alt = shown?.alt || title;
  return (
    <div className="grid gap-3 md:sticky md:top-24">
      {shown?.kind === 'VIDEO' ? (
        // biome-ignore lint/a11y/useMediaCaption: stores upload none
        <video
          key={src}
          src={src}
          aria-label={alt}
          controls
          playsInline
          preload="metadata"
          className="aspect-square w-full rounded-lg border border-line bg-night object-contain"
        />
      ) : (
        <button
          ref={opener}
          type="button"
          aria-label={labels.zoom}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
          onPointerEnter={fetchAhead}
          onFocus={fetchAhead}
          className="group relative overflow-hidden rounded-lg border border-line"
        >
          <Picture src={src} alt={alt} eager />
          <span className="absolute right-3 bottom-3 grid size-10 place-items-center rounded-full bg-surface/90 text-ink group-hover:bg-surface">
            <ZoomIn aria-hidden className="size-5" />
          </span>
        </button>
      )}
      {GalleryZoom && (
        <GalleryZoom
          open={isOpen}
          onOpenChange={setOpen}
          {...{ src, alt, title, opener }}
          closeLabel={labels.close}
        />
      )}
      {media.length > 1 && (
        <ul className="shelf auto-cols-[4.5rem] gap-2 p-1">
          {media.map(({ url, kind }, index) => (
            <li key={url}>
              <button
                type="button"
                aria-label={`${kind === 'VIDEO' ? labels.video : labels.picture} ${index + 1}`}
                aria-pressed={index === at}
                onClick={() => setAt(index)}
                className="w-full overflow-hidden rounded-md border-2 border-transparent aria-pressed:border-brand"
              >
                {kind === 'VIDEO' ? (
                  <span className="grid aspect-square place-items-center bg-sunken">
                    <Play aria-hidden className="size-6" />
                  </span>
                ) : (
                  <Picture src={url} alt="" />
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
