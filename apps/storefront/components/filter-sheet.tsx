'use client';
import { Button } from '@pasar/ui/button';
import { Sheet } from '@pasar/ui/sheet';
import { SlidersHorizontal } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';

export function FilterSheet({
  label,
  close,
  children,
}: {
  label: string;
  close: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const address = `${usePathname()}?${useSearchParams()}`;
  // Who chose something wants to see what is left.
  useEffect(() => setOpen(false), [address]);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      title={label}
      closeLabel={close}
      trigger={
        <Button variant="secondary" size="sm">
          <SlidersHorizontal aria-hidden className="size-4" />
          {label}
        </Button>
      }
    >
      {children}
    </Sheet>
  );
}
