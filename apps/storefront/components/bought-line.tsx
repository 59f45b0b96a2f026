import type { Schemas } from '@pasar/sdk';
import type { ReactNode } from 'react';
import { Picture } from './picture';

/** Something that is bought, and what it comes to: beside it, or below where there is no room. */
export function BoughtLine({
  line,
  title = line.title,
  count,
  total,
  children,
}: {
  line: Pick<Schemas['OrderLine'], 'imageUrl' | 'title' | 'variantTitle'>;
  title?: ReactNode;
  /** How many, and maybe for what each. */
  count: string;
  total: string;
  children?: ReactNode;
}) {
  return (
    <li className="flex gap-3 text-sm">
      <Picture src={line.imageUrl} alt="" className="w-15 shrink-0 self-start rounded-md" />
      <div className="grid min-w-0 grow justify-items-start gap-1">
        <div className="w-full gap-4 sm:flex sm:justify-between">
          <div>
            <p className="font-medium">{title}</p>
            <p className="text-soft text-xs">
              {line.variantTitle ? `${line.variantTitle} · ${count}` : count}
            </p>
          </div>
          <p className="numbers whitespace-nowrap font-semibold">{total}</p>
        </div>
        {children}
      </div>
    </li>
  );
}
