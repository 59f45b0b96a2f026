import type { LucideIcon } from 'lucide-react';
import type { HTMLAttributes, ReactNode } from 'react';

/** A sheet on the table. */
export function Card({ className = '', ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={`rounded-lg border border-line bg-surface ${className}`} {...rest} />;
}

/** What is on it. */
export function CardTitle({ Icon, children }: { Icon: LucideIcon; children: ReactNode }) {
  return (
    <h2 className="flex flex-wrap items-center gap-2 text-lg">
      <Icon aria-hidden className="size-5 text-brand" />
      {children}
    </h2>
  );
}
