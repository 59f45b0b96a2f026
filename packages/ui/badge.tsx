import type { ReactNode } from 'react';

const tones = {
  plain: 'bg-sunken text-soft',
  brand: 'bg-brand-wash text-brand-strong',
  warm: 'bg-turmeric-wash text-turmeric-ink',
  hot: 'bg-chili-wash text-chili',
} as const;
export type BadgeTone = keyof typeof tones;

export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 rounded-sm px-2 py-0.5 font-semibold text-xs ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
