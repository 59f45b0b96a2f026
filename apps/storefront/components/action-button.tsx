'use client';
import { Button, type ButtonProps } from '@pasar/ui/button';
import { useRouter } from 'next/navigation';
import type { Outcome } from '../lib/outcome';
import { useAction } from '../lib/use-action';

/** Does one thing at a press, and the page shows what that changed. */
export function ActionButton({ run, ...rest }: ButtonProps & { run(): Promise<Outcome<unknown>> }) {
  const router = useRouter();
  const [busy, act] = useAction();
  return (
    <Button
      variant="quiet"
      size="sm"
      busy={busy}
      onClick={() => act(run, () => router.refresh())}
      {...rest}
    />
  );
}
