'use client';
import { Dialog } from '@base-ui/react/dialog';
import { useOpening } from '@pasar/ui/use-loaded';
import { X } from 'lucide-react';
import type { RefObject } from 'react';
import { Picture } from './picture';

export interface GalleryZoomProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  src: string;
  alt: string;
  title: string;
  closeLabel: string;
  opener: RefObject<HTMLButtonElement | null>;
}

/** A picture as large as the screen. */
export function GalleryZoom({ open, onOpenChange, src, alt, title, closeLabel, opener }: GalleryZoomProps) {
  return (
    <Dialog.Root open={useOpening(open)} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-night/80 transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup finalFocus={opener} className="fixed inset-0 z-50 grid place-items-center p-3">
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <Picture src={src} alt={alt} className="w-[min(94vw,94dvh)] rounded-lg bg-surface" />
          <Dialog.Close
            aria-label={closeLabel}
            className="absolute top-4 right-4 grid size-12 place-items-center rounded-full bg-surface"
          >
            <X aria-hidden className="size-6" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
