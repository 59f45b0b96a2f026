import type { LucideIcon } from 'lucide-react';
import { Button, type ButtonProps } from './button';

/** One of the small things that can be done with something in a list: its picture, and what it does. */
export function Tool({ Icon, label, children, ...rest }: ButtonProps & { Icon: LucideIcon; label: string }) {
  return (
    <Button variant="quiet" size="sm" aria-label={label} {...rest}>
      <Icon aria-hidden className="size-4" />
      {children}
    </Button>
  );
}
