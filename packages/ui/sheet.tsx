'use client';
import { Dialog } from '@base-ui/react/dialog';
import { type LucideIcon, X } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Button } from './button';

export interface SheetProps {
  /** The button that opens it; whoever has none says when it is open. */
  trigger?: ReactElement;
  title: string;
  closeLabel: string;
  /** It may close the sheet itself, e.g. when something was saved. */
  children: ReactNode | ((close: () => void) => ReactNode);
  open?: boolean;
  onOpenChange?(open: boolean): void;
}

/** Something to do beside the page: from below on a phone, in the middle on a wide screen. */
export function Sheet({ trigger, title, closeLabel, children, open, onOpenChange }: SheetProps) {
  const [isOpen, setOpen] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  return (
    <Dialog.Root open={open ?? isOpen} onOpenChange={change}>
      {trigger && <Dialog.Trigger render={trigger} />}
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-night/50 transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-xl bg-paper shadow-float transition-transform duration-250 ease-calm data-ending-style:translate-y-full data-starting-style:translate-y-full sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(34rem,92vw)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl">
          <div className="flex items-center justify-between gap-4 border-line border-b px-5 py-3">
            <Dialog.Title className="text-lg">{title}</Dialog.Title>
            <Dialog.Close
              aria-label={closeLabel}
              className="grid size-10 place-items-center rounded-md hover:bg-sunken"
            >
              <X aria-hidden className="size-5" />
            </Dialog.Close>
          </div>
          <div className="overflow-y-auto overscroll-contain px-5 py-4">
            {typeof children === 'function' ? children(() => change(false)) : children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** One that a small button opens, which is called as it is. */
export function QuietSheet({ Icon, ...sheet }: { Icon: LucideIcon } & Omit<SheetProps, 'trigger'>) {
  const trigger = (
    <Button variant="quiet" size="sm" className="justify-self-start">
      <Icon aria-hidden className="size-4" />
      {sheet.title}
    </Button>
  );
  return <Sheet trigger={trigger} {...sheet} />;
}
