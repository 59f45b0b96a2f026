'use client';
import { toast } from '@pasar/ui/toast';
import { Copy } from 'lucide-react';

export function VoucherCode({ code, label, done }: { code: string; label: string; done: string }) {
  const copy = () => void navigator.clipboard?.writeText(code).then(() => toast({ title: done }));
  return (
    <button
      type="button"
      onClick={copy}
      className="mt-2 inline-flex min-h-9 items-center gap-2 justify-self-start rounded-sm bg-surface px-2.5 font-bold text-ink text-sm tracking-wide"
    >
      {code}
      <Copy aria-hidden className="size-4 text-soft" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
