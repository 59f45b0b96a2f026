'use client';
import type { LucideIcon } from 'lucide-react';
import {
  type ButtonHTMLAttributes,
  cloneElement,
  type ReactElement,
  type ReactNode,
  type Ref,
  useRef,
  useState,
} from 'react';
import { Button } from './button';
import { useLoaded } from './use-loaded';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> };

export interface SheetProps {
  /** The button that opens it; whoever has none says when it is open. */
  trigger?: ReactElement<ButtonProps>;
  title: string;
  closeLabel: string;
  /** It may close the sheet itself, e.g. when something was saved. */
  children: ReactNode | ((close: () => void) => ReactNode);
  open?: boolean;
  onOpenChange?(open: boolean): void;
}

/** Few visits open one. */
const load = () => import('./sheet-dialog').then(({ SheetDialog }) => SheetDialog);

/** Something to do beside the page: from below on a phone, in the middle on a wide screen. */
export function Sheet({ trigger, title, closeLabel, children, open, onOpenChange }: SheetProps) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  const isWanted = open ?? isOpen;
  const SheetDialog = useLoaded(load, isWanted, () => change(false));
  const fetchAhead = () => void load().catch(() => {});
  return (
    <>
      {trigger &&
        cloneElement(trigger, {
          ref: opener,
          'aria-haspopup': 'dialog',
          'aria-expanded': isWanted,
          onClick: () => change(true),
          onPointerEnter: fetchAhead,
          onFocus: fetchAhead,
        })}
      {SheetDialog && (
        <SheetDialog
          open={isWanted}
          onOpenChange={change}
          title={title}
          closeLabel={closeLabel}
          opener={trigger && opener}
        >
          {typeof children === 'function' ? children(() => change(false)) : children}
        </SheetDialog>
      )}
    </>
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
