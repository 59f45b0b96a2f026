import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';

const tones = {
  info: { look: 'bg-turmeric-wash text-turmeric-ink', Icon: Info, role: 'status' },
  good: { look: 'bg-brand-wash text-brand-strong', Icon: CircleCheck, role: 'status' },
  bad: { look: 'bg-chili-wash text-chili', Icon: CircleAlert, role: 'alert' },
} as const;

/** Something to know, where it matters. */
export function Notice({
  tone = 'info',
  children,
  className = '',
}: {
  tone?: keyof typeof tones;
  children: ReactNode;
  className?: string;
}) {
  const { look, Icon, role } = tones[tone];
  return (
    <div
      role={role}
      className={`flex items-start gap-2.5 rounded-md px-3.5 py-2.5 text-sm ${look} ${className}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
